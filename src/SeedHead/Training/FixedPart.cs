using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SeedHead.Compute;

namespace SeedHead.Training;

/// <summary>The numbers of a network that never change: those that are not learned, all weights under a mask, the point that a subspace passes through.</summary>
internal static unsafe class FixedPart
{
    /// <summary>SHA-256 over them, tensor after tensor, as float32 in the order in which they lie.</summary>
    public static string Hash(IEnumerable<Parameter> parameters)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Parameter parameter in parameters)
        {
            float* numbers = parameter.Fixed.Pointer;
            foreach ((long start, long length) in parameter.FixedRuns)
            {
                hash.AppendData(MemoryMarshal.AsBytes(new ReadOnlySpan<float>(numbers + start, checked((int)length))));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The same of numbers drawn anew from the seed.</summary>
    /// <param name="team">Who draws.</param>
    /// <param name="parameters">The tensors and what is learned of them; their values are not read.</param>
    /// <param name="priors">As when the network was built.</param>
    /// <param name="seed">As when the network was built.</param>
    /// <param name="fixedNumbers">As when the network was built.</param>
    public static string HashOfSeed(Team team, IEnumerable<Parameter> parameters, Initialisation priors, ulong seed, FixedNumbers fixedNumbers)
    {
        Parameter[] again = [.. parameters.Select(parameter => parameter.WithoutValues())];
        try
        {
            team.For(again.Length, i => NetworkBuilder.Draw(again[i], priors, new(seed), fixedNumbers));
            return Hash(again);
        }
        finally
        {
            Array.ForEach(again, parameter => parameter.Dispose());
        }
    }
}

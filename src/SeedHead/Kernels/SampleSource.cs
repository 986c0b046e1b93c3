using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SeedHead.Data;

namespace SeedHead.Kernels;

/// <summary>All that the sums of a sampled kernel are a function of, but for the networks' numbers.</summary>
internal sealed record SampleSource(string Net, string Prior, ulong Seed, int Stream, string Form, string Norms, int Points, string PointsHash)
{
    /// <summary>The first thing in which two sources differ: its name, its value of this one and of the other; null where they are the same.</summary>
    public (string Name, string Mine, string Theirs)? DifferenceTo(SampleSource other)
    {
        (string Name, string Mine, string Theirs)[] pairs =
        [
            ("network", Net, other.Net), ("prior", Prior, other.Prior), ("seed", Text(Seed), Text(other.Seed)), ("stream version", Text((ulong)Stream), Text((ulong)other.Stream)),
            ("form", Form, other.Form), ("batch norms", Norms, other.Norms), ("number of points", Text((ulong)Points), Text((ulong)other.Points)),
            ("hash of the points", PointsHash[..12], other.PointsHash[..12]),
        ];
        return pairs.FirstOrDefault(pair => pair.Mine != pair.Theirs) is { Name: not null } found ? found : null;
    }

    /// <summary>SHA-256 of points: their columns, then their numbers.</summary>
    public static string HashOf(Numbers points)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(points.Columns));
        hash.AppendData(MemoryMarshal.AsBytes(points.Values.Span));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}

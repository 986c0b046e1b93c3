using System.Security.Cryptography;
using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Random;

namespace SeedHead.Training;

/// <summary>A network of a seed, part of which is learned: all the rest stays what the seed says, and a hash tells.</summary>
internal sealed unsafe class TrainedNetwork : IDisposable
{
    private const int RowsAtOnce = 128;
    private readonly FixedNumbers fixedNumbers;
    private readonly WeightPrior prior;
    private readonly ulong seed;

    public TrainedNetwork(Architecture net, LearnedPart learned, WeightPrior prior, ulong seed, FixedNumbers fixedNumbers = FixedNumbers.Random)
    {
        (Net, this.prior, this.seed, this.fixedNumbers) = (net, prior, seed, fixedNumbers);
        (IReadOnlyList<Selection> selections, Notes) = learned.Of(ParameterTensor.Of(net));
        Modules = NetworkBuilder.Build(net, selections, prior, seed, fixedNumbers);
    }

    /// <summary>The architecture.</summary>
    public Architecture Net { get; }

    /// <summary>What a user should know of the part that is learned.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The network itself.</summary>
    public SequenceModule Modules { get; }

    /// <summary>All parameters.</summary>
    public long Total => Modules.Parameters.Sum(parameter => parameter.Tensor.Count);

    /// <summary>The learned ones.</summary>
    public long Learned => Modules.Parameters.Sum(parameter => parameter.LearnedCount);

    /// <summary>Writes the scores [n × K] of rows [n × d].</summary>
    public void Score(Team team, Strided<float> rows, Strided<float> scores)
    {
        for (long first = 0; first < rows.Rows; first += RowsAtOnce)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            int count = (int)Math.Min(RowsAtOnce, rows.Rows - first);
            Modules.Forward(new Pass(team, count, Training: false), rows.Pointer + (first * rows.RowStride), scores.Pointer + (first * scores.RowStride));
        }
    }

    /// <summary>SHA-256 over the numbers that are not learned, tensor after tensor.</summary>
    public string FixedHash() => HashOf(Modules.Parameters);

    /// <summary>The same hash of numbers drawn anew from the seed: equal to <see cref="FixedHash"/> before, while and after training.</summary>
    public string FixedHashOfSeed()
    {
        var stream = new WeightStream(seed);
        var again = new List<Parameter>();
        try
        {
            foreach (Parameter parameter in Modules.Parameters)
            {
                var other = new Parameter(parameter.Tensor, parameter.Selection);
                again.Add(other);
                NetworkBuilder.Draw(other, prior, stream, fixedNumbers);
            }

            return HashOf(again);
        }
        finally
        {
            again.ForEach(parameter => parameter.Dispose());
        }
    }

    public void Dispose() => Modules.Dispose();

    private static string HashOf(IEnumerable<Parameter> parameters)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Parameter parameter in parameters)
        {
            long at = 0;
            foreach ((long start, int length) in parameter.Runs.Append((parameter.Tensor.Count, 0)))
            {
                hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(new ReadOnlySpan<float>(parameter.Values.Pointer + at, checked((int)(start - at)))));
                at = start + length;
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

using System.Security.Cryptography;
using SeedHead.Compute;
using SeedHead.Features;
using SeedHead.Networks;
using SeedHead.Random;

namespace SeedHead.Training;

/// <summary>A network of a seed, part of which is learned: all the rest stays what the seed says, and a hash tells.</summary>
internal sealed unsafe class TrainedNetwork : IDisposable
{
    private const int RowsAtOnce = 128;
    private readonly ulong seed;

    public TrainedNetwork(Architecture net, LearnedPart learned, WeightPrior prior, ulong seed, FixedNumbers fixedNumbers = FixedNumbers.Random)
    {
        (Net, LearnedPart, Prior, Fixed, this.seed) = (net, learned, prior, fixedNumbers, seed);
        (IReadOnlyList<Selection> selections, Notes) = learned.Of(ParameterTensor.Of(net));
        Modules = NetworkBuilder.Build(net, selections, prior, seed, fixedNumbers);
    }

    /// <summary>The architecture.</summary>
    public Architecture Net { get; }

    /// <summary>What is learned.</summary>
    public LearnedPart LearnedPart { get; }

    /// <summary>The law of weights and biases.</summary>
    public WeightPrior Prior { get; }

    /// <summary>What the numbers are that are not learned.</summary>
    public FixedNumbers Fixed { get; }

    /// <summary>What a user should know of the part that is learned.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The network itself.</summary>
    public SequenceModule Modules { get; }

    /// <summary>What training moves.</summary>
    public IEnumerable<LearnedNumbers> Learnables => Modules.Parameters.Where(parameter => parameter.LearnedCount > 0);

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

    /// <summary>Adds what the seed cannot give back: the learned numbers under their names, and the running statistics [2 × channels] of every batch norm.</summary>
    public void Store(IDictionary<string, StoredArray> arrays)
    {
        foreach (LearnedNumbers learned in Learnables)
        {
            var values = new float[learned.LearnedCount];
            learned.CopyLearnedTo(values);
            arrays.Add(learned.Name, new(values, [values.Length]));
        }

        foreach (BatchNormModule norm in Modules.Norms)
        {
            arrays.Add(RunningName(norm), new([.. norm.RunningMeans.Concat(norm.RunningVariances).Select(value => (float)value)], [2, norm.RunningMeans.Length]));
        }
    }

    /// <summary>Takes what <see cref="Store"/> gave.</summary>
    /// <exception cref="FormatException">An array is missing, left over or of another length.</exception>
    public void Restore(IReadOnlyDictionary<string, StoredArray> arrays)
    {
        foreach (LearnedNumbers learned in Learnables)
        {
            learned.SetLearned(Of(arrays, learned.Name, learned.LearnedCount));
        }

        foreach (BatchNormModule norm in Modules.Norms)
        {
            int channels = norm.RunningMeans.Length;
            float[] values = Of(arrays, RunningName(norm), 2 * channels);
            for (int c = 0; c < channels; c++)
            {
                (norm.RunningMeans[c], norm.RunningVariances[c]) = (values[c], values[channels + c]);
            }
        }
    }

    /// <summary>SHA-256 over the numbers that are not learned, tensor after tensor.</summary>
    public string FixedHash() => HashOf(Modules.Parameters);

    /// <summary>The same hash of numbers drawn anew from the seed: equal to <see cref="FixedHash"/> before, while and after training.</summary>
    public string FixedHashOfSeed(Team team)
    {
        Parameter[] again = [.. Modules.Parameters.Select(parameter => new Parameter(parameter.Tensor, parameter.Selection))];
        try
        {
            team.For(again.Length, i => NetworkBuilder.Draw(again[i], Prior, new WeightStream(seed), Fixed));
            return HashOf(again);
        }
        finally
        {
            Array.ForEach(again, parameter => parameter.Dispose());
        }
    }

    public void Dispose() => Modules.Dispose();

    private static string RunningName(BatchNormModule norm) => $"{norm.Name}/running";

    private static float[] Of(IReadOnlyDictionary<string, StoredArray> arrays, string name, long length) =>
        arrays.TryGetValue(name, out StoredArray? array) && array.Values.Length == length
            ? array.Values
            : throw new FormatException(array is null ? $"{name} is missing" : $"{name} has {array.Values.Length} numbers instead of {length}");

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

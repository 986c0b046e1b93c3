using SeedHead.Compute;
using SeedHead.Features;
using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>A network of a seed, part of which is learned: all the rest stays what the seed says, and a hash tells.</summary>
internal sealed unsafe class TrainedNetwork : IDisposable
{
    private const int RowsAtOnce = 128;
    private readonly ulong seed;

    public TrainedNetwork(Architecture net, LearnedPart learned, Initialisation prior, ulong seed, FixedNumbers fixedNumbers = FixedNumbers.Random)
    {
        (Net, LearnedPart, Prior, Fixed, this.seed) = (net, learned, prior, fixedNumbers, seed);
        LearnedPlan plan = learned.Of(ParameterTensor.Of(net));
        (Modules, Learnables) = NetworkBuilder.Build(net, plan, prior, seed, fixedNumbers);
        Notes = plan.Notes;
    }

    /// <summary>The architecture.</summary>
    public Architecture Net { get; }

    /// <summary>What is learned.</summary>
    public LearnedPart LearnedPart { get; }

    /// <summary>The law of weights and biases.</summary>
    public Initialisation Prior { get; }

    /// <summary>What the numbers are that are not learned.</summary>
    public FixedNumbers Fixed { get; }

    /// <summary>What a user should know of the part that is learned.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The network itself.</summary>
    public SequenceModule Modules { get; }

    /// <summary>What training moves: values, scores of masks, factors of a subspace.</summary>
    public IReadOnlyList<LearnedNumbers> Learnables { get; }

    /// <summary>Whether everything that training changes is finite.</summary>
    public bool IsFinite => Learnables.All(learned => learned.AreFinite())
        && Modules.Norms.All(norm => norm.RunningMeans.All(double.IsFinite) && norm.RunningVariances.All(double.IsFinite));

    /// <summary>All parameters.</summary>
    public long Total => Modules.Parameters.Sum(parameter => parameter.Tensor.Count);

    /// <summary>The learned ones.</summary>
    public long Learned => Learnables.Sum(learned => learned.LearnedCount);

    /// <summary>Writes the scores [n × K] of rows [n × d].</summary>
    /// <param name="team">The threads.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="scores">Takes them.</param>
    /// <param name="atOnce">Rows that pass together: any number gives the same scores.</param>
    public void Score(Team team, Strided<float> rows, Strided<float> scores, int atOnce = RowsAtOnce)
    {
        for (long first = 0; first < rows.Rows; first += atOnce)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            int count = (int)Math.Min(atOnce, rows.Rows - first);
            Modules.Forward(new Pass(team, count, Training: false), rows.Pointer + (first * rows.RowStride), scores.Pointer + (first * scores.RowStride));
        }
    }

    /// <summary>Adds what the seed cannot give back: the learned numbers under their names, and the running statistics [2 × channels] of every batch norm.</summary>
    /// <param name="arrays">Takes them.</param>
    /// <param name="finished">Whether nothing is to be learned on: a mask is then kept as bits, without its scores.</param>
    public void Store(IDictionary<string, StoredArray> arrays, bool finished = false)
    {
        foreach (LearnedNumbers learned in Learnables)
        {
            float[] values = finished ? learned.ToFile() : learned.ToArray();
            arrays.Add(learned.Name, new(values, [values.Length]));
        }

        foreach (BatchNormModule norm in Modules.Norms)
        {
            arrays.Add(RunningName(norm), new([.. norm.RunningMeans.Concat(norm.RunningVariances).Select(value => (float)value)], [2, norm.RunningMeans.Length]));
        }
    }

    /// <summary>Takes what <see cref="Store"/> gave.</summary>
    /// <exception cref="FormatException">An array is missing or of another length.</exception>
    public void Restore(IReadOnlyDictionary<string, StoredArray> arrays, bool finished = false)
    {
        foreach (LearnedNumbers learned in Learnables)
        {
            if (finished)
            {
                learned.FromFile(arrays.TryGetValue(learned.Name, out StoredArray? array) ? array.Values : throw new FormatException($"{learned.Name} is missing"));
            }
            else
            {
                learned.SetLearned(Of(arrays, learned.Name, learned.LearnedCount));
            }
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

    /// <summary>SHA-256 over the numbers that never change, tensor after tensor.</summary>
    public string FixedHash() => FixedPart.Hash(Modules.Parameters);

    /// <summary>The same hash of numbers drawn anew from the seed: equal to <see cref="FixedHash"/> before, while and after training.</summary>
    public string FixedHashOfSeed(Team team) => FixedPart.HashOfSeed(team, Modules.Parameters, Prior, seed, Fixed);

    public void Dispose()
    {
        Modules.Dispose();
        foreach (LearnedNumbers learned in Learnables)
        {
            learned.Dispose();
        }
    }

    private static string RunningName(BatchNormModule norm) => $"{norm.Name}/running";

    private static float[] Of(IReadOnlyDictionary<string, StoredArray> arrays, string name, long length) =>
        arrays.TryGetValue(name, out StoredArray? array) && array.Values.Length == length
            ? array.Values
            : throw new FormatException(array is null ? $"{name} is missing" : $"{name} has {array.Values.Length} numbers instead of {length}");
}

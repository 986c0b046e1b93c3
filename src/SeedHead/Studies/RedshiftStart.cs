using SeedHead.Complexity;
using SeedHead.Compute;
using SeedHead.Random;
using SeedHead.Training;

namespace SeedHead.Studies;

/// <summary>One network trained on the easiest modulo task, from its usual start or from one that fits a picture of high frequencies.</summary>
/// <remarks>The picture is a function of the unbiased model with frequencies up to 6, another one for every seed, at 32 × 32 points, fitted by squared error. The optimiser begins anew.</remarks>
internal sealed record RedshiftStart : RedshiftCell
{
    private const int Side = 32, Highest = 6, SplitPurpose = 1151; // of orders
    private const double Rate = 1e-3, Amplitude = 0.267; // 84 units of variance s²/6: one together

    /// <summary>Activation.</summary>
    public required string Activation { get; init; }

    /// <summary>Whether the picture is fitted first.</summary>
    public required bool FromPicture { get; init; }

    /// <summary>The seed of the weights, the picture and the split.</summary>
    public required int Seed { get; init; }

    /// <summary>Steps on the picture, and on the task.</summary>
    public required int Steps { get; init; }

    /// <summary>Points of an axis where functions are measured.</summary>
    public required int Measured { get; init; }

    /// <inheritdoc/>
    protected override string Text =>
        $"{(FromPicture ? "from a picture" : "from the usual start")} to modulo 10 | 2-3*(64-{Activation})-1 | seed {Seed} | {Steps} steps, rate {Rate} | grid {Measured}, {string.Join(' ', RedshiftModulo.Measures)}";

    /// <inheritdoc/>
    public override IEnumerable<(string Name, double Value)> Run(Execution run)
    {
        using var network = new FullBatch($"2-3*(64-{Activation})-1", (ulong)Seed, run);
        var found = new List<(string, double)>();
        if (FromPicture)
        {
            found.Add(("picture", FitPicture(network)));
        }

        found.AddRange(network.Complexities("before", RedshiftModulo.Measures, Measured));
        var (rows, labels) = RedshiftModulo.Task(10, false, 2);
        int[] order = Order.Permutation((ulong)Seed, SplitPurpose, labels.Length), train = order[..179], test = order[179..];
        using var objective = new LogisticObjective([.. train.Select(row => labels[row])]);
        found.Add(("loss", network.Train(Rows(rows, train), objective, Steps, Rate)));
        found.Add(("train", RedshiftModulo.Accuracy(network, Rows(rows, train), [.. train.Select(row => labels[row])])));
        found.Add(("test", RedshiftModulo.Accuracy(network, Rows(rows, test), [.. test.Select(row => labels[row])])));
        found.AddRange(network.Complexities("after", RedshiftModulo.Measures, Measured));
        return found;
    }

    private unsafe double FitPicture(FullBatch network)
    {
        Places places = Places.Of(Sampling.UniformGrid, Side, 2, 0, 0);
        float[] picture = [];
        new FourierFunctions(2, Highest, Amplitude, (ulong)Seed).ForEach(Team.Single, places, 0, 1, (_, function) => picture = [.. function.Values.Span.ToArray().Select(value => (float)value)]);
        fixed (float* t = picture)
        {
            using var objective = Objective.Of(Strided<float>.RowMajor(t, picture.Length, 1));
            return network.Train(Array.ConvertAll(places.Positions, position => (float)position), objective, Steps, Rate);
        }
    }

    private static float[] Rows(float[] rows, int[] chosen) => [.. chosen.SelectMany(row => rows.AsSpan(2 * row, 2).ToArray())];
}

/// <summary>Whether gradient descent from a complex start ends in a complex function.</summary>
internal sealed class RedshiftStarts(RedshiftSizes sizes) : RedshiftPart
{
    private const string Measure = "chebyshev";

    public override string Id => "Q15";

    public override string Title => "Gradient descent from a complex start";

    public override IEnumerable<RedshiftCell> Cells => from activation in Activations from picture in (bool[])[false, true] from seed in Enumerable.Range(1, sizes.Seeds) select CellOf(activation, picture, seed);

    public override IEnumerable<Check> Checks(RedshiftResults results)
    {
        if (!results.Have(Cells))
        {
            yield break;
        }

        var left = Activations.Select(activation =>
        {
            double usual = Statistics.Mean(By(results, activation, false, $"after/{Measure}"));
            return (activation, Left: (Statistics.Mean(By(results, activation, true, $"after/{Measure}")) - usual) / (Statistics.Mean(By(results, activation, true, $"before/{Measure}")) - usual));
        }).ToArray();
        var most = left.MaxBy(one => one.Left);
        PairedTest tests = Statistics.Paired([.. Activations.SelectMany(activation => By(results, activation, true, "test"))], [.. Activations.SelectMany(activation => By(results, activation, false, "test"))]);
        yield return new(
            "Q15", "Gradient descent from a complex start does not yield complex solutions.",
            "(order after training from the picture − from the usual start) / (order of the picture's network − the same), the greatest over activations", "≤ 0.5", most.Left <= 0.5, "does not yield complex solutions", most.Left,
            $"{string.Join(", ", left.Select(one => $"{one.activation} {Text(one.Left, "0.00")}"))}; test accuracy from the picture − usual {Text(tests.Mean, "0.000")} ± {Text(tests.Deviation, "0.000")}, p = {Text(tests.P, "0.000")}");
    }

    public override StudyResult Result(RedshiftResults results) => new(
        Id, Title,
        [
            new(
                "q15-starts", "Chebyshev order before and after training on M = 10, mean ± standard deviation over seeds.", ["activation, start", "error of the picture, ½(f − y)²", "order before", "order after", "train accuracy", "test accuracy"],
                [
                    .. from activation in Activations
                       from picture in (bool[])[false, true]
                       select (IReadOnlyList<string>)
                       [
                           $"{activation}, {(picture ? "picture" : "usual")}", picture ? Spread(By(results, activation, true, "picture"), "0.000") : "", Spread(By(results, activation, picture, $"before/{Measure}"), "0.0"),
                           Spread(By(results, activation, picture, $"after/{Measure}"), "0.0"), Spread(By(results, activation, picture, "train"), "0.000"), Spread(By(results, activation, picture, "test"), "0.000"),
                       ],
                ]),
        ],
        [], [], "The paper's own start is not known (it cites sharpened pictures); ours is a random picture of frequencies up to 6, fitted by the same network before it meets the task. Its variance is 1.");

    private IReadOnlyList<string> Activations => sizes.Form == ReproduceForm.Quick ? ["relu"] : ["relu", "gelu", "silu"];

    private RedshiftStart CellOf(string activation, bool picture, int seed) => new()
    {
        Activation = activation, FromPicture = picture, Seed = seed, Steps = sizes.Form == ReproduceForm.Quick ? 20 : 3000, Measured = sizes.Side,
    };

    private double[] By(RedshiftResults results, string activation, bool picture, string name) => [.. Enumerable.Range(1, sizes.Seeds).Select(seed => results.Number(CellOf(activation, picture, seed), name))];

    private static string Spread(double[] values, string format) => double.IsFinite(Statistics.Mean(values)) ? $"{Text(Statistics.Mean(values), format)} ± {Text(Statistics.Deviation(values), format)}" : Missing;
}

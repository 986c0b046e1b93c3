using SeedHead.Compute;
using SeedHead.Features;
using SeedHead.Heads;
using SeedHead.Random;

namespace SeedHead.Models;

/// <summary>Chooses among feature options by the leave-one-out error of a ridge on a sample of the training rows, in two rounds.</summary>
/// <remarks>
/// Few features favour smooth kernels: what is best at 512 need not be at 4,096. The better half of the first round is therefore compared
/// again with more features, where the rows allow.
/// </remarks>
internal static class FeatureChoice
{
    /// <summary>Rows and features of a comparison: constants of the definition.</summary>
    private const int MostRows = 4096;

    private static readonly int[] MostFeatures = [512, 2048];
    private const int SamplePurpose = 301; // of Order

    /// <summary>The options whose features leave the smallest error (log-loss of classes, squared error of numbers), and a remark when there was a choice.</summary>
    /// <param name="options">What the user asked for.</param>
    /// <param name="width">The number of features asked for, or null.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="targets">Their encoded targets [n × K].</param>
    /// <param name="ridge">How heads are fitted.</param>
    /// <param name="run">Threads and cancellation.</param>
    public static (FeatureOptions Options, string? Note) Of(
        FeatureOptions options, int? width, IInputRows rows, Strided<float> targets, RidgeOptions ridge, Execution run)
    {
        IReadOnlyList<FeatureOptions> candidates = FeatureCandidates.Of(options, rows.Columns, rows.Shape);
        if (candidates.Count == 1)
        {
            return (candidates[0], null);
        }

        int[] chosen = Order.Sample(ridge.Seed, SamplePurpose, rows.Count, MostRows);
        using var sample = new Sample(rows, chosen);
        using NativeBuffer<float> truth = Pick(targets, chosen);
        Strided<float> wanted = Strided<float>.RowMajor(truth, chosen.Length, targets.Columns);
        int raw = options.Parts.Contains(RawFeatures.Word) ? rows.Columns : 0;
        IReadOnlyList<FeatureOptions> field = candidates;
        int features = 0;
        foreach (int most in MostFeatures)
        {
            int more = Math.Min(width ?? int.MaxValue, raw + (features == 0 ? most : Math.Min(most, chosen.Length)));
            if (more <= features)
            {
                break;
            }

            features = more;
            field = [.. field.OrderBy(Loss).Take((field.Count + 1) / 2)];
        }

        double Loss(FeatureOptions candidate)
        {
            sample.Map = FeatureMaps.Create(candidate, features, ridge.Seed, rows, run.Team);
            double loss = LossOf(Ridge.Fit(run with { Progress = null }, sample, wanted, ridge with { KeepSums = false }));
            return double.IsNaN(loss) ? double.PositiveInfinity : loss;
        }

        return (field[0], Remark(field[0], candidates.Count, chosen.Length));
    }

    private static double LossOf(RidgeFit fit)
    {
        PenaltyPoint point = fit.Path.Single(candidate => candidate.Chosen);
        return point.LogLoss ?? point.Loss ?? point.GeneralisedCrossValidation;
    }

    private static string Remark(FeatureOptions chosen, int candidates, int rows)
    {
        string units = chosen.Net is { } net && chosen.Parts.Contains(HiddenFeatures.Word) ? $"{net.FirstActivation} units and " : "";
        return $"Features: {units}bandwidth {chosen.Bandwidth} have the smallest leave-one-out error of {candidates} choices on {rows} rows.";
    }

    private static NativeBuffer<float> Pick(Strided<float> values, int[] rows)
    {
        var picked = new NativeBuffer<float>(rows.Length * values.Columns);
        Strided<float> to = Strided<float>.RowMajor(picked, rows.Length, values.Columns);
        for (int i = 0; i < rows.Length; i++)
        {
            values.Row(rows[i]).CopyTo(to.Row(i));
        }

        return picked;
    }

    /// <summary>Sampled rows seen through one feature map after the other.</summary>
    private sealed class Sample : IFeatureRows, IDisposable
    {
        private readonly NativeBuffer<float> buffer;
        private readonly Strided<float> inputs;

        public Sample(IInputRows rows, int[] chosen)
        {
            buffer = new NativeBuffer<float>((long)chosen.Length * rows.Columns);
            inputs = Strided<float>.RowMajor(buffer, chosen.Length, rows.Columns);
            rows.Read(chosen, inputs);
        }

        public FeatureMap Map { get; set; } = null!;

        public int Count => (int)inputs.Rows;

        public int FeatureCount => Map.FeatureCount;

        public void Read(Team team, int first, Strided<float> features) =>
            Map.Map(team, inputs.Block(first, 0, features.Rows, inputs.Columns), features);

        public void Dispose() => buffer.Dispose();
    }
}

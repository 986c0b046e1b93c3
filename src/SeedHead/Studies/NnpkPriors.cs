using System.Globalization;
using SeedHead.Compute;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>A4: laws of the weights, their variance, and that of the biases.</summary>
/// <remarks>Exact kernels are of LeCun's law times a scale s, so σ_w² = s²; biases are normal with deviation σ_b in every layer.</remarks>
internal static class NnpkPriors
{
    private const string Id = "A4", Title = "Which initialisation?", WeightsOfBiases = "1.4";

    private static readonly string[] Laws = ["he-normal", "he-uniform", "lecun-normal", "glorot-normal", "glorot-uniform", "orthogonal", "uniform-fan-in"];

    private static readonly string[] SampledActivations = ["relu", "tanh"], Activations = ["relu", "erf", "tanh"];

    private static readonly string[] Scales = ["0.5", "0.7", "1", "1.4", "2", "2.8", "4", "5.6", "8"], Biases = ["0.1", "0.3", "1", "3", "10", "30"];

    /// <summary>A kernel of the sweeps, by texts: the scale s of the weights and the biases' deviation, "" for none.</summary>
    private sealed record Point(string Activation, string Scale, string Bias)
    {
        public string Prior => (Scale == "1" ? "lecun-normal" : $"lecun-normal:{Scale}") + (Bias.Length == 0 ? "" : $"+bias-normal:{Bias}");
    }

    public static NnpkPart Of(NnpkForm form) => new(
        Id, Title,
        [
            .. from activation in SampledActivations from law in Laws from seed in Seeds(form) select Sampled(form, activation, law, seed),
            .. from point in Activations.SelectMany(activation => (Point[])[.. ByWeights(activation), .. ByBiases(activation)]).Distinct() from seed in Seeds(form) select Exact(form, point, seed),
        ],
        results => Checks(form, results), results => Show(form, results));

    private static IEnumerable<int> Seeds(NnpkForm form) => Enumerable.Range(1, form.Seeds);

    private static Point[] ByWeights(string activation) => [.. Scales.Select(scale => new Point(activation, scale, ""))];

    /// <summary>Without biases, then with ever larger ones.</summary>
    private static Point[] ByBiases(string activation) => [new(activation, WeightsOfBiases, ""), .. Biases.Select(bias => new Point(activation, WeightsOfBiases, bias))];

    private static string Net(NnpkForm form, string activation) => $"{form.Inputs}-3*(64-{activation})-1";

    private static double Square(string text) => double.Parse(text, CultureInfo.InvariantCulture) * double.Parse(text, CultureInfo.InvariantCulture);

    private static string SampledKey(NnpkForm form, string activation, string law, int seed) => $"{Id} networks {form.Set} {form.SomeRows}/{form.Tests} {Net(form, activation)} {law} n {form.SomeNetworks} seed {seed}";

    private static string ExactKey(NnpkForm form, Point point, int seed) => $"{Id} exact {form.Set} {form.SomeRows}/{form.Tests} {Net(form, point.Activation)} {point.Prior} seed {seed}";

    private static double[] Ridge(NnpkForm form, NnpkResults results, string activation, string law) => results.Values(Seeds(form).Select(seed => SampledKey(form, activation, law, seed)), "ridge");

    private static double[] Test(NnpkForm form, NnpkResults results, Point point) => results.Values(Seeds(form).Select(seed => ExactKey(form, point, seed)), "test");

    private static NnpkCell Sampled(NnpkForm form, string activation, string law, int seed) => new(SampledKey(form, activation, law, seed), context =>
    {
        NnpkData data = context.Data(form.Set, form.SomeRows, form.Tests, (ulong)seed);
        using NativeBuffer<float> features = NnpkReadouts.Features(context, data, Architecture.Parse(Net(form, activation)), WeightPrior.Parse(law), (ulong)seed, form.SomeNetworks);
        return NnpkReadouts.ByCount(context, data, Strided<float>.RowMajor(features, data.Train.Count + data.Test.Count, form.SomeNetworks), [form.SomeNetworks], neighbours: false);
    });

    private static NnpkCell Exact(NnpkForm form, Point point, int seed) => new(ExactKey(form, point, seed), context => NnpkReadouts.Exact(
        context, context.Data(form.Set, form.SomeRows, form.Tests, (ulong)seed), new LimitKernel(Architecture.Parse(Net(form, point.Activation)), WeightPrior.Parse(point.Prior)), tangent: false));

    private static IEnumerable<Check> Checks(NnpkForm form, NnpkResults results)
    {
        double sampled = Math.Abs(Statistics.Mean(Ridge(form, results, "relu", "he-normal")) - Statistics.Mean(Ridge(form, results, "relu", "lecun-normal")));
        yield return new($"{Id} relu sampled", "relu without biases: the scale of the weights does not matter to a ridge on scaled features.", "he-normal less lecun-normal, points in size", "≤ 0.2", sampled <= 0.2,
            "scale-invariant (expected shape)", sampled, FormattableString.Invariant($"he-normal {Statistics.Mean(Ridge(form, results, "relu", "he-normal")):0.00}"));
        double range = Seeds(form).Max(seed =>
        {
            double[] accuracies = [.. ByWeights("relu").Select(point => results.Value(ExactKey(form, point, seed), "test")).OfType<double>()];
            return accuracies.Max() - accuracies.Min();
        });
        yield return new($"{Id} relu exact", "relu without biases: the exact kernel's accuracy is the same for every weight variance.", "largest less smallest accuracy, points", "= 0", range == 0,
            "scale-invariant (expected shape)", range, $"{NnpkTables.Text(Test(form, results, ByWeights("relu")[0]))} % at {Scales.Length} variances");
        foreach (string activation in Activations[1..])
        {
            double[] means = [.. ByWeights(activation).Select(point => Statistics.Mean(Test(form, results, point)))];
            double lead = means[1..^1].Max() - Math.Max(means[0], means[^1]);
            yield return new($"{Id} {activation} order", $"{activation}: the best weight variance is inside of the sweep, between order and chaos.", "best inside less the better end, points", "> 0", lead > 0,
                "the transition matters (expected shape)", lead, Listed(Scales, Square, means));
        }

        foreach (string activation in Activations)
        {
            double[] means = [.. ByBiases(activation).Select(point => Statistics.Mean(Test(form, results, point)))];
            double loss = means.Max() - means[^1];
            yield return new($"{Id} {activation} biases", $"{activation}: large biases flatten the kernel.", "best less that of the largest bias variance, points", "≥ 0.5", loss >= 0.5,
                "large σ_b² flattens (expected shape)", loss, Listed(["0", .. Biases], Square, means));
        }
    }

    private static string Listed(string[] names, Func<string, double> number, double[] means) => string.Join(", ", names.Zip(means, (name, mean) => FormattableString.Invariant($"{number(name):0.##}: {mean:0.0}")));

    private static StudyResult Show(NnpkForm form, NnpkResults results)
    {
        IReadOnlyList<string>[] Sweep(Func<string, Point[]> points) =>
            [.. Activations.Select(activation => (IReadOnlyList<string>)[activation, .. points(activation).Select(point => NnpkTables.Text(Test(form, results, point)))])];
        Comparison[] laws = [.. SampledActivations.Select(activation => new Comparison(
            $"Ridge by initialisation, {activation}, {form.Set}", "Test accuracy (%)", [.. Laws.Select(law => (law, (IReadOnlyList<double>)Ridge(form, results, activation, law))).Where(row => row.Item2.Count > 0)]))];
        return new(
            Id, Title,
            [
                new("a4-laws", $"Test accuracy (%) by initialisation: {form.Set}, {form.SomeRows} rows, ridge on {form.SomeNetworks} networks of depth 3, width 64", ["initialisation", .. SampledActivations],
                    [.. Laws.Select(law => (IReadOnlyList<string>)[law, .. SampledActivations.Select(activation => NnpkTables.Text(Ridge(form, results, activation, law)))])]),
                new("a4-weights", "Test accuracy (%) of the exact kernel of depth 3 by the weight variance σ_w², no biases", ["activation", .. Scales.Select(scale => Number(Square(scale)))], Sweep(ByWeights)),
                new("a4-biases", $"Test accuracy (%) of the exact kernel of depth 3 by the bias variance σ_b², σ_w² = {Number(Square(WeightsOfBiases))}",
                    ["activation", "0", .. Biases.Select(bias => Number(Square(bias)))], Sweep(ByBiases)),
            ],
            [
                .. NnpkTables.Figure($"Exact kernels by weight variance, {form.Set}", "Weight variance σ_w²", "Test accuracy (%)", true,
                    Activations.Select(activation => NnpkTables.Line(activation, ByWeights(activation).Select(point => NnpkTables.Point(Square(point.Scale), Test(form, results, point), "")))),
                    "Test accuracy of the exact kernel of depth 3 against the variance of the weights: constant for relu, a bump for erf and tanh."),
                .. NnpkTables.Figure($"Exact kernels by bias variance, {form.Set}", "Bias variance σ_b²", "Test accuracy (%)", true,
                    Activations.Select(activation => NnpkTables.Line(activation, ByBiases(activation)[1..].Select(point => NnpkTables.Point(Square(point.Bias), Test(form, results, point), "")))),
                    "Test accuracy of the exact kernel of depth 3 against the variance of the biases."),
            ],
            [.. laws.Where(comparison => comparison.Rows.Count > 0)],
            "Without biases relu networks only change by a factor when all weights do. erf and tanh are linear for small weights and nearly signs for large ones; with three layers the loss on that side is small. "
            + "Biases of large variance bring all entries of a kernel close to one value; the noise, relative to the diagonal, is 1e-6 at the least.");
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

using System.Globalization;
using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>A10: sampled kernels beside those of infinitely wide layers, the Gaussian process's (NNGP) and the tangent one (NTK).</summary>
/// <remarks>The error against n is the root of the mean squared relative Frobenius error over disjoint sets of n networks.</remarks>
internal static class NnpkLimits
{
    private const string Id = "A10", Title = "How far from the limits?";
    private const int Points = 100, Width = 64, FewestSets = 8, TangentDepth = 3;

    private static readonly string[] Activations = ["relu", "erf", "gelu"];

    private static readonly int[] Depths = [1, 3], TangentWidths = [16, 64, 256];

    public static NnpkPart Of(NnpkForm form) => new(
        Id, Title,
        [
            .. from depth in Depths from activation in Activations select Counts(form, activation, depth),
            NnpkWidthBias.Cell(form, Points),
            .. TangentWidths.Select(width => Tangent(form, width)),
            .. from depth in Depths from activation in Activations from seed in Seeds(form) from cell in (NnpkCell[])[Exact(form, activation, depth, seed), Sampled(form, activation, depth, seed)] select cell,
        ],
        results => Checks(form, results), results => Show(form, results));

    private static IEnumerable<int> Seeds(NnpkForm form) => Enumerable.Range(1, form.Seeds);

    private static string Net(NnpkForm form, string activation, int depth, int width = Width) => $"{form.Inputs}-{(depth == 1 ? $"{width}-{activation}" : $"{depth}*({width}-{activation})")}-1";

    private static int Blocks(NnpkForm form) => form.Quick ? 32 : form.Full ? 1024 : 256;

    private static int Networks(NnpkForm form) => form.Networks / 2;

    private static int TangentNetworks(NnpkForm form) => form.Quick ? 8 : 64;

    private static string CountsKey(NnpkForm form, string activation, int depth) =>
        $"{Id} errors {form.Set} {form.SomeRows} {Points} points {Net(form, activation, depth)} {Prior(form, activation)} {Blocks(form) * SampledKernel.BlockNetworks} networks seed 1";

    private static string TangentKey(NnpkForm form, int width) => $"{Id} tangent {form.Set} {form.SomeRows} {Points} points {Net(form, "relu", TangentDepth, width)} {Prior(form, "relu")} n {TangentNetworks(form)} seed 1";

    private static string AccuracyKey(NnpkForm form, string what, string activation, int depth, int seed) =>
        $"{Id} {what} {form.Set} {form.SomeRows}/{form.Tests} {Net(form, activation, depth)} {Prior(form, activation)}{(what == "sampled" ? $" n {Networks(form)}" : "")} seed {seed}";

    private static string[] AccuracyKeys(NnpkForm form, string what, string activation, int depth) => [.. Seeds(form).Select(seed => AccuracyKey(form, what, activation, depth, seed))];

    private static WeightPrior Prior(NnpkForm form, string activation) => WeightPrior.DefaultFor(Architecture.Parse(Net(form, activation, 1)).FirstActivation);

    private static NnpkCell Counts(NnpkForm form, string activation, int depth) => new(CountsKey(form, activation, depth), context =>
    {
        Numbers points = NnpkWidthBias.First(context.Data(form.Set, form.SomeRows, form.Tests), Points);
        Architecture net = Architecture.Parse(Net(form, activation, depth));
        using LimitGram exact = new LimitKernel(net, Prior(form, activation)).Gram(points, tangent: true, context.Quiet);
        double[] nngp = Entries((i, j) => exact.Nngp[i, j], points.Count), tangent = Entries((i, j) => exact.Tangent![i, j], points.Count);
        var kernel = new SampledKernel(net, Prior(form, activation), 1);
        double[][] means = new double[Blocks(form)][];
        for (int block = 0; block < means.Length; block++)
        {
            KernelSums sums = kernel.Run(points, block, 1, context.Quiet);
            means[block] = Entries(sums.Mean, points.Count);
        }

        NnpkNumbers numbers = new() { ["nngpToNtk"] = [ScaledDistance(nngp, tangent)] };
        List<double> counts = [], errors = [];
        for (int count = SampledKernel.BlockNetworks; ; count *= 2)
        {
            counts.Add(count);
            errors.Add(Math.Sqrt(means.Average(mean => SquaredDistance(mean, nngp))));
            if (means.Length == 1)
            {
                break;
            }

            means = [.. means.Chunk(2).Select(pair => (double[])[.. pair[0].Zip(pair[1], (a, b) => (a + b) / 2)])];
        }

        int enough = counts.Count(count => Blocks(form) * SampledKernel.BlockNetworks / count >= FewestSets);
        LineFit line = Statistics.Line([.. counts.Take(enough).Select(Elementary.Log)], [.. errors.Take(enough).Select(Elementary.Log)]);
        numbers["networks"] = [.. counts];
        numbers["error"] = [.. errors];
        numbers.Add("slope", line.Slope);
        numbers.Add("sampledToNtk", ScaledDistance(means[0], tangent));
        return numbers;
    });

    private static NnpkCell Tangent(NnpkForm form, int width) => new(TangentKey(form, width), context =>
    {
        Numbers points = NnpkWidthBias.First(context.Data(form.Set, form.SomeRows, form.Tests), Points);
        Architecture net = Architecture.Parse(Net(form, "relu", TangentDepth, width));
        using LimitGram exact = new LimitKernel(net, Prior(form, "relu")).Gram(points, tangent: true, context.Quiet);
        KernelSums sums = new SampledKernel(net, Prior(form, "relu"), 1, new() { Form = SampledForm.Tangent }).Sample(points, TangentNetworks(form), run: context.Quiet);
        return new() { ["error"] = [Math.Sqrt(SquaredDistance(Entries(sums.Mean, points.Count), Entries((i, j) => exact.Tangent![i, j], points.Count)))], ["standardError"] = [sums.RelativeErrors().Mean] };
    });

    private static NnpkCell Exact(NnpkForm form, string activation, int depth, int seed) => new(AccuracyKey(form, "exact", activation, depth, seed), context =>
    {
        NnpkData data = context.Data(form.Set, form.SomeRows, form.Tests, (ulong)seed);
        var kernel = new LimitKernel(Architecture.Parse(Net(form, activation, depth)), Prior(form, activation));
        using LimitGram gram = kernel.Gram(data.Train, tangent: true, context.Quiet), cross = kernel.Gram(data.Test, data.Train, tangent: true, context.Quiet);
        return new()
        {
            ["nngp"] = NnpkReadouts.Process(context, data, gram.Nngp.Values, cross.Nngp.Values)["test"],
            ["ntk"] = NnpkReadouts.Process(context, data, gram.Tangent!.Values, cross.Tangent!.Values)["test"],
        };
    });

    private static unsafe NnpkCell Sampled(NnpkForm form, string activation, int depth, int seed) => new(AccuracyKey(form, "sampled", activation, depth, seed), context =>
    {
        NnpkData data = context.Data(form.Set, form.SomeRows, form.Tests, (ulong)seed);
        int n = data.Train.Count, m = data.Test.Count;
        using NativeBuffer<float> features = NnpkReadouts.Features(context, data, Architecture.Parse(Net(form, activation, depth)), Prior(form, activation), (ulong)seed, Networks(form));
        Strided<float> all = Strided<float>.RowMajor(features, n + m, Networks(form)), train = all.Block(0, 0, n, all.Columns), test = all.Block(n, 0, m, all.Columns);
        using var gram = new KernelMatrix(n, n);
        using var cross = new KernelMatrix(m, n);
        GramProduct.Add(context.Team, train.Transpose, gram.Values);
        gram.Mirror(context.Team);
        GramProduct.AddCross(context.Team, TileSets.Float, test.Transpose, train.Transpose, cross.Values);
        return NnpkReadouts.Process(context, data, gram.Values, cross.Values);
    });

    /// <summary>All entries of a symmetric matrix, those off the diagonal twice.</summary>
    private static double[] Entries(Func<int, int, double> at, int n) => [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, n) select at(i, j)];

    /// <summary>‖a − b‖²/‖b‖².</summary>
    private static double SquaredDistance(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum() / b.Sum(y => y * y);

    /// <summary>The least of ‖a·s − b‖/‖b‖ over factors s.</summary>
    private static double ScaledDistance(double[] a, double[] b)
    {
        double ab = a.Zip(b, (x, y) => x * y).Sum();
        return Math.Sqrt(Math.Max(0, 1 - (ab * ab / (a.Sum(x => x * x) * b.Sum(y => y * y)))));
    }

    private static IEnumerable<Check> Checks(NnpkForm form, NnpkResults results)
    {
        foreach (string activation in Activations)
        {
            double slope = results.Value(CountsKey(form, activation, 1), "slope")!.Value;
            yield return new($"{Id} slope {activation}", $"{activation}, 1 hidden layer: the error falls as one over the root of n.", "slope of the logarithms", "−0.5 ± 0.1", Math.Abs(slope + 0.5) <= 0.1,
                "O(1/√n) (expected shape)", slope, Listed(results, CountsKey(form, activation, 1)));
        }

        yield return NnpkWidthBias.Check(Id, results, NnpkWidthBias.Key(form, Points));
        double[] tangent = [.. TangentWidths.Select(width => results.Value(TangentKey(form, width), "error")!.Value)];
        double least = tangent.Zip(tangent.Skip(1), (a, b) => a / b).Min();
        yield return new($"{Id} tangent", $"relu, {TangentDepth} hidden layers: sampled tangent kernels of wider networks are closer to the NTK.", "least ratio of the errors of neighbouring widths", "> 1", least > 1, "O(1/√W) (expected shape)", least,
            string.Join(", ", TangentWidths.Zip(tangent, (width, error) => FormattableString.Invariant($"width {width} {error:0.000}"))));
        foreach (int depth in Depths)
        {
            double[] gaps = [.. Activations.Select(activation => Mean(form, results, "exact", activation, depth, "ntk") - Mean(form, results, "exact", activation, depth, "nngp"))];
            yield return new($"{Id} accuracy {depth}", $"{Layers(depth)}: NTK and NNGP classify alike.", "largest difference in size, points", "reported", null, "not known", gaps.Max(Math.Abs),
                "NTK less NNGP: " + string.Join(", ", Activations.Zip(gaps, (activation, gap) => $"{activation} {gap.ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture)}")));
        }
    }

    private static string Layers(int depth) => depth == 1 ? "1 hidden layer" : $"{depth} hidden layers";

    private static double Mean(NnpkForm form, NnpkResults results, string what, string activation, int depth, string name) => Statistics.Mean(results.Values(AccuracyKeys(form, what, activation, depth), name));

    private static string Listed(NnpkResults results, string key) => string.Join(", ", results.Row(key, "networks")!.Zip(results.Row(key, "error")!, (n, error) => FormattableString.Invariant($"{n}: {error:0.0000}")));

    private static StudyResult Show(NnpkForm form, NnpkResults results)
    {
        (string Activation, int Depth)[] rows = [.. from depth in Depths from activation in Activations select (activation, depth)];
        string Text(double? value, string format = "0.000") => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
        return new(
            Id, Title,
            [
                new("a10-accuracy", $"Test accuracy (%) of Gaussian processes: {form.Set}, {form.SomeRows} rows; sampled: {Networks(form)} networks of width {Width}", ["network", "sampled", "NNGP", "NTK"],
                [
                    .. rows.Select(row => (IReadOnlyList<string>)[
                        $"{row.Activation}, {Layers(row.Depth)}", NnpkTables.Text(results.Values(AccuracyKeys(form, "sampled", row.Activation, row.Depth), "test")),
                        .. ((string[])["nngp", "ntk"]).Select(name => NnpkTables.Text(results.Values(AccuracyKeys(form, "exact", row.Activation, row.Depth), name)))]),
                ]),
                new("a10-distances", $"Relative Frobenius distances at {Points} points, width {Width}",
                    ["network", "slope of the error by n", $"sampled to NNGP, {Blocks(form) * SampledKernel.BlockNetworks} networks", "sampled to NTK, best scale", "NNGP to NTK, best scale"],
                [
                    .. rows.Select(row => (IReadOnlyList<string>)[
                        $"{row.Activation}, {Layers(row.Depth)}", Text(results.Value(CountsKey(form, row.Activation, row.Depth), "slope")), Text(results.Row(CountsKey(form, row.Activation, row.Depth), "error")?[^1], "0.0000"),
                        Text(results.Value(CountsKey(form, row.Activation, row.Depth), "sampledToNtk")), Text(results.Value(CountsKey(form, row.Activation, row.Depth), "nngpToNtk"))]),
                ]),
                new("a10-tangent", $"Sampled tangent kernel of {TangentNetworks(form)} relu networks of depth {TangentDepth} beside the NTK, {Points} points", ["width", "relative Frobenius error", "mean relative standard error of entries"],
                    [.. TangentWidths.Select(width => (IReadOnlyList<string>)[$"{width}", Text(results.Value(TangentKey(form, width), "error")), Text(results.Value(TangentKey(form, width), "standardError"))])]),
                NnpkWidthBias.Table(results, NnpkWidthBias.Key(form, Points)),
            ],
            [.. Errors(form, results, rows), .. NnpkWidthBias.Figure(form, results, Points)], [],
            "With one hidden layer the sampled kernel has the NNGP kernel as its mean at every width, so the error falls for ever. With three it levels off at the bias of the width. "
            + "Errors at the largest n are of one set of networks or a few, so they scatter.");
    }

    private static IEnumerable<Figure> Errors(NnpkForm form, NnpkResults results, (string Activation, int Depth)[] rows) => NnpkTables.Figure(
        $"Sampled kernel against NNGP, {form.Set}", "Number of networks n", "Relative Frobenius error", true,
        rows.Where(row => results.Row(CountsKey(form, row.Activation, row.Depth), "error") is not null).Select(row => NnpkTables.Line(
            $"{row.Activation}, {Layers(row.Depth)}",
            results.Row(CountsKey(form, row.Activation, row.Depth), "networks")!.Zip(results.Row(CountsKey(form, row.Activation, row.Depth), "error")!, (n, error) => NnpkTables.Point(n, [error], "")))),
        $"Error of the sampled kernel at {Points} points against the number of networks of width {Width}, falling as one over the root of n.").Select(figure => figure with { LogY = true });
}

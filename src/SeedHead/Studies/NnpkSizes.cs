using System.Globalization;
using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>A3: widths and depths of relu networks: accuracy, spread of the sampled kernel, and what depth does to the exact one.</summary>
/// <remarks>
/// With He's law and no biases the diagonal K(x, x) is the same at every width and E f⁴ = 3·K(x, x)²·(1 + 5/W)^L, so that n networks know the diagonal with a relative
/// standard error of √((3·(1 + 5/W)^L − 1)/n). Its fourth moment is measured in groups of networks, whose spread gives the error of the measurement.
/// </remarks>
internal static class NnpkSizes
{
    private const string Id = "A3", Title = "How wide, how deep?", Law = "he-normal";
    private const int SpreadPoints = 50, CorrelationPoints = 200, Groups = 16;
    private const int WidthOfLimit = 64; // kernels in the limit of wide layers have none; the key names one

    private static readonly int[] Widths = [16, 64, 256], Depths = [1, 3, 5], ExactDepths = [.. Enumerable.Range(1, 8)];

    public static NnpkPart Of(NnpkForm form) => new(
        Id, Title,
        [
            .. from depth in Depths from width in Widths from seed in Seeds(form) select Sampled(form, width, depth, seed),
            .. from depth in Depths from width in Widths select Spread(form, width, depth),
            .. from depth in ExactDepths from seed in Seeds(form) select Exact(form, depth, seed),
        ],
        results => Checks(form, results), results => Show(form, results));

    private static IEnumerable<int> Seeds(NnpkForm form) => Enumerable.Range(1, form.Seeds);

    private static string Layers(int depth) => depth == 1 ? "1 hidden layer" : $"{depth} hidden layers";

    private static string Net(NnpkForm form, int width, int depth) => depth == 1 ? $"{form.Inputs}-{width}-relu-1" : $"{form.Inputs}-{depth}*({width}-relu)-1";

    /// <summary>Blocks of networks in a group: as many weights at every width.</summary>
    private static int Blocks(NnpkForm form, int width) => form.Quick ? 1 : Widths[^1] * (form.Full ? 16 : 4) / width;

    private static string SampledKey(NnpkForm form, int width, int depth, int seed) => $"{Id} networks {form.Set} {form.SomeRows}/{form.Tests} {Net(form, width, depth)} {Law} n {form.SomeNetworks} seed {seed}";

    private static string SpreadKey(NnpkForm form, int width, int depth) =>
        $"{Id} spread {form.Set} {form.SomeRows} {SpreadPoints} points {Net(form, width, depth)} {Law} {Groups} groups of {Blocks(form, width) * SampledKernel.BlockNetworks} seed 1";

    private static string ExactKey(NnpkForm form, int depth, int seed) => $"{Id} exact {form.Set} {form.SomeRows}/{form.Tests} {Net(form, WidthOfLimit, depth)} {Law} correlation {CorrelationPoints} seed {seed}";

    private static string[] SampledKeys(NnpkForm form, int width, int depth) => [.. Seeds(form).Select(seed => SampledKey(form, width, depth, seed))];

    private static string[] ExactKeys(NnpkForm form, int depth) => [.. Seeds(form).Select(seed => ExactKey(form, depth, seed))];

    private static NnpkCell Sampled(NnpkForm form, int width, int depth, int seed) => new(SampledKey(form, width, depth, seed), context =>
    {
        NnpkData data = context.Data(form.Set, form.SomeRows, form.Tests, (ulong)seed);
        using NativeBuffer<float> features = NnpkReadouts.Features(context, data, Architecture.Parse(Net(form, width, depth)), WeightPrior.Parse(Law), (ulong)seed, form.SomeNetworks);
        return NnpkReadouts.ByCount(context, data, Strided<float>.RowMajor(features, data.Train.Count + data.Test.Count, form.SomeNetworks), [form.SomeNetworks], neighbours: false);
    });

    private static NnpkCell Exact(NnpkForm form, int depth, int seed) => new(ExactKey(form, depth, seed), context =>
    {
        NnpkData data = context.Data(form.Set, form.SomeRows, form.Tests, (ulong)seed);
        var kernel = new LimitKernel(Architecture.Parse(Net(form, WidthOfLimit, depth)), WeightPrior.Parse(Law));
        NnpkNumbers numbers = NnpkReadouts.Exact(context, data, kernel, tangent: false);
        numbers.Add("correlation", Correlation(kernel, First(data, CorrelationPoints), context.Quiet));
        return numbers;
    });

    private static NnpkCell Spread(NnpkForm form, int width, int depth) => new(SpreadKey(form, width, depth), context =>
    {
        Numbers points = First(context.Data(form.Set, form.SomeRows, form.Tests), SpreadPoints);
        Architecture net = Architecture.Parse(Net(form, width, depth));
        var kernel = new SampledKernel(net, WeightPrior.Parse(Law), 1);
        using LimitGram exact = new LimitKernel(net, WeightPrior.Parse(Law)).Gram(points, run: context.Quiet);
        KernelSums? all = null;
        var variances = new double[Groups];
        List<double> counts = [], errors = [];
        for (int group = 0; group < Groups; group++)
        {
            KernelSums sums = kernel.Run(points, group * Blocks(form, width), Blocks(form, width), context.Quiet);
            variances[group] = DiagonalVariance(sums, exact.Nngp);
            all = all?.Merge(sums) ?? sums;
            if (int.IsPow2(group + 1))
            {
                counts.Add(all.Networks);
                errors.Add(all.RelativeErrors().Mean);
            }
        }

        return new()
        {
            ["networks"] = [.. counts], ["error"] = [.. errors],
            ["variance"] = [Statistics.Mean(variances)], ["varianceError"] = [Statistics.Deviation(variances) / Math.Sqrt(Groups)],
        };
    });

    private static Numbers First(NnpkData data, int points) => (Numbers)data.Train.Select([.. Enumerable.Range(0, Math.Min(points, data.Train.Count))]);

    /// <summary>E f⁴/K(x, x)² − 1, the variance of one network's f² relative to its known mean; the mean over points.</summary>
    private static double DiagonalVariance(KernelSums sums, KernelMatrix exact) => Enumerable.Range(0, sums.Points).Average(i =>
    {
        double error = sums.StandardError(i, i), mean = sums.Mean(i, i);
        return ((error * error * (sums.Networks - 1)) + (mean * mean)) / (exact[i, i] * exact[i, i]);
    }) - 1;

    /// <summary>The mean of K(x, x′)/√(K(x, x)·K(x′, x′)) over distinct points.</summary>
    private static double Correlation(LimitKernel kernel, Numbers points, Execution run)
    {
        using LimitGram gram = kernel.Gram(points, run: run);
        KernelMatrix k = gram.Nngp;
        double sum = Enumerable.Range(1, k.Rows - 1).Sum(i => Enumerable.Range(0, i).Sum(j => k[i, j] / Math.Sqrt(k[i, i] * k[j, j])));
        return sum / (0.5 * k.Rows * (k.Rows - 1));
    }

    /// <summary>3·(1 + 5/W)^L − 1.</summary>
    private static double Expected(int width, int depth) => (3 * Elementary.Pow(1 + (5.0 / width), depth)) - 1;

    private static IEnumerable<Check> Checks(NnpkForm form, NnpkResults results)
    {
        foreach (int depth in Depths)
        {
            double[] means = [.. Widths.Select(width => Statistics.Mean(results.Values(SampledKeys(form, width, depth), "ridge")))];
            double range = means.Max() - means.Min();
            yield return new(
                $"{Id} width {depth}", $"{Layers(depth)}: the width hardly changes the accuracy at equal n.", "largest less smallest mean accuracy over widths, points", "≤ 2", range <= 2,
                "little effect (expected shape)", range, string.Join(", ", Widths.Zip(means, (width, mean) => FormattableString.Invariant($"width {width} {mean:0.0}"))));
        }

        double Variance(int width, int depth) => results.Value(SpreadKey(form, width, depth), "variance")!.Value;
        foreach (int depth in Depths[1..])
        {
            double[] variances = [.. Widths.Select(width => Variance(width, depth))];
            double least = variances.Zip(variances.Skip(1), (a, b) => a / b).Min();
            yield return new(
                $"{Id} spread {depth}", $"{Layers(depth)}: kernels of wider networks vary less.", "least ratio of the variances of neighbouring widths", "> 1", least > 1,
                "strong effect (expected shape)", least, string.Join(", ", Widths.Zip(variances, (width, value) => FormattableString.Invariant($"width {width} {value:0.00}"))));
        }

        var z = (from depth in Depths from width in Widths
                 select (Width: width, Depth: depth, Z: (Variance(width, depth) - Expected(width, depth)) / results.Value(SpreadKey(form, width, depth), "varianceError")!.Value)).ToArray();
        double worst = z.Select(one => one.Z).MaxBy(Math.Abs);
        yield return new(
            $"{Id} law", "The relative variance of a network on the diagonal is 3·(1 + 5/W)^L − 1.", "furthest from the law, standard errors", "≤ 4 in size", Math.Abs(worst) <= 4,
            "a proved law", worst, string.Join(", ", z.Select(one => FormattableString.Invariant($"{one.Depth}×{one.Width} {one.Z:+0.0;−0.0;0.0}"))));
        double[] correlations = [.. ExactDepths.Select(depth => Statistics.Mean(results.Values(ExactKeys(form, depth), "correlation")))];
        double rise = correlations.Zip(correlations.Skip(1), (a, b) => b - a).Min();
        yield return new(
            $"{Id} constant", "Deeper relu kernels come closer to a constant.", "least rise of the mean correlation of distinct points, a layer more", "> 0", rise > 0, "K tends to a constant (expected shape)", rise,
            string.Join(", ", correlations.Select(value => value.ToString("0.000", CultureInfo.InvariantCulture))));
    }

    private static StudyResult Show(NnpkForm form, NnpkResults results) => new(
        Id, Title,
        [
            new("a3-accuracy", $"Test accuracy (%): {form.Set}, {form.SomeRows} rows; ridge on {form.SomeNetworks} networks, and the exact kernel", ["depth", .. Widths.Select(width => $"width {width}"), "exact kernel"],
            [
                .. ExactDepths.Select(depth => (IReadOnlyList<string>)[
                    $"{depth}", .. Widths.Select(width => NnpkTables.Text(results.Values(SampledKeys(form, width, depth), "ridge"))), NnpkTables.Text(results.Values(ExactKeys(form, depth), "test"))]),
            ]),
            new("a3-spread", $"Spread of the sampled kernel at {SpreadPoints} points", ["depth and width", "networks", "mean relative standard error of entries", "relative variance of a network, diagonal", "3·(1 + 5/W)^L − 1"],
            [
                .. from depth in Depths
                   from width in Widths
                   let key = SpreadKey(form, width, depth)
                   where results.Value(key, "variance") is not null
                   select (IReadOnlyList<string>)[
                       $"{depth} × {width}", $"{results.Row(key, "networks")![^1]:0}", results.Row(key, "error")![^1].ToString("0.0000", CultureInfo.InvariantCulture),
                       FormattableString.Invariant($"{results.Value(key, "variance"):0.000} ± {results.Value(key, "varianceError"):0.000}"), Expected(width, depth).ToString("0.000", CultureInfo.InvariantCulture)],
            ]),
        ],
        [.. Accuracy(form, results), .. Errors(form, results), .. Variances(form, results), .. Correlations(form, results)], [],
        "He's law, no biases. At one depth the narrow networks are as good as the wide ones, but their kernels need more networks for the same error. "
        + "Up to 8 layers the kernel moves towards a constant; in the small form its accuracy did not fall.");

    private static Figure[] Accuracy(NnpkForm form, NnpkResults results) => NnpkTables.Figure(
        $"Accuracy by depth, {form.Set}", "Hidden layers", "Test accuracy (%)", false,
        [
            .. Widths.Select(width => NnpkTables.Line($"width {width}, {form.SomeNetworks} networks: ridge", Depths.Select(depth => NnpkTables.Point(depth, results.Values(SampledKeys(form, width, depth), "ridge"), "")))),
            NnpkTables.Line("exact kernel", ExactDepths.Select(depth => NnpkTables.Point(depth, results.Values(ExactKeys(form, depth), "test"), "")), SeriesKind.Dashed),
        ],
        "Test accuracy against the number of hidden layers at three widths; dashed: the exact kernel.");

    private static IEnumerable<Figure> Errors(NnpkForm form, NnpkResults results) => NnpkTables.Figure(
        $"Error of the sampled kernel by the number of networks, {form.Set}", "Number of networks n", "Mean relative standard error", true,
        from depth in (int[])[Depths[0], Depths[^1]]
        from width in Widths
        let key = SpreadKey(form, width, depth)
        where results.Row(key, "error") is not null
        select NnpkTables.Line($"{depth} × {width}", results.Row(key, "networks")!.Zip(results.Row(key, "error")!, (n, error) => NnpkTables.Point(n, [error], ""))),
        "Standard error of kernel entries relative to the diagonal, falling as one over the root of n; a line for each depth and width, the least and the largest depth.").Select(figure => figure with { LogY = true });

    private static IEnumerable<Figure> Variances(NnpkForm form, NnpkResults results) => NnpkTables.Figure(
        $"Relative variance of one network on the diagonal, {form.Set}", "Width", "Relative variance of f²", true,
        Depths.SelectMany(depth => (Series[])[
            NnpkTables.Line(Layers(depth), Widths.Select(width => results.Value(SpreadKey(form, width, depth), "variance") is double value
                ? new FigurePoint(width, value, results.Value(SpreadKey(form, width, depth), "varianceError") ?? 0, "") : null), SeriesKind.Points),
            NnpkTables.Line($"3·(1 + 5/W)^{depth} − 1", Widths.Select(width => NnpkTables.Point(width, [Expected(width, depth)], "")), SeriesKind.Dashed)]),
        "Measured variance of f² over its squared mean with standard errors; dashed: the law.")
        .Select(figure => figure with { LogY = true, Note = "Bars are standard errors over groups of networks." });

    private static Figure[] Correlations(NnpkForm form, NnpkResults results) => NnpkTables.Figure(
        $"Mean correlation of distinct images under the exact kernel, {form.Set}", "Hidden layers", "Mean correlation", false,
        [NnpkTables.Line("relu", ExactDepths.Select(depth => NnpkTables.Point(depth, results.Values(ExactKeys(form, depth), "correlation"), "")))],
        "Mean of K(x, x′) over the root of K(x, x)·K(x′, x′), rising towards 1 with depth.");
}

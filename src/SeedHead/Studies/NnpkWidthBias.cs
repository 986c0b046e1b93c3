using System.Globalization;
using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>The bias of kernels of finite width beside the limit, by the width: relu, He's law, three hidden layers.</summary>
/// <remarks>
/// The mean over distinct points of (E K_W(x, x′) − K(x, x′))/√(K(x, x)·K(x′, x′)). Heads are averaged by formula. On the diagonal the bias is known to be 0 at every width, so the error there,
/// times the limit's correlation, is taken off: that removes most of the sampling error. Groups of networks give its standard error.
/// </remarks>
internal static class NnpkWidthBias
{
    private const string Law = "he-normal";
    private const int Groups = 16, Depth = 3;

    private static readonly int[] Widths = [8, 16, 32, 64];

    public static NnpkCell Cell(NnpkForm form, int points) => new(Key(form, points), context =>
    {
        Numbers rows = First(context.Data(form.Set, form.SomeRows, form.Tests), points);
        List<double> biases = [], errors = [];
        foreach (int width in Widths)
        {
            Architecture net = Architecture.Parse(Net(form, width));
            using LimitGram exact = new LimitKernel(net, WeightPrior.Parse(Law)).Gram(rows, run: context.Quiet);
            var kernel = new SampledKernel(net, WeightPrior.Parse(Law), 1, new() { Form = SampledForm.WithoutHeads });
            double[] found = [.. Enumerable.Range(0, Groups).Select(group => Bias(kernel.Run(rows, group * Blocks(form), Blocks(form), context.Quiet), exact.Nngp))];
            biases.Add(Statistics.Mean(found));
            errors.Add(Statistics.Deviation(found) / Math.Sqrt(Groups));
        }

        (double slope, double error) = Slope([.. biases], [.. errors]);
        return new() { ["bias"] = [.. biases], ["biasError"] = [.. errors], ["slope"] = [slope], ["slopeError"] = [error] };
    });

    public static string Key(NnpkForm form, int points) =>
        $"A10 widths {form.Set} {form.SomeRows} {points} points {Net(form, Widths[0])} to {Widths[^1]} {Law} {Groups} groups of {Blocks(form) * SampledKernel.BlockNetworks} seed 1";

    /// <summary>The first training rows.</summary>
    public static Numbers First(NnpkData data, int points) => (Numbers)data.Train.Select([.. Enumerable.Range(0, Math.Min(points, data.Train.Count))]);

    public static Check Check(string id, NnpkResults results, string key)
    {
        (double? slope, double? error) = (results.Value(key, "slope"), results.Value(key, "slopeError"));
        return new(
            $"{id} widths", $"relu, {Depth} hidden layers: the bias of the kernel halves when the width doubles.", "slope of the logarithms of bias and width", "−1 ± 0.2", slope is double value && Math.Abs(value + 1) <= 0.2,
            "O(1/W): halves (another program, W of 4 to 32)", slope, FormattableString.Invariant($"standard error of the slope {error:0.000}; ")
            + string.Join(", ", Widths.Select((width, i) => FormattableString.Invariant($"width {width} {results.Row(key, "bias")![i]:0.0000} ± {results.Row(key, "biasError")![i]:0.0000}"))));
    }

    public static ResultTable Table(NnpkResults results, string key) => new(
        "a10-widths", $"Mean bias of the kernel of distinct points by width, relative to the diagonal: relu, {Depth} hidden layers", ["width", "bias", "bias × width"],
        results.Row(key, "bias") is not { } biases ? [] : [.. Widths.Select((width, i) => (IReadOnlyList<string>)[
            $"{width}", FormattableString.Invariant($"{biases[i]:0.0000} ± {results.Row(key, "biasError")![i]:0.0000}"), (biases[i] * width).ToString("0.000", CultureInfo.InvariantCulture)])]);

    public static IEnumerable<Figure> Figure(NnpkForm form, NnpkResults results, int points)
    {
        string key = Key(form, points);
        if (results.Row(key, "bias") is not { } biases || results.Row(key, "biasError") is not { } errors)
        {
            return [];
        }

        double law = Widths.Zip(biases, (width, bias) => Math.Abs(bias) * width).Average();
        return NnpkTables.Figure(
            $"Bias of the kernel by width, {form.Set}", "Width", "Size of the mean bias", true,
            [
                new("relu, 3 hidden layers", SeriesKind.Points, [.. Widths.Select((width, i) => new FigurePoint(width, Math.Abs(biases[i]), errors[i], "")).Where(point => point.Y > 0)]),
                NnpkTables.Line("one over the width", Widths.Select(width => NnpkTables.Point(width, [law / width], "")), SeriesKind.Dashed),
            ],
            "Mean difference of the kernels of finite and infinite width over distinct points with standard errors; dashed: one over the width.")
            .Select(figure => figure with { LogY = true, Note = "Bars are standard errors over groups of networks." });
    }

    private static string Net(NnpkForm form, int width) => $"{form.Inputs}-{Depth}*({width}-relu)-1";

    private static int Blocks(NnpkForm form) => form.Quick ? 2 : form.Full ? 64 : 16;

    private static double Bias(KernelSums sums, KernelMatrix exact)
    {
        double[] diagonal = [.. Enumerable.Range(0, sums.Points).Select(i => (sums.Mean(i, i) / exact[i, i]) - 1)];
        double sum = 0;
        for (int i = 0; i < sums.Points; i++)
        {
            for (int j = 0; j < i; j++)
            {
                sum += ((sums.Mean(i, j) - exact[i, j]) - (exact[i, j] * 0.5 * (diagonal[i] + diagonal[j]))) / Math.Sqrt(exact[i, i] * exact[j, j]);
            }
        }

        return sum / (0.5 * sums.Points * (sums.Points - 1));
    }

    /// <summary>Weighted line through (log W, log |bias|) and the standard error of its slope; not numbers where a bias is 0 or the signs differ.</summary>
    private static (double Slope, double Error) Slope(double[] biases, double[] errors)
    {
        if (biases.Any(bias => bias * biases[0] <= 0))
        {
            return (double.NaN, double.NaN);
        }

        double[] x = [.. Widths.Select(width => Elementary.Log((double)width))], y = [.. biases.Select(bias => Elementary.Log(Math.Abs(bias)))];
        double[] weights = [.. biases.Zip(errors, (bias, error) => bias * bias / (error * error))];
        double total = weights.Sum(), meanX = weights.Zip(x, (w, v) => w * v).Sum() / total, meanY = weights.Zip(y, (w, v) => w * v).Sum() / total;
        double spread = weights.Zip(x, (w, v) => w * (v - meanX) * (v - meanX)).Sum();
        return (weights.Select((w, i) => w * (x[i] - meanX) * (y[i] - meanY)).Sum() / spread, 1 / Math.Sqrt(spread));
    }
}

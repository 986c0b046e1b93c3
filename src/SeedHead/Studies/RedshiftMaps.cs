namespace SeedHead.Studies;

/// <summary>Figures 1 and 4: mean Fourier complexity over weight scale and depth, the prior of the published code.</summary>
internal sealed class RedshiftMaps(RedshiftSizes sizes) : RedshiftPart
{
    private const string Measure = "fourier";
    private const double Darkest = 0.1, Brightest = 0.55;

    public override string Id => "F4";

    public override string Title => "Figures 1 and 4: maps over weight magnitude and depth";

    public override IEnumerable<RedshiftCell> Cells =>
    [
        .. from activation in Activations from depth in sizes.MapDepths from scale in sizes.MapScales select CellOf(activation, depth, scale),
        .. sizes.MapScales.Select(Unbiased),
    ];

    private static IReadOnlyList<string> Activations => [.. RedshiftSizes.Activations, "sigmoid"];

    public override IEnumerable<Check> Checks(RedshiftResults results) => !results.Have(Cells) ? [] :
    [
        Simple(results), .. Flat(results), .. RedshiftSizes.Others.Select(activation => Rises(results, activation)), Noise(results),
    ];

    public override StudyResult Result(RedshiftResults results) => new(
        Id, Title, [Table(results)], [], [],
        $"Weights and biases from ±A, width 64, {sizes.MapNetworks} networks a cell, {sizes.MapSide} × {sizes.MapSide} points (the paper's grid: 300). "
        + "At 300 points a linear function scores 0.142, white noise 0.542. One scale of colours for all maps.")
    {
        Maps =
        [
            .. Activations.Select(activation => new HeatMap(
                $"f4-{activation}", activation, "Weight scale A", "Hidden layers", [.. sizes.MapScales.Select(Scale)], [.. sizes.MapDepths.Select(depth => $"{depth}")],
                [.. sizes.MapScales.Select(scale => (IReadOnlyList<double>)[.. sizes.MapDepths.Select(depth => results.Mean(CellOf(activation, depth, scale), Measure))])],
                Darkest, Brightest)),
            new(
                "f4-unbiased", "unbiased model", "Scale of amplitudes", "", [.. sizes.MapScales.Select(Scale)], ["one layer"],
                [.. sizes.MapScales.Select(scale => (IReadOnlyList<double>)[results.Mean(Unbiased(scale), Measure)])], Darkest, Brightest),
        ],
    };

    /// <summary>A scale as figures name it.</summary>
    public static string Scale(double scale) => Text(scale, "0.##");

    private RedshiftFunctions CellOf(string activation, int depth, double scale) => new()
    {
        Net = $"2-{depth}*(64-{activation})-1", Prior = "flat", Scale = scale, Side = sizes.MapSide, Networks = sizes.MapNetworks, Measures = Measure,
    };

    private RedshiftFunctions Unbiased(double scale) => new()
    {
        Net = $"fourier:{sizes.MapSide / 2}", Prior = "flat", Scale = scale, Side = sizes.MapSide, Networks = sizes.MapNetworks, Measures = Measure,
    };

    private RedshiftSummary[] All(RedshiftResults results, string activation) =>
        [.. from depth in sizes.MapDepths from scale in sizes.MapScales select results.Summary(CellOf(activation, depth, scale), Measure)!.Value];

    private Check Simple(RedshiftResults results)
    {
        RedshiftSummary[] all = All(results, "relu");
        double greatest = all.Max(cell => cell.Greatest);
        return new(
            "Q1a", "Virtually all ReLU networks are simple, at any depth and weight magnitude.", "greatest Fourier complexity of any single network of the map", "≤ 0.27, half of white noise",
            greatest <= 0.27, "cells 0.129 to 0.217 at 300 points", greatest, $"{all.Sum(cell => cell.Count)} networks, cell means {Text(all.Min(c => c.Mean), "0.000")} to {Text(all.Max(c => c.Mean), "0.000")}");
    }

    private IEnumerable<Check> Flat(RedshiftResults results) => RedshiftSizes.Rectifiers.Select((activation, i) =>
    {
        double[] means = [.. All(results, activation).Select(cell => cell.Mean)];
        return new Check(
            i == 0 ? "Q1b" : $"Q2 {activation}", $"The complexity of {activation} networks depends little on depth and weight magnitude.", "greatest − least mean of the map", "≤ 0.09, the span allowed to published cells (0.13 to 0.22)",
            means.Max() - means.Min() <= 0.09, "single networks: sd 0.017 to 0.022 over the map", means.Max() - means.Min(), $"{Text(means.Min(), "0.000")} to {Text(means.Max(), "0.000")}");
    });

    private Check Rises(RedshiftResults results, string activation)
    {
        double Mean(int depth, double scale) => results.Mean(CellOf(activation, depth, scale), Measure);
        double[] least = [.. sizes.MapDepths.Select(depth => Mean(depth, sizes.MapScales[0]))];
        int deepest = sizes.MapDepths[^1];
        double[] alongScale = [.. sizes.MapScales.Select(scale => Mean(deepest, scale))], alongDepth = [.. sizes.MapDepths.Select(depth => Mean(depth, sizes.MapScales[sizes.MapScales.Count / 2]))];
        double byScale = Correlation.Spearman([.. sizes.MapScales], alongScale), byDepth = Correlation.Spearman([.. sizes.MapDepths.Select(depth => (double)depth)], alongDepth);
        double rise = alongScale.Max() - least.Max();
        return new(
            $"Q3 {activation}", $"The complexity of {activation} networks rises dramatically with depth and weight magnitude.", "greatest mean at the largest depth − greatest mean at A = 0.1",
            "≥ 0.2, and Spearman's ρ with A at the largest depth and with depth at the middle A each ≥ 0.7", rise >= 0.2 && byScale >= 0.7 && byDepth >= 0.7,
            "tanh 0.14 to 0.46, gaussian and sine to 0.5 and more", rise, $"ρ with A {Text(byScale, "0.00")}, with depth {Text(byDepth, "0.00")}");
    }

    private Check Noise(RedshiftResults results)
    {
        RedshiftSummary[] all = [.. sizes.MapScales.Select(scale => results.Summary(Unbiased(scale), Measure)!.Value)];
        double farthest = all.Max(cell => Math.Max(Math.Abs(cell.Greatest - 0.54), Math.Abs(cell.Least - 0.54)));
        return new(
            "Q9a", "The unbiased model looks like white noise at any magnitude.", "greatest |complexity − 0.54| of any single function", "≤ 0.02", farthest <= 0.02, "uniformly high", farthest,
            $"{all.Sum(cell => cell.Count)} functions, {Text(all.Min(c => c.Least), "0.000")} to {Text(all.Max(c => c.Greatest), "0.000")}");
    }

    private ResultTable Table(RedshiftResults results) => new(
        "f4-maps", "Mean Fourier complexity ± standard deviation over networks.",
        ["activation, scale A", .. sizes.MapDepths.Select(depth => $"{depth}")],
        [
            .. from activation in Activations
               from scale in sizes.MapScales
               select (IReadOnlyList<string>)[$"{activation} {Scale(scale)}", .. sizes.MapDepths.Select(depth => Spread(results.Summary(CellOf(activation, depth, scale), Measure)))],
            .. sizes.MapScales.Select(scale => (IReadOnlyList<string>)[$"unbiased {Scale(scale)}", Spread(results.Summary(Unbiased(scale), Measure)), .. sizes.MapDepths.Skip(1).Select(_ => "")]),
        ]);

    private static string Spread(RedshiftSummary? cell) => cell is { } found ? $"{Text(found.Mean, "0.000")} ± {Text(found.Deviation, "0.000")}" : Missing;
}

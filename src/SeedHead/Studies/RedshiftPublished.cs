namespace SeedHead.Studies;

/// <summary>Cells of the published maps beside ours, at the published grid of 300 × 300 points.</summary>
internal sealed class RedshiftPublished(RedshiftSizes sizes) : RedshiftPart
{
    private const string Measure = "fourier";

    /// <summary>One cell of a published map: one network, its value read from its colour to ±0.002; above 0.5 colours end.</summary>
    /// <param name="Activation">Activation.</param>
    /// <param name="Scale">Number of the scale in the map, from 0.</param>
    /// <param name="Depth">Hidden layers.</param>
    /// <param name="Value">The value; NaN: at least 0.5.</param>
    /// <param name="Again">Mean of six networks of an independent computation; NaN: none.</param>
    private sealed record Published(string Activation, int Scale, int Depth, double Value, double Again);

    public override string Id => "F4P";

    public override string Title => "Figure 4: published cells beside ours";

    public override IEnumerable<RedshiftCell> Cells => [.. All.Select(one => CellOf(one.Activation, one.Scale, one.Depth)), .. Alike.Select(one => CellOf(one.Activation, one.Scale, one.Depth))];

    private static IReadOnlyList<Published> Every { get; } =
    [
        .. Row("tanh", 0, [1, 3, 5, 7], [0.144, 0.144, 0.144, 0.144], [0.1425, 0.1425, 0.1425, 0.1425]), // printed as "any depth: 0.142 to 0.146"
        .. Row("tanh", 6, [1, 3, 5, 7], [0.144, 0.142, 0.197, 0.340], [0.172, 0.152, 0.201, 0.341]),
        .. Row("tanh", 8, [1, 3, 5, 7], [0.150, 0.199, 0.381, 0.460], [0.164, 0.209, 0.372, 0.453]),
        .. Row("tanh", 10, [1, 3, 5, 7], [0.177, 0.316, 0.422, 0.461], [0.159, 0.314, 0.418, 0.463]),
        .. Row("tanh", 14, [1, 3, 5, 7], [0.140, 0.391, 0.414, 0.436], [0.148, 0.374, 0.419, 0.435]),
        .. Row("gaussian", 6, [1, 3, 5, 7], [0.173, 0.140, 0.408, double.NaN], [0.169, 0.145, 0.413, 0.535]),
        .. Row("gaussian", 8, [1, 3, 5, 7], [0.140, 0.383, double.NaN, double.NaN], [0.161, 0.385, 0.540, 0.542]),
        .. Row("sin", 4, [1, 3, 5, 7], [0.154, 0.111, 0.152, 0.287], [0.147, 0.146, 0.120, 0.269]),
        .. Row("sin", 6, [1, 3, 5, 7], [0.189, 0.162, double.NaN, double.NaN], [0.185, 0.164, 0.542, 0.542]),
        .. Row("sin", 10, [2, 4, 7], [double.NaN, double.NaN, double.NaN], [0.542, 0.542, 0.542]),
        .. Row("sin", 14, [2, 4, 7], [double.NaN, double.NaN, double.NaN], [0.542, 0.542, 0.542]),
        .. Row("sigmoid", 10, [1, 3, 5, 7], [0.162, 0.158, 0.314, 0.393], [double.NaN, double.NaN, double.NaN, double.NaN]),
        .. Row("sigmoid", 14, [1, 2, 3, 5, 7], [0.134, 0.273, 0.369, 0.418, 0.448], [double.NaN, double.NaN, 0.347, double.NaN, double.NaN]), // bench/peers/redshift_cells.py
    ];

    private IReadOnlyList<Published> All => sizes.Form == ReproduceForm.Quick ? [.. Every.Where(one => one.Depth < 3 && one.Activation == "tanh")] : Every;

    // Cells of ReLU-like activations, whose published maps are known by mean and range: all of them, or some in every part of the map.
    private IReadOnlyList<(string Activation, int Scale, int Depth)> Alike =>
    [
        .. from activation in RedshiftSizes.Rectifiers
           from scale in sizes.Form == ReproduceForm.Full ? Enumerable.Range(0, 15) : sizes.Form == ReproduceForm.Small ? [0, 4, 7, 10, 14] : [8]
           from depth in sizes.Form == ReproduceForm.Full ? Enumerable.Range(1, 7) : sizes.Form == ReproduceForm.Small ? [1, 3, 5, 7] : [1]
           select (activation, scale, depth),
    ];

    public override IEnumerable<Check> Checks(RedshiftResults results) => !results.Have(Cells) ? [] : [Transitions(results), Saturated(results), ReluLike(results)];

    public override StudyResult Result(RedshiftResults results) => new(
        Id, Title,
        [
            new(
                "f4-published", $"Fourier complexity, weights and biases ±A, width 64, {sizes.PublishedSide} × {sizes.PublishedSide} points. Published: one network a cell. Again: six networks, computed independently.",
                ["activation, A, layers", "published", "again", $"ours, {sizes.PublishedNetworks} networks", "sd", "distance"], [.. All.Select(one => Row(results, one))]),
            new(
                "f4-rectifiers", "The same of ReLU-like activations: means of the cells looked at.", ["activation", "cells", "published mean", "ours", "least", "greatest"],
                [.. RedshiftSizes.Rectifiers.Select(activation => RowOf(results, activation))]),
        ],
        [], [], "Where a published cell is one network, its distance to our mean holds that network's own spread, which stands beside it.");

    private static IEnumerable<Published> Row(string activation, int scale, int[] depths, double[] values, double[] again) =>
        depths.Select((depth, i) => new Published(activation, scale, depth, values[i], again[i]));

    private RedshiftFunctions CellOf(string activation, int scale, int depth) => new()
    {
        Net = $"2-{depth}*(64-{activation})-1", Prior = "flat", Scale = RedshiftSizes.MapScale(scale), Side = sizes.PublishedSide, Networks = sizes.PublishedNetworks, Measures = Measure,
    };

    private double Ours(RedshiftResults results, Published one) => results.Mean(CellOf(one.Activation, one.Scale, one.Depth), Measure);

    private static bool IsSaturated(Published one) => double.IsNaN(one.Value);

    /// <summary>The distance to the nearer of both references.</summary>
    private double Distance(RedshiftResults results, Published one) =>
        new[] { one.Value, one.Again }.Where(double.IsFinite).Min(reference => Math.Abs(Ours(results, one) - reference));

    private Check Transitions(RedshiftResults results)
    {
        Published[] cells = [.. All.Where(one => !IsSaturated(one))];
        Published farthest = cells.MaxBy(one => Distance(results, one))!;
        double most = Distance(results, farthest);
        return new(
            "M1", "Cells below saturation are as published or as computed again.", "greatest distance of our mean to the nearer of both", "≤ 0.02", most <= 0.02, "single networks", most,
            $"{cells.Count(one => Distance(results, one) <= 0.02)} of {cells.Length} cells; farthest {Name(farthest)}, one network's sd there {Text(results.Summary(CellOf(farthest.Activation, farthest.Scale, farthest.Depth), Measure)!.Value.Deviation, "0.000")}");
    }

    private Check Saturated(RedshiftResults results)
    {
        double[] ours = [.. All.Where(IsSaturated).Select(one => Ours(results, one))];
        return new(
            "M2", "Saturated cells are white noise.", "least mean of the cells published as 0.5 or more", "0.53 to 0.545, the greatest too", ours.All(value => value is >= 0.53 and <= 0.545), "≥ 0.5",
            ours.DefaultIfEmpty(double.NaN).Min(), $"{ours.Length} cells, to {Text(ours.DefaultIfEmpty(double.NaN).Max(), "0.000")}");
    }

    private Check ReluLike(RedshiftResults results)
    {
        double[] ours = [.. Alike.Select(one => results.Mean(CellOf(one.Activation, one.Scale, one.Depth), Measure))];
        return new(
            "M3", "Cells of ReLU-like activations lie low everywhere.", "greatest mean of their cells", "0.13 to 0.22, the least too", ours.All(value => value is >= 0.13 and <= 0.22), "0.129 to 0.217 (relu)",
            ours.Max(), $"{ours.Length} cells, from {Text(ours.Min(), "0.000")}");
    }

    private string[] Row(RedshiftResults results, Published one)
    {
        RedshiftSummary? found = results.Summary(CellOf(one.Activation, one.Scale, one.Depth), Measure);
        return
        [
            Name(one), IsSaturated(one) ? "≥ 0.5" : Text(one.Value, "0.000"), Text(one.Again, "0.000"), Text(found?.Mean ?? double.NaN, "0.000"), Text(found?.Deviation ?? double.NaN, "0.000"),
            found is null || IsSaturated(one) ? Missing : Text(Distance(results, one), "0.000"),
        ];
    }

    private string[] RowOf(RedshiftResults results, string activation)
    {
        double[] ours = [.. Alike.Where(one => one.Activation == activation).Select(one => results.Mean(CellOf(one.Activation, one.Scale, one.Depth), Measure))];
        string published = activation switch { "relu" or "gelu" => "0.166", "silu" => "0.167", _ => "0.165" };
        return [activation, $"{ours.Length}", published, Text(Statistics.Mean(ours), "0.000"), Text(ours.Min(), "0.000"), Text(ours.Max(), "0.000")];
    }

    private static string Name(Published one) => $"{one.Activation} {RedshiftMaps.Scale(RedshiftSizes.MapScale(one.Scale))}, {one.Depth}";
}

namespace SeedHead.Studies;

/// <summary>Reference values of section 2.7 of our notes on the paper: twelve networks a cell, computed independently, beside ours.</summary>
internal sealed class RedshiftTable(RedshiftZoo zoo) : RedshiftPart
{
    private const int PrintedNetworks = 12;

    private static readonly int[] Depths = [1, 3, 8];
    private static readonly double[] Scales = [1, 3, 10];

    // Chebyshev order at α = 1, 3, 10 and Fourier complexity at α = 10, each at 1, 3, 8 hidden layers.
    private static readonly (string Variant, string Activation, double[] Values)[] Rows =
    [
        ("plain", "relu", [6.4, 5.7, 6.5, 8.0, 9.4, 13.4, 7.4, 11.1, 13.4, .216, .222, .204]),
        ("plain", "gelu", [1.2, 1.3, 1.2, 1.5, 2.8, 10.1, 2.3, 9.5, 12.8, .219, .203, .213]),
        ("plain", "silu", [1.1, 1.3, 1.2, 1.4, 2.3, 10.1, 1.9, 7.8, 13.8, .220, .222, .214]),
        ("plain", "selu", [3.5, 4.5, 5.6, 4.3, 7.1, 13.2, 5.7, 10.5, 15.0, .207, .203, .217]),
        ("plain", "tanh", [1.1, 1.2, 1.3, 1.6, 4.4, 22.0, 3.2, 29.2, 54.5, .201, .243, .476]),
        ("plain", "gaussian", [1.3, 1.5, 1.5, 2.2, 5.9, 36.5, 4.9, 44.1, 63.2, .198, .373, .548]),
        ("plain", "sin", [1.1, 1.3, 1.4, 1.4, 5.8, 58.3, 3.0, 58.7, 63.3, .190, .538, .547]),
        ("residual", "tanh", [1.1, 1.2, 2.6, 1.3, 6.4, 9.0, 2.3, 7.6, 7.4, .198, .197, .197]),
        ("residual", "gaussian", [1.2, 1.4, 2.0, 1.8, 7.9, 9.3, 3.1, 9.3, 8.0, .202, .199, .201]),
        ("residual", "sin", [1.1, 1.4, 3.2, 1.2, 9.5, 24.2, 2.1, 19.9, 20.1, .195, .208, .206]),
        ("residual", "relu", [4.2, 4.6, 6.0, 5.9, 6.3, 8.4, 5.0, 7.3, 8.7, .209, .216, .218]),
        ("layer norm", "relu", [6.7, 6.7, 7.8, 8.5, 10.5, 14.0, 9.6, 14.6, 19.4, .198, .203, .206]),
        ("layer norm", "tanh", [1.3, 1.5, 1.6, 2.2, 3.1, 4.8, 4.7, 6.2, 13.6, .182, .184, .195]),
        ("layer norm", "gaussian", [1.5, 2.0, 2.0, 3.1, 4.3, 6.3, 6.3, 11.7, 15.4, .213, .200, .187]),
        ("layer norm", "sin", [1.4, 1.5, 1.6, 2.2, 2.8, 6.1, 4.5, 7.1, 16.7, .188, .187, .185]),
        ("gated", "relu", [6.2, 5.4, 5.2, 6.5, 9.4, 12.6, 6.5, 21.1, 50.0, .231, .242, .442]),
        ("gated", "tanh", [1.3, 1.2, 1.2, 1.5, 2.5, 5.4, 3.1, 22.6, 54.8, .204, .211, .487]),
        ("gated", "sin", [1.2, 1.2, 1.2, 1.4, 2.7, 9.7, 3.2, 46.9, 63.4, .199, .395, .547]),
    ];

    public override string Id => "F5T";

    public override string Title => "Figure 5: reference values beside ours";

    public override IEnumerable<RedshiftCell> Cells => Known.Select(cell => zoo.CellOf(cell.One)).DistinctBy(cell => cell.Key);

    /// <summary>Whether reference values of an architecture are known.</summary>
    public static bool Has(string variant, string activation) => Rows.Any(row => row.Variant == variant && row.Activation == activation);

    public override IEnumerable<Check> Checks(RedshiftResults results)
    {
        if (!results.Have(Cells))
        {
            yield break;
        }

        Compared[] all = [.. Known.Select(cell => Compare(results, cell))];
        double near = all.Count(cell => cell.IsNear) / (double)all.Length;
        yield return new(
            "V1", "Our means agree with the reference values.", "share of cells within 3 combined standard errors or 10 %", "≥ 0.95", near >= 0.95, "216 values of 12 networks each", near,
            $"{all.Count(cell => !cell.IsNear)} of {all.Length} are farther: {List(all.Where(cell => !cell.IsNear))}");
        Compared worst = all.MaxBy(cell => cell.Relative);
        yield return new(
            "V2", "None is far off.", "greatest |ours − reference| / reference", "≤ 0.25", worst.Relative <= 0.25, "216 values of 12 networks each", worst.Relative,
            $"above 0.25: {List(all.Where(cell => cell.Relative > 0.25))}");
    }

    public override StudyResult Result(RedshiftResults results) => new(
        Id, Title,
        [
            new(
                "f5-reference", "C: Chebyshev order, F: Fourier complexity; reference value and our mean ± standard error. Distances in combined standard errors take one network's spread to be ours.",
                ["variant, activation, layers, α, measure", "reference", "ours", "one network's sd", "distance (standard errors)", "distance (%)"], [.. Known.Select(cell => Row(results, cell))]),
        ],
        [], [], "The reference values come from twelve networks each, so a heavy tail of single networks can move them: ReLU with one hidden layer has few kinks, and a network's order depends on where these lie.");

    private readonly record struct Reference(Configuration One, string Measure, double Value);

    private readonly record struct Compared(Reference Of, RedshiftSummary Ours)
    {
        public double Relative => Math.Abs(Ours.Mean - Of.Value) / Of.Value;

        /// <summary>The distance over √(sd²/12 + sd²/n + rounding²).</summary>
        public double Errors => Math.Abs(Ours.Mean - Of.Value) / Math.Sqrt((Ours.Deviation * Ours.Deviation * ((1.0 / PrintedNetworks) + (1.0 / Ours.Count))) + (Rounding * Rounding));

        public bool IsNear => Errors <= 3 || Relative <= 0.1;

        private double Rounding => (Of.Measure == "fourier" ? 0.001 : 0.1) / Math.Sqrt(12); // sd of an even law as wide as the last digit
    }

    private IEnumerable<Reference> Known =>
        from row in Rows
        where zoo.Activations.Contains(row.Activation)
        from i in Enumerable.Range(0, row.Values.Length)
        let one = new Configuration(row.Variant, row.Activation, Depths[i % 3], i < 9 ? Scales[i / 3] : 10)
        where zoo.Depths.Contains(one.Depth) && zoo.Scales.Contains(one.Scale)
        select new Reference(one, i < 9 ? "chebyshev" : "fourier", row.Values[i]);

    private Compared Compare(RedshiftResults results, Reference cell) => new(cell, results.Summary(zoo.CellOf(cell.One), cell.Measure)!.Value);

    private static string List(IEnumerable<Compared> cells)
    {
        Compared[] all = [.. cells.OrderByDescending(cell => cell.Relative)];
        return all.Length == 0 ? "none" : string.Join("; ", all.Take(12).Select(Words)) + (all.Length > 12 ? $"; and {all.Length - 12} more" : "");
    }

    private static string Words(Compared cell) => $"{Name(cell.Of)} {Text(cell.Ours.Mean, Format(cell.Of))} against {Text(cell.Of.Value, Format(cell.Of))} ({Text(cell.Errors, "0.0")} errors)";

    private static string Name(Reference cell) => $"{cell.One.Variant} {cell.One.Activation}, {cell.One.Depth}, {RedshiftMaps.Scale(cell.One.Scale)}, {(cell.Measure == "fourier" ? "F" : "C")}";

    private static string Format(Reference cell) => cell.Measure == "fourier" ? "0.000" : "0.0";

    private string[] Row(RedshiftResults results, Reference cell)
    {
        if (results.Summary(zoo.CellOf(cell.One), cell.Measure) is not { } found)
        {
            return [Name(cell), Text(cell.Value, Format(cell)), Missing, Missing, Missing, Missing];
        }

        var compared = new Compared(cell, found);
        string format = cell.Measure == "fourier" ? "0.0000" : "0.00";
        return
        [
            Name(cell), Text(cell.Value, Format(cell)), $"{Text(found.Mean, format)} ± {Text(found.Error, format)}", Text(found.Deviation, format), Text(compared.Errors, "0.0"), Text(100 * compared.Relative, "0.0"),
        ];
    }
}

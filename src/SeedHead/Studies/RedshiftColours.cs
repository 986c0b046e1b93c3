namespace SeedHead.Studies;

/// <summary>Figure 9: which of two features a network learns by, over its prefactor.</summary>
internal sealed class RedshiftColours(RedshiftSizes sizes, Data.DataOptions options) : RedshiftPart
{
    private const string Measure = "lz78";

    public override string Id => "F9";

    public override string Title => "Figure 9: digit or colour";

    public override IEnumerable<RedshiftCell> Cells =>
    [
        .. from activation in Activations from prefactor in Prefactors from seed in Enumerable.Range(1, sizes.Seeds) select CellOf(activation, prefactor, seed),
        .. from activation in Activations from prefactor in Prefactors select Initial(activation, prefactor),
    ];

    public override IEnumerable<Check> Checks(RedshiftResults results) => !results.Have(Cells) ? [] : [InitialRises(results), ColourFirst(results), DigitPeaks(results), SineFallsFirst(results)];

    public override StudyResult Result(RedshiftResults results) => new(
        Id, Title, [Table(results)], [Curves(results, "colour"), Curves(results, "digit"), Initials(results)], [],
        $"Label = digit/9 = brightness of a band beside the image, {Rows:N0} images of {Data}, two hidden layers of 64, squared error, {Steps:N0} steps of Adam at 0.001 over all rows, {sizes.Seeds} seeds. "
        + "Tested on images whose band has a brightness of its own: right is round(9·y) = digit, or = 9·brightness. Chance is 10 %.");

    private string Data => sizes.Form == ReproduceForm.Full ? "mnist" : "digits";

    private int Rows => sizes.Form switch { ReproduceForm.Quick => 100, ReproduceForm.Small => 1000, _ => 10000 };

    private int Steps => sizes.Form switch { ReproduceForm.Quick => 20, ReproduceForm.Small => 1000, _ => 3000 };

    private IReadOnlyList<string> Activations => sizes.Form == ReproduceForm.Quick ? ["relu", "sin"] : ["relu", "tanh", "gaussian", "sin"];

    private IReadOnlyList<double> Prefactors => sizes.Form == ReproduceForm.Quick ? [0.5, 2] : [0.125, 0.25, 0.5, 1, 2, 4, 8];

    private RedshiftShortcut CellOf(string activation, double prefactor, int seed) => new()
    {
        Data = Data, Activation = activation, Prefactor = prefactor, Seed = seed, Rows = Rows, Steps = Steps, Options = options,
    };

    private RedshiftFunctions Initial(string activation, double prefactor) => new()
    {
        Net = CellOf(activation, prefactor, 1).Net, Prior = "glorot-alpha", Side = sizes.Side, Networks = sizes.Networks, Measures = Measure,
    };

    private double[] By(RedshiftResults results, string activation, double prefactor, string feature) =>
        [.. Enumerable.Range(1, sizes.Seeds).Select(seed => results.Number(CellOf(activation, prefactor, seed), feature))];

    private double Mean(RedshiftResults results, string activation, double prefactor, string feature) => Statistics.Mean(By(results, activation, prefactor, feature));

    private string[] Smooth => [.. RedshiftSizes.Others.Where(Activations.Contains)];

    private Check InitialRises(RedshiftResults results)
    {
        var found = Smooth.Select(activation => (activation, Rho: Correlation.Spearman(Prefactors, [.. Prefactors.Select(prefactor => results.Mean(Initial(activation, prefactor), Measure))]))).ToArray();
        var least = found.MinBy(one => one.Rho);
        return new(
            "F9a", "Complexity before training rises with the prefactor.", "Spearman's ρ of mean LZ78 and prefactor, the least of tanh, gaussian, sine", "≥ 0.9", least.Rho >= 0.9, "rises", least.Rho,
            string.Join(", ", found.Select(one => $"{one.activation} {Text(one.Rho, "0.00")}")));
    }

    private Check ColourFirst(RedshiftResults results)
    {
        double smallest = Prefactors[0], largest = Prefactors[^1];
        PairedTest test = Statistics.Paired(
            [.. Smooth.SelectMany(activation => By(results, activation, smallest, "colour"))], [.. Smooth.SelectMany(activation => By(results, activation, largest, "colour"))]);
        return new(
            "F9b", "The simple feature, colour, is learned best at small prefactors.", "accuracy on colour, smallest − largest prefactor (tanh, gaussian, sine)", "> 0 with p < 0.05 (paired t over activations and seeds)",
            test.Mean > 0 && test.P < 0.05, "best at small prefactors", test.Mean, $"± {Text(test.Deviation, "0.000")} (sd), t({test.Count - 1}) = {Text(test.T, "0.00")}, p = {Text(test.P, "0.0e0")}");
    }

    private double Peak(RedshiftResults results, string activation) => Prefactors.MaxBy(prefactor => Mean(results, activation, prefactor, "digit"));

    private Check DigitPeaks(RedshiftResults results)
    {
        var peaks = Smooth.Select(activation => (activation, Peak: Peak(results, activation))).ToArray();
        int inside = peaks.Count(one => one.Peak > Prefactors[0] && one.Peak < Prefactors[^1]);
        return new(
            "F9c", "The digit is learned best at a middle prefactor.", "how many of tanh, gaussian, sine have their best accuracy on digits inside the range", $"all {peaks.Length}", inside == peaks.Length, "peaks, then falls", inside,
            string.Join(", ", peaks.Select(one => $"{one.activation} at {Text(one.Peak, "0.###")}: {Text(Mean(results, one.activation, one.Peak, "digit"), "0.000")}, at {Text(Prefactors[^1], "0.###")}: {Text(Mean(results, one.activation, Prefactors[^1], "digit"), "0.000")}")));
    }

    private Check SineFallsFirst(RedshiftResults results)
    {
        var falls = Smooth.Select(activation => (activation, Share: Mean(results, activation, Prefactors[^2], "digit") / Mean(results, activation, Peak(results, activation), "digit"))).ToArray();
        return new(
            "F9d", "Sine falls fastest.", $"accuracy on digits at prefactor {Text(Prefactors[^2], "0.###")} over that at the peak, sine", "the least of tanh, gaussian, sine", falls.MinBy(fall => fall.Share).activation == "sin", "fastest for sine",
            falls.First(fall => fall.activation == "sin").Share, string.Join(", ", falls.Select(fall => $"{fall.activation} {Text(fall.Share, "0.00")}")));
    }

    private Figure Curves(RedshiftResults results, string feature) => new(
        $"Test accuracy on the {feature}", "Prefactor (log scale)", "Test accuracy (%)", true,
        [
            .. from activation in Activations
               let points = from prefactor in Prefactors
                            let values = By(results, activation, prefactor, feature)
                            where values.All(double.IsFinite)
                            select new FigurePoint(prefactor, 100 * Statistics.Mean(values), 100 * Statistics.Deviation(values), $"{activation}, prefactor {Text(prefactor, "0.###")}")
               where points.Any()
               select new Series(activation, SeriesKind.Band, [.. points]),
        ],
        $"Test accuracy on the {feature} over the prefactor, by activation.");

    private Figure Initials(RedshiftResults results) => new(
        "Complexity before training", "Prefactor (log scale)", "LZ78 phrases (count)", true,
        [
            .. from activation in Activations
               let points = from prefactor in Prefactors
                            let found = results.Summary(Initial(activation, prefactor), Measure)
                            where found is { Count: > 0 }
                            select new FigurePoint(prefactor, found.Value.Mean, found.Value.Deviation, $"{activation}, prefactor {Text(prefactor, "0.###")}")
               where points.Any()
               select new Series(activation, SeriesKind.Band, [.. points]),
        ],
        "LZ78 phrases of untrained networks on random planes of their inputs, over the prefactor.");

    private ResultTable Table(RedshiftResults results) => new(
        "f9-shortcut", "Mean ± standard deviation over seeds.", ["activation, prefactor", "training", "digit", "colour", "LZ78 before"],
        [
            .. from activation in Activations
               from prefactor in Prefactors
               select (IReadOnlyList<string>)
               [
                   $"{activation}, {Text(prefactor, "0.###")}", .. ((string[])["train", "digit", "colour"]).Select(feature => Spread(By(results, activation, prefactor, feature))),
                   Text(results.Mean(Initial(activation, prefactor), Measure), "0"),
               ],
        ]);

    private static string Spread(double[] values) => double.IsFinite(Statistics.Mean(values)) ? $"{Text(Statistics.Mean(values), "0.000")} ± {Text(Statistics.Deviation(values), "0.000")}" : Missing;
}

namespace SeedHead.Studies;

/// <summary>The unbiased model: one unit a Fourier component, without preference for any frequency.</summary>
internal sealed class RedshiftUnbiased(RedshiftSizes sizes) : RedshiftPart
{
    public override string Id => "Q9";

    public override string Title => "The unbiased model";

    public override IEnumerable<RedshiftCell> Cells => [.. Spectra, .. from model in Models from seed in Enumerable.Range(1, sizes.Seeds) select FitOf(model.Highest, seed)];

    private IEnumerable<RedshiftCell> Spectra => Laws.Select(law => law.Cell);

    public override IEnumerable<Check> Checks(RedshiftResults results)
    {
        if (results.Have(Spectra))
        {
            double slope = Slope(results, Laws[0].Cell);
            yield return new(
                "Q9b", "The unbiased model's spectrum is flat.", "slope of ln amplitude over ln frequency, 1 to Nyquist", "within ± 0.1", Math.Abs(slope) <= 0.1, "flat by design", slope,
                string.Join("; ", Laws.Skip(1).Select(law => $"{law.Name} {Text(Slope(results, law.Cell), "0.00")}")));
        }

        if (results.Have(Cells))
        {
            double[] train = Fits(results, Models[0].Highest, "train"), test = Fits(results, Models[0].Highest, "test"), usual = Fits(results, Models[1].Highest, "test");
            yield return new(
                "Q9c", "Trained on a smooth target, the unbiased model interpolates with chance test error.", "test R², mean over seeds", "≤ 0.2 with a training R² ≥ 0.99", Statistics.Mean(test) <= 0.2 && train.All(r => r >= 0.99),
                "trainable but useless", Statistics.Mean(test), $"training R² {Text(Statistics.Mean(train), "0.0000")}; test {Text(Statistics.Mean(test), "0.00")} ± {Text(Statistics.Deviation(test), "0.00")}; a tanh network {Text(Statistics.Mean(usual), "0.000")}");
        }
    }

    public override StudyResult Result(RedshiftResults results) => new(
        Id, Title,
        [
            new(
                "q9-spectrum", "Slope of ln amplitude over ln frequency: 0 is white noise, −1 the tail of a jump at the edge.", ["functions", "slope"],
                [.. Laws.Select(law => (IReadOnlyList<string>)[law.Name, Text(Slope(results, law.Cell), "0.000")])]),
            new(
                "q9-fit", "R² of models trained on sin 2x₁ + cos 2x₂ at 100 random points: mean ± standard deviation over seeds. 0 is the mean of the target, below it is worse.", ["model", "training R²", "test R²"],
                [.. Models.Select(model => (IReadOnlyList<string>)[model.Name, Spread(Fits(results, model.Highest, "train")), Spread(Fits(results, model.Highest, "test"))])]),
        ],
        [
            new(
                "Mean spectrum", "Frequency (log scale)", "ln of the mean amplitude, as a share of the sum", true,
                [
                    .. from law in Laws
                       where results.Have([law.Cell])
                       select new Series(law.Name, SeriesKind.Line, [.. Frequencies.Select(k => new FigurePoint(k, Compute.Elementary.Log(results.Number(law.Cell, RedshiftSpectrum.At(k))), 0, $"{law.Name}, frequency {k}"))]),
                ],
                "Mean amplitude of random functions over frequency."),
        ],
        []);

    private (string Name, int Highest)[] Models => [("unbiased", sizes.Form == ReproduceForm.Quick ? 4 : 20), ("tanh, 3 hidden layers of 64", 0)];

    private RedshiftFit FitOf(int highest, int seed) => new() { Highest = highest, Seed = seed, Points = 100, Steps = sizes.Form == ReproduceForm.Quick ? 20 : 3000 };

    private double[] Fits(RedshiftResults results, int highest, string rows) => [.. Enumerable.Range(1, sizes.Seeds).Select(seed => results.Number(FitOf(highest, seed), rows))];

    private static string Spread(double[] values) => double.IsFinite(Statistics.Mean(values)) ? $"{Text(Statistics.Mean(values), "0.000")} ± {Text(Statistics.Deviation(values), "0.000")}" : Missing;

    private IEnumerable<int> Frequencies => Enumerable.Range(1, sizes.Side / 2);

    private (string Name, RedshiftSpectrum Cell)[] Laws =>
    [
        ("unbiased", Of($"fourier:{sizes.Side / 2}", "flat", 1)), ("relu, α = 1", Of("2-3*(64-relu)-1", "glorot-alpha", 1)), ("tanh, α = 1", Of("2-3*(64-tanh)-1", "glorot-alpha", 1)),
        ("tanh, α = 10", Of("2-3*(64-tanh)-1", "glorot-alpha", 10)), ("sin, α = 10", Of("2-3*(64-sin)-1", "glorot-alpha", 10)),
    ];

    private RedshiftSpectrum Of(string net, string prior, double scale) => new() { Net = net, Prior = prior, Scale = scale, Side = sizes.Side, Networks = sizes.Networks };

    private double Slope(RedshiftResults results, RedshiftSpectrum cell) => Statistics.Line(
        [.. Frequencies.Select(k => (double)Compute.Elementary.Log((double)k))], [.. Frequencies.Select(k => (double)Compute.Elementary.Log(results.Number(cell, RedshiftSpectrum.At(k))))]).Slope;
}

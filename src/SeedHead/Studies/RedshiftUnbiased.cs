namespace SeedHead.Studies;

/// <summary>The unbiased model: one unit a Fourier component, without preference for any frequency.</summary>
internal sealed class RedshiftUnbiased(RedshiftSizes sizes) : RedshiftPart
{
    public override string Id => "Q9";

    public override string Title => "The unbiased model";

    public override IEnumerable<RedshiftCell> Cells => Laws.Select(law => law.Cell);

    public override IEnumerable<Check> Checks(RedshiftResults results)
    {
        if (results.Have(Cells))
        {
            double slope = Slope(results, Laws[0].Cell);
            yield return new(
                "Q9b", "The unbiased model's spectrum is flat.", "slope of ln amplitude over ln frequency, 1 to Nyquist", "within ± 0.1", Math.Abs(slope) <= 0.1, "flat by design", slope,
                string.Join("; ", Laws.Skip(1).Select(law => $"{law.Name} {Text(Slope(results, law.Cell), "0.00")}")));
        }
    }

    public override StudyResult Result(RedshiftResults results) => new(
        Id, Title,
        [
            new(
                "q9-spectrum", "Slope of ln amplitude over ln frequency: 0 is white noise, −1 the tail of a jump at the edge.", ["functions", "slope"],
                [.. Laws.Select(law => (IReadOnlyList<string>)[law.Name, Text(Slope(results, law.Cell), "0.000")])]),
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

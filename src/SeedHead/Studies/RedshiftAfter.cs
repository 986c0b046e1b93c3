namespace SeedHead.Studies;

/// <summary>Complexity before against after training, on the modulo tasks.</summary>
internal sealed class RedshiftAfter(RedshiftSizes sizes) : RedshiftPart
{
    private const string Measure = "chebyshev";
    private readonly RedshiftTasks tasks = new(sizes);

    public override string Id => "Q12";

    public override string Title => "Complexity before and after training";

    public override IEnumerable<RedshiftCell> Cells => tasks.Cells;

    public override IEnumerable<Check> Checks(RedshiftResults results)
    {
        if (!results.Have(Cells))
        {
            yield break;
        }

        var found = RedshiftTasks.Moduli.Select(modulus => (modulus, Rho: Rho(results, modulus, After))).ToArray();
        var least = found.MinBy(one => one.Rho.Value);
        double p = Correlation.TwoSided(least.Rho.Value, least.Rho.Count);
        yield return new(
            "Q12a", "Networks that are complex before training are complex after it.", "Spearman's ρ of Chebyshev orders before and after training over settings, the least of three tasks", "> 0 with p < 0.01", least.Rho.Value > 0 && p < 0.01,
            "correlated; no coefficient given", least.Rho.Value, $"{string.Join("; ", found.Select(one => $"M = {one.modulus}: {Words(one.Rho)}"))}; p = {Text(p, "0.0e0")}; within one activation, mean over activations: {string.Join(", ", RedshiftTasks.Moduli.Select(modulus => $"M = {modulus} {Text(Within(results, modulus), "0.00")}"))}");
        Correlated accuracy = Rho(results, 4, Generalises);
        yield return new(
            "Q12b", "On the hardest task complexity before training goes with generalisation, up to the peak.", "Spearman's ρ of the order before training and test accuracy, M = 4, prefactors ≤ 2", "> 0 with p < 0.05",
            accuracy.Value > 0 && Correlation.TwoSided(accuracy.Value, accuracy.Count) < 0.05, "complexity must match the task", accuracy.Value,
            $"{Words(accuracy)}, p = {Text(Correlation.TwoSided(accuracy.Value, accuracy.Count), "0.000")}; all prefactors {Words(Rho(results, 4, Test))}; M = 10, all prefactors {Words(Rho(results, 10, Test))}");
    }

    public override StudyResult Result(RedshiftResults results) => new(
        Id, Title, [Table(results)], [.. RedshiftTasks.Moduli.Select(modulus => Scatter(results, modulus))], [],
        "Before: mean of ten untrained networks; after: mean over seeds of trained ones, whose outputs are logits on a grid of 64 × 64 points. A point is an activation with a prefactor.");

    private delegate double Quantity(RedshiftResults results, int modulus, string activation, double prefactor);

    private double After(RedshiftResults results, int modulus, string activation, double prefactor) =>
        Statistics.Mean([.. Enumerable.Range(1, sizes.TaskSeeds).Select(seed => results.Number(tasks.CellOf(modulus, activation, prefactor, seed), $"after/{Measure}"))]);

    private double Test(RedshiftResults results, int modulus, string activation, double prefactor) => Statistics.Mean(tasks.Tests(results, modulus, activation, prefactor));

    private double Generalises(RedshiftResults results, int modulus, string activation, double prefactor) => prefactor <= 2 ? Test(results, modulus, activation, prefactor) : double.NaN;

    private IEnumerable<(string Activation, double Prefactor, double X, double Y)> Points(RedshiftResults results, int modulus, Quantity of) =>
        from activation in tasks.Activations
        from prefactor in tasks.Prefactors
        let x = results.Mean(tasks.Initial(activation, prefactor), Measure)
        let y = of(results, modulus, activation, prefactor)
        where double.IsFinite(x) && double.IsFinite(y)
        orderby x
        select (activation, prefactor, x, y);

    private Correlated Rho(RedshiftResults results, int modulus, Quantity of)
    {
        var points = Points(results, modulus, of).ToArray();
        return Correlation.SpearmanInterval([.. points.Select(point => point.X)], [.. points.Select(point => point.Y)]);
    }

    private double Within(RedshiftResults results, int modulus) => Statistics.Mean(
    [
        .. tasks.Activations.Select(activation =>
        {
            var points = Points(results, modulus, After).Where(point => point.Activation == activation).ToArray();
            return Correlation.Spearman([.. points.Select(point => point.X)], [.. points.Select(point => point.Y)]);
        }),
    ]);

    private static string Words(Correlated found) => $"ρ = {Text(found.Value, "0.00")} ({Text(found.Low, "0.00")} to {Text(found.High, "0.00")}, {found.Count} settings)";

    private Figure Scatter(RedshiftResults results, int modulus) => new(
        $"M = {modulus}", "Chebyshev order before training (terms)", "Chebyshev order after training (terms)", false,
        [
            .. from activation in tasks.Activations
               let points = Points(results, modulus, After).Where(point => point.Activation == activation)
                   .Select(point => new FigurePoint(point.X, point.Y, 0, $"{activation}, prefactor {Text(point.Prefactor, "0.#")}: {Text(point.X, "0.0")}, {Text(point.Y, "0.0")}"))
               where points.Any()
               select new Series(activation, SeriesKind.Cloud, [.. points]),
        ],
        $"Complexity after training on the task M = {modulus} against that of untrained networks.");

    private ResultTable Table(RedshiftResults results) => new(
        "q12-before-after", "Chebyshev order before training, and after it on each task.", ["activation, prefactor", "before", .. RedshiftTasks.Moduli.Select(modulus => $"after, M = {modulus}")],
        [
            .. from activation in tasks.Activations
               from prefactor in tasks.Prefactors
               select (IReadOnlyList<string>)
               [
                   $"{activation}, {Text(prefactor, "0.#")}", Text(results.Mean(tasks.Initial(activation, prefactor), Measure), "0.00"),
                   .. RedshiftTasks.Moduli.Select(modulus => Text(After(results, modulus, activation, prefactor), "0.00")),
               ],
        ]);
}

using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>Figures 7 and 8: test accuracy on modulo tasks of growing frequency against prefactor and complexity at the start.</summary>
internal sealed class RedshiftTasks(RedshiftSizes sizes) : RedshiftPart
{
    private const int InitialNetworks = 10;
    private const double Majority = 0.75; // of M = 4, labels ≤ M/2

    // Test accuracy in percent of an independent computation, 3 seeds: prefactors 0.5, 1, 1.5, 2, 3, 4, 8; ReLU at 1 alone.
    private static readonly Dictionary<(int Modulus, string Activation), double[]> Elsewhere = new()
    {
        [(10, "relu")] = [.99], [(7, "relu")] = [.96], [(4, "relu")] = [.71],
        [(10, "tanh")] = [.99, .99, .99, .99, .99, .99, .98], [(7, "tanh")] = [1, 1, 1, 1, 1, 1, .99], [(4, "tanh")] = [.82, .89, .88, .90, .85, .87, .76],
        [(10, "gaussian")] = [.99, .99, .99, .99, .99, .99, .94], [(7, "gaussian")] = [.99, 1, 1, 1, 1, .98, .94], [(4, "gaussian")] = [.77, .85, .91, .93, .85, .84, .70],
        [(10, "sin")] = [.98, .99, .99, 1, .98, .95, .51], [(7, "sin")] = [1, 1, 1, 1, .99, .88, .51], [(4, "sin")] = [.78, .77, .95, .87, .77, .60, .53],
    };

    public override string Id => "F7";

    public override string Title => "Figures 7 and 8: modulo tasks";

    /// <summary>Moduli, from the lowest frequency to the highest.</summary>
    public static IReadOnlyList<int> Moduli { get; } = [10, 7, 4];

    public override IEnumerable<RedshiftCell> Cells =>
    [
        .. from modulus in Moduli from activation in Activations from prefactor in Prefactors from seed in Enumerable.Range(1, sizes.TaskSeeds) select CellOf(modulus, activation, prefactor, seed),
        .. from activation in Activations from prefactor in Prefactors select Initial(activation, prefactor),
        .. Strict, .. More,
    ];

    /// <summary>Activations of figure 7.</summary>
    public IReadOnlyList<string> Activations => sizes.Form == ReproduceForm.Quick ? ["relu", "gaussian"] : ["relu", "gelu", "silu", "tanh", "gaussian", "sin"];

    /// <summary>Prefactors.</summary>
    public IReadOnlyList<double> Prefactors => sizes.Form == ReproduceForm.Quick ? [0.5, 2, 8] : [0.5, 1, 1.5, 2, 3, 4, 8];

    public override IEnumerable<Check> Checks(RedshiftResults results) => !results.Have(Cells) ? [] :
    [
        ReluSolvesTheEasy(results), ReluFails(results), TunedSolves(results), .. Bends(results), MovesRight(results), Collapses(results),
    ];

    public override StudyResult Result(RedshiftResults results) => new(
        Id, Title, [Table(results), Peaks(results), StrictTable(results)],
        [.. Moduli.Select(modulus => AgainstComplexity(results, modulus)), .. Moduli.Select(modulus => AgainstPrefactor(results, modulus))], [],
        "Label 1 where (x₁ + x₂ mod M) ≤ M/2, x in {0 … 15}²; 70 % of the 256 points are learned from. Three hidden layers of 64, Glorot weights, hidden biases ±1, logistic loss, "
        + $"{Steps:N0} steps of Adam at 0.001 over all rows, {sizes.TaskSeeds} seeds. The paper's own dimension, split and network are not known: here ReLU also solves M = 7.");

    /// <summary>The training of a setting.</summary>
    public RedshiftModulo CellOf(int modulus, string activation, double prefactor, int seed) => new()
    {
        Modulus = modulus, Activation = activation, Prefactor = prefactor, Seed = seed, Steps = Steps, Side = sizes.Side, Width = sizes.Form == ReproduceForm.Quick ? 16 : 64,
    };

    /// <summary>Untrained networks of a setting.</summary>
    public RedshiftFunctions Initial(string activation, double prefactor) => new()
    {
        Net = CellOf(10, activation, prefactor, 1).Net, Prior = "glorot-alpha", Side = sizes.Side, Networks = InitialNetworks, Measures = string.Join(' ', RedshiftModulo.Measures),
    };

    /// <summary>Test accuracies of a setting by seed.</summary>
    public double[] Tests(RedshiftResults results, int modulus, string activation, double prefactor) =>
        [.. Enumerable.Range(1, sizes.TaskSeeds).Select(seed => results.Number(CellOf(modulus, activation, prefactor, seed), "test"))];

    private int Steps => sizes.Form == ReproduceForm.Quick ? 30 : 3000;

    // Labels with "<", for the activation whose peak is looked for.
    private IReadOnlyList<RedshiftModulo> Strict => sizes.Form == ReproduceForm.Quick ? [] :
        [.. from modulus in Moduli from prefactor in Prefactors from seed in Enumerable.Range(1, sizes.TaskSeeds) select StrictCell(modulus, prefactor, seed)];

    // Two fifths learned from, and three numbers in place of two: where the full form looks for a harder task.
    private IEnumerable<RedshiftModulo> More => sizes.Form != ReproduceForm.Full ? [] :
        from modulus in Moduli
        from activation in Activations
        from prefactor in Prefactors
        from seed in Enumerable.Range(1, sizes.TaskSeeds)
        from cell in (RedshiftModulo[])[CellOf(modulus, activation, prefactor, seed) with { Share = 0.4 }, CellOf(modulus, activation, prefactor, seed) with { Dimension = 3, Side = 32 }]
        select cell;

    private RedshiftModulo StrictCell(int modulus, double prefactor, int seed) => CellOf(modulus, "gaussian", prefactor, seed) with { Strict = true };

    private (double Prefactor, double[] Tests) Best(RedshiftResults results, int modulus, string activation) =>
        Prefactors.Select(prefactor => (prefactor, Tests: Tests(results, modulus, activation, prefactor))).MaxBy(found => Statistics.Mean(found.Tests));

    private Check ReluSolvesTheEasy(RedshiftResults results)
    {
        double[] tests = Tests(results, 10, "relu", Plain);
        return new("F7a", "ReLU solves the task of the lowest frequency.", "test accuracy, M = 10, prefactor 1", "≥ 0.95", Statistics.Mean(tests) >= 0.95, "solves only this one", Statistics.Mean(tests), Spread(tests));
    }

    private Check ReluFails(RedshiftResults results)
    {
        double[] tests = Tests(results, 4, "relu", Plain), train = [.. Enumerable.Range(1, sizes.TaskSeeds).Select(seed => results.Number(CellOf(4, "relu", Plain, seed), "train"))];
        return new(
            "F7b", "ReLU fails on the task of the highest frequency, though it fits it.", "test accuracy, M = 4, prefactor 1", "≤ 0.75, the rate of the larger class", Statistics.Mean(tests) <= Majority,
            "100 % on training data, poor test accuracy", Statistics.Mean(tests), $"{Spread(tests)}; training {Spread(train)}; computed elsewhere 0.71, training 0.97");
    }

    private double Plain => Prefactors.MinBy(prefactor => Math.Abs(prefactor - 1));

    private Check TunedSolves(RedshiftResults results)
    {
        string[] others = [.. RedshiftSizes.Others.Where(Activations.Contains)];
        var best = others.Select(activation => (activation, Found: Best(results, 4, activation))).MaxBy(one => Statistics.Mean(one.Found.Tests));
        var relu = Best(results, 4, "relu");
        PairedTest test = Statistics.Paired(best.Found.Tests, relu.Tests);
        return new(
            "F7c", "With the right prefactor other activations do far better there.", "test accuracy, M = 4: best of tanh, gaussian, sine − best of ReLU, each over prefactors", "≥ 0.1", test.Mean >= 0.1,
            "some solve all tasks", test.Mean,
            $"{best.activation} at {Text(best.Found.Prefactor, "0.#")}: {Spread(best.Found.Tests)}; relu at {Text(relu.Prefactor, "0.#")}: {Spread(relu.Tests)}; p = {Text(test.P, "0.000")}; the best are chosen by the same test rows");
    }

    private IEnumerable<Check> Bends(RedshiftResults results)
    {
        var (x, y) = Points(results, 4);
        Parabola fit = Parabola.Fit(x, y);
        var (low, high) = Correlation.Bootstrap(x.Length, chosen => Parabola.Fit(Array.ConvertAll(chosen, i => x[i]), Array.ConvertAll(chosen, i => y[i])).C);
        yield return new(
            "F8a", "Accuracy on the hardest task rises and falls with the prefactor.", "quadratic coefficient of accuracy over ln prefactor (Gaussian, M = 4)", "< 0 with its 95 % interval", fit.C < 0 && high < 0, "inverted U", fit.C,
            $"interval {Text(low, "0.000")} to {Text(high, "0.000")} of resampled points (setting × seed)");
    }

    private Check MovesRight(RedshiftResults results)
    {
        var peaks = Moduli.Select(modulus => Peak(results, modulus)).ToArray();
        var (easyX, easyY) = Points(results, Moduli[0]);
        var (hardX, hardY) = Points(results, Moduli[^1]);
        var (low, high) = Correlation.Bootstrap(easyX.Length, chosen =>
            Parabola.Fit(Array.ConvertAll(chosen, i => hardX[i]), Array.ConvertAll(chosen, i => hardY[i])).Peak - Parabola.Fit(Array.ConvertAll(chosen, i => easyX[i]), Array.ConvertAll(chosen, i => easyY[i])).Peak);
        double moved = peaks[^1].Peak - peaks[0].Peak;
        return new(
            "F8b", "A task of higher frequency has its peak at a larger prefactor.", "peak of the quadratic fit over ln prefactor, M = 4 − M = 10 (Gaussian)", "> 0 with its 95 % interval", moved > 0 && low > 0, "vertex moves right", moved,
            $"interval {Text(low, "0.00")} to {Text(high, "0.00")}; peaks at prefactor {string.Join(", ", Moduli.Zip(peaks, (modulus, peak) => $"{Text(Exp(peak.Peak), "0.00")} (M = {modulus})"))}");
    }

    private Check Collapses(RedshiftResults results)
    {
        var falls = RedshiftSizes.Others.Where(Activations.Contains).Select(activation =>
            (activation, Fall: Statistics.Mean(Best(results, 4, activation).Tests) - Statistics.Mean(Tests(results, 4, activation, Prefactors[^1])))).ToArray();
        var least = falls.MinBy(fall => fall.Fall);
        return new(
            "F7d", "Too large a prefactor spoils generalisation.", "test accuracy at the best prefactor − at the largest, M = 4, the least of tanh, gaussian, sine", "≥ 0.1", least.Fall >= 0.1, "falls on the right side", least.Fall,
            string.Join(", ", falls.Select(fall => $"{fall.activation} {Text(fall.Fall, "0.00")}")));
    }

    private (double[] X, double[] Y) Points(RedshiftResults results, int modulus)
    {
        var all = (from prefactor in Prefactors from test in Tests(results, modulus, "gaussian", prefactor) select (X: (double)Elementary.Log(prefactor), Y: test)).ToArray();
        return ([.. all.Select(point => point.X)], [.. all.Select(point => point.Y)]);
    }

    private (double Peak, double Low, double High) Peak(RedshiftResults results, int modulus)
    {
        var (x, y) = Points(results, modulus);
        var (low, high) = Correlation.Bootstrap(x.Length, chosen => Parabola.Fit(Array.ConvertAll(chosen, i => x[i]), Array.ConvertAll(chosen, i => y[i])).Peak);
        return (Parabola.Fit(x, y).Peak, low, high);
    }

    private static double Exp(double x) => double.IsFinite(x) ? Elementary.Exp(x) : double.NaN;

    private static string Spread(IReadOnlyList<double> values) => double.IsFinite(Statistics.Mean(values)) ? $"{Text(Statistics.Mean(values), "0.000")} ± {Text(Statistics.Deviation(values), "0.000")}" : Missing;

    private ResultTable Table(RedshiftResults results) => new(
        "f7-modulo", "Test accuracy, mean ± standard deviation over seeds; in brackets a computation elsewhere with the same setting.", ["M, activation, prefactor:", .. Prefactors.Select(prefactor => Text(prefactor, "0.#"))],
        [
            .. from modulus in Moduli
               from activation in Activations
               select (IReadOnlyList<string>)[$"{modulus}, {activation}", .. Prefactors.Select(prefactor => Spread(Tests(results, modulus, activation, prefactor)) + Known(modulus, activation, prefactor))],
        ]);

    private static string Known(int modulus, string activation, double prefactor)
    {
        int at = activation == "relu" ? (prefactor == 1 ? 0 : -1) : Array.IndexOf([0.5, 1, 1.5, 2, 3, 4, 8], prefactor);
        return at >= 0 && Elsewhere.TryGetValue((modulus, activation), out double[]? values) ? $" [{Text(values[at], "0.00")}]" : "";
    }

    private ResultTable Peaks(RedshiftResults results) => new(
        "f8-peaks", "Gaussian networks: where the quadratic fit of accuracy over ln prefactor is highest, with the 95 % interval of 2,000 resamples of its points.", ["task", "prefactor of the peak", "interval", "complexity at the start, best prefactor"],
        [
            .. from modulus in Moduli
               let peak = Peak(results, modulus)
               select (IReadOnlyList<string>)
               [
                   $"M = {modulus}", Text(Exp(peak.Peak), "0.00"), $"{Text(Exp(peak.Low), "0.00")} to {Text(Exp(peak.High), "0.00")}",
                   Text(results.Mean(Initial("gaussian", Best(results, modulus, "gaussian").Prefactor), "chebyshev"), "0.0"),
               ],
        ]);

    private ResultTable StrictTable(RedshiftResults results) => new(
        "f7-strict", "Gaussian networks, labels 1 where (x₁ + x₂ mod M) < M/2: classes of 49, 58 and 50 %.", ["M, prefactor:", .. Prefactors.Select(prefactor => Text(prefactor, "0.#"))],
        Strict.Count == 0 ? [] :
        [
            .. Moduli.Select(modulus => (IReadOnlyList<string>)
                [$"{modulus}", .. Prefactors.Select(prefactor => Spread([.. Enumerable.Range(1, sizes.TaskSeeds).Select(seed => results.Number(StrictCell(modulus, prefactor, seed), "test"))]))]),
        ]);

    private Figure AgainstComplexity(RedshiftResults results, int modulus) => new(
        $"M = {modulus}: test accuracy against complexity at the start", "Chebyshev order of untrained networks (log scale)", "Test accuracy (%)", true,
        [
            .. from activation in Activations
               let points = from prefactor in Prefactors
                            let tests = Tests(results, modulus, activation, prefactor)
                            let x = results.Mean(Initial(activation, prefactor), "chebyshev")
                            where double.IsFinite(x) && tests.All(double.IsFinite)
                            orderby x
                            select new FigurePoint(x, 100 * Statistics.Mean(tests), 100 * Statistics.Deviation(tests), $"{activation}, prefactor {Text(prefactor, "0.#")}")
               where points.Any()
               select new Series(activation, SeriesKind.Band, [.. points]),
        ],
        $"Mean test accuracy over seeds on the task M = {modulus} against the mean complexity of untrained networks, by activation.");

    private Figure AgainstPrefactor(RedshiftResults results, int modulus)
    {
        FigurePoint[] points =
        [
            .. from prefactor in Prefactors
               from test in Tests(results, modulus, "gaussian", prefactor).Select((value, i) => (Value: value, Seed: i + 1))
               where double.IsFinite(test.Value)
               select new FigurePoint(prefactor, 100 * test.Value, 0, $"prefactor {Text(prefactor, "0.#")}, seed {test.Seed}: {Text(100 * test.Value, "0.0")} %"),
        ];
        if (points.Length == 0)
        {
            return new($"M = {modulus}", "", "", true, [], "");
        }

        var (x, y) = Points(results, modulus);
        Parabola fit = Parabola.Fit(x, y);
        FigurePoint[] curve = [.. Enumerable.Range(0, 33).Select(i => x[0] + ((x[^1] - x[0]) * i / 32)).Select(at => new FigurePoint(Elementary.Exp(at), 100 * fit.At(at), 0, ""))];
        return new(
            $"Gaussian, M = {modulus}: a point a seed", "Prefactor (log scale)", "Test accuracy (%)", true, [new("a seed", SeriesKind.Cloud, points), new($"quadratic fit, peak at {Text(Exp(fit.Peak), "0.00")}", SeriesKind.Dashed, curve)],
            $"Test accuracy of Gaussian networks on the task M = {modulus} over the prefactor, with a quadratic fit over its logarithm.");
    }
}

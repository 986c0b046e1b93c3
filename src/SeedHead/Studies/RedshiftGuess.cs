using SeedHead.Complexity;
using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Random;

namespace SeedHead.Studies;

/// <summary>Guess and check: random functions are drawn, those that fit the training points are kept, and told how they do elsewhere.</summary>
/// <remarks>
/// Task: the sign of x₁ + x₂/2 at points of a 16 × 16 grid, k of them to fit. Rules: all k signs are right and, by "cross-entropy", the mean logistic loss is at most half of ln 2; by
/// "squared", the mean of (f − y)², y = ±1, is at most ½. Outputs are first divided by the root of their mean square over the first 1,000 functions and the grid, so that models compare. Source of the protocol: Chiang et al., "Loss landscapes are all you need", ICLR 2023.
/// </remarks>
internal sealed record RedshiftGuess : RedshiftCell
{
    /// <summary>How a function is kept.</summary>
    public static IReadOnlyList<string> Rules { get; } = ["signs", "cross-entropy", "squared"];

    private const int Side = 16;
    private const int Scaling = 1000; // functions that tell how large outputs are
    private const int SamplePurpose = 1129; // of orders
    private const double Slope = 0.5;
    private const ulong Seed = 42;

    /// <summary>The network's text form, or "fourier:K".</summary>
    public required string Net { get; init; }

    /// <summary>The law of weights.</summary>
    public required string Prior { get; init; }

    /// <summary>k: so many points are fitted, each time the first of one order.</summary>
    public required IReadOnlyList<int> Points { get; init; }

    /// <summary>Functions drawn.</summary>
    public required int Tries { get; init; }

    /// <inheritdoc/>
    protected override string Text => $"guess and check {Net} | {Prior} | {string.Join(", ", Points)} points | {Tries} functions of seed {Seed}, outputs of size 1";

    /// <inheritdoc/>
    public override IEnumerable<(string Name, double Value)> Run(Execution run)
    {
        Places places = Places.Of(Sampling.UniformGrid, Side, 2, Seed, 0);
        double[] wanted = [.. Enumerable.Range(0, places.Count).Select(i => places.Positions[2 * i] + (Slope * places.Positions[(2 * i) + 1]) > 0 ? 1.0 : -1.0)];
        int[] order = Order.Permutation(Seed, SamplePurpose, places.Count);
        var found = new (bool[] Kept, double Right)[Tries][];
        double size = Size(run.Team, places);
        ForEach(run.Team, places, Tries, (i, raw) =>
        {
            double[] values = Array.ConvertAll(raw, value => value / size);
            found[i] =
            [
                .. Points.Select(points => (Keeps(values, wanted, order.AsSpan(0, points)), order.Skip(points).Average(at => values[at] > 0 == wanted[at] > 0 ? 1.0 : 0))),
            ];
        });
        return from k in Enumerable.Range(0, Points.Count)
               from r in Enumerable.Range(0, Rules.Count)
               let rights = found.Where(one => one[k].Kept[r]).Select(one => one[k].Right).ToArray()
               from number in ((string, double)[])
               [
                   ("kept", rights.Length), ("test", rights.Length == 0 ? double.NaN : Statistics.Mean(rights)), ("sd", rights.Length == 0 ? double.NaN : Statistics.Deviation(rights)),
               ]
               select (At(Points[k], Rules[r], number.Item1), number.Item2);
    }

    /// <summary>The name of a number of those that fit so many points by a rule: kept, test or sd.</summary>
    public static string At(int points, string rule, string number) => $"{points} {rule}/{number}";

    private double Size(Team team, Places places)
    {
        int count = Math.Min(Scaling, Tries);
        var squares = new double[count];
        ForEach(team, places, count, (i, values) => squares[i] = values.Average(value => value * value));
        return Math.Sqrt(Statistics.Mean(squares));
    }

    // Signs of values in float32 are all that is asked, so networks run without the test of rounding that measures need.
    private unsafe void ForEach(Team team, Places places, int count, Action<int, double[]> body)
    {
        if (Net.StartsWith("fourier", StringComparison.Ordinal))
        {
            ComplexityNets.Functions(new() { Net = Net, Prior = WeightPrior.Parse(Prior), Seed = Seed }, null, 1).ForEach(team, places, 0, count, (i, function) => body(i, function.Values.Span.ToArray()));
            return;
        }

        float[] points = Array.ConvertAll(places.Positions, position => (float)position);
        fixed (float* p = points)
        {
            new Population(Architecture.Parse(Net), WeightPrior.Parse(Prior), Seed).Measure(team, Strided<float>.RowMajor(p, places.Count, 2), 0, count, (i, outputs) =>
            {
                var values = new double[places.Count];
                for (int k = 0; k < values.Length; k++)
                {
                    values[k] = outputs[k, 0];
                }

                body(i, values);
                return true;
            });
        }
    }

    private static bool[] Keeps(double[] values, double[] wanted, ReadOnlySpan<int> train)
    {
        bool signs = true;
        double logistic = 0, squared = 0;
        foreach (int at in train)
        {
            double f = values[at], margin = f * wanted[at];
            signs &= margin > 0;
            logistic += Elementary.Log1p(Elementary.Exp(-Math.Min(Math.Abs(margin), 700))) + Math.Max(-margin, 0);
            squared += (f - wanted[at]) * (f - wanted[at]);
        }

        const double halfOfLn2 = 0.34657359027997264;
        return [signs, signs && logistic / train.Length <= halfOfLn2, signs && squared / train.Length <= 0.5];
    }
}

/// <summary>Whether random functions that fit a few points generalise without any gradient.</summary>
internal sealed class RedshiftGuesses(RedshiftSizes sizes) : RedshiftPart
{
    private const int FewestKept = 20;

    public override string Id => "Q14";

    public override string Title => "Guess and check";

    public override IEnumerable<RedshiftCell> Cells => Laws.Select(law => CellOf(law.Net, law.Prior));

    public override IEnumerable<Check> Checks(RedshiftResults results) => !results.Have(Cells) ? [] :
    [
        .. RedshiftGuess.Rules.Select((rule, i) => Generalises(results, rule, "abc"[i])), Fails(results),
    ];

    public override StudyResult Result(RedshiftResults results) => new(
        Id, Title,
        [
            new(
                "q14-guess", "Test accuracy of the functions kept, mean ± standard deviation over them (how many of those drawn were kept). Chance: 0.5.", ["model, points", .. RedshiftGuess.Rules],
                [
                    .. from law in Laws
                       from points in Counts
                       select (IReadOnlyList<string>)[$"{law.Name}, {points}", .. RedshiftGuess.Rules.Select(rule => Spread(results, CellOf(law.Net, law.Prior), points, rule))],
                ]),
        ],
        [], [], "The task is the sign of x₁ + x₂/2 on a 16 × 16 grid. Functions are drawn from the prior and kept if they fit the points: by signs, with a mean logistic loss of at most half of ln 2, "
        + $"or with a mean squared error of at most ½. {Tries:N0} functions of every model, whose outputs are brought to a mean square of 1.");

    private static (string Name, string Net, string Prior)[] Laws { get; } =
    [
        ("relu", "2-3*(64-relu)-1", "glorot-alpha"), ("tanh", "2-3*(64-tanh)-1", "glorot-alpha"), ("tanh, α = 3", "2-3*(64-tanh)-1", "glorot-alpha:3"),
        ("unbiased", "fourier:8", "flat"),
    ];

    private IReadOnlyList<int> Counts => sizes.Form == ReproduceForm.Quick ? [4] : [4, 6, 8];

    private int Tries => sizes.Form switch { ReproduceForm.Quick => 200, ReproduceForm.Small => 200_000, _ => 2_000_000 };

    private RedshiftGuess CellOf(string net, string prior) => new() { Net = net, Prior = prior, Points = Counts, Tries = Tries };

    // Decided by networks of which enough are kept: those at α = 1 are so nearly constant that a bound on the loss keeps none.
    private Check Generalises(RedshiftResults results, string rule, char letter)
    {
        var found = (from law in Laws.SkipLast(1)
                     let cell = CellOf(law.Net, law.Prior)
                     let most = Counts.LastOrDefault(count => results.Number(cell, RedshiftGuess.At(count, rule, "kept")) >= FewestKept)
                     where most > 0
                     select (law.Name, Points: most, Cell: cell, Test: results.Number(cell, RedshiftGuess.At(most, rule, "test")))).ToArray();
        double least = found.Select(one => one.Test).DefaultIfEmpty(double.NaN).Min();
        string others = string.Join(", ", Laws.SkipLast(1).Where(law => found.All(one => one.Name != law.Name)).Select(law => law.Name));
        return new(
            $"Q14{letter}", $"Random networks kept by {rule} generalise.", $"mean test accuracy of networks that fit the most points with {FewestKept} kept, the least of those with so many", "≥ 0.75", least >= 0.75, "generalise", least,
            $"{string.Join("; ", found.Select(one => $"{one.Name}, {one.Points} points {Spread(results, one.Cell, one.Points, rule)}"))}{(others.Length > 0 ? $"; fewer than {FewestKept} kept: {others}" : "")}");
    }

    private Check Fails(RedshiftResults results)
    {
        RedshiftGuess cell = CellOf(Laws[^1].Net, Laws[^1].Prior);
        double farthest = RedshiftGuess.Rules.Max(rule => Math.Abs(results.Number(cell, RedshiftGuess.At(Counts[^1], rule, "test")) - 0.5));
        return new(
            "Q14d", "With the unbiased model those that fit do not generalise.", $"greatest |mean test accuracy − 0.5| over rules, {Counts[^1]} points", "≤ 0.05", farthest <= 0.05, "fails", farthest,
            string.Join("; ", RedshiftGuess.Rules.Select(rule => $"{rule} {Spread(results, cell, Counts[^1], rule)}")));
    }

    private static string Spread(RedshiftResults results, RedshiftGuess cell, int points, string rule)
    {
        double Number(string name) => results.Number(cell, RedshiftGuess.At(points, rule, name));
        return double.IsFinite(Number("test")) ? $"{Text(Number("test"), "0.000")} ± {Text(Number("sd"), "0.000")} ({Text(Number("kept"), "0")})" : results.Of(cell) is null ? Missing : "none kept";
    }
}

using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Studies;

/// <summary>E16 and E17: other laws of inputs, and other features, by rows: no closed form is known there.</summary>
/// <remarks>
/// The least error over the law lies between two means: that of the error on the rows that were fitted, which the fit made smaller, and that of the fit on fresh rows. Both are told;
/// their standard errors hold what draws of features, targets and rows add. Rows to fit: 16 times the features.
/// </remarks>
internal static class LimitsSampled
{
    private const int RowsPerFeature = 16;
    private const int TestRows = 4000;
    private const int RowLayer = 3;
    private const int TestLayer = 4;

    /// <summary>Laws of coordinates, each of mean 0 and variance 1.</summary>
    public static IReadOnlyList<LimitsLaw> Laws { get; } =
    [
        new("Gaussian", (weights, address) => weights.Normal(address)),
        new("uniform on the cube", (weights, address) => Math.Sqrt(12) * (weights.Uniform(address) - 0.5)),
        new("Student's t with 5 degrees", Student),
    ];

    /// <summary>Families of features.</summary>
    public static IReadOnlyList<LimitsFamily> Families { get; } =
    [
        new("ReLU", 1, z => Math.Max(0, z)), new("tanh", 1, Elementary.Tanh), new("cosine", 1, z => Elementary.Cos(z)), new("ReLU, 2 hidden layers", 2, z => Math.Max(0, z)),
        new("ReLU, 3 hidden layers", 3, z => Math.Max(0, z)), new("tangent", 0, z => z > 0 ? 1 : 0),
    ];

    public static IEnumerable<LimitsCurve> Inputs(LimitsQuestion question, Execution run, List<string> notes)
    {
        notes.Add(Bracket(question));
        return from d in question.Dimensions from law in Laws from curve in Curves(question, run, d, law, Families[0] with { IsBiased = false }, law.Name, law == Laws[0]) select curve;
    }

    public static IEnumerable<LimitsCurve> Features(LimitsQuestion question, Execution run, List<string> notes)
    {
        notes.Add(Bracket(question));
        return from d in question.Dimensions from family in Families from curve in Curves(question, run, d, Laws[0], family, family.Name, true) select curve;
    }

    /// <summary>Numbers a draw keeps: inputs, features and targets of all rows.</summary>
    public static double Numbers(LimitsQuestion question) =>
        ((double)(RowsPerFeature * question.Widths.Max()) + TestRows) * ((2 * question.Widths.Max()) + question.Dimensions.Max() + question.Targets);

    /// <summary>Operations of a draw: hidden layers, Gram matrix and errors of all rows.</summary>
    public static double Work(LimitsQuestion question) =>
        Families.Count * ((double)(RowsPerFeature * question.Widths.Max()) + TestRows) * question.Widths.Max() * ((4.0 * question.Widths.Max()) + (2 * question.Targets));

    private static string Bracket(LimitsQuestion question) =>
        $"\"fresh rows\" is an upper, \"fitted rows\" a lower estimate of the least error: {RowsPerFeature * question.Widths[^1]} rows are fitted, {TestRows} are fresh, in each of {question.Draws} draws";

    private static IEnumerable<LimitsCurve> Curves(LimitsQuestion question, Execution run, int d, LimitsLaw law, LimitsFamily family, string label, bool isBound)
    {
        int[] counts = [.. question.Widths];
        var draws = new (double[][] Fresh, double[][] Fitted)[question.Draws];
        int done = 0;
        run.Team.For(question.Draws, draw =>
        {
            draws[draw] = Draw(question, d, draw, counts, law, family, run.Cancellation);
            run.Report($"d = {d}, {label}", Interlocked.Increment(ref done), question.Draws);
        });
        yield return new LimitsCurve($"{label}, fresh rows", d, [.. counts.Select((n, k) =>
            LimitsCurves.Point(n, [.. draws.Select(draw => draw.Fresh[k])]) with { Bound = isBound ? ZonalKernel.Bound(d, n) : null })]);
        yield return new LimitsCurve($"{label}, fitted rows", d, [.. counts.Select((n, k) => LimitsCurves.Point(n, [.. draws.Select(draw => draw.Fitted[k])]))]);
    }

    private static (double[][] Fresh, double[][] Fitted) Draw(
        LimitsQuestion question, int d, int draw, int[] counts, LimitsLaw law, LimitsFamily family, CancellationToken cancellation)
    {
        var weights = new WeightStream(question.Seed);
        int n = counts[^1], rows = RowsPerFeature * n;
        double[][] v = LimitsDraws.Directions(weights, draw, LimitsDraws.TargetLayer, question.Targets, d);
        double[][] fitted = law.Rows(weights, draw, RowLayer, rows, d), fresh = law.Rows(weights, draw, TestLayer, TestRows, d);
        double[][] columns = family.Columns(weights, draw, fitted, n), tests = family.Columns(weights, draw, fresh, n);
        double[][] wanted = [.. v.Select(target => Neuron(fitted, target))], right = [.. v.Select(target => Neuron(fresh, target))];
        var gram = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int j = 0; j <= i; j++)
            {
                gram[(i * n) + j] = gram[(j * n) + i] = LimitsDraws.Dot(columns[i], columns[j]) / rows;
            }
        }

        double[][] products = [.. wanted.Select(g => columns.Select(column => LimitsDraws.Dot(column, g) / rows).ToArray())];
        double[][] low = [.. counts.Select(_ => new double[v.Length])], high = [.. counts.Select(_ => new double[v.Length])];
        for (int k = 0; k < counts.Length; k++)
        {
            LimitsFit fit = LimitsFit.Of(gram, n, counts[k], Team.Single);
            for (int t = 0; t < v.Length; t++)
            {
                double energy = LimitsDraws.Dot(wanted[t], wanted[t]) / rows;
                LimitsWeights best = fit.Ridge(products[t].AsSpan(0, counts[k]), energy, 0);
                (low[k][t], high[k][t]) = (best.Error / energy, Share(tests, best.Weights, right[t]));
            }
        }

        return (high, low);
    }

    private static double Share(double[][] columns, IReadOnlyList<double> u, double[] wanted)
    {
        double[] left = [.. wanted];
        for (int i = 0; i < u.Count; i++)
        {
            for (int row = 0; row < left.Length; row++)
            {
                left[row] = Math.FusedMultiplyAdd(-u[i], columns[i][row], left[row]);
            }
        }

        return LimitsDraws.Dot(left, left) / LimitsDraws.Dot(wanted, wanted);
    }

    private static double[] Neuron(double[][] rows, double[] v) => [.. rows.Select(x => Math.Max(0, LimitsDraws.Dot(x, v)))];

    /// <summary>A normal number over the root of a mean of five squares, scaled to variance 1.</summary>
    private static double Student(WeightStream weights, WeightAddress address)
    {
        double square = 0;
        for (int i = 1; i <= 5; i++)
        {
            double z = weights.Normal(address with { Column = (address.Column * 6) + i });
            square += z * z;
        }

        return Math.Sqrt(3.0 / 5) * weights.Normal(address with { Column = address.Column * 6 }) / Math.Sqrt(square / 5);
    }
}

/// <summary>A law of inputs with independent coordinates.</summary>
internal sealed record LimitsLaw(string Name, Func<WeightStream, WeightAddress, double> Coordinate)
{
    public double[][] Rows(WeightStream weights, int draw, int layer, int count, int dimension) =>
        [.. Enumerable.Range(0, count).Select(row => Enumerable.Range(0, dimension).Select(j => Coordinate(weights, new(draw, layer, row, j))).ToArray())];
}

/// <summary>A family of random features: φ of the last of some hidden layers, all as wide as there are features; 0 layers: tangent features, d a neuron.</summary>
internal sealed record LimitsFamily(string Name, int Layers, Func<double, double> Activation)
{
    private const int FirstHiddenLayer = 10;

    /// <summary>Whether neurons of the first layer have biases N(0, 1).</summary>
    public bool IsBiased { get; init; } = Layers > 0;

    /// <summary>[count][rows].</summary>
    public double[][] Columns(WeightStream weights, int draw, double[][] rows, int count)
    {
        int d = rows[0].Length, neurons = Layers == 0 ? (count + d - 1) / d : count;
        double[][] hidden = First(weights, draw, rows, neurons);
        if (Layers == 0)
        {
            return [.. Enumerable.Range(0, count).Select(i => rows.Select((x, row) => x[i % d] * hidden[i / d][row]).ToArray())];
        }

        for (int layer = 1; layer < Layers; layer++)
        {
            hidden = Next(weights, draw, hidden, FirstHiddenLayer + layer);
        }

        return hidden;
    }

    private double[][] First(WeightStream weights, int draw, double[][] rows, int neurons)
    {
        double[][] w = LimitsDraws.Directions(weights, draw, LimitsDraws.FeatureLayer, neurons, rows[0].Length);
        return [.. w.Select((direction, i) =>
        {
            double bias = IsBiased ? weights.Normal(new(draw, LimitsDraws.FeatureLayer, i, 0, WeightKind.Bias)) : 0;
            return rows.Select(x => Activation(LimitsDraws.Dot(direction, x) + bias)).ToArray();
        })];
    }

    /// <summary>A layer of weights N(0, 2/width) without biases.</summary>
    private double[][] Next(WeightStream weights, int draw, double[][] hidden, int layer)
    {
        int width = hidden.Length, rows = hidden[0].Length;
        var next = new double[width][];
        for (int i = 0; i < width; i++)
        {
            next[i] = new double[rows];
            for (int j = 0; j < width; j++)
            {
                double w = Math.Sqrt(2.0 / width) * weights.Normal(new(draw, layer, i, j));
                for (int row = 0; row < rows; row++)
                {
                    next[i][row] = Math.FusedMultiplyAdd(w, hidden[j][row], next[i][row]);
                }
            }

            for (int row = 0; row < rows; row++)
            {
                next[i][row] = Activation(next[i][row]);
            }
        }

        return next;
    }
}

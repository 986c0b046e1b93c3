using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Studies;

/// <summary>E13: kernel regression by the number of rows; and the polynomials it is asked for.</summary>
internal static class LimitsRows
{
    private const int TestRows = 1000;
    private const int RowLayer = 3;
    private const int TestLayer = 4;
    private const int MostPower = 3;
    private const double Jitter = 1e-12;

    public static IEnumerable<LimitsCurve> Regression(LimitsQuestion question, Execution run, List<string> notes)
    {
        int[] counts = [.. question.Widths];
        foreach (int d in question.Dimensions)
        {
            foreach ((string name, Func<double, double> kernel) in new (string, Func<double, double>)[] { ("NNGP kernel", Nngp), ("tangent kernel", Tangent) })
            {
                var draws = new double[question.Draws][][][]; // [draw][power][count][target]
                int done = 0;
                run.Team.For(question.Draws, draw =>
                {
                    draws[draw] = Draw(question, d, draw, counts, kernel, run.Cancellation);
                    run.Report($"d = {d}, {name}", Interlocked.Increment(ref done), question.Draws);
                });
                for (int power = 1; power <= MostPower; power++)
                {
                    int k = power;
                    yield return new LimitsCurve($"degree {k}, {name}", d, [.. counts.Select((n, c) =>
                        LimitsCurves.Point(n, [.. draws.Select(draw => draw[k - 1][c])]) with { Bound = Math.Max(0, 1 - (n / Multiplicity(d, k))) })]);
                }
            }
        }

        notes.Add($"errors on {TestRows} fresh rows a draw; their noise is part of the standard errors");
    }

    /// <summary>Numbers a draw keeps: test rows against rows, and values of the targets.</summary>
    public static double Numbers(LimitsQuestion question) => ((double)TestRows * question.Widths.Max()) + (2.0 * MostPower * question.Targets * (TestRows + question.Widths.Max()));

    /// <summary>Independent polynomials of a degree on the sphere.</summary>
    public static double Multiplicity(int dimension, int degree) => Elementary.Exp(ZonalKernel.LogMultiplicity(dimension, degree));

    /// <summary>The polynomial of degree k ≥ 1 on the sphere that only depends on t = ⟨v, x⟩/√d: P_k, 1 at t = 1, of energy 1/M.</summary>
    public static double Legendre(int dimension, int degree, double t)
    {
        double before = 1, last = t;
        for (int k = 1; k < degree; k++)
        {
            (before, last) = (last, ((((2 * k) + dimension - 2) * t * last) - (k * before)) / (k + dimension - 2));
        }

        return last;
    }

    /// <summary>He_k(z)/√k!.</summary>
    public static double Hermite(int degree, double z)
    {
        double before = 1, last = z;
        for (int k = 1; k < degree; k++)
        {
            (before, last) = (last, ((z * last) - (Math.Sqrt(k) * before)) / Math.Sqrt(k + 1.0));
        }

        return degree == 0 ? 1 : last;
    }

    /// <summary>E[(⟨w, x⟩ + b)₊·(⟨w, x′⟩ + b)₊] for w ~ N(0, I/d), b ~ N(0, 1) and x, x′ of length √d with cosine t.</summary>
    private static double Nngp(double t) => 2 * ReluPair.Expectation(0, 0, Math.Min(1, (1 + t) / 2));

    /// <summary>The same network's tangent kernel: both layers and biases.</summary>
    private static double Tangent(double t)
    {
        double cosine = Math.Min(1, (1 + t) / 2);
        return Nngp(t) + ((1 + t) * (Math.PI - Angle.Arccos(cosine)) / (2 * Math.PI));
    }

    private static unsafe double[][][] Draw(LimitsQuestion question, int d, int draw, int[] counts, Func<double, double> kernel, CancellationToken cancellation)
    {
        int n = counts[^1], targets = question.Targets;
        var weights = new WeightStream(question.Seed);
        double[][] rows = LimitsDraws.Directions(weights, draw, RowLayer, n, d), tests = LimitsDraws.Directions(weights, draw, TestLayer, TestRows, d);
        double[][] v = LimitsDraws.Directions(weights, draw, LimitsDraws.TargetLayer, targets, d);
        double[] gram = Matrix(rows, rows, kernel), cross = Matrix(tests, rows, kernel);
        for (int i = 0; i < n; i++)
        {
            gram[((long)i * n) + i] *= 1 + Jitter;
        }

        double[][][] errors = [.. Enumerable.Range(0, MostPower).Select(_ => counts.Select(_ => new double[targets]).ToArray())];
        int columns = MostPower * targets;
        fixed (double* g = gram, c = cross)
        {
            var lower = Strided<double>.RowMajor(g, n, n);
            CholeskyStatus status = Cholesky.Factor(Team.Single, lower);
            if (!status.Succeeded)
            {
                throw new ArgumentException($"The kernel matrix of {n} rows with d = {d} has no Cholesky factor: row {status.Pivot} repeats others within rounding. Take a smaller --width or a larger --dimension.");
            }

            for (int k = 0; k < counts.Length; k++)
            {
                cancellation.ThrowIfCancellationRequested();
                double[] y = Values(rows.AsSpan(0, counts[k]), v, d), found = new double[(long)TestRows * columns], wanted = Values(tests, v, d);
                fixed (double* p = y, f = found)
                {
                    var right = Strided<double>.RowMajor(p, counts[k], columns);
                    Triangular.Solve(Team.Single, lower.Block(0, 0, counts[k], counts[k]), right); // the factor of a leading block leads
                    Triangular.SolveTransposed(Team.Single, lower.Block(0, 0, counts[k], counts[k]), right);
                    MatrixProduct.Multiply(Team.Single, Strided<double>.RowMajor(c, TestRows, n).Block(0, 0, TestRows, counts[k]), right, Strided<double>.RowMajor(f, TestRows, columns));
                }

                for (int column = 0; column < columns; column++)
                {
                    errors[column / targets][k][column % targets] = Share(found, wanted, columns, column);
                }
            }
        }

        return errors;
    }

    private static double Share(double[] found, double[] wanted, int columns, int column)
    {
        double error = 0, energy = 0;
        for (int i = 0; i < TestRows; i++)
        {
            double difference = found[((long)i * columns) + column] - wanted[((long)i * columns) + column];
            error += difference * difference;
            energy += wanted[((long)i * columns) + column] * wanted[((long)i * columns) + column];
        }

        return error / energy;
    }

    /// <summary>[rows × (powers · targets)] of the polynomials.</summary>
    private static double[] Values(ReadOnlySpan<double[]> rows, double[][] v, int d)
    {
        var values = new double[(long)rows.Length * MostPower * v.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int column = 0; column < MostPower * v.Length; column++)
            {
                values[((long)i * MostPower * v.Length) + column] = Legendre(d, 1 + (column / v.Length), LimitsDraws.Cosine(rows[i], v[column % v.Length]));
            }
        }

        return values;
    }

    private static double[] Matrix(double[][] left, double[][] right, Func<double, double> kernel)
    {
        var values = new double[(long)left.Length * right.Length];
        for (int i = 0; i < left.Length; i++)
        {
            for (int j = 0; j < right.Length; j++)
            {
                values[((long)i * right.Length) + j] = kernel(left[i] == right[j] ? 1 : LimitsDraws.Cosine(left[i], right[j]));
            }
        }

        return values;
    }
}

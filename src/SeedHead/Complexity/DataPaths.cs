using SeedHead.Compute;

namespace SeedHead.Complexity;

/// <summary>
/// What a function known at some points only does between them: along straight paths between random pairs of points it takes the value of the nearest
/// point. Made once for the points; then it measures any values on them.
/// </summary>
internal sealed class DataPaths
{
    private const int Paths = 128;
    private const int Steps = 65; // points of a path, ends included
    private const int Purpose = 811; // of orders

    private readonly int[] nearest;
    private readonly int[] along;

    /// <param name="team">Who computes.</param>
    /// <param name="points">[n × d], n ≥ 2.</param>
    /// <param name="columns">d.</param>
    /// <param name="seed">The seed of the pairs.</param>
    public DataPaths(Team team, float[] points, int columns, ulong seed)
    {
        int n = points.Length / columns;
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        Count = n;
        nearest = new int[n];
        along = new int[Paths * Steps];
        team.For(n, i => nearest[i] = Nearest(points, columns, i));
        team.For(Paths, path =>
        {
            ulong key = Random.Order.Key(seed, Purpose, path);
            int from = (int)(key % (ulong)n), to = (from + 1 + (int)((key >> 32) % (ulong)(n - 1))) % n;
            Along(points, columns, from, to, along.AsSpan(path * Steps, Steps));
        });
    }

    /// <summary>n.</summary>
    public int Count { get; }

    /// <summary>Mean over paths of Σ δ between neighbouring steps, and its standard error over paths.</summary>
    public (double Mean, double StandardError) Variation(Func<int, int, double> distance)
    {
        var sums = new double[Paths];
        for (int path = 0; path < Paths; path++)
        {
            for (int step = 1; step < Steps; step++)
            {
                (int a, int b) = (along[(path * Steps) + step - 1], along[(path * Steps) + step]);
                sums[path] += a == b ? 0 : distance(a, b);
            }
        }

        double mean = sums.Average();
        return (mean, Math.Sqrt(sums.Sum(sum => (sum - mean) * (sum - mean)) / (Paths - 1.0) / Paths));
    }

    /// <summary>Mean δ of points to their nearest other point, over mean δ of pairs that have nothing to do with each other: 0 smooth, 1 no relation.</summary>
    public ComplexityValue Roughness(Func<int, int, double> distance)
    {
        (double near, double any) = (0, 0);
        for (int i = 0; i < Count; i++)
        {
            near += distance(i, nearest[i]);
        }

        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                any += distance(i, j);
            }
        }

        return ComplexityValue.Ratio(near / Count, any / (Count * (Count - 1.0) / 2));
    }

    private static int Nearest(ReadOnlySpan<float> points, int columns, int i)
    {
        (int best, double least) = (-1, double.PositiveInfinity);
        ReadOnlySpan<float> own = points.Slice(i * columns, columns);
        for (int j = 0; j < points.Length / columns; j++)
        {
            double square = 0;
            for (int k = 0; k < columns; k++)
            {
                double difference = (double)own[k] - points[(j * columns) + k];
                square = Math.FusedMultiplyAdd(difference, difference, square);
            }

            (best, least) = j != i && square < least ? (j, square) : (best, least);
        }

        return best;
    }

    /// <summary>|a + t·(b − a) − r|² = |a − r|² + 2t·(a − r)·(b − a) + t²·|b − a|², whose last term is the same for all r.</summary>
    private static void Along(ReadOnlySpan<float> points, int columns, int from, int to, Span<int> steps)
    {
        int n = points.Length / columns;
        var squares = new double[n];
        var slopes = new double[n];
        for (int r = 0; r < n; r++)
        {
            for (int k = 0; k < columns; k++)
            {
                double a = points[(from * columns) + k], away = a - points[(r * columns) + k];
                squares[r] = Math.FusedMultiplyAdd(away, away, squares[r]);
                slopes[r] = Math.FusedMultiplyAdd(away, points[(to * columns) + k] - a, slopes[r]);
            }
        }

        for (int step = 0; step < steps.Length; step++)
        {
            double t = (double)step / (steps.Length - 1), least = double.PositiveInfinity;
            for (int r = 0; r < n; r++)
            {
                double square = squares[r] + (2 * t * slopes[r]);
                (steps[step], least) = square < least ? (r, square) : (steps[step], least);
            }
        }
    }
}

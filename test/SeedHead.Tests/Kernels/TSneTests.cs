using SeedHead.Compute;
using SeedHead.Kernels;
using SeedHead.Random;

namespace SeedHead.Tests.Kernels;

public class TSneTests
{
    private const int Points = 90, Columns = 5, Clusters = 3;

    [Theory]
    [InlineData(2)]
    [InlineData(7.5)]
    [InlineData(25)]
    public void Every_row_reaches_the_perplexity_wanted(double perplexity)
    {
        using NativeBuffer<double> points = Clustered(distance: 2);
        for (int i = 0; i < Points; i++)
        {
            var row = new double[Points];
            Affinities.Distances(Matrix(points), i, row);
            Assert.Equal(perplexity, Affinities.Conditional(row, i, perplexity), 1e-6 * perplexity);
            double entropy = -row.Sum(p => p > 0 ? p * Math.Log(p) : 0);
            Assert.Equal(perplexity, Math.Exp(entropy), 1e-6 * perplexity);
            Assert.Equal(1, row.Sum(), 1e-12);
            Assert.Equal(0, row[i]);
        }
    }

    [Fact]
    public void Joint_affinities_are_symmetric_and_sum_to_1()
    {
        using NativeBuffer<double> points = Clustered(distance: 2), joint = Affinities.Joint(new Team(2), Matrix(points), 10);
        Strided<double> p = Strided<double>.RowMajor(joint, Points, Points);
        Assert.Equal(1, KernelRows.All(p).Sum(), 1e-12);
        Assert.Equal(KernelRows.All(p), KernelRows.All(p.Transpose));
    }

    [Fact]
    public void The_gradient_is_that_of_finite_differences()
    {
        using NativeBuffer<double> points = Clustered(distance: 2), joint = Affinities.Joint(Team.Single, Matrix(points), 10);
        var stream = new WeightStream(4);
        double[] x = [.. Enumerable.Range(0, Points).Select(i => (double)stream.Normal(new(0, 0, i, 0)))], y = [.. Enumerable.Range(0, Points).Select(i => (double)stream.Normal(new(0, 0, i, 1)))];
        (double[] alongX, double[] alongY) = TSne.Gradient(new Team(2), joint, x, y, 1);
        const double step = 1e-5;
        foreach (int i in new[] { 0, 17, 88, 89 }) // 88 and 89 stand behind the last whole four
        {
            Assert.Equal(Slope(x, i), alongX[i], 1e-9);
            Assert.Equal(Slope(y, i), alongY[i], 1e-9);
        }

        double Slope(double[] place, int i)
        {
            double before = place[i];
            place[i] = before + step;
            double up = TSne.Divergence(Team.Single, joint, x, y);
            place[i] = before - step;
            double down = TSne.Divergence(Team.Single, joint, x, y);
            place[i] = before;
            return (up - down) / (2 * step);
        }
    }

    [Fact]
    public void Separated_clusters_stay_separated_and_threads_change_no_bit()
    {
        using NativeBuffer<double> points = Clustered(distance: 12);
        var options = new TSneOptions { Perplexity = 10, Steps = 400, EarlySteps = 100 };
        PlaneMap map = TSne.Map(Matrix(points), options, new Execution { Threads = 1 }), same = TSne.Map(Matrix(points), options, new Execution { Threads = 4 });
        Assert.Equal(map.X.Concat(map.Y).Select(BitConverter.DoubleToInt64Bits), same.X.Concat(same.Y).Select(BitConverter.DoubleToInt64Bits));
        double widest = Pairs(same: true).Max(pair => Distance(map, pair)), narrowest = Pairs(same: false).Min(pair => Distance(map, pair));
        Assert.True(widest < narrowest, $"Points of a cluster are up to {widest} apart, those of different clusters at least {narrowest}.");
        Assert.InRange(map.Trustworthiness, 0.95, 1);
        Assert.InRange(map.Divergence!.Value, 0, 0.6);
        Assert.NotEqual(map.X, TSne.Map(Matrix(points), options with { Seed = 43 }, new Execution { Threads = 1 }).X);
    }

    [Fact]
    public void Trustworthiness_is_1_for_the_points_themselves_and_that_of_the_formula_otherwise()
    {
        // Points 0 … 5 on a line. Swapping 0 and 5 in the map: by hand, k = 1. Nearest in the map at places [5, 1, 2, 3, 4, 0]: point 0 → 4 (own rank 4),
        // 1 → 5 (own ranks of 1: 0, 2, 3, 4, 5: rank 5; map distances to 5 and 2 are equal: the lower number, 2, rank 2), 2 → 1, 3 → 2, 4 → 0 (rank 5; or 3, equal: 0), 5 → 1 (rank 4).
        using var line = new NativeBuffer<double>(6);
        for (int i = 0; i < 6; i++)
        {
            line.Span(i, 1)[0] = i;
        }

        Strided<double> points = Strided<double>.RowMajor(line, 6, 1);
        var zero = new double[6];
        Assert.Equal(1, Trustworthiness.Of(Team.Single, points, [0, 1, 2, 3, 4, 5], zero, 1));
        double expected = 1 - (2.0 / (6 * 1 * (12 - 3 - 1)) * ((4 - 1) + (2 - 1) + 0 + 0 + (5 - 1) + (4 - 1)));
        Assert.Equal(expected, Trustworthiness.Of(Team.Single, points, [5, 1, 2, 3, 4, 0], zero, 1), 1e-15);
    }

    [Fact]
    public void Too_few_points_are_refused()
    {
        using NativeBuffer<double> points = Clustered(distance: 2);
        Assert.Contains("91", Assert.Throws<ArgumentException>(() => TSne.Map(Matrix(points), new TSneOptions(), new Execution())).Message, StringComparison.Ordinal);
    }

    private static Strided<double> Matrix(NativeBuffer<double> points) => Strided<double>.RowMajor(points, Points, Columns);

    private static NativeBuffer<double> Clustered(double distance)
    {
        var points = new NativeBuffer<double>(Points * Columns);
        for (int i = 0; i < Points * Columns; i++)
        {
            (int row, int column) = (i / Columns, i % Columns);
            points.Span(i, 1)[0] = new WeightStream(1).Normal(new(0, 0, row, column)) + (column == row % Clusters ? distance : 0);
        }

        return points;
    }

    private static IEnumerable<(int I, int J)> Pairs(bool same) =>
        from i in Enumerable.Range(0, Points) from j in Enumerable.Range(0, i) where i % Clusters == j % Clusters == same select (i, j);

    private static double Distance(PlaneMap map, (int I, int J) pair) => Math.Sqrt(Math.Pow(map.X[pair.I] - map.X[pair.J], 2) + Math.Pow(map.Y[pair.I] - map.Y[pair.J], 2));
}

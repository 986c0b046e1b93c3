using SeedHead.Compute;
using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

public class ProbeDegreesTests
{
    [Fact]
    public void Mehlers_coefficients_are_sums_of_products_of_hermite_polynomials()
    {
        double[] x = [0.3, -1.2], y = [0.9, 0.4];
        var found = new double[ProbeDegrees.Highest];
        ProbeDegrees.Mehler((x[0] * y[0]) + (x[1] * y[1]), Square(x) + Square(y), 2, found);
        for (int degree = 1; degree <= ProbeDegrees.Highest; degree++)
        {
            double sum = 0;
            for (int first = 0; first <= degree; first++)
            {
                sum += Hermite(first, x[0]) * Hermite(first, y[0]) * Hermite(degree - first, x[1]) * Hermite(degree - first, y[1]);
            }

            Assert.Equal(sum, found[degree - 1], 12);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_hermite_polynomial_has_its_energy_at_its_degree(int degree)
    {
        IReadOnlyList<ProbeShare> shares = ProbeDegrees.Of(ProbeData.Of(700, 3, x => Hermite(degree, x[0]), 0), 1, Team.Single).Shares;
        Assert.InRange(shares[degree - 1].Share!.Value, 0.75, 1.3);
        Assert.Equal(0.01, shares[degree - 1].P, 9);
        Assert.All(shares.Where(share => share.Degree != degree), share => Assert.InRange(share.Share!.Value, -0.3, 0.3));
    }

    [Fact]
    public void Noise_has_energy_at_no_degree()
    {
        IReadOnlyList<ProbeShare> shares = ProbeDegrees.Of(ProbeData.Of(300, 3, _ => 0, 1, seed: 8), 1, Team.Single).Shares;
        Assert.All(shares, share => Assert.True(share.P > 0.01));
    }

    [Fact]
    public void Inputs_far_from_normal_have_no_shares()
    {
        // One row in forty is ten times as long in all columns: ranks of the columns alone do not make that normal.
        double[] x = ProbeData.Normals(400, 6, 3);
        for (int i = 0; i < x.Length; i++)
        {
            x[i] *= i / 6 % 40 == 0 ? 10 : 0.1;
        }

        var data = ProbeData.Of(x, 6, new SeedHead.Data.NumberTarget("y", ProbeData.Normals(400, 1, 5)));
        Assert.Null(ProbeDegrees.Of(data, 1, Team.Single).Shares[3].Share);
    }

    [Fact]
    public void Normal_scores_give_equal_values_their_mean_rank_and_have_variance_1()
    {
        double[][] scores = NormalScores.Of([5, 1, 1, 9], 4, 1);
        Assert.Equal(scores[1][0], scores[2][0]);
        Assert.True(scores[1][0] < scores[0][0] && scores[0][0] < scores[3][0]);
        Assert.Equal(0, scores.Sum(row => row[0]), 12);
        Assert.Equal(4, scores.Sum(row => row[0] * row[0]), 12);
    }

    [Fact]
    public void Uncorrelated_columns_have_covariance_1_and_a_double_column_is_left_out()
    {
        double[] x = ProbeData.Normals(50, 2, 4);
        double[][] rows = [.. Enumerable.Range(0, 50).Select(i => new[] { x[2 * i], x[2 * i] + x[(2 * i) + 1], x[2 * i] })];
        double[][] found = NormalScores.Uncorrelated(Team.Single, rows);
        Assert.Equal(2, found[0].Length);
        Assert.Equal(0, found.Average(row => row[0] * row[1]), 9);
        Assert.Equal(1, found.Average(row => row[0] * row[0]), 9);
    }

    private static double Hermite(int degree, double z) => degree switch
    {
        0 => 1,
        1 => z,
        2 => ((z * z) - 1) / Math.Sqrt(2),
        3 => ((z * z * z) - (3 * z)) / Math.Sqrt(6),
        _ => ((z * z * z * z) - (6 * z * z) + 3) / Math.Sqrt(24),
    };

    private static double Square(double[] x) => x.Sum(value => value * value);
}

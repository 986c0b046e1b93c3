using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

public class StatisticsTests
{
    [Theory]
    [InlineData(12.706204736174705, 1, 0.05)]  // tan(0.475·π): with one degree of freedom t is Cauchy
    [InlineData(4.302652729749465, 2, 0.05)]   // 1 − t/√(t² + 2) with two: t = 0.95·√(2/(1 − 0.95²))
    [InlineData(2.0, 2, 0.18350341907227397)]  // 1 − 2/√6
    [InlineData(2.776445105, 4, 0.05)]         // NIST/SEMATECH e-Handbook, table of Student's t, more digits from its closed form for four
    [InlineData(2.228138852, 10, 0.05)]        // the same table
    [InlineData(2.042272456, 30, 0.05)]        // the same table
    [InlineData(0.0, 5, 1.0)]
    public void The_chance_of_a_t_is_that_of_tables_and_closed_forms(double t, int degrees, double chance)
    {
        Assert.Equal(chance, Statistics.TwoSided(t, degrees), 1e-9);
        Assert.Equal(chance, Statistics.TwoSided(-t, degrees), 1e-9);
    }

    [Theory]
    [InlineData(2, 3, 0.5, 0.6875)]   // 11/16: chance of at least 2 heads in 4 throws
    [InlineData(1, 1, 0.3, 0.3)]      // uniform
    [InlineData(1, 4, 0.2, 0.5904)]   // 1 − 0.8⁴
    [InlineData(5, 1, 0.9, 0.59049)]  // 0.9⁵
    [InlineData(0.5, 0.5, 0.5, 0.5)]  // arcsine law, symmetric
    public void The_incomplete_beta_function_has_its_closed_forms(double a, double b, double x, double value) =>
        Assert.Equal(value, Statistics.IncompleteBeta(a, b, x), 1e-13);

    [Fact]
    public void The_incomplete_beta_function_of_the_rest_is_the_rest() => ForAll.Draws(200, draw =>
    {
        double a = draw.Double(0.5, 40), b = draw.Double(0.5, 40), x = draw.Double(0, 1);
        Assert.Equal(1, Statistics.IncompleteBeta(a, b, x) + Statistics.IncompleteBeta(b, a, 1 - x), 1e-11);
    });

    [Theory]
    [InlineData(0.5, 0.5723649429247001)] // ln √π
    [InlineData(1, 0)]
    [InlineData(5, 3.1780538303479458)]   // ln 24
    [InlineData(171, 706.5730622457874)]  // ln 170!
    public void The_logarithm_of_gamma_is_that_of_factorials(double x, double value) => Assert.Equal(value, Statistics.LogGamma(x), 1e-12 * Math.Max(1, value));

    [Fact]
    public void A_paired_test_of_the_first_data_it_was_made_for_gives_the_published_t()
    {
        // Student, "The probable error of a mean", Biometrika 6 (1908): hours of sleep gained with two drugs; t = 4.0621, p = 0.002833 with 9 degrees of freedom.
        double[] first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        PairedTest test = Statistics.Paired(second, first);
        Assert.Equal(1.58, test.Mean, 1e-12);
        Assert.Equal(4.0621, test.T, 5e-5);
        Assert.Equal(0.002833, test.P, 5e-7);
        Assert.Equal(10, test.Count);
    }

    [Fact]
    public void Pairs_without_spread_are_certain_or_say_nothing()
    {
        Assert.Equal((1.0, 0.0), (Statistics.Paired([2, 3], [1, 2]).Mean, Statistics.Paired([2, 3], [1, 2]).P));
        Assert.Equal(1, Statistics.Paired([2, 3], [2, 3]).P);
        Assert.Equal(1, Statistics.Paired([2], [1]).P); // one pair has no spread to tell
        Assert.Contains("cannot be paired", Assert.Throws<ArgumentException>(() => Statistics.Paired([1, 2], [1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_through_the_first_of_the_known_four_sets_is_the_published_one()
    {
        // Anscombe, "Graphs in statistical analysis", The American Statistician 27 (1973): y = 3.00 + 0.500·x, R² = 0.667.
        double[] x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5], y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
        LineFit line = Statistics.Line(x, y);
        Assert.Equal(0.5001, line.Slope, 1e-4);
        Assert.Equal(3.0001, line.Intercept, 1e-4);
        Assert.Equal(0.6665, line.R2, 1e-4);
    }

    [Fact]
    public void Deviations_divide_by_one_less_than_there_are()
    {
        Assert.Equal(2.138089935299395, Statistics.Deviation([2, 4, 4, 4, 5, 5, 7, 9]), 1e-12); // √(32/7)
        Assert.Equal(0, Statistics.Deviation([3]));
    }
}

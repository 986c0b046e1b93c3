using System.Globalization;
using System.Runtime.Intrinsics;
using SeedHead.Compute;
using Xunit.Abstractions;

namespace SeedHead.Tests.Compute;

public class AngleTests(ITestOutputHelper output)
{
    [Fact] // test/SeedHead.Tests/Golden/angle.csv: 60-digit arithmetic, made by angle.py beside it
    public void Angles_are_within_two_units_of_60_digit_arithmetic()
    {
        double worst = 0;
        foreach (double[] line in Golden())
        {
            double error = Math.Abs(((Elementary.Atan2(line[0], line[1]) - line[2]) / (Math.BitIncrement(Math.Abs(line[2])) - Math.Abs(line[2]))) - line[3]);
            Assert.True(error <= 2, $"{error} ulp at ({line[0]:R}, {line[1]:R})");
            worst = Math.Max(worst, error);
        }

        output.WriteLine($"{worst:F3} ulp at most");
    }

    [Fact]
    public void Angles_on_the_axes_are_exact()
    {
        Assert.Equal(0, Elementary.Atan2(0, 0));
        Assert.Equal(0, Elementary.Atan2(0, 5));
        Assert.Equal(Math.PI, Elementary.Atan2(0, -5));
        Assert.Equal(-Math.PI, Elementary.Atan2(-0.0, -5));
        Assert.Equal(Math.PI / 2, Elementary.Atan2(3, 0));
    }

    [Fact]
    public void Sine_and_cosine_are_undone() => ForAll.Draws(500, draw =>
    {
        double angle = draw.Double(-1.5, 1.5);
        Assert.Equal(angle, Elementary.Asin(Elementary.Sin(angle)), 1e-14);
        Assert.Equal(Math.Abs(angle), Elementary.Acos(Elementary.Cos(angle)), 1e-12 / Math.Max(Math.Abs(angle), 1e-3));
        Assert.True(double.IsNaN(Elementary.Asin(1.5)) && double.IsNaN(Elementary.Acos(-1.5)));
    });

    [Fact]
    public void A_lane_depends_on_itself_alone() => ForAll.Draws(100, draw =>
    {
        double[] y = draw.Doubles(4, 0), x = draw.Doubles(4);
        Vector256<double> together = Elementary.Angle(Vector256.Create(y), Vector256.Create(x));
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(Elementary.Atan2(y[i], x[i]), together[i]));
    });

    private static IEnumerable<double[]> Golden() => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "angle.csv"))
        .Select(line => Array.ConvertAll(line.Split(','), field => double.Parse(field, CultureInfo.InvariantCulture)));
}

using System.Globalization;
using SeedHead.Compute;
using Xunit.Abstractions;

namespace SeedHead.Tests.Compute;

public class ElementaryOfDoubleTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, Func<double, double>> Functions = new()
    {
        ["Exp"] = Elementary.Exp,
        ["Expm1"] = Elementary.Expm1,
        ["Log"] = Elementary.Log,
        ["Log1p"] = Elementary.Log1p,
        ["Tanh"] = Elementary.Tanh,
        ["Sigmoid"] = Elementary.Sigmoid,
        ["Sin"] = Elementary.Sin,
        ["Cos"] = Elementary.Cos,
        ["Erf"] = Elementary.Erf,
        ["Erfc"] = Elementary.Erfc,
        ["NormalCdf"] = Elementary.NormalCdf,
        ["NormalQuantile"] = Elementary.NormalQuantile,
    };

    [Theory] // test/SeedHead.Tests/Golden/elementary.csv: 60-digit arithmetic, made by elementary.py beside it
    [InlineData("Exp", 1.0)]
    [InlineData("Expm1", 1.6)]
    [InlineData("Log", 0.9)]
    [InlineData("Log1p", 1.0)]
    [InlineData("Tanh", 2.0)]
    [InlineData("Sigmoid", 2.0)]
    [InlineData("Sin", 0.8)]
    [InlineData("Cos", 0.8)]
    [InlineData("Erf", 1.0)]
    [InlineData("Erfc", 2.0)]
    [InlineData("NormalCdf", 2.0)]
    [InlineData("NormalQuantile", 4.0)]
    [InlineData("Pow", 1.0)]
    public void Values_are_as_near_to_60_digit_arithmetic_as_documented(string name, double allowed)
    {
        double worst = 0;
        string at = "nowhere";
        int lines = 0;
        foreach (string[] fields in Golden().Where(fields => fields[0] == name))
        {
            double[] numbers = [.. fields.Skip(1).Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
            double value = name == "Pow" ? Elementary.Pow(numbers[0], numbers[1]) : Functions[name](numbers[0]);
            double nearest = numbers[^2];
            double ulp = Math.BitIncrement(Math.Abs(nearest)) - Math.Abs(nearest);
            double error = Math.Abs((value - nearest) / ulp - numbers[^1]);
            lines++;
            if (!(error <= worst))
            {
                (worst, at) = (error, string.Join(", ", fields));
            }
        }

        output.WriteLine($"{name}: {worst:F3} ulp at most, at {at}");
        Assert.True(lines > 100);
        Assert.True(worst <= allowed, $"{worst} ulp at {at}");
    }

    [Theory] // IEEE 754-2019, section 9.2.1, and limits of the functions
    [InlineData("Exp", 0, 1, double.PositiveInfinity)]
    [InlineData("Expm1", -1, 0, double.PositiveInfinity)]
    [InlineData("Log", double.NaN, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData("Log1p", double.NaN, 0, double.PositiveInfinity)]
    [InlineData("Tanh", -1, 0, 1)]
    [InlineData("Sigmoid", 0, 0.5, 1)]
    [InlineData("Sin", double.NaN, 0, double.NaN)]
    [InlineData("Cos", double.NaN, 1, double.NaN)]
    [InlineData("Erf", -1, 0, 1)]
    [InlineData("Erfc", 2, 1, 0)]
    [InlineData("NormalCdf", 0, 0.5, 1)]
    public void Limits_at_minus_infinity_zero_and_infinity_are_exact(string name, double atMinusInfinity, double atZero, double atInfinity)
    {
        Func<double, double> f = Functions[name];
        Assert.Equal(atMinusInfinity, f(double.NegativeInfinity));
        Assert.Equal(atZero, f(0));
        Assert.Equal(atInfinity, f(double.PositiveInfinity));
        Assert.Equal(double.NaN, f(double.NaN));
        if (atZero == 0)
        {
            Assert.True(double.IsNegative(f(-0.0)));
        }
    }

    [Theory]
    [InlineData("Exp", 710, double.PositiveInfinity)]
    [InlineData("Exp", 1e308, double.PositiveInfinity)]
    [InlineData("Exp", -745.2, 0)] // e^−745.13 = 2^−1075, half the least denormal
    [InlineData("Exp", -1e308, 0)]
    [InlineData("Expm1", -40, -1)]
    [InlineData("Expm1", 710, double.PositiveInfinity)]
    [InlineData("Log", -1, double.NaN)]
    [InlineData("Log1p", -1, double.NegativeInfinity)]
    [InlineData("Log1p", -1.5, double.NaN)]
    [InlineData("Erfc", 28, 0)]
    [InlineData("Erf", 5e-324, 5e-324)] // 1.128 of the least denormal
    [InlineData("NormalCdf", -38.6, 0)]
    [InlineData("NormalQuantile", 0, double.NegativeInfinity)]
    [InlineData("NormalQuantile", 0.5, 0)]
    [InlineData("NormalQuantile", 1, double.PositiveInfinity)]
    [InlineData("NormalQuantile", -1e-300, double.NaN)]
    [InlineData("NormalQuantile", 1.1, double.NaN)]
    [InlineData("NormalQuantile", double.NaN, double.NaN)]
    public void Values_beyond_the_range_are_exact(string name, double x, double expected) => Assert.Equal(expected, Functions[name](x));

    public static TheoryData<double, double> SpecialPowers
    {
        get
        {
            double[] values = [0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1e300, -1e300, 9007199254740993];
            var pairs = new TheoryData<double, double>();
            foreach (double x in values)
            {
                foreach (double y in values)
                {
                    pairs.Add(x, y);
                }
            }

            return pairs;
        }
    }

    [Theory, MemberData(nameof(SpecialPowers))]
    public void Powers_of_special_numbers_are_those_of_IEEE_754(double x, double y)
    {
        double expected = Math.Pow(x, y); // the framework follows IEEE 754 here, and where the power is an ordinary number it is near
        if (double.IsFinite(expected) && expected != 0)
        {
            Assert.InRange(Elementary.Pow(x, y) / expected, 1 - 1e-15, 1 + 1e-15);
        }
        else
        {
            Assert.Equal(expected, Elementary.Pow(x, y));
        }
    }

    private static IEnumerable<string[]> Golden() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "elementary.csv")).Select(line => line.Split(','));
}

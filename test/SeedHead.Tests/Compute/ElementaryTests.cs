using System.Runtime.Intrinsics;
using SeedHead.Compute;
using SeedHead.Tests.Reference;
using Xunit.Abstractions;

namespace SeedHead.Tests.Compute;

public class ElementaryTests(ITestOutputHelper output)
{
    private sealed record Case(Func<Vector512<float>, Vector512<float>> Vector, Func<float, float> Reference, Func<double, double> Exact);

    private static readonly Dictionary<string, Case> Functions = new()
    {
        ["Exp"] = new(Elementary.Exp, ElementaryReference.Exp, Elementary.Exp),
        ["Expm1"] = new(Elementary.Expm1, ElementaryReference.Expm1, Elementary.Expm1),
        ["Log"] = new(Elementary.Log, ElementaryReference.Log, Elementary.Log),
        ["Softplus"] = new(Elementary.Softplus, ElementaryReference.Softplus, x => Math.Max(x, 0) + Elementary.Log1p(Elementary.Exp(-Math.Abs(x)))),
        ["Tanh"] = new(Elementary.Tanh, ElementaryReference.Tanh, Elementary.Tanh),
        ["Sigmoid"] = new(Elementary.Sigmoid, ElementaryReference.Sigmoid, Elementary.Sigmoid),
        ["Sin"] = new(Elementary.Sin, ElementaryReference.Sin, Elementary.Sin),
        ["Cos"] = new(Elementary.Cos, ElementaryReference.Cos, Elementary.Cos),
        ["Erf"] = new(Elementary.Erf, ElementaryReference.Erf, Elementary.Erf),
        ["NormalCdf"] = new(Elementary.NormalCdf, ElementaryReference.NormalCdf, Elementary.NormalCdf),
        ["TimesNormalCdf"] = new(Elementary.TimesNormalCdf, ElementaryReference.TimesNormalCdf, x => Math.Max(x, -40) * Elementary.NormalCdf(x)),
        ["NormalDensity"] = new(Elementary.NormalDensity, ElementaryReference.NormalDensity, x => Elementary.Exp(-0.5 * x * x) * 0.3989422804014327),
        ["ExpOfMinusSquare"] = new(Elementary.ExpOfMinusSquare, ElementaryReference.ExpOfMinusSquare, x => Elementary.Exp(-x * x)),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory] // against the double functions, which ElementaryOfDoubleTests hold to 60-digit arithmetic
    [InlineData("Exp", 1.1)]
    [InlineData("Expm1", 1.4)]
    [InlineData("Log", 1.0)]
    [InlineData("Softplus", 1.8)]
    [InlineData("Tanh", 1.1)]
    [InlineData("Sigmoid", 1.4)]
    [InlineData("Sin", 1.9)]
    [InlineData("Cos", 1.9)]
    [InlineData("Erf", 0.9)]
    [InlineData("NormalCdf", 2.0)]
    [InlineData("TimesNormalCdf", 2)]
    [InlineData("NormalDensity", 1.3)]
    [InlineData("ExpOfMinusSquare", 1.1)]
    public void Errors_are_as_small_as_documented_for_all_exponents(string name, double allowed)
    {
        (var vector, _, var exact) = Functions[name];
        double worst = 0;
        float at = 0;
        // Every 8,009th float; ELEMENTARY_STEP=1 checks them all (an hour).
        uint step = uint.Parse(Environment.GetEnvironmentVariable("ELEMENTARY_STEP") ?? "8009");
        for (ulong next = 0; next <= 0xFFFFFFFF; next += 16 * step)
        {
            var x = (Vector512.Create((uint)next) + Vector512<uint>.Indices * step).AsSingle();
            var y = vector(x);
            for (int lane = 0; lane < 16; lane++)
            {
                double error = Error(y[lane], exact(x[lane]));
                if (!(error <= worst))
                {
                    (worst, at) = (error, x[lane]);
                }
            }
        }

        output.WriteLine($"{name}: {worst:F3} ulp at {at:R}");
        Assert.True(worst <= allowed, $"{name}({at:R}) = {vector(Vector512.Create(at))[0]:R} is {worst} ulp from {exact(at):R}");
    }

    [Theory, MemberData(nameof(Names))]
    public void Lanes_have_the_bits_of_the_reference(string name)
    {
        (var vector, var reference, _) = Functions[name];
        const uint step = 65_521;
        for (ulong next = 0; next <= 0xFFFFFFFF; next += 16 * step)
        {
            var x = (Vector512.Create((uint)next) + Vector512<uint>.Indices * step).AsSingle();
            var y = vector(x);
            for (int lane = 0; lane < 16; lane++)
            {
                AssertSame(reference(x[lane]), y[lane], name, x[lane]);
            }
        }
    }

    [Fact]
    public void Sine_and_cosine_together_have_the_bits_of_each_alone()
    {
        for (ulong next = 0; next <= 0xFFFFFFFF; next += 16 * 250_007)
        {
            var x = (Vector512.Create((uint)next) + Vector512<uint>.Indices * 250_007).AsSingle();
            Elementary.SinCos(x, out var sin, out var cos);
            for (int lane = 0; lane < 16; lane++)
            {
                AssertSame(Elementary.Sin(x)[lane], sin[lane], "Sin", x[lane]);
                AssertSame(Elementary.Cos(x)[lane], cos[lane], "Cos", x[lane]);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Lanes_at_special_numbers_have_the_bits_of_the_reference(string name)
    {
        float[] special =
        [
            0, 1, float.Epsilon, 1.1754944E-38f, 3.4028235E+38f, float.PositiveInfinity, float.NaN, 0.25f, 0.375f, 0.5f, 0.75f, 1.5f, 2, 3, 4, 6, 8, 9.2f,
            12, 14.5f, 17.5f, 88.72284f, 88.72283f, 103.97208f, 87.33655f, 10.3f, 131072, 131072.02f, 1e10f, 0.70710677f, 1.4142135f, 2.9802322e-08f,
            0.99999994f, 3.1415927f, 1.5707964f, 5.7f,
        ];
        (var vector, var reference, _) = Functions[name];
        foreach (float x in special.SelectMany(x => (float[])[x, -x, MathF.BitIncrement(x), -MathF.BitDecrement(x)]))
        {
            // Any other lane, an infinite one too, must leave this one alone.
            AssertSame(reference(x), vector(Vector512.Create(float.PositiveInfinity).WithElement(5, x))[5], name, x);
            AssertSame(reference(x), vector(Vector512.Create(x))[15], name, x);
        }
    }

    [Theory] // IEEE 754-2019, section 9.2.1, and limits of the functions
    [InlineData("Exp", 0, 1, float.PositiveInfinity)]
    [InlineData("Expm1", -1, 0, float.PositiveInfinity)]
    [InlineData("Log", float.NaN, float.NegativeInfinity, float.PositiveInfinity)]
    [InlineData("Softplus", 0, 0.6931472f, float.PositiveInfinity)]
    [InlineData("Tanh", -1, 0, 1)]
    [InlineData("Sigmoid", 0, 0.5f, 1)]
    [InlineData("Sin", float.NaN, 0, float.NaN)]
    [InlineData("Cos", float.NaN, 1, float.NaN)]
    [InlineData("Erf", -1, 0, 1)]
    [InlineData("NormalCdf", 0, 0.5f, 1)]
    [InlineData("TimesNormalCdf", 0, 0, float.PositiveInfinity)]
    [InlineData("NormalDensity", 0, 0.3989423f, 0)]
    [InlineData("ExpOfMinusSquare", 0, 1, 0)]
    public void Limits_at_minus_infinity_zero_and_infinity_are_exact(string name, float atMinusInfinity, float atZero, float atInfinity)
    {
        var f = Functions[name].Vector;
        Assert.Equal(atMinusInfinity, f(Vector512.Create(float.NegativeInfinity))[0]);
        Assert.Equal(atZero, f(Vector512<float>.Zero)[0]);
        Assert.Equal(atInfinity, f(Vector512.Create(float.PositiveInfinity))[0]);
        Assert.Equal(float.NaN, f(Vector512.Create(float.NaN))[0]);
        if (atZero == 0)
        {
            Assert.True(float.IsNegative(f(Vector512.Create(-0f))[0]));
        }
    }

    [Theory]
    [InlineData("Tanh")]
    [InlineData("Erf")]
    [InlineData("Sin")]
    public void Odd_functions_are_odd_to_the_bit(string name)
    {
        var f = Functions[name].Vector;
        for (uint bits = 0; bits < 0x7F800000; bits += 1_000_003)
        {
            var x = Vector512.Create(BitConverter.UInt32BitsToSingle(bits));
            Assert.Equal(-f(x), f(-x));
        }
    }

    /// <summary>Error in units of the last place of the exact value, at least the least denormal; ∞ where one is infinite or NaN and the other not.</summary>
    private static double Error(float value, double exact)
    {
        float rounded = (float)exact;
        if (float.IsFinite(value) && float.IsFinite(rounded))
        {
            double ulp = Math.Max(Math.ScaleB(1, Math.ILogB(exact) - 23), float.Epsilon);
            return Math.Abs(value - exact) / ulp;
        }

        return value.Equals(rounded) ? 0 : double.PositiveInfinity;
    }

    private static void AssertSame(float expected, float actual, string name, float x) => Assert.True(
        BitConverter.SingleToUInt32Bits(expected) == BitConverter.SingleToUInt32Bits(actual) || (float.IsNaN(expected) && float.IsNaN(actual)),
        $"{name}({x:R}): {expected:R} by the reference, {actual:R} by the loop");
}

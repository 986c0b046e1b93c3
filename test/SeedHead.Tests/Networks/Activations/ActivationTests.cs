using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Tests.Features;

namespace SeedHead.Tests.Networks;

public class ActivationTests
{
    private const double Alpha = 1.6732632423543772;
    private const double Lambda = 1.0507009873554805;

    /// <summary>φ and φ′ in double precision, written from their definitions.</summary>
    private static readonly Dictionary<string, (Func<double, double> Value, Func<double, double> Derivative)> Exact = new()
    {
        ["id"] = (x => x, _ => 1),
        ["relu"] = (x => Math.Max(x, 0), x => x >= 0 ? 1 : 0),
        ["leaky0.1"] = (x => x >= 0 ? x : 0.1f * x, x => x >= 0 ? 1 : 0.1f),
        ["gelu"] = (x => x * Elementary.NormalCdf(x), x => Elementary.NormalCdf(x) + x * Elementary.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)),
        ["gelutanh"] = (x => x * Elementary.Sigmoid(GeluTanhExponent(x)), GeluTanhDerivative),
        ["silu"] = (x => x * Elementary.Sigmoid(x), x => Elementary.Sigmoid(x) * (1 + x * Elementary.Sigmoid(-x))),
        ["selu"] = (x => Lambda * (x >= 0 ? x : Alpha * Elementary.Expm1(x)), x => Lambda * (x >= 0 ? 1 : Alpha * Elementary.Exp(x))),
        ["elu"] = (x => x >= 0 ? x : Elementary.Expm1(x), x => x >= 0 ? 1 : Elementary.Exp(x)),
        ["softplus"] = (x => Math.Max(x, 0) + Elementary.Log1p(Elementary.Exp(-Math.Abs(x))), Elementary.Sigmoid),
        ["tanh"] = (Elementary.Tanh, x => 1 - Elementary.Tanh(x) * Elementary.Tanh(x)),
        ["sigmoid"] = (Elementary.Sigmoid, x => Elementary.Sigmoid(x) * Elementary.Sigmoid(-x)),
        ["erf"] = (Elementary.Erf, x => 2 / Math.Sqrt(Math.PI) * Elementary.Exp(-x * x)),
        ["sin"] = (Elementary.Sin, Elementary.Cos),
        ["cos"] = (Elementary.Cos, x => -Elementary.Sin(x)),
        ["gaussian"] = (x => Elementary.Exp(-x * x), x => -2 * x * Elementary.Exp(-x * x)),
        ["abs"] = (Math.Abs, x => x >= 0 ? 1 : -1),
        ["step"] = (x => x >= 0 ? 1 : 0, _ => 0),
        ["sign"] = (x => Math.Sign(x), _ => 0),
        ["square"] = (x => x * x, x => 2 * x),
    };

    public static TheoryData<string> Texts => [.. Exact.Keys];

    public static TheoryData<string, int> TextsAndLengths
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string text in Exact.Keys)
            {
                foreach (int length in (int[])[0, 1, 15, 16, 17, 31, 32, 33, 100])
                {
                    data.Add(text, length);
                }
            }

            return data;
        }
    }

    [Fact]
    public void Every_name_is_tested_here() =>
        Assert.Equal(Activation.Names.Select(name => name == "leaky" ? "leaky0.1" : name).Order(), Exact.Keys.Order());

    [Theory, MemberData(nameof(Texts))]
    public void Values_are_near_their_definition_in_double_precision(string text)
    {
        Activation activation = Activation.Parse(text);
        foreach (float x in Grid())
        {
            double exact = Exact[text].Value(x);
            double allowed = text == "gelutanh" ? 1e-6 * Math.Abs(exact) * (1 + x * x) : 2.6 * Ulp(exact); // its exponent 2u grows as x³
            // x may multiply a factor that was rounded to a multiple of the least denormal.
            Assert.True(Math.Abs(activation.Value(x) - exact) <= allowed + (1 + Math.Abs(x)) * float.Epsilon, $"{text}({x:R}) is {activation.Value(x):R}, exactly {exact:R}");
        }
    }

    [Theory, MemberData(nameof(Texts))]
    public void Derivatives_are_near_their_definition_in_double_precision(string text)
    {
        Activation activation = Activation.Parse(text);
        foreach (float x in Grid())
        {
            double exact = Exact[text].Derivative(x);
            Assert.True(Math.Abs(activation.Derivative(x) - exact) <= 4e-7 * Math.Max(1, Math.Abs(exact)), $"{text}′({x:R}) is {activation.Derivative(x):R}, exactly {exact:R}");
        }
    }

    [Theory, MemberData(nameof(Texts))]
    public void The_derivative_is_the_slope_of_the_value(string text)
    {
        (Func<double, double> value, Func<double, double> derivative) = Exact[text];
        foreach (double x in (double[])[-3.3, -1.7, -0.6, -0.2, 0.3, 0.9, 1.4, 2.8]) // away from kinks
        {
            const double h = 1e-4; // central differences: error h²·φ‴/6 < 1e-7
            Assert.InRange(derivative(x) - (value(x + h) - value(x - h)) / (2 * h), -1e-7, 1e-7);
        }
    }

    [Theory, MemberData(nameof(TextsAndLengths))]
    public void Spans_have_the_bits_of_single_numbers(string text, int length)
    {
        Activation activation = Activation.Parse(text);
        float[] x = [.. Enumerable.Range(0, length).Select(i => (i - length / 2) * 0.37f)];
        float[] values = [.. x];
        activation.Apply(values);
        Assert.Equal(x.Select(activation.Value).Select(BitConverter.SingleToUInt32Bits), values.Select(BitConverter.SingleToUInt32Bits));
        float[] derivatives = new float[length];
        activation.Derivative(x, derivatives);
        Assert.Equal(x.Select(activation.Derivative).Select(BitConverter.SingleToUInt32Bits), derivatives.Select(BitConverter.SingleToUInt32Bits));
    }

    /// <summary>Unusual arguments take another formula (docs/math/elementary.md): a loop must not give it to their neighbours, nor skip or repeat any.</summary>
    [Theory]
    [InlineData("sin", 1e6f)]
    [InlineData("cos", float.NegativeInfinity)]
    [InlineData("gelu", -6f)]
    [InlineData("tanh", float.PositiveInfinity)]
    [InlineData("gaussian", -0f)]
    public unsafe void Unusual_numbers_anywhere_leave_the_bits_of_all_others(string text, float unusual) => ForAll.Draws(100, draw =>
    {
        Activation activation = Activation.Parse(text);
        int features = draw.Int(1, 6), count = features * Panel.Points;
        float[] values = [.. Enumerable.Range(0, count).Select(_ => draw.Int(0, 100) == 0 ? unusual : draw.Float(-4, 4))];
        float[] biases = draw.Floats(features, -0.5f, 0.5f);
        float[] alone = [.. values];
        activation.Apply(alone);
        Assert.Equal(Rows.Bits([.. values.Select(activation.Value)]), Rows.Bits(alone));

        using var panel = new NativeBuffer<float>(count);
        values.CopyTo(panel.Span(0, count));
        activation.Apply(Panel.At(panel.Pointer, features), biases, adding: false);
        Assert.Equal(Rows.Bits([.. values.Select((x, i) => activation.Value(x + biases[i / Panel.Points]))]), Rows.Bits(panel.Span(0, count).ToArray()));
    });

    [Theory]
    [InlineData("sin")]
    [InlineData("cos")]
    [InlineData("gelu")]
    [InlineData("tanh")]
    [InlineData("gaussian")]
    public void A_loop_has_the_bits_of_single_numbers_for_any_float(string text) => ForAll.Draws(500, draw =>
    {
        Activation activation = Activation.Parse(text);
        uint mask = draw.Of(uint.MaxValue, ~0x40000000u); // all sizes, or those below 2, which four vectors take together
        float[] x = [.. Enumerable.Range(0, 200).Select(_ => BitConverter.UInt32BitsToSingle((uint)draw.Bits() & mask))], y = [.. x], sum = [.. x];
        activation.Apply(y);
        activation.ApplyAdding(sum);
        Assert.All(x.Index(), one =>
        {
            float value = activation.Value(one.Item);
            Assert.True(float.IsNaN(value) ? float.IsNaN(y[one.Index]) : Rows.Bits([value])[0] == Rows.Bits([y[one.Index]])[0]);
            float added = one.Item + value;
            Assert.True(float.IsNaN(added) ? float.IsNaN(sum[one.Index]) : Rows.Bits([added])[0] == Rows.Bits([sum[one.Index]])[0]);
        });
    });

    [Theory]
    [InlineData("relu", 0, float.PositiveInfinity)]
    [InlineData("leaky0.1", float.NegativeInfinity, float.PositiveInfinity)]
    [InlineData("gelu", 0, float.PositiveInfinity)]
    [InlineData("gelutanh", 0, float.PositiveInfinity)]
    [InlineData("silu", 0, float.PositiveInfinity)]
    [InlineData("selu", -1.7580993f, float.PositiveInfinity)] // −λα
    [InlineData("elu", -1, float.PositiveInfinity)]
    [InlineData("softplus", 0, float.PositiveInfinity)]
    [InlineData("tanh", -1, 1)]
    [InlineData("sigmoid", 0, 1)]
    [InlineData("erf", -1, 1)]
    [InlineData("gaussian", 0, 0)]
    [InlineData("step", 0, 1)]
    [InlineData("sign", -1, 1)]
    public void Limits_at_infinity_are_exact_and_derivatives_there_are_numbers(string text, float atMinusInfinity, float atInfinity)
    {
        Activation activation = Activation.Parse(text);
        Assert.Equal(atMinusInfinity, activation.Value(float.NegativeInfinity));
        Assert.Equal(atInfinity, activation.Value(float.PositiveInfinity));
        Assert.False(float.IsNaN(activation.Derivative(float.NegativeInfinity)));
        Assert.False(float.IsNaN(activation.Derivative(float.PositiveInfinity)));
    }

    [Theory, MemberData(nameof(Texts))]
    public void A_value_that_is_no_number_stays_one(string text) => Assert.Equal(float.NaN, Activation.Parse(text).Value(float.NaN));

    [Theory, MemberData(nameof(Texts))]
    public void The_text_form_is_read_back(string text)
    {
        Activation activation = Activation.Parse(text);
        Assert.Equal(text, activation.Text);
        Assert.Equal(activation, Activation.Parse(activation.ToString()));
        Assert.Equal(activation.GetHashCode(), Activation.Parse(text).GetHashCode());
    }

    [Theory]
    [InlineData("reul", "relu")]
    [InlineData("tanH", "tanh")]
    [InlineData("", "")]
    [InlineData("leaky", "leaky")]
    public void A_misspelled_name_is_refused_and_the_nearest_named(string text, string nearest) =>
        Assert.Contains(nearest, Assert.Throws<FormatException>(() => Activation.Parse(text)).Message);

    [Theory]
    [InlineData("leaky2")]
    [InlineData("leaky-0.1")]
    [InlineData("leaky1e9")]
    [InlineData("leaky0,1")]
    public void A_slope_outside_zero_to_one_is_refused(string text) => Assert.Throws<FormatException>(() => Activation.Parse(text));

    /// <summary>Both signs, from 2⁻²⁰ to 2⁴ in steps of about 1 %, and 0.</summary>
    private static IEnumerable<float> Grid()
    {
        yield return 0;
        for (uint bits = 0x35800000; bits < 0x41800000; bits += 100_003)
        {
            yield return BitConverter.UInt32BitsToSingle(bits);
            yield return -BitConverter.UInt32BitsToSingle(bits);
        }
    }

    private static double Ulp(double value) => MathF.BitIncrement(Math.Abs((float)value)) - Math.Abs((float)value);

    private static double GeluTanhExponent(double x) => 2 * Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);

    private static double GeluTanhDerivative(double x)
    {
        double sigmoid = Elementary.Sigmoid(GeluTanhExponent(x));
        double slope = 2 * Math.Sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
        return sigmoid + x * sigmoid * Elementary.Sigmoid(-GeluTanhExponent(x)) * slope;
    }
}

using System.Globalization;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ in double, of the same formulas as the activations' float32 forms.</summary>
internal static class PreciseActivation
{
    private const double SeluAlpha = 1.6732632423543772;
    private const double SeluLambda = 1.0507009873554805;
    private const double GeluScale = 1.5957691216057308; // 2·√(2/π)
    private const double GeluCubic = 0.044715;

    public static void Apply(Activation activation, Span<double> values)
    {
        Func<double, double> value = Of(activation);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = value(values[i]);
        }
    }

    public static Func<double, double> Of(Activation activation) => activation.Text switch
    {
        Identity.Word => x => x,
        Relu.Word => x => x < 0 ? 0 : x,
        Gelu.Word => x => Times(x, Elementary.NormalCdf(x)),
        GeluTanh.Word => x => Times(x, Elementary.Sigmoid(GeluScale * x * (1 + (GeluCubic * x * x)))),
        Silu.Word => x => Times(x, Elementary.Sigmoid(x)),
        Softplus.Word => x => Math.Max(x, 0) + Elementary.Log1p(Elementary.Exp(-Math.Abs(x))),
        Tanh.Word => Elementary.Tanh,
        Sigmoid.Word => Elementary.Sigmoid,
        Erf.Word => Elementary.Erf,
        Elu.Word => x => x >= 0 ? x : Elementary.Expm1(x),
        Selu.Word => x => SeluLambda * (x >= 0 ? x : SeluAlpha * Elementary.Expm1(x)),
        Sine.Word => Elementary.Sin,
        Cosine.Word => Elementary.Cos,
        Gaussian.Word => x => Elementary.Exp(-(x * x)),
        Absolute.Word => Math.Abs,
        Step.Word => x => double.IsNaN(x) ? x : x >= 0 ? 1 : 0,
        Sign.Word => x => x > 0 ? 1 : x < 0 ? -1 : x,
        Square.Word => x => x * x,
        var text when text.StartsWith("leaky", StringComparison.Ordinal) => Leaky(float.Parse(text.AsSpan(5), CultureInfo.InvariantCulture)),
        _ => x => activation.Value((float)x),
    };

    private static Func<double, double> Leaky(double slope) => x => x >= 0 ? x : slope * x;

    private static double Times(double x, double share) => share == 0 ? 0 : x * share; // −∞·0
}

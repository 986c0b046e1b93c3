using System.Globalization;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ in double, of the same formulas as the activations' float32 forms.</summary>
internal static class PreciseActivation
{
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
        GeluTanh.Word => default(GeluTanh).Precise,
        Silu.Word => default(Silu).Precise,
        Softplus.Word => default(Softplus).Precise,
        Tanh.Word => default(Tanh).Precise,
        Sigmoid.Word => default(Sigmoid).Precise,
        Erf.Word => Elementary.Erf,
        Elu.Word => default(Elu).Precise,
        Selu.Word => default(Selu).Precise,
        Sine.Word => Elementary.Sin,
        Cosine.Word => Elementary.Cos,
        Gaussian.Word => x => Elementary.Exp(-(x * x)),
        Absolute.Word => Math.Abs,
        Step.Word => x => double.IsNaN(x) ? x : x >= 0 ? 1 : 0,
        Sign.Word => x => x > 0 ? 1 : x < 0 ? -1 : x,
        Square.Word => x => x * x,
        var text when text.StartsWith("leaky", StringComparison.Ordinal) => Leaky(float.Parse(text.AsSpan(5), CultureInfo.InvariantCulture)),
        [Formula.Opening, .. var formula, Formula.Closing] => new Formula(FormulaReader.Read(formula)).Precise,
        _ => x => activation.Value((float)x),
    };

    private static Func<double, double> Leaky(double slope) => x => x >= 0 ? x : slope * x;

    private static double Times(double x, double share) => share == 0 ? 0 : x * share; // −∞·0
}

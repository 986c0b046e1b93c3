using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Networks;

/// <summary>φ(x) = x for x ≥ 0, else s·x; φ′(x) = 1, else s, for the slope s in [0, 1].</summary>
/// <remarks>Source: Maas, Hannun &amp; Ng, "Rectifier Nonlinearities Improve Neural Network Acoustic Models", ICML 2013.</remarks>
internal readonly struct LeakyRelu : IElementFunction, IDual
{
    private readonly float slope;
    private readonly double written; // the decimal number nearest to the slope

    public LeakyRelu(float slope)
    {
        if (!(slope is >= 0 and <= 1))
        {
            throw new FormatException($"leaky{slope.ToString(CultureInfo.InvariantCulture)}: the slope must be from 0 to 1, as in leaky0.1.");
        }

        this.slope = slope;
        written = double.Parse(slope.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    public string Text => "leaky" + slope.ToString(CultureInfo.InvariantCulture);

    public bool IsRectifier => true;

    public Vector512<float> Value(Vector512<float> x) => Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero), x, Vector512.Create(slope) * x);

    public Vector512<float> Derivative(Vector512<float> x) =>
        Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero), Vector512<float>.One, Vector512.Create(slope));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Duals(Vector256<double> a, Vector256<double> b, Vector256<double> c, out Vector256<double> dual, out Vector256<double> ofGradient) =>
        NormalPair.PiecewiseLinear(written, 1, a, b, c, out dual, out ofGradient);
}

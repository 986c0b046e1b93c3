using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ(x) = x·(1 + tanh u)/2 = x·σ(2u) with u = √(2/π)·(x + 0.044715·x³), φ′(x) = σ(2u)·(1 + x·σ(−2u)·2u′); −0 at −∞.</summary>
/// <remarks>Source: Hendrycks &amp; Gimpel, "Gaussian Error Linear Units (GELUs)", 2016: the approximation of GELU by tanh.</remarks>
internal readonly struct GeluTanh : IElementFunction, IQuadratureDual
{
    public const string Word = "gelutanh";

    public string Text => Word;

    public bool IsRectifier => true;

    public Vector512<float> Value(Vector512<float> x) => AtLeast(x) * Elementary.Sigmoid(Twice(AtLeast(x)));

    public Vector512<float> Derivative(Vector512<float> x)
    {
        var near = Within(x);
        var twice = Twice(near);
        var slope = Vector512.FusedMultiplyAdd(near * near, Vector512.Create(3 * Scale * Cubic), Vector512.Create(Scale));
        return Elementary.Sigmoid(twice) * Vector512.FusedMultiplyAdd(near * slope, Elementary.Sigmoid(-twice), Vector512<float>.One);
    }

    private const float Scale = 1.5957691216057308f; // 2·√(2/π)
    private const float Cubic = 0.044715f;
    private const float Edge = 12f; // σ(2u) is 0 at −12: a factor ∞ must not meet it

    private static Vector512<float> Twice(Vector512<float> x) =>
        x * Vector512.FusedMultiplyAdd(x * x, Vector512.Create(Scale * Cubic), Vector512.Create(Scale));

    private static Vector512<float> AtLeast(Vector512<float> x) => Elementary.AtLeast(x, -Edge);

    private static Vector512<float> Within(Vector512<float> x) => Elementary.AtMost(AtLeast(x), Edge);

    /// <inheritdoc/>
    public bool IsAnalytic => true;

    /// <inheritdoc/>
    public double Precise(double x) => Elementary.Sigmoid(PreciseTwice(x)) is var share && share == 0 ? 0 : x * share;

    /// <inheritdoc/>
    public double PreciseDerivative(double x) => PreciseSlope(x);

    private const double PreciseScale = 1.5957691216057308; // 2·√(2/π)
    private const double PreciseCubic = 0.044715;

    private static double PreciseTwice(double x) => PreciseScale * x * (1 + (PreciseCubic * x * x));

    private static double PreciseSlope(double x)
    {
        double share = Elementary.Sigmoid(PreciseTwice(x)), rest = Elementary.Sigmoid(-PreciseTwice(x));
        return share == 0 || rest == 0 ? share : share * (1 + (x * rest * PreciseScale * (1 + (3 * PreciseCubic * x * x))));
    }
}

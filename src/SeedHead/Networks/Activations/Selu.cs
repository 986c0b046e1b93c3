using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ(x) = λ·x for x ≥ 0, else λ·α·(e^x − 1), with α = 1.6732632 and λ = 1.0507010.</summary>
/// <remarks>Source: Klambauer et al., "Self-Normalizing Neural Networks", NIPS 2017.</remarks>
internal readonly struct Selu : IElementFunction, IQuadratureDual
{
    public const string Word = "selu";

    private const float Alpha = 1.6732632423543772f;
    private const float Lambda = 1.0507009873554805f;

    public string Text => Word;

    public Vector512<float> Value(Vector512<float> x) => Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero), Vector512.Create(Lambda) * x, Vector512.Create(Lambda * Alpha) * Elementary.Expm1(x));

    public Vector512<float> Derivative(Vector512<float> x) => Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero), Vector512.Create(Lambda), Vector512.Create(Lambda * Alpha) * Elementary.Exp(x));

    /// <inheritdoc/>
    public double Precise(double x) => PreciseLambda * (x >= 0 ? x : PreciseAlpha * Elementary.Expm1(x));

    /// <inheritdoc/>
    public double PreciseDerivative(double x) => PreciseLambda * (x >= 0 ? 1 : PreciseAlpha * Elementary.Exp(x));

    /// <inheritdoc/>
    public double Smoothed(double mean, double deviation) => PreciseLambda * SmoothedElu.Value(PreciseAlpha, mean, deviation);

    /// <inheritdoc/>
    public double SmoothedDerivative(double mean, double deviation) => PreciseLambda * SmoothedElu.Derivative(PreciseAlpha, mean, deviation);

    private const double PreciseAlpha = 1.6732632423543772;
    private const double PreciseLambda = 1.0507009873554805;
}

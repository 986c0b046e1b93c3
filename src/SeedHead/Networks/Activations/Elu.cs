using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ(x) = x for x ≥ 0, else e^x − 1; φ′(x) = 1, else e^x.</summary>
/// <remarks>Source: Clevert, Unterthiner &amp; Hochreiter, "Fast and Accurate Deep Network Learning by Exponential Linear Units", ICLR 2016.</remarks>
internal readonly struct Elu : IElementFunction, IQuadratureDual
{
    public const string Word = "elu";

    public string Text => Word;

    public bool IsRectifier => true;

    public Vector512<float> Value(Vector512<float> x) => Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero), x, Elementary.Expm1(x));

    public Vector512<float> Derivative(Vector512<float> x) => Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero), Vector512<float>.One, Elementary.Exp(x));

    /// <inheritdoc/>
    public double Precise(double x) => x >= 0 ? x : Elementary.Expm1(x);

    /// <inheritdoc/>
    public double PreciseDerivative(double x) => x >= 0 ? 1 : Elementary.Exp(x);

    /// <inheritdoc/>
    public double Smoothed(double mean, double deviation) => SmoothedElu.Value(1, mean, deviation);

    /// <inheritdoc/>
    public double SmoothedDerivative(double mean, double deviation) => SmoothedElu.Derivative(1, mean, deviation);
}

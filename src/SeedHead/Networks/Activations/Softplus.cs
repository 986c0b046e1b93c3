using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ(x) = ln(1 + e^x), φ′(x) = 1 / (1 + e^(−x)).</summary>
/// <remarks>Source: Dugas et al., "Incorporating Second-Order Functional Knowledge for Better Option Pricing", NIPS 2000. Error of φ: that of the softplus in docs/math/elementary.md.</remarks>
internal readonly struct Softplus : IElementFunction, IQuadratureDual
{
    public const string Word = "softplus";

    public string Text => Word;

    public bool IsRectifier => true;

    public Vector512<float> Value(Vector512<float> x) => Elementary.Softplus(x);

    public Vector512<float> Derivative(Vector512<float> x) => Elementary.Sigmoid(x);

    /// <inheritdoc/>
    public bool IsAnalytic => true;

    /// <inheritdoc/>
    public double Precise(double x) => Math.Max(x, 0) + Elementary.Log1p(Elementary.Exp(-Math.Abs(x)));

    /// <inheritdoc/>
    public double PreciseDerivative(double x) => Elementary.Sigmoid(x);
}

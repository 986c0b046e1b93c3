using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ(x) = σ(x) = 1 / (1 + e^(−x)), φ′(x) = σ(x)·σ(−x).</summary>
/// <remarks>Error of φ: that of the sigmoid in docs/math/elementary.md.</remarks>
internal readonly struct Sigmoid : IElementFunction, IQuadratureDual
{
    public const string Word = "sigmoid";

    public string Text => Word;

    public Vector512<float> Value(Vector512<float> x) => Elementary.Sigmoid(x);

    public Vector512<float> Derivative(Vector512<float> x) => Elementary.Sigmoid(x) * Elementary.Sigmoid(-x);

    /// <inheritdoc/>
    public bool IsAnalytic => true;

    /// <inheritdoc/>
    public double Precise(double x) => Elementary.Sigmoid(x);

    /// <inheritdoc/>
    public double PreciseDerivative(double x) => Elementary.Sigmoid(x) * Elementary.Sigmoid(-x);
}

using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ(x) = tanh x, φ′(x) = 1 − tanh² x.</summary>
/// <remarks>Error of φ: that of the hyperbolic tangent in docs/math/elementary.md; of φ′: 2⁻²³, absolute.</remarks>
internal readonly struct Tanh : IElementFunction, IQuadratureDual
{
    public const string Word = "tanh";

    public string Text => Word;

    public Vector512<float> Value(Vector512<float> x) => Elementary.Tanh(x);

    public static bool HasNear => Quad.IsSupported;

    public static Quad Near(Quad x) => Elementary.Quads.Tanh(x);

    public Vector512<float> Derivative(Vector512<float> x)
    {
        var y = Elementary.Tanh(x);
        return Vector512.FusedMultiplyAdd(-y, y, Vector512<float>.One);
    }

    /// <inheritdoc/>
    public bool IsAnalytic => true;

    /// <inheritdoc/>
    public double Precise(double x) => Elementary.Tanh(x);

    /// <inheritdoc/>
    public double PreciseDerivative(double x) => 4 * Elementary.Sigmoid(2 * x) * Elementary.Sigmoid(-2 * x);
}

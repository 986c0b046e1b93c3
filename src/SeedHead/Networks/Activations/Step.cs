using System.Runtime.Intrinsics;

namespace SeedHead.Networks;

/// <summary>φ(x) = 1 for x ≥ 0, 0 for x &lt; 0, NaN for NaN; φ′ = 0.</summary>
/// <remarks>Its kernel is the arc-cosine kernel of order 0: Cho &amp; Saul, "Kernel Methods for Deep Learning", NIPS 2009.</remarks>
internal readonly struct Step : IElementFunction
{
    public const string Word = "step";

    public string Text => Word;

    public Vector512<float> Value(Vector512<float> x) => Vector512.ConditionalSelect(
        Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero),
        Vector512<float>.One,
        Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), Vector512<float>.Zero, x));

    public Vector512<float> Derivative(Vector512<float> x) => Vector512<float>.Zero;
}

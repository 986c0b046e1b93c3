using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ(x) = sin x, φ′(x) = cos x.</summary>
/// <remarks>Error: that of the sine in docs/math/elementary.md. Source: Sitzmann et al., "Implicit Neural Representations with Periodic Activation Functions", NeurIPS 2020.</remarks>
internal readonly struct Sine : IElementFunction
{
    public const string Word = "sin";

    public string Text => Word;

    public Vector512<float> Value(Vector512<float> x) => Elementary.Sin(x);

    public Vector512<float> Derivative(Vector512<float> x) => Elementary.Cos(x);
}

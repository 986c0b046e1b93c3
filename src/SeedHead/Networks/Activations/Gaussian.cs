using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ(x) = e^(−x²), φ′(x) = −2x·e^(−x²).</summary>
/// <remarks>Error: x² is rounded before the exponential, so the relative error grows as x²·2⁻²⁴ in the tail.</remarks>
internal readonly struct Gaussian : IElementFunction
{
    public const string Word = "gaussian";

    public string Text => Word;

    public Vector512<float> Value(Vector512<float> x) => Elementary.Exp(-(x * x));

    public Vector512<float> Derivative(Vector512<float> x) => -(x + x) * Elementary.Exp(-(x * x));
}

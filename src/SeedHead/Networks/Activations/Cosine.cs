using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ(x) = cos x, φ′(x) = −sin x.</summary>
/// <remarks>With random phases it makes Fourier features: Rahimi &amp; Recht, "Random Features for Large-Scale Kernel Machines", NIPS 2007.</remarks>
internal readonly struct Cosine : IElementFunction
{
    public const string Word = "cos";

    public string Text => Word;

    public Vector512<float> Value(Vector512<float> x) => Elementary.Cos(x);

    public Vector512<float> Derivative(Vector512<float> x) => -Elementary.Sin(x);
}

using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ(x) = cos x, φ′(x) = −sin x.</summary>
/// <remarks>With random phases it makes Fourier features: Rahimi &amp; Recht, "Random Features for Large-Scale Kernel Machines", NIPS 2007.</remarks>
internal readonly struct Cosine : IElementFunction, IDual
{
    public const string Word = "cos";

    public string Text => Word;

    public Vector512<float> Value(Vector512<float> x) => Elementary.Cos(x);

    public static bool HasNear => Quad.IsSupported;

    public static bool IsNear(Quad x) => Elementary.Quads.AreNearTurns(x);

    public static Quad Near(Quad x) => Elementary.Quads.Cos(x);

    public Vector512<float> Derivative(Vector512<float> x) => -Elementary.Sin(x);

    /// <remarks>e^(−(a + b)/2)·cosh c and e^(−(a + b)/2)·sinh c: those of the sine, exchanged.</remarks>
    public void Duals(Vector256<double> a, Vector256<double> b, Vector256<double> c, out Vector256<double> dual, out Vector256<double> ofGradient)
    {
        default(Sine).Duals(a, b, c, out ofGradient, out dual);
    }
}

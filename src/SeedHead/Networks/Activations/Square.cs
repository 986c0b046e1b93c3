using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Networks;

/// <summary>φ(x) = x², φ′(x) = 2x.</summary>
/// <remarks>Networks of it are polynomials: Du &amp; Lee, "On the Power of Over-parametrization in Neural Networks with Quadratic Activation", ICML 2018.</remarks>
internal readonly struct Square : IElementFunction, IDual
{
    public const string Word = "square";

    public string Text => Word;

    public Vector512<float> Value(Vector512<float> x) => x * x;

    public Vector512<float> Derivative(Vector512<float> x) => x + x;

    /// <remarks>ab + 2c² and 4c.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Duals(Vector256<double> a, Vector256<double> b, Vector256<double> c, out Vector256<double> dual, out Vector256<double> ofGradient) =>
        (dual, ofGradient) = (Vector256.FusedMultiplyAdd(a, b, 2 * c * c), 4 * c);
}

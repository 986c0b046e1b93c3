using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Networks;

/// <summary>φ(x) = x, φ′(x) = 1.</summary>
/// <remarks>Makes a network linear.</remarks>
internal readonly struct Identity : IElementFunction, IDual
{
    public const string Word = "id";

    public string Text => Word;

    public Vector512<float> Value(Vector512<float> x) => x;

    public Vector512<float> Derivative(Vector512<float> x) => Vector512<float>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Duals(Vector256<double> a, Vector256<double> b, Vector256<double> c, out Vector256<double> dual, out Vector256<double> ofGradient) => (dual, ofGradient) = (c, Vector256<double>.One);
}

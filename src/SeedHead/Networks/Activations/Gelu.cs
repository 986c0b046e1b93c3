using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ(x) = x·Φ(x), φ′(x) = Φ(x) + x·e^(−x²/2)/√2π, with the exact normal distribution function Φ; −0 at −∞.</summary>
/// <remarks>Source: Hendrycks &amp; Gimpel, "Gaussian Error Linear Units (GELUs)", 2016. Error of φ: 2.3 ulp, far negative x included.</remarks>
internal readonly struct Gelu : IElementFunction, IDual
{
    public const string Word = "gelu";

    public string Text => Word;

    public bool IsRectifier => true;

    public Vector512<float> Value(Vector512<float> x) => Elementary.TimesNormalCdf(x);

    public static bool HasNear => Quad.IsSupported;

    public static bool IsNear(Quad x) => Elementary.Quads.AreNearNormal(x);

    public static Quad Near(Quad x) => Elementary.Quads.TimesNormalCdf(x);

    public Vector512<float> Derivative(Vector512<float> x)
    {
        var near = Within(x);
        return Vector512.FusedMultiplyAdd(near, Elementary.NormalDensity(near), Elementary.NormalCdf(near));
    }

    private const float Edge = 14.5f; // Φ′(±14.5) is 0: a factor ∞ must not meet it

    private static Vector512<float> Within(Vector512<float> x) => Elementary.AtMost(Elementary.AtLeast(x, -Edge), Edge);

    /// <remarks>With P = (1 + a)(1 + b) and Δ² = P − c²: c/4 + c/2π·arcsin(c/√P) + (c² + abΔ²)/(2πPΔ), and ¼ + arcsin(c/√P)/2π + c/(2πΔ)·(1/Δ² + (1 − ab)/P + 1). Source: Tsuchida et al., "Avoiding Kernel Fixed Points", 2020.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Duals(Vector256<double> a, Vector256<double> b, Vector256<double> c, out Vector256<double> dual, out Vector256<double> ofGradient)
    {
        var det = NormalPair.Determinant(a, b, c);
        var ab = a * b;
        var p = (Vector256<double>.One + a) * (Vector256<double>.One + b);
        var square = (a + b) + Vector256<double>.One + det; // p − c²
        var root = Vector256.Sqrt(square);
        var share = Vector256.FusedMultiplyAdd(NormalPair.SignedAngle(c, root), Vector256.Create(0.5 * NormalPair.OverPi), Vector256.Create(0.25));
        dual = Vector256.FusedMultiplyAdd(share, c, ((c * c) + (ab * square)) / (p * root) * (0.5 * NormalPair.OverPi));
        var bracket = (Vector256<double>.One / square) + ((Vector256<double>.One - ab) / p) + Vector256<double>.One;
        ofGradient = Vector256.FusedMultiplyAdd(c / root * (0.5 * NormalPair.OverPi), bracket, share);
    }
}

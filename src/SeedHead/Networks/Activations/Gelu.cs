using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ(x) = x·Φ(x), φ′(x) = Φ(x) + x·e^(−x²/2)/√2π, with the exact normal distribution function Φ; −0 at −∞.</summary>
/// <remarks>Source: Hendrycks &amp; Gimpel, "Gaussian Error Linear Units (GELUs)", 2016. Error of φ: 2.5 ulp, far negative x included.</remarks>
internal readonly struct Gelu : IElementFunction
{
    public const string Word = "gelu";

    public string Text => Word;

    public bool IsRectifier => true;

    public Vector512<float> Value(Vector512<float> x) => AtLeast(x) * Elementary.NormalCdf(x);

    public Vector512<float> Derivative(Vector512<float> x)
    {
        var near = Within(x);
        Elementary.NormalCdfAndDensity(near, out var cdf, out var density);
        return Vector512.FusedMultiplyAdd(near, density, cdf);
    }

    private const float Edge = 14.5f; // Φ(−14.5) is 0 and Φ′(14.5) too: a factor ∞ must not meet them

    private static Vector512<float> AtLeast(Vector512<float> x) => Elementary.AtLeast(x, -Edge);

    private static Vector512<float> Within(Vector512<float> x) => Elementary.AtMost(AtLeast(x), Edge);
}

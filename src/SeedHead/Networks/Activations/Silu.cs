using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ(x) = x·σ(x), φ′(x) = σ(x)·(1 + x·σ(−x)), σ(x) = 1 / (1 + e^(−x)); −0 at −∞.</summary>
/// <remarks>Source: Elfwing, Uchibe &amp; Doya, "Sigmoid-Weighted Linear Units", 2017; also known as Swish. Error of φ: 2.5 ulp, far negative x included.</remarks>
internal readonly struct Silu : IElementFunction, IQuadratureDual
{
    public const string Word = "silu";

    public string Text => Word;

    public bool IsRectifier => true;

    public Vector512<float> Value(Vector512<float> x) => AtLeast(x) * Elementary.Sigmoid(x);

    public Vector512<float> Derivative(Vector512<float> x)
    {
        var near = Within(x);
        return Elementary.Sigmoid(near) * Vector512.FusedMultiplyAdd(near, Elementary.Sigmoid(-near), Vector512<float>.One);
    }

    private const float Edge = 110f; // σ(−110) is 0: a factor ∞ must not meet it

    private static Vector512<float> AtLeast(Vector512<float> x) => Elementary.AtLeast(x, -Edge);

    private static Vector512<float> Within(Vector512<float> x) => Elementary.AtMost(AtLeast(x), Edge);

    /// <inheritdoc/>
    public bool IsAnalytic => true;

    /// <inheritdoc/>
    public double Precise(double x) => Elementary.Sigmoid(x) is var share && share == 0 ? 0 : x * share;

    /// <inheritdoc/>
    public double PreciseDerivative(double x) => Elementary.Sigmoid(x) is var share && share == 0 ? 0 : share * (1 + (x * Elementary.Sigmoid(-x)));
}

using System.Runtime.Intrinsics;

namespace SeedHead.Networks;

/// <summary>φ(x) = x², φ′(x) = 2x.</summary>
/// <remarks>Networks of it are polynomials: Du &amp; Lee, "On the Power of Over-parametrization in Neural Networks with Quadratic Activation", ICML 2018.</remarks>
internal readonly struct Square : IElementFunction
{
    public const string Word = "square";

    public string Text => Word;

    public Vector512<float> Value(Vector512<float> x) => x * x;

    public Vector512<float> Derivative(Vector512<float> x) => x + x;
}

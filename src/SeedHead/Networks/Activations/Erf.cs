using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ(x) = erf x, φ′(x) = 2/√π·e^(−x²).</summary>
/// <remarks>Its kernel is closed: Williams, "Computing with infinite networks", NIPS 1997. Error of φ: that of erf in docs/math/elementary.md.</remarks>
internal readonly struct Erf : IElementFunction
{
    public const string Word = "erf";

    public string Text => Word;

    public Vector512<float> Value(Vector512<float> x) => Elementary.Erf(x);

    public Vector512<float> Derivative(Vector512<float> x) => Elementary.ExpOfMinusSquare(x) * 1.1283791670955126f;
}

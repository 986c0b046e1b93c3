using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>A function of one number and its derivative, sixteen numbers at a time; a lane depends on itself alone.</summary>
internal interface IElementFunction
{
    string Text { get; }

    bool IsRectifier => false;

    /// <summary>Whether the value is +0 on a whole half-line, so that units may be +0 at many points.</summary>
    bool HasZeros => false;

    Vector512<float> Value(Vector512<float> x);

    /// <summary>Whether usual arguments have a formula for four vectors, <see cref="Near"/>, which calls nothing and so keeps what it works with in registers.</summary>
    static virtual bool HasNear => false;

    /// <summary>Whether all numbers are usual.</summary>
    static virtual bool IsNear(Quad x) => true;

    /// <summary>The bits of <see cref="Value"/> where all numbers are usual.</summary>
    static virtual Quad Near(Quad x) => throw new NotSupportedException();

    Vector512<float> Derivative(Vector512<float> x);
}

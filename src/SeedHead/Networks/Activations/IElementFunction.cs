using System.Runtime.Intrinsics;

namespace SeedHead.Networks;

/// <summary>A function of one number and its derivative, sixteen numbers at a time; a lane depends on itself alone.</summary>
internal interface IElementFunction
{
    string Text { get; }

    bool IsRectifier => false;

    /// <summary>Whether the value is +0 on a whole half-line, so that units may be +0 at many points.</summary>
    bool HasZeros => false;

    Vector512<float> Value(Vector512<float> x);

    /// <summary>Whether usual arguments have a formula of their own, <see cref="Near"/>. A loop of it alone calls nothing, and so keeps what it works with in registers.</summary>
    static virtual bool HasNear => false;

    /// <summary>Whether all lanes are usual.</summary>
    static virtual bool IsNear(Vector512<float> x) => false;

    /// <summary><see cref="Value"/> where all lanes are usual.</summary>
    static virtual Vector512<float> Near(Vector512<float> x) => throw new NotSupportedException();

    Vector512<float> Derivative(Vector512<float> x);
}

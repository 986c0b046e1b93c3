using System.Runtime.Intrinsics;

namespace SeedHead.Networks;

/// <summary>A function of one number and its derivative, sixteen numbers at a time; a lane depends on itself alone.</summary>
internal interface IElementFunction
{
    string Text { get; }

    bool IsRectifier => false;

    Vector512<float> Value(Vector512<float> x);

    Vector512<float> Derivative(Vector512<float> x);
}

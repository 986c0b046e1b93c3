using System.Runtime.Intrinsics;

namespace SeedHead.Networks;

/// <summary>φ and φ′ by a formula of x that the user wrote, as in [x + sin(x)^2].</summary>
/// <remarks>Every operation is that of <see cref="Compute.Elementary"/> or IEEE's, in the order written, so the bits are the same everywhere. φ′ is the formula
/// differentiated step by step; where max, min, abs, relu or step bend, that of the branch taken at 0 and above.</remarks>
internal readonly struct Formula(FormulaProgram program) : IElementFunction, IQuadratureDual
{
    public const char Opening = '[', Closing = ']';

    public string Text { get; } = $"{Opening}{program.Text}{Closing}";

    public Vector512<float> Value(Vector512<float> x) => program.At(new FormulaLanes(x)).Value;

    public Vector512<float> Derivative(Vector512<float> x) => program.At(new FormulaSlope<FormulaLanes>(new(x), FormulaLanes.Of(1))).Slope.Value;

    public double Precise(double x) => program.At(new FormulaReal(x)).Value;

    public double PreciseDerivative(double x) => program.At(new FormulaSlope<FormulaReal>(new(x), new(1))).Slope.Value;
}

namespace SeedHead.Networks;

/// <summary>A formula of one variable as steps on a stack, the same for every kind of number.</summary>
/// <param name="Text">The formula as it was written.</param>
/// <param name="Steps">Steps in order: constants and x are pushed, operations take their arguments from the top.</param>
/// <param name="Depth">Most numbers that lie on the stack at once.</param>
internal sealed record FormulaProgram(string Text, IReadOnlyList<FormulaStep> Steps, int Depth)
{
    public const int Deepest = 32;
    private readonly FormulaStep[] steps = [.. Steps];

    /// <summary>The formula at x.</summary>
    public T At<T>(T x)
        where T : unmanaged, IFormulaNumber<T>
    {
        Span<T> stack = stackalloc T[Depth];
        int top = -1;
        foreach (FormulaStep step in steps)
        {
            switch (step.Operation)
            {
                case FormulaOperation.Constant:
                    stack[++top] = T.Of(step.Constant);
                    break;
                case FormulaOperation.X:
                    stack[++top] = x;
                    break;
                case < FormulaOperation.Exp:
                    top--;
                    stack[top] = OfTwo(step.Operation, stack[top], stack[top + 1]);
                    break;
                default:
                    stack[top] = OfOne(step.Operation, stack[top]);
                    break;
            }
        }

        return stack[0];
    }

    private static T OfTwo<T>(FormulaOperation operation, T a, T b)
        where T : unmanaged, IFormulaNumber<T> => operation switch
        {
            FormulaOperation.Add => a + b,
            FormulaOperation.Subtract => a - b,
            FormulaOperation.Multiply => a * b,
            FormulaOperation.Divide => a / b,
            FormulaOperation.Max => T.Select(a - b, a, b),
            _ => T.Select(a - b, b, a),
        };

    private static T OfOne<T>(FormulaOperation operation, T x)
        where T : unmanaged, IFormulaNumber<T> => operation switch
        {
            FormulaOperation.Exp => T.Exp(x),
            FormulaOperation.Log => T.Log(x),
            FormulaOperation.Sqrt => T.Sqrt(x),
            FormulaOperation.Sin => T.Sin(x),
            FormulaOperation.Cos => T.Cos(x),
            FormulaOperation.Tanh => T.Tanh(x),
            FormulaOperation.Sigmoid => T.Sigmoid(x),
            FormulaOperation.Erf => T.Erf(x),
            FormulaOperation.Softplus => T.Softplus(x),
            FormulaOperation.Abs => T.Select(x, x, T.Of(0) - x),
            FormulaOperation.Relu => T.Select(x, x, T.Of(0)),
            FormulaOperation.Step => T.Select(x, T.Of(1), T.Of(0)),
            FormulaOperation.Square => x * x,
            _ => T.Of(0) - x,
        };
}

/// <summary>What a step does.</summary>
internal enum FormulaOperation
{
    Constant,
    X,
    Add,
    Subtract,
    Multiply,
    Divide,
    Max,
    Min,
    Exp, // from here on of one number
    Log,
    Sqrt,
    Sin,
    Cos,
    Tanh,
    Sigmoid,
    Erf,
    Softplus,
    Abs,
    Relu,
    Step,
    Square,
    Negate,
}

/// <summary>One step.</summary>
internal readonly record struct FormulaStep(FormulaOperation Operation, double Constant = 0);

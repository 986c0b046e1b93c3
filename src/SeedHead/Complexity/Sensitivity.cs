namespace SeedHead.Complexity;

/// <summary>√(mean ‖∇f‖²) / sd(f): how many of its standard deviations the function changes per unit of input, gradients by differences of neighbours.</summary>
/// <remarks>Source: the input-output Jacobian of Novak et al., "Sensitivity and Generalization in Neural Networks", ICLR 2018, made free of the output's scale.</remarks>
public sealed class Sensitivity : IComplexityMeasure
{
    /// <inheritdoc/>
    public string Name => "sensitivity";

    /// <inheritdoc/>
    public string Meaning => "root mean square slope, in standard deviations of the function per unit of input";

    /// <inheritdoc/>
    public Sampling Sampling => Sampling.UniformGrid;

    /// <inheritdoc/>
    public int LeastSide => 2;

    /// <inheritdoc/>
    public ComplexityValue Of(FunctionValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        int n = values.Columns;
        double step = 2 * values.Sampling.HalfWidth / (n - 1), squares = MeanSquare(values, 1, values.Rows, n - 1);
        if (values.Dimension == 2)
        {
            squares += MeanSquare(values, n, n - 1, n);
        }

        return ComplexityValue.Ratio(Math.Sqrt(squares) / step, values.Deviation);
    }

    private static double MeanSquare(FunctionValues values, int neighbour, int rows, int columns)
    {
        double sum = 0;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                int at = (i * values.Columns) + j;
                double change = values.Span[at + neighbour] - values.Span[at];
                sum = Math.FusedMultiplyAdd(change, change, sum);
            }
        }

        return sum / ((double)rows * columns);
    }
}

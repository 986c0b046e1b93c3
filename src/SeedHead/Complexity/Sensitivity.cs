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
        double[] f = values.Centred();
        double step = 2 * values.Sampling.HalfWidth / (n - 1), slopes = MeanSquare(f, n, 1, values.Rows, n - 1), own = MeanSquare(f, n, 0, values.Rows, n);
        if (values.Dimension == 2)
        {
            slopes += MeanSquare(f, n, n, n - 1, n);
        }

        return ComplexityValue.Ratio(Math.Sqrt(slopes) / step, Math.Sqrt(own));
    }

    /// <summary>Of the differences to a neighbour that many places on, or of the values themselves.</summary>
    private static double MeanSquare(double[] f, int n, int neighbour, int rows, int columns)
    {
        double sum = 0;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                int at = (i * n) + j;
                double change = neighbour == 0 ? f[at] : f[at + neighbour] - f[at];
                sum = Math.FusedMultiplyAdd(change, change, sum);
            }
        }

        return sum / ((double)rows * columns);
    }
}

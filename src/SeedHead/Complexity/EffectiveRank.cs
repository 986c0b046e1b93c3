using SeedHead.Compute;

namespace SeedHead.Complexity;

/// <summary>e^H of the n × n matrix of values less their mean, H = −Σ p ln p, p = σ/Σσ its singular values as shares. 1 for f(x)·g(y), about n for noise.</summary>
/// <remarks>Source: Roy &amp; Vetterli, "The effective rank", EUSIPCO 2007.</remarks>
public sealed class EffectiveRank : IComplexityMeasure
{
    /// <inheritdoc/>
    public string Name => "rank";

    /// <inheritdoc/>
    public string Meaning => "effective rank of the matrix of values on the grid; 1 to n";

    /// <inheritdoc/>
    public Sampling Sampling => Sampling.UniformGrid;

    /// <inheritdoc/>
    public int LeastSide => 2;

    /// <inheritdoc/>
    public unsafe ComplexityValue Of(FunctionValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] x = values.Centred(), singular = new double[Math.Min(values.Rows, values.Columns)];
        fixed (double* px = x)
        {
            SingularValues.Find(Team.Single, Strided<double>.RowMajor(px, values.Rows, values.Columns), singular);
        }

        double sum = 0, entropy = 0;
        foreach (double value in singular)
        {
            sum += value;
        }

        foreach (double value in singular)
        {
            double share = value / sum;
            entropy -= share > 0 ? share * Elementary.Log(share) : 0;
        }

        return ComplexityValue.Of(Elementary.Exp(entropy));
    }
}

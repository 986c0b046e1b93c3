namespace SeedHead.Complexity;

/// <summary>Mean frequency of the paper: Σ |F(k)|·|k| / (K·Σ |F(k)|) over all k ≠ 0 up to Nyquist, K the largest |k|. In [0, 1].</summary>
/// <remarks>
/// <para>With two inputs |k| is the radius and K = √2·⌊n/2⌋; negative frequencies count as well. With one input K = ⌊n/2⌋.</para>
/// <para>Source: Teney et al., "Neural Redshift", CVPR 2024, sec. 3. <see cref="FourierBins"/> counts one quadrant of
/// frequencies and so gives the axes twice the weight: the two agree to 0.003 at n = 128 where the axes hold all or next to nothing, and differ by 0.02
/// for e^(x + y). The tail of functions whose edges differ is the same.</para>
/// </remarks>
public sealed class FourierFrequency : IComplexityMeasure
{
    private readonly bool weighByPower;

    /// <summary>The measure of the paper, or with |F|² in place of |F|.</summary>
    /// <param name="weighByPower">Whether a frequency counts by its power, not its amplitude.</param>
    public FourierFrequency(bool weighByPower = false) => this.weighByPower = weighByPower;

    /// <inheritdoc/>
    public string Name => weighByPower ? "fourier-power" : "fourier-radial";

    /// <inheritdoc/>
    public string Meaning => $"mean frequency, weighted by {(weighByPower ? "power" : "amplitude")}, exact radius; 0 to 1";

    /// <inheritdoc/>
    public Sampling Sampling => Sampling.UniformGrid;

    /// <inheritdoc/>
    public int LeastSide => 4;

    /// <inheritdoc/>
    public ComplexityValue Of(FunctionValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        (double weighted, double amounts) = Sums(values, weighByPower);
        int half = values.Columns / 2;
        return ComplexityValue.Ratio(weighted, amounts * half * (values.Dimension == 1 ? 1 : Math.Sqrt(2)));
    }

    /// <summary>Σ |F(k)|·|k| and Σ |F(k)|, |k| in periods of the grid.</summary>
    internal static (double Weighted, double Amounts) Sums(FunctionValues values, bool weighByPower = false)
    {
        double[] sizes = Spectrum.Fourier(values);
        int half = values.Columns / 2;
        (double weighted, double amounts) = (0, 0);
        for (int i = 0; i < values.Rows; i++)
        {
            double first = Math.Min(i, values.Rows - i);
            for (int j = 0; j <= half; j++)
            {
                double size = sizes[(i * (half + 1)) + j];
                size = weighByPower ? size * size : size;
                size = j == 0 || 2 * j == values.Columns ? size : 2 * size; // the other half mirrors
                size = i == 0 && j == 0 ? 0 : size;
                weighted = Math.FusedMultiplyAdd(size, Math.Sqrt((first * first) + ((double)j * j)), weighted);
                amounts += size;
            }
        }

        return (weighted, amounts);
    }
}

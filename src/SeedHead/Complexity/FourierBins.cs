namespace SeedHead.Complexity;

/// <summary>
/// Mean frequency by the recipe of the published code: Σ m·c(m) / (M·Σ c(m)), c(m) the sum of |F(i, j)| over 0 ≤ i, j ≤ n/2 with round(√(i² + j²)) = m,
/// M = round(√2·(n/2)), c(0) = 0. In [0, 1].
/// </summary>
/// <remarks>
/// <para>With one input c(m) = |F(m)| and M = n/2.</para>
/// <para>A function whose opposite edges differ has a tail of 1/k (trap: any linear function scores 0.1417 at n = 300, 0.1940 at n = 64), so values at
/// different n do not compare. <see cref="CosineFrequency"/> has no such tail.</para>
/// <para>Source: code of Teney et al., "Neural Redshift", CVPR 2024.</para>
/// </remarks>
public sealed class FourierBins : IComplexityMeasure
{
    /// <inheritdoc/>
    public string Name => "fourier";

    /// <inheritdoc/>
    public string Meaning => "mean frequency, weighted by amplitude, as the published code bins it; 0 to 1, white noise 0.54";

    /// <inheritdoc/>
    public Sampling Sampling => Sampling.UniformGrid;

    /// <inheritdoc/>
    public int LeastSide => 4;

    /// <inheritdoc/>
    public ComplexityValue Of(FunctionValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] sizes = Spectrum.Fourier(values);
        int half = values.Columns / 2, rows = values.Dimension == 1 ? 0 : half;
        int most = values.Dimension == 1 ? half : Round(Math.Sqrt(2) * half);
        (double weighted, double amounts) = (0, 0);
        for (int i = 0; i <= rows; i++)
        {
            for (int j = i == 0 ? 1 : 0; j <= half; j++)
            {
                double size = sizes[(i * (half + 1)) + j];
                weighted += Round(Math.Sqrt(((double)i * i) + ((double)j * j))) * size;
                amounts += size;
            }
        }

        return ComplexityValue.Ratio(weighted, most * amounts);
    }

    private static int Round(double x) => (int)(x + 0.5); // √(i² + j²) is never half-way between integers
}

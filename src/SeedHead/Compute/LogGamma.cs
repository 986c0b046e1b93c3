namespace SeedHead.Compute;

/// <summary>ln Γ for positive arguments.</summary>
internal static class LogGamma
{
    private const double HalfLogOfTwoPi = 0.9189385332046727;

    /// <summary>B₂ₖ / (2k·(2k − 1)), k = 1 … 8.</summary>
    private static ReadOnlySpan<double> Stirling =>
    [
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400,
    ];

    /// <summary>ln Γ(x). Error ≤ 1e-14 + 4ε·|ln Γ(x)|, ε = 2⁻⁵².</summary>
    /// <remarks>Stirling's series with eight terms from 12 on, below it Γ(x) = Γ(x + n)/(x·…·(x + n − 1)). Source: DLMF 5.11.1.</remarks>
    /// <param name="x">&gt; 0.</param>
    public static double Of(double x)
    {
        double product = 1;
        for (; x < 12; x++)
        {
            product *= x;
        }

        double inverse = 1 / x, square = inverse * inverse, sum = 0;
        for (int k = Stirling.Length - 1; k >= 0; k--)
        {
            sum = (sum * square) + Stirling[k];
        }

        return ((x - 0.5) * Elementary.Log(x)) - x + HalfLogOfTwoPi + (sum * inverse) - (product == 1 ? 0 : Elementary.Log(product));
    }
}

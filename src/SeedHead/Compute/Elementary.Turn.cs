using System.Diagnostics;

namespace SeedHead.Compute;

// Angles as fractions of a turn: whole quarters leave by integer arithmetic, so nothing is lost before sine and cosine see the rest.
internal static partial class Elementary
{
    /// <summary>cos 2πk/n and sin 2πk/n for 0 ≤ k &lt; n ≤ 2⁵⁸. Error ≤ 0.8 ulp; multiples of a quarter are exact.</summary>
    public static (double Cos, double Sin) CosSinOfTurn(long k, long n)
    {
        Debug.Assert(0 <= k && k < n && n <= 1L << 58);
        long quarter = (8 * k + n) / (2 * n), rest = 4 * k - quarter * n; // 2πk/n = (quarter + rest/n)·π/2, |rest/n| ≤ ½
        double part = (double)rest / n, lost = Fma(-part, n, rest) / n;
        double product = part * HalfPi1;
        double productRest = Fma(part, HalfPi1, -product) + Fma(part, HalfPi2, lost * HalfPi1);
        double r = product + productRest;
        productRest = product - r + productRest;
        double cos = CosNearZero(r, productRest), sin = SinNearZero(r, productRest);
        return (quarter & 3) switch
        {
            0 => (cos, sin),
            1 => (-sin, cos),
            2 => (-cos, -sin),
            _ => (sin, -cos),
        };
    }
}

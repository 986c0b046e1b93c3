namespace SeedHead.Compute;

/// <summary>Modified Bessel functions of the first kind, scaled so that they do not overflow.</summary>
public static class ScaledBessel
{
    /// <summary>ln(e^(−x)·I_ν(x)).</summary>
    /// <remarks>
    /// <para>The ratios I_{ν+1}/I_ν come from r_{ν−1} = 1/(2ν/x + r_ν), downward from far above with Amos' bound as a start. The value at ν = 0 follows from
    /// e^x = I₀ + 2·Σ I_k, that at ν = ½ from I_½ = √(2/πx)·sinh x. All terms are positive: nothing cancels.</para>
    /// <para>Source: DLMF 10.29.1, 10.35.5, 10.39.2; Amos, "Computation of modified Bessel functions and their ratios", Math. Comp. 28 (1974).</para>
    /// <para>Error: ≤ 1e-14·(1 + ν) absolutely, which is the relative error of the function.</para>
    /// </remarks>
    /// <param name="order">ν ≥ 0, a multiple of ½.</param>
    /// <param name="x">Argument, &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order is no multiple of ½ or negative or above 1e6, or x is not above 0, or above 1e9.</exception>
    public static double LogI(double order, double x)
    {
        if (!(order >= 0 && order <= 1e6) || 2 * order != Math.Floor(2 * order))
        {
            throw new ArgumentOutOfRangeException(nameof(order), order, "Orders are 0, 0.5, 1, … up to 1,000,000.");
        }

        if (!(x > 0 && x <= 1e9))
        {
            throw new ArgumentOutOfRangeException(nameof(x), x, "Arguments lie above 0 and at most at 1e9.");
        }

        double first = order - Math.Floor(order);
        int steps = (int)(order - first), top = steps + 40 + (int)(12 * Math.Sqrt(x));
        double nu = first + top, ratio = x / (nu + 0.5 + Math.Sqrt(((nu + 1.5) * (nu + 1.5)) + (x * x)));
        double log = 0, sum = 0;
        for (int k = top; k >= 1; k--, nu--)
        {
            ratio = 1 / ((2 * nu / x) + ratio); // I_ν / I_{ν−1}
            sum = ratio * (1 + sum);            // Σ over j ≥ k of I_{first+j} / I_{first+k−1}
            log += k <= steps ? Elementary.Log(ratio) : 0;
        }

        double start = first == 0
            ? -Elementary.Log1p(2 * sum)
            : Elementary.Log(-Elementary.Expm1(-2 * x)) - (0.5 * Elementary.Log(2 * Math.PI * x));
        return start + log;
    }
}

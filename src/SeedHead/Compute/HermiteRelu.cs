namespace SeedHead.Compute;

/// <summary>The Hermite expansion of a biased ReLU: (z + β)₊ = Σ c_k·h_k(z), h_k = He_k/√k!.</summary>
/// <remarks>
/// c₀ = β·Φ(β) + φ(β), c₁ = Φ(β), c_k = (−1)^k·φ(β)·a_k with a_k = He_{k−2}(β)/√k!, by a₂ = 1/√2, a₃ = β/√6,
/// a_k = β·a_{k−1}/√k − (k − 3)·a_{k−2}/√(k(k − 1)). Then E[(⟨w, x⟩ + b)₊·(⟨v, x⟩ + c)₊] = s·t·Σ c_k(b/s)·c_k(c/t)·ρ^k.
/// </remarks>
public static class HermiteRelu
{
    /// <summary>c₀ … c_{count − 1}. Error ≤ k·ε·φ(β) in c_k.</summary>
    /// <param name="beta">Bias.</param>
    /// <param name="count">Coefficients wanted, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">count is below 1.</exception>
    public static double[] Coefficients(double beta, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var c = new double[count];
        double density = ReluPair.Density(beta), before = 1 / Math.Sqrt(2), last = beta / Math.Sqrt(6);
        for (int k = 0; k < count; k++)
        {
            double a = k == 2 ? before : last;
            if (k > 3)
            {
                a = (beta * last / Math.Sqrt(k)) - ((k - 3) * before / Math.Sqrt(k * (k - 1.0)));
                (before, last) = (last, a);
            }

            c[k] = k == 0 ? ReluPair.Mean(beta) : k == 1 ? Elementary.NormalCdf(beta) : k % 2 == 0 ? density * a : -density * a;
        }

        return c;
    }

    /// <summary>Σ over k &gt; degree of c_k², as a share of E[(Z + β)₊²]: what remains when everything up to a degree is captured. Error ≤ 1e-14.</summary>
    /// <param name="beta">Bias.</param>
    /// <param name="degree">The degree, ≥ 0.</param>
    public static double ShareAbove(double beta, int degree)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(degree);
        double energy = ReluPair.Energy(beta), rest = energy;
        foreach (double c in Coefficients(beta, degree + 1))
        {
            rest -= c * c;
        }

        return Math.Max(0, rest) / energy;
    }
}

using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>First-layer tangent features x_j·1{⟨w_i, x⟩ &gt; 0} of N unbiased ReLU neurons, d a neuron, over x ~ N(0, I_d).</summary>
/// <remarks>
/// E[x·xᵀ·1{⟨u, x⟩ &gt; 0}·1{⟨v, x⟩ &gt; 0}] = (π − θ)/2π·I + sin θ/2π·(m·mᵀ − n·nᵀ), m = (u + v)/‖u + v‖, n = (u − v)/‖u − v‖, u and v of length 1, θ the angle between them.
/// With a neuron w* as target the products are block(w_i, w*)·w*. Error ≤ 1e-15 an entry, but 1e-15/θ² or 1e-15/(π − θ)² at most near those ends.
/// </remarks>
public static class TangentFeatures
{
    /// <summary>One block.</summary>
    /// <param name="u">[d], length 1.</param>
    /// <param name="v">[d], length 1.</param>
    /// <param name="block">[d × d] receives the expectation, row after row.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static void Block(ReadOnlySpan<double> u, ReadOnlySpan<double> v, Span<double> block)
    {
        int d = u.Length;
        if (v.Length != d || block.Length != d * d)
        {
            throw new ArgumentException($"u [{d}] and v [{v.Length}] must have the same length d, and the block [{block.Length}] d² numbers.");
        }

        double sum = 0, difference = 0;
        for (int i = 0; i < d; i++)
        {
            sum += (u[i] + v[i]) * (u[i] + v[i]);
            difference += (u[i] - v[i]) * (u[i] - v[i]);
        }

        // ‖u + v‖ = 2·cos(θ/2) and ‖u − v‖ = 2·sin(θ/2): no cancellation at either end
        double cos = Math.Sqrt(sum) / 2, sin = Math.Sqrt(difference) / 2, angle = 2 * Angle.Of(cos, sin), sinOfAngle = 2 * sin * cos;
        double even = (Math.PI - angle) / (2 * Math.PI);
        double along = sum > 0 ? sinOfAngle / (2 * Math.PI * sum) : 0, across = difference > 0 ? sinOfAngle / (2 * Math.PI * difference) : 0;
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
            {
                double value = (along * (u[i] + v[i]) * (u[j] + v[j])) - (across * (u[i] - v[i]) * (u[j] - v[j]));
                block[(i * d) + j] = value + (i == j ? even : 0);
            }
        }
    }
}

using SeedHead.Complexity;
using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>ψ(z) = [z + a]₊ + Σ 2·(−1)ⁿ·[z + a − 2n]₊ − 1 over n = 1 … a, a = 6d² + 1: a sum of ReLU neurons that is a triangle wave on [−a, a].</summary>
/// <remarks>Yehudai &amp; Shamir, "On the Power and Limitations of Random Features for Understanding Neural Networks", NeurIPS 2019, sec. 4. On [−a, a] it is odd, has
/// period 4 and values in [−1, 1], slope +1 at 0 for a = 1 mod 4, else −1; right of a it falls with slope −1, left of −a it is −1.</remarks>
public static class TriangleWave
{
    private const double Farthest = 39; // standard deviations; the normal density beyond is 0 in double

    /// <summary>a = 6d² + 1.</summary>
    /// <param name="dimension">d, from 1 to 10,000.</param>
    public static int Reach(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, 10_000);
        return checked((6 * dimension * dimension) + 1);
    }

    /// <summary>ψ(z), by its pieces: exact up to one rounding.</summary>
    /// <param name="z">Place.</param>
    /// <param name="reach">a, odd.</param>
    /// <exception cref="ArgumentException">a is even or below 1.</exception>
    public static double Value(double z, int reach)
    {
        RequireOdd(reach);
        if (z <= -reach)
        {
            return -1;
        }

        if (z >= reach)
        {
            return 1 - (z - reach);
        }

        double inPeriod = z + reach - (4 * Math.Floor((z + reach) / 4)); // ψ rises from −1 over two units, then falls
        return inPeriod <= 2 ? inPeriod - 1 : 3 - inPeriod;
    }

    /// <summary>E ψ(Z)² for Z ~ N(0, R²): ⅓ for large R. Error ≤ 1e-13.</summary>
    /// <param name="radius">R, from 0.1 to 1e4.</param>
    /// <param name="reach">a, odd.</param>
    public static double Energy(double radius, int reach) => Mean(radius, reach, double.NaN, z => Value(z, reach) * Value(z, reach));

    /// <summary>E[(Z + b)₊·ψ(Z)] for Z ~ N(0, R²). Error ≤ 1e-13·(1 + R + |b|).</summary>
    /// <remarks>Gauss-Legendre with 40 points on every straight piece, the one with −b cut in two.</remarks>
    /// <param name="bias">b.</param>
    /// <param name="radius">R, from 0.1 to 1e4.</param>
    /// <param name="reach">a, odd.</param>
    public static double WithRelu(double bias, double radius, int reach) => Mean(radius, reach, -bias, z => Math.Max(0, z + bias) * Value(z, reach));

    /// <summary>The smallest r·max|u|·B that a predictor Σ u_i·f_i of r fixed functions with ‖f_i‖ ≤ B needs for an error, for most directions of a neuron.</summary>
    /// <remarks>
    /// √(δ/λ)·(|E[g·ψ]| − √(ε·E ψ²))₊ for g = [⟨w, x⟩ + b]₊, ‖w‖ = R, λ = 32/π⁴·λ_sin((πR/2)²): with probability 1 − δ over w. By Chebyshev from
    /// <see cref="ZonalKernel.LogSineEigenvalue"/>; the first harmonic alone counts, the others weigh less than 1e-8 of it for R ≥ 2.
    /// </remarks>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="radius">R.</param>
    /// <param name="bias">b.</param>
    /// <param name="error">ε, mean squared, ≥ 0.</param>
    /// <param name="doubt">δ, in (0, 1].</param>
    /// <returns>The natural logarithm; −∞ where nothing is certified.</returns>
    public static double LogWeightsNeeded(int dimension, double radius, double bias, double error, double doubt)
    {
        int reach = Reach(dimension);
        double excess = Math.Abs(WithRelu(bias, radius, reach)) - Math.Sqrt(error * Energy(radius, reach));
        double s = Math.PI * radius / 2 * (Math.PI * radius / 2);
        double eigenvalue = Elementary.Log(32 / (Math.PI * Math.PI * Math.PI * Math.PI)) + ZonalKernel.LogSineEigenvalue(dimension, s);
        return excess <= 0 ? double.NegativeInfinity : (0.5 * (Elementary.Log(doubt) - eigenvalue)) + Elementary.Log(excess);
    }

    /// <summary>The mean squared error that every predictor orthogonal to ψ keeps: E[g·ψ]²/E ψ².</summary>
    /// <param name="dimension">d ≥ 1.</param>
    /// <param name="radius">R.</param>
    /// <param name="bias">b.</param>
    public static double Floor(int dimension, double radius, double bias)
    {
        double product = WithRelu(bias, radius, Reach(dimension));
        return product * product / Energy(radius, Reach(dimension));
    }

    private static double Mean(double radius, int reach, double kink, Func<double, double> function)
    {
        if (!(radius >= 0.1 && radius <= 1e4))
        {
            throw new ArgumentOutOfRangeException(nameof(radius), radius, "R lies from 0.1 to 10,000.");
        }

        RequireOdd(reach);
        double end = Farthest * radius, sum = 0;
        double first = (2 * Math.Floor((-end - 1) / 2)) + 1; // corners of the wave lie at odd places
        for (double corner = first; corner < end; corner += 2)
        {
            sum += corner < kink && kink < corner + 2
                ? Piece(corner, kink, radius, function) + Piece(kink, corner + 2, radius, function)
                : Piece(corner, corner + 2, radius, function);
        }

        return sum;
    }

    private static double Piece(double from, double to, double radius, Func<double, double> function)
    {
        var rule = GaussLegendre.Of(40);
        double middle = (from + to) / 2, half = (to - from) / 2, sum = 0;
        for (int i = 0; i < rule.Nodes.Length; i++)
        {
            double z = middle + (half * rule.Nodes[i]);
            sum += rule.Weights[i] * function(z) * ReluPair.Density(z / radius);
        }

        return sum * half / radius;
    }

    private static void RequireOdd(int reach)
    {
        if (reach < 1 || reach % 2 == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(reach), reach, "a is odd and at least 1.");
        }
    }
}

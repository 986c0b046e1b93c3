using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Training;

/// <summary>Batches mixed with themselves: λ·x + (1 − λ)·x′, x′ the input that stands as far from the batch's other end, λ of Beta(α, α) for each batch.</summary>
/// <remarks>
/// λ = u^{1/α} / (u^{1/α} + v^{1/α}) for the first pair of uniform numbers whose sum of powers is at most 1 (Jöhnk 1964). A function of (seed, step).
/// Source: Zhang, Cissé, Dauphin &amp; Lopez-Paz, "mixup", ICLR 2018.
/// </remarks>
internal static unsafe class Mixup
{
    private const int StepPurpose = 405; // of Order.Key
    private const int PairPurpose = 406;

    /// <summary>λ of a step.</summary>
    /// <param name="alpha">α, above 0 and at most 1.</param>
    /// <param name="seed">The seed of training.</param>
    /// <param name="step">The number of the step.</param>
    public static double Share(double alpha, ulong seed, int step)
    {
        ulong key = Order.Key(seed, StepPurpose, step);
        for (int pair = 0; ; pair++)
        {
            ulong words = Order.Key(key, PairPurpose, pair);
            double x = Logarithm((uint)words) / alpha, y = Logarithm((uint)(words >> 32)) / alpha; // of the powers, which may be too small for a number
            if (Math.Max(x, y) + Elementary.Log(1 + Elementary.Exp(-Math.Abs(x - y))) <= 0)
            {
                return 1 / (1 + Elementary.Exp(y - x));
            }
        }
    }

    /// <summary>Mixes the rows [count × columns] of a batch.</summary>
    public static void Apply(double share, float* rows, int count, int columns)
    {
        float own = (float)share, other = (float)(1 - share);
        for (int i = 0; i < (count + 1) / 2; i++)
        {
            float* a = rows + ((long)i * columns), b = rows + ((long)(count - 1 - i) * columns);
            for (int j = 0; j < columns; j++)
            {
                (a[j], b[j]) = (float.FusedMultiplyAdd(own, a[j], other * b[j]), float.FusedMultiplyAdd(own, b[j], other * a[j]));
            }
        }
    }

    private static double Logarithm(uint word) => Elementary.Log((word + 0.5) / 4294967296.0);
}

using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Kernels;

/// <summary>What a layer does to covariances and tangent kernels.</summary>
internal abstract class KernelStep
{
    public abstract void Run(KernelTile tile);

    public static void RunAll(IReadOnlyList<KernelStep> steps, KernelTile tile)
    {
        foreach (KernelStep step in steps)
        {
            step.Run(tile);
        }
    }
}

/// <summary>What passes between steps: P pixels (1 for plain vectors), with all their pairs or each with itself only.</summary>
internal readonly record struct PixelPairs(int Pixels, bool All)
{
    public long Count => All ? (long)Pixels * Pixels : Pixels;

    /// <summary>Where the pair of a pixel with itself stands.</summary>
    public long Diagonal(int pixel) => All ? ((long)pixel * Pixels) + pixel : pixel;
}

/// <summary>Random weights: K ← σ_b² + σ_w²·K, Θ ← K + σ_w²·Θ.</summary>
internal sealed class WeightStep(PixelPairs pairs, double weightVariance, double biasVariance) : KernelStep
{
    public override unsafe void Run(KernelTile tile)
    {
        long count = tile.Kept(pairs).Count;
        for (long q = 0; q < count; q++)
        {
            Span<double> covariance = tile.Covariances(q);
            Elementwise.Affine(covariance, weightVariance, biasVariance);
            if (tile.Tangent != null)
            {
                Elementwise.AffineAdding(tile.Tangents(q), weightVariance, covariance);
            }
        }
    }
}

/// <summary>K ← factor·K, Θ ← factor·Θ.</summary>
internal sealed class FactorStep(PixelPairs pairs, double factor) : KernelStep
{
    public override unsafe void Run(KernelTile tile)
    {
        long count = tile.Kept(pairs).Count;
        for (long q = 0; q < count; q++)
        {
            Elementwise.Affine(tile.Covariances(q), factor, 0);
            if (tile.Tangent != null)
            {
                Elementwise.Affine(tile.Tangents(q), factor, 0);
            }
        }
    }
}

/// <summary>K ← E[φ(u)φ(v)], Θ ← Θ·E[φ′(u)φ′(v)].</summary>
internal sealed class ActivationStep(PixelPairs pairs, int slot, Activation activation) : KernelStep
{
    public override unsafe void Run(KernelTile tile)
    {
        for (int p = 0; tile.Recording && p < pairs.Pixels; p++)
        {
            tile.Record(slot, p, tile.Covariances(pairs.Diagonal(p))[0]);
        }

        PixelPairs kept = tile.Kept(pairs);
        double* room = tile.Tangent == null ? null : tile.Take(tile.Count);
        var gradient = new Span<double>(room, room == null ? 0 : tile.Count);
        for (int p = 0; p < kept.Pixels; p++)
        {
            for (int other = kept.All ? 0 : p; other < (kept.All ? kept.Pixels : p + 1); other++)
            {
                long q = kept.All ? ((long)p * kept.Pixels) + other : p;
                activation.Duals(tile.RowVariance(slot, tile.RowPixel(p)), tile.ColumnVariances(slot, tile.ColumnPixel(other)), tile.Covariances(q), gradient);
                if (tile.Tangent != null)
                {
                    Elementwise.Multiply(tile.Tangents(q), gradient);
                }
            }
        }

        tile.Give(room);
    }
}

/// <summary>Layer norm: K and Θ over √((V(x) + ε)·(V(x′) + ε)), V the mean variance of a point's pixels, ε = 10⁻⁵.</summary>
internal sealed class NormStep(PixelPairs pairs, int slot) : KernelStep
{
    public const double Epsilon = 1e-5f;

    public override unsafe void Run(KernelTile tile)
    {
        if (tile.Recording)
        {
            double sum = 0;
            for (int p = 0; p < pairs.Pixels; p++)
            {
                sum += tile.Covariances(pairs.Diagonal(p))[0];
            }

            tile.Record(slot, 0, sum / pairs.Pixels);
        }

        double* room = tile.Take(tile.Count);
        var factors = new Span<double>(room, tile.Count);
        double variance = tile.RowVariance(slot, 0) + Epsilon;
        ReadOnlySpan<double> others = tile.ColumnVariances(slot, 0);
        for (int j = 0; j < factors.Length; j++)
        {
            factors[j] = 1 / Math.Sqrt(variance * (others[j] + Epsilon));
        }

        long count = tile.Kept(pairs).Count;
        for (long q = 0; q < count; q++)
        {
            Elementwise.Multiply(tile.Covariances(q), factors);
            if (tile.Tangent != null)
            {
                Elementwise.Multiply(tile.Tangents(q), factors);
            }
        }

        tile.Give(room);
    }
}

using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>Two branches of what comes in, joined number by number.</summary>
internal abstract unsafe class BranchStep(PixelPairs before, PixelPairs after, IReadOnlyList<KernelStep> first, IReadOnlyList<KernelStep> second) : KernelStep
{
    public override void Run(KernelTile tile)
    {
        long length = tile.Kept(before).Count * tile.Count, joined = tile.Kept(after).Count;
        double* covariance = tile.Copy(tile.Covariance, length), tangent = tile.Copy(tile.Tangent, length);
        RunAll(first, tile);
        double* firstCovariance = tile.Covariance, firstTangent = tile.Tangent;
        tile.Covariance = covariance;
        tile.Tangent = tangent;
        RunAll(second, tile);
        for (long q = 0; q < joined; q++)
        {
            var k = new Span<double>(firstCovariance + (q * tile.Count), tile.Count);
            Join(k, tile.Covariances(q), tangent == null ? default : new(firstTangent + (q * tile.Count), tile.Count), tangent == null ? default : tile.Tangents(q));
        }

        tile.Give(tile.Covariance);
        tile.Give(tile.Tangent);
        tile.Covariance = firstCovariance;
        tile.Tangent = firstTangent;
    }

    /// <summary>Writes the join over the first branch; without a tangent kernel its spans are empty.</summary>
    protected abstract void Join(Span<double> k, ReadOnlySpan<double> otherK, Span<double> t, ReadOnlySpan<double> otherT);
}

/// <summary>Weighted sums of kernels: 1 and 1 for residuals, shares of channels for joined channels.</summary>
internal sealed class SumStep(
    PixelPairs before, PixelPairs after, IReadOnlyList<KernelStep> first, IReadOnlyList<KernelStep> second, double firstShare = 1, double secondShare = 1)
    : BranchStep(before, after, first, second)
{
    protected override void Join(Span<double> k, ReadOnlySpan<double> otherK, Span<double> t, ReadOnlySpan<double> otherT)
    {
        Weighted(k, otherK);
        Weighted(t, otherT);
    }

    private void Weighted(Span<double> x, ReadOnlySpan<double> y)
    {
        Elementwise.Affine(x, firstShare, 0);
        Elementwise.AddTimes(x, secondShare, y);
    }
}

/// <summary>Products of independent factors f·g: K = K_f·K_g, Θ = Θ_f·K_g + K_f·Θ_g.</summary>
internal sealed class ProductStep(PixelPairs before, PixelPairs after, IReadOnlyList<KernelStep> first, IReadOnlyList<KernelStep> second)
    : BranchStep(before, after, first, second)
{
    protected override void Join(Span<double> k, ReadOnlySpan<double> otherK, Span<double> t, ReadOnlySpan<double> otherT)
    {
        for (int j = 0; j < t.Length; j++)
        {
            t[j] = Math.FusedMultiplyAdd(t[j], otherK[j], k[j] * otherT[j]);
        }

        Elementwise.Multiply(k, otherK);
    }
}

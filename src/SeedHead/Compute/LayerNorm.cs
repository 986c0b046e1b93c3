using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>z ← (z − m)·(1/√(v + ε)) with the mean m and the biased variance v of the numbers z₀ … z₍ₙ₋₁₎ of one point, ε = 10⁻⁵.</summary>
/// <remarks>
/// m = s/n and v = q/n. s and q are sums with 16 lanes: zᵢ is added to lane i mod 16, (zᵢ − m)² fused to its lane; the lanes are folded in halves. Two passes, so
/// that a large mean does not swallow the variance. The points of a panel keep sixteen rows of lanes instead of sixteen lanes of one vector.
/// </remarks>
internal static unsafe class LayerNorm
{
    private const float Epsilon = 1e-5f;
    private const int Lanes = 16;

    /// <summary>The numbers of one point, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(Span<float> z)
    {
        int whole = z.Length / Lanes * Lanes;
        var inside = Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(z.Length - whole)).AsSingle();
        Span<float> rest = stackalloc float[Lanes]; // padded with zeros, which add nothing
        rest.Clear();
        z[whole..].CopyTo(rest);
        var last = Vector512.Create<float>(rest);

        var sums = Vector512<float>.Zero;
        for (int i = 0; i < whole; i += Lanes)
        {
            sums += Vector512.Create<float>(z[i..]);
        }

        var mean = Vector512.Create(Fold(sums + last) / z.Length);
        sums = Vector512<float>.Zero;
        for (int i = 0; i < whole; i += Lanes)
        {
            var d = Vector512.Create<float>(z[i..]) - mean;
            sums = Vector512.FusedMultiplyAdd(d, d, sums);
        }

        var off = (last - mean) & inside;
        sums = Vector512.FusedMultiplyAdd(off, off, sums);
        var scale = Vector512.Create(1 / MathF.Sqrt((Fold(sums) / z.Length) + Epsilon));
        for (int i = 0; i < whole; i += Lanes)
        {
            ((Vector512.Create<float>(z[i..]) - mean) * scale).CopyTo(z[i..]);
        }

        (off * scale).CopyTo(rest);
        rest[..(z.Length - whole)].CopyTo(z[whole..]);
    }

    /// <summary>The points of a panel [features × <see cref="Panel.Points"/>].</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Points(float* z, int features)
    {
        float* sums = stackalloc float[Lanes * Panel.Points];
        var n = Vector512.Create((float)features);
        for (int lane = 0; lane < Lanes; lane++)
        {
            Sum(z, features, lane, sums + lane * Panel.Points);
        }

        Fold(sums);
        var mean0 = Vector512.Load(sums) / n;
        var mean1 = Vector512.Load(sums + Lanes) / n;
        for (int lane = 0; lane < Lanes; lane++)
        {
            SumOfSquares(z, features, lane, mean0, mean1, sums + lane * Panel.Points);
        }

        Fold(sums);
        var scale0 = Vector512<float>.One / Vector512.Sqrt((Vector512.Load(sums) / n) + Vector512.Create(Epsilon));
        var scale1 = Vector512<float>.One / Vector512.Sqrt((Vector512.Load(sums + Lanes) / n) + Vector512.Create(Epsilon));
        for (float* end = z + (nint)features * Panel.Points; z < end; z += Panel.Points)
        {
            ((Vector512.Load(z) - mean0) * scale0).Store(z);
            ((Vector512.Load(z + Lanes) - mean1) * scale1).Store(z + Lanes);
        }
    }

    /// <summary>The sum of one lane, for two vectors of points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum(float* z, int features, int lane, float* sums)
    {
        var (sum0, sum1) = (Vector512<float>.Zero, Vector512<float>.Zero);
        for (int i = lane; i < features; i += Lanes)
        {
            float* row = z + (nint)i * Panel.Points;
            sum0 += Vector512.Load(row);
            sum1 += Vector512.Load(row + Lanes);
        }

        sum0.Store(sums);
        sum1.Store(sums + Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumOfSquares(float* z, int features, int lane, Vector512<float> mean0, Vector512<float> mean1, float* sums)
    {
        var (sum0, sum1) = (Vector512<float>.Zero, Vector512<float>.Zero);
        for (int i = lane; i < features; i += Lanes)
        {
            float* row = z + (nint)i * Panel.Points;
            var d0 = Vector512.Load(row) - mean0;
            var d1 = Vector512.Load(row + Lanes) - mean1;
            sum0 = Vector512.FusedMultiplyAdd(d0, d0, sum0);
            sum1 = Vector512.FusedMultiplyAdd(d1, d1, sum1);
        }

        sum0.Store(sums);
        sum1.Store(sums + Lanes);
    }

    /// <summary>16 → 8 → 4 → 2 → 1 rows of lanes.</summary>
    private static void Fold(float* sums)
    {
        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half * Panel.Points; i += Lanes)
            {
                (Vector512.Load(sums + i) + Vector512.Load(sums + half * Panel.Points + i)).Store(sums + i);
            }
        }
    }

    /// <summary>16 → 8 → 4 → 2 → 1 lanes.</summary>
    private static float Fold(Vector512<float> sums)
    {
        Vector256<float> eight = sums.GetLower() + sums.GetUpper();
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        return four[0] + four[2] + (four[1] + four[3]);
    }
}

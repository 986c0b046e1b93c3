using System.Diagnostics;
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Points(float* z, int features)
    {
        float* sums = stackalloc float[(Lanes + 3) * Panel.Points], mean = sums + Lanes * Panel.Points, scale = mean + Panel.Points;
        new Span<float>(sums, Lanes * Panel.Points).Clear();
        for (int i = 0; i < features; i++)
        {
            Add(z + (nint)i * Panel.Points, sums + i % Lanes * Panel.Points);
        }

        Fold(sums);
        var n = Vector512.Create((float)features);
        for (int p = 0; p < Panel.Points; p += Lanes)
        {
            (Vector512.Load(sums + p) / n).Store(mean + p);
        }

        new Span<float>(sums, Lanes * Panel.Points).Clear();
        for (int i = 0; i < features; i++)
        {
            AddSquares(z + (nint)i * Panel.Points, mean, sums + i % Lanes * Panel.Points);
        }

        Fold(sums);
        for (int p = 0; p < Panel.Points; p += Lanes)
        {
            (Vector512<float>.One / Vector512.Sqrt((Vector512.Load(sums + p) / n) + Vector512.Create(Epsilon))).Store(scale + p);
        }

        for (int i = 0; i < features; i++)
        {
            float* row = z + (nint)i * Panel.Points;
            for (int p = 0; p < Panel.Points; p += Lanes)
            {
                ((Vector512.Load(row + p) - Vector512.Load(mean + p)) * Vector512.Load(scale + p)).Store(row + p);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* row, float* sums)
    {
        for (int p = 0; p < Panel.Points; p += Lanes)
        {
            (Vector512.Load(sums + p) + Vector512.Load(row + p)).Store(sums + p);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSquares(float* row, float* mean, float* sums)
    {
        for (int p = 0; p < Panel.Points; p += Lanes)
        {
            var d = Vector512.Load(row + p) - Vector512.Load(mean + p);
            Vector512.FusedMultiplyAdd(d, d, Vector512.Load(sums + p)).Store(sums + p);
        }
    }

    /// <summary>16 → 8 → 4 → 2 → 1 rows of lanes.</summary>
    private static void Fold(float* sums)
    {
        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int lane = 0; lane < half; lane++)
            {
                Add(sums + (half + lane) * Panel.Points, sums + lane * Panel.Points);
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

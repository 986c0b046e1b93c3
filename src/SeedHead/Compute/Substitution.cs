using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

/// <summary>
/// Substitution with a small triangle and <see cref="Lanes"/> right-hand sides side by side. For t = 0, 1, …: x[t] ← x[t] − Σ l[t, s]·x[s] as
/// one chain of fused multiply-adds over s = 0 … t−1, then times the rounded reciprocal of l[t, t].
/// </summary>
/// <remarks>Element l[t, s] lies at t·lRow + s·lColumn, so negative strides run the substitution from the last unknown to the first.</remarks>
internal static unsafe class Substitution
{
    public const int Lanes = 64;

    public static void Solve(int count, double* l, nint lRow, nint lColumn, double* x, nint xRow)
    {
        if (Avx512F.IsSupported)
        {
            Solve512(count, l, lRow, lColumn, x, xRow);
        }
        else
        {
            Solve256(count, l, lRow, lColumn, x, xRow);
            Solve256(count, l, lRow, lColumn, x + Lanes / 2, xRow);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Solve512(int count, double* l, nint lRow, nint lColumn, double* x, nint xRow)
    {
        for (int t = 0; t < count; t++, l += lRow)
        {
            double* to = x + t * xRow;
            var v0 = Vector512.Load(to);
            var v1 = Vector512.Load(to + 8);
            var v2 = Vector512.Load(to + 16);
            var v3 = Vector512.Load(to + 24);
            var v4 = Vector512.Load(to + 32);
            var v5 = Vector512.Load(to + 40);
            var v6 = Vector512.Load(to + 48);
            var v7 = Vector512.Load(to + 56);
            double* from = x;
            double* factor = l;
            for (int s = 0; s < t; s++, from += xRow, factor += lColumn)
            {
                var c = Vector512.Create(-*factor);
                v0 = Vector512.FusedMultiplyAdd(c, Vector512.Load(from), v0);
                v1 = Vector512.FusedMultiplyAdd(c, Vector512.Load(from + 8), v1);
                v2 = Vector512.FusedMultiplyAdd(c, Vector512.Load(from + 16), v2);
                v3 = Vector512.FusedMultiplyAdd(c, Vector512.Load(from + 24), v3);
                v4 = Vector512.FusedMultiplyAdd(c, Vector512.Load(from + 32), v4);
                v5 = Vector512.FusedMultiplyAdd(c, Vector512.Load(from + 40), v5);
                v6 = Vector512.FusedMultiplyAdd(c, Vector512.Load(from + 48), v6);
                v7 = Vector512.FusedMultiplyAdd(c, Vector512.Load(from + 56), v7);
            }

            var reciprocal = Vector512.Create(1 / *factor);
            (v0 * reciprocal).Store(to);
            (v1 * reciprocal).Store(to + 8);
            (v2 * reciprocal).Store(to + 16);
            (v3 * reciprocal).Store(to + 24);
            (v4 * reciprocal).Store(to + 32);
            (v5 * reciprocal).Store(to + 40);
            (v6 * reciprocal).Store(to + 48);
            (v7 * reciprocal).Store(to + 56);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Solve256(int count, double* l, nint lRow, nint lColumn, double* x, nint xRow)
    {
        for (int t = 0; t < count; t++, l += lRow)
        {
            double* to = x + t * xRow;
            var v0 = Vector256.Load(to);
            var v1 = Vector256.Load(to + 4);
            var v2 = Vector256.Load(to + 8);
            var v3 = Vector256.Load(to + 12);
            var v4 = Vector256.Load(to + 16);
            var v5 = Vector256.Load(to + 20);
            var v6 = Vector256.Load(to + 24);
            var v7 = Vector256.Load(to + 28);
            double* from = x;
            double* factor = l;
            for (int s = 0; s < t; s++, from += xRow, factor += lColumn)
            {
                var c = Vector256.Create(-*factor);
                v0 = Vector256.FusedMultiplyAdd(c, Vector256.Load(from), v0);
                v1 = Vector256.FusedMultiplyAdd(c, Vector256.Load(from + 4), v1);
                v2 = Vector256.FusedMultiplyAdd(c, Vector256.Load(from + 8), v2);
                v3 = Vector256.FusedMultiplyAdd(c, Vector256.Load(from + 12), v3);
                v4 = Vector256.FusedMultiplyAdd(c, Vector256.Load(from + 16), v4);
                v5 = Vector256.FusedMultiplyAdd(c, Vector256.Load(from + 20), v5);
                v6 = Vector256.FusedMultiplyAdd(c, Vector256.Load(from + 24), v6);
                v7 = Vector256.FusedMultiplyAdd(c, Vector256.Load(from + 28), v7);
            }

            var reciprocal = Vector256.Create(1 / *factor);
            (v0 * reciprocal).Store(to);
            (v1 * reciprocal).Store(to + 4);
            (v2 * reciprocal).Store(to + 8);
            (v3 * reciprocal).Store(to + 12);
            (v4 * reciprocal).Store(to + 16);
            (v5 * reciprocal).Store(to + 20);
            (v6 * reciprocal).Store(to + 24);
            (v7 * reciprocal).Store(to + 28);
        }
    }
}

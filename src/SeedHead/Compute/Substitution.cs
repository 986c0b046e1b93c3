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
        int together = Avx512F.IsSupported ? 32 : 8;
        for (int lane = 0; lane < Lanes; lane += together)
        {
            if (Avx512F.IsSupported)
            {
                Solve512(count, l, lRow, lColumn, x + lane, xRow);
            }
            else
            {
                Solve256(count, l, lRow, lColumn, x + lane, xRow);
            }
        }
    }

    /// <summary>32 right-hand sides. Four unknowns at a time share the loads of those before them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Solve512(int count, double* l, nint lRow, nint lColumn, double* x, nint xRow)
    {
        int t = 0;
        for (; t + 4 <= count; t += 4)
        {
            double* to = x + t * xRow, l0 = l + t * lRow, l1 = l0 + lRow, l2 = l1 + lRow, l3 = l2 + lRow;
            var v00 = Vector512.Load(to);
            var v01 = Vector512.Load(to + 8);
            var v02 = Vector512.Load(to + 16);
            var v03 = Vector512.Load(to + 24);
            var v10 = Vector512.Load(to + xRow);
            var v11 = Vector512.Load(to + xRow + 8);
            var v12 = Vector512.Load(to + xRow + 16);
            var v13 = Vector512.Load(to + xRow + 24);
            var v20 = Vector512.Load(to + 2 * xRow);
            var v21 = Vector512.Load(to + 2 * xRow + 8);
            var v22 = Vector512.Load(to + 2 * xRow + 16);
            var v23 = Vector512.Load(to + 2 * xRow + 24);
            var v30 = Vector512.Load(to + 3 * xRow);
            var v31 = Vector512.Load(to + 3 * xRow + 8);
            var v32 = Vector512.Load(to + 3 * xRow + 16);
            var v33 = Vector512.Load(to + 3 * xRow + 24);
            double* from = x;
            for (int s = 0; s < t; s++, from += xRow, l0 += lColumn, l1 += lColumn, l2 += lColumn, l3 += lColumn)
            {
                var x0 = Vector512.Load(from);
                var x1 = Vector512.Load(from + 8);
                var x2 = Vector512.Load(from + 16);
                var x3 = Vector512.Load(from + 24);
                var c0 = Vector512.Create(-*l0);
                v00 = Vector512.FusedMultiplyAdd(c0, x0, v00);
                v01 = Vector512.FusedMultiplyAdd(c0, x1, v01);
                v02 = Vector512.FusedMultiplyAdd(c0, x2, v02);
                v03 = Vector512.FusedMultiplyAdd(c0, x3, v03);
                var c1 = Vector512.Create(-*l1);
                v10 = Vector512.FusedMultiplyAdd(c1, x0, v10);
                v11 = Vector512.FusedMultiplyAdd(c1, x1, v11);
                v12 = Vector512.FusedMultiplyAdd(c1, x2, v12);
                v13 = Vector512.FusedMultiplyAdd(c1, x3, v13);
                var c2 = Vector512.Create(-*l2);
                v20 = Vector512.FusedMultiplyAdd(c2, x0, v20);
                v21 = Vector512.FusedMultiplyAdd(c2, x1, v21);
                v22 = Vector512.FusedMultiplyAdd(c2, x2, v22);
                v23 = Vector512.FusedMultiplyAdd(c2, x3, v23);
                var c3 = Vector512.Create(-*l3);
                v30 = Vector512.FusedMultiplyAdd(c3, x0, v30);
                v31 = Vector512.FusedMultiplyAdd(c3, x1, v31);
                v32 = Vector512.FusedMultiplyAdd(c3, x2, v32);
                v33 = Vector512.FusedMultiplyAdd(c3, x3, v33);
            }

            var r0 = Vector512.Create(1 / *l0);
            v00 *= r0;
            v01 *= r0;
            v02 *= r0;
            v03 *= r0;
            var d01 = Vector512.Create(-*l1);
            v10 = Vector512.FusedMultiplyAdd(d01, v00, v10);
            v11 = Vector512.FusedMultiplyAdd(d01, v01, v11);
            v12 = Vector512.FusedMultiplyAdd(d01, v02, v12);
            v13 = Vector512.FusedMultiplyAdd(d01, v03, v13);
            var d02 = Vector512.Create(-*l2);
            v20 = Vector512.FusedMultiplyAdd(d02, v00, v20);
            v21 = Vector512.FusedMultiplyAdd(d02, v01, v21);
            v22 = Vector512.FusedMultiplyAdd(d02, v02, v22);
            v23 = Vector512.FusedMultiplyAdd(d02, v03, v23);
            var d03 = Vector512.Create(-*l3);
            v30 = Vector512.FusedMultiplyAdd(d03, v00, v30);
            v31 = Vector512.FusedMultiplyAdd(d03, v01, v31);
            v32 = Vector512.FusedMultiplyAdd(d03, v02, v32);
            v33 = Vector512.FusedMultiplyAdd(d03, v03, v33);
            var r1 = Vector512.Create(1 / l1[lColumn]);
            v10 *= r1;
            v11 *= r1;
            v12 *= r1;
            v13 *= r1;
            var d12 = Vector512.Create(-l2[lColumn]);
            v20 = Vector512.FusedMultiplyAdd(d12, v10, v20);
            v21 = Vector512.FusedMultiplyAdd(d12, v11, v21);
            v22 = Vector512.FusedMultiplyAdd(d12, v12, v22);
            v23 = Vector512.FusedMultiplyAdd(d12, v13, v23);
            var d13 = Vector512.Create(-l3[lColumn]);
            v30 = Vector512.FusedMultiplyAdd(d13, v10, v30);
            v31 = Vector512.FusedMultiplyAdd(d13, v11, v31);
            v32 = Vector512.FusedMultiplyAdd(d13, v12, v32);
            v33 = Vector512.FusedMultiplyAdd(d13, v13, v33);
            var r2 = Vector512.Create(1 / l2[2 * lColumn]);
            v20 *= r2;
            v21 *= r2;
            v22 *= r2;
            v23 *= r2;
            var d23 = Vector512.Create(-l3[2 * lColumn]);
            v30 = Vector512.FusedMultiplyAdd(d23, v20, v30);
            v31 = Vector512.FusedMultiplyAdd(d23, v21, v31);
            v32 = Vector512.FusedMultiplyAdd(d23, v22, v32);
            v33 = Vector512.FusedMultiplyAdd(d23, v23, v33);
            var r3 = Vector512.Create(1 / l3[3 * lColumn]);
            v30 *= r3;
            v31 *= r3;
            v32 *= r3;
            v33 *= r3;
            v00.Store(to);
            v01.Store(to + 8);
            v02.Store(to + 16);
            v03.Store(to + 24);
            v10.Store(to + xRow);
            v11.Store(to + xRow + 8);
            v12.Store(to + xRow + 16);
            v13.Store(to + xRow + 24);
            v20.Store(to + 2 * xRow);
            v21.Store(to + 2 * xRow + 8);
            v22.Store(to + 2 * xRow + 16);
            v23.Store(to + 2 * xRow + 24);
            v30.Store(to + 3 * xRow);
            v31.Store(to + 3 * xRow + 8);
            v32.Store(to + 3 * xRow + 16);
            v33.Store(to + 3 * xRow + 24);
        }

        for (; t < count; t++)
        {
            double* to = x + t * xRow, from = x, factor = l + t * lRow;
            var v0 = Vector512.Load(to);
            var v1 = Vector512.Load(to + 8);
            var v2 = Vector512.Load(to + 16);
            var v3 = Vector512.Load(to + 24);
            for (int s = 0; s < t; s++, from += xRow, factor += lColumn)
            {
                var c = Vector512.Create(-*factor);
                v0 = Vector512.FusedMultiplyAdd(c, Vector512.Load(from), v0);
                v1 = Vector512.FusedMultiplyAdd(c, Vector512.Load(from + 8), v1);
                v2 = Vector512.FusedMultiplyAdd(c, Vector512.Load(from + 16), v2);
                v3 = Vector512.FusedMultiplyAdd(c, Vector512.Load(from + 24), v3);
            }

            var reciprocal = Vector512.Create(1 / *factor);
            (v0 * reciprocal).Store(to);
            (v1 * reciprocal).Store(to + 8);
            (v2 * reciprocal).Store(to + 16);
            (v3 * reciprocal).Store(to + 24);
        }
    }

    /// <summary>8 right-hand sides. Four unknowns at a time share the loads of those before them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Solve256(int count, double* l, nint lRow, nint lColumn, double* x, nint xRow)
    {
        int t = 0;
        for (; t + 4 <= count; t += 4)
        {
            double* to = x + t * xRow, l0 = l + t * lRow, l1 = l0 + lRow, l2 = l1 + lRow, l3 = l2 + lRow;
            var v00 = Vector256.Load(to);
            var v01 = Vector256.Load(to + 4);
            var v10 = Vector256.Load(to + xRow);
            var v11 = Vector256.Load(to + xRow + 4);
            var v20 = Vector256.Load(to + 2 * xRow);
            var v21 = Vector256.Load(to + 2 * xRow + 4);
            var v30 = Vector256.Load(to + 3 * xRow);
            var v31 = Vector256.Load(to + 3 * xRow + 4);
            double* from = x;
            for (int s = 0; s < t; s++, from += xRow, l0 += lColumn, l1 += lColumn, l2 += lColumn, l3 += lColumn)
            {
                var x0 = Vector256.Load(from);
                var x1 = Vector256.Load(from + 4);
                var c0 = Vector256.Create(-*l0);
                v00 = Vector256.FusedMultiplyAdd(c0, x0, v00);
                v01 = Vector256.FusedMultiplyAdd(c0, x1, v01);
                var c1 = Vector256.Create(-*l1);
                v10 = Vector256.FusedMultiplyAdd(c1, x0, v10);
                v11 = Vector256.FusedMultiplyAdd(c1, x1, v11);
                var c2 = Vector256.Create(-*l2);
                v20 = Vector256.FusedMultiplyAdd(c2, x0, v20);
                v21 = Vector256.FusedMultiplyAdd(c2, x1, v21);
                var c3 = Vector256.Create(-*l3);
                v30 = Vector256.FusedMultiplyAdd(c3, x0, v30);
                v31 = Vector256.FusedMultiplyAdd(c3, x1, v31);
            }

            var r0 = Vector256.Create(1 / *l0);
            v00 *= r0;
            v01 *= r0;
            var d01 = Vector256.Create(-*l1);
            v10 = Vector256.FusedMultiplyAdd(d01, v00, v10);
            v11 = Vector256.FusedMultiplyAdd(d01, v01, v11);
            var d02 = Vector256.Create(-*l2);
            v20 = Vector256.FusedMultiplyAdd(d02, v00, v20);
            v21 = Vector256.FusedMultiplyAdd(d02, v01, v21);
            var d03 = Vector256.Create(-*l3);
            v30 = Vector256.FusedMultiplyAdd(d03, v00, v30);
            v31 = Vector256.FusedMultiplyAdd(d03, v01, v31);
            var r1 = Vector256.Create(1 / l1[lColumn]);
            v10 *= r1;
            v11 *= r1;
            var d12 = Vector256.Create(-l2[lColumn]);
            v20 = Vector256.FusedMultiplyAdd(d12, v10, v20);
            v21 = Vector256.FusedMultiplyAdd(d12, v11, v21);
            var d13 = Vector256.Create(-l3[lColumn]);
            v30 = Vector256.FusedMultiplyAdd(d13, v10, v30);
            v31 = Vector256.FusedMultiplyAdd(d13, v11, v31);
            var r2 = Vector256.Create(1 / l2[2 * lColumn]);
            v20 *= r2;
            v21 *= r2;
            var d23 = Vector256.Create(-l3[2 * lColumn]);
            v30 = Vector256.FusedMultiplyAdd(d23, v20, v30);
            v31 = Vector256.FusedMultiplyAdd(d23, v21, v31);
            var r3 = Vector256.Create(1 / l3[3 * lColumn]);
            v30 *= r3;
            v31 *= r3;
            v00.Store(to);
            v01.Store(to + 4);
            v10.Store(to + xRow);
            v11.Store(to + xRow + 4);
            v20.Store(to + 2 * xRow);
            v21.Store(to + 2 * xRow + 4);
            v30.Store(to + 3 * xRow);
            v31.Store(to + 3 * xRow + 4);
        }

        for (; t < count; t++)
        {
            double* to = x + t * xRow, from = x, factor = l + t * lRow;
            var v0 = Vector256.Load(to);
            var v1 = Vector256.Load(to + 4);
            for (int s = 0; s < t; s++, from += xRow, factor += lColumn)
            {
                var c = Vector256.Create(-*factor);
                v0 = Vector256.FusedMultiplyAdd(c, Vector256.Load(from), v0);
                v1 = Vector256.FusedMultiplyAdd(c, Vector256.Load(from + 4), v1);
            }

            var reciprocal = Vector256.Create(1 / *factor);
            (v0 * reciprocal).Store(to);
            (v1 * reciprocal).Store(to + 4);
        }
    }
}

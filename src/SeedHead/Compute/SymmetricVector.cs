using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>y = A·v for a symmetric matrix of which the upper triangle is stored by rows. Each element is read once and used for its mirror too.</summary>
/// <remarks>
/// Rows are taken in chunks of <see cref="Chunk"/>; each chunk adds to sums of its own, which are then added in order, so that chunks may run side
/// by side without a change of bits.
/// </remarks>
internal static unsafe class SymmetricVector
{
    private const int Chunk = 128;
    private const int Together = 4;

    /// <summary>Elements of working memory that <see cref="Multiply"/> needs.</summary>
    public static long SumsLength(long n) => (n + Chunk - 1) / Chunk * n;

    public static void Multiply(Team team, double* upper, nint stride, int n, double* v, double* y, double* sums)
    {
        int chunks = (n + Chunk - 1) / Chunk;
        if (chunks == 1 || team.Alone)
        {
            for (int chunk = 0; chunk < chunks; chunk++)
            {
                MultiplyChunk(upper, stride, n, chunk, v, sums);
            }
        }
        else
        {
            Share(team, upper, stride, n, v, sums);
        }

        new Span<double>(y, n).Clear();
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            double* own = sums + (nint)chunk * n;
            for (int i = chunk * Chunk; i < n; i++)
            {
                y[i] += own[i];
            }
        }
    }

    private static void Share(Team team, double* upper, nint stride, int n, double* v, double* sums) =>
        team.For((n + Chunk - 1) / Chunk, chunk => MultiplyChunk(upper, stride, n, chunk, v, sums));

    private static void MultiplyChunk(double* upper, nint stride, int n, int chunk, double* v, double* sums)
    {
        double* own = sums + (nint)chunk * n;
        int from = chunk * Chunk, to = Math.Min(from + Chunk, n);
        new Span<double>(own + from, n - from).Clear();
        for (int i = from; i < to; i += Together)
        {
            int rows = Math.Min(Together, to - i);
            MultiplyCorner(upper + i * stride, stride, i, rows, v, own);
            if (rows == Together)
            {
                MultiplyFour(upper + i * stride, stride, i, n, v, own);
            }
            // Fewer than four rows are the last of the matrix: the corner is all of them.
        }
    }

    /// <summary>The triangle of rows and columns i … i + rows − 1.</summary>
    private static void MultiplyCorner(double* row, nint stride, int i, int rows, double* v, double* sums)
    {
        for (int r = 0; r < rows; r++, row += stride)
        {
            sums[i + r] = double.FusedMultiplyAdd(row[i + r], v[i + r], sums[i + r]);
            for (int c = r + 1; c < rows; c++)
            {
                sums[i + r] = double.FusedMultiplyAdd(row[i + c], v[i + c], sums[i + r]);
                sums[i + c] = double.FusedMultiplyAdd(row[i + c], v[i + r], sums[i + c]);
            }
        }
    }

    /// <summary>Four rows right of their corner: sums of the rows in registers, sums of the columns in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyFour(double* r0, nint stride, int i, int n, double* v, double* sums)
    {
        double* r1 = r0 + stride, r2 = r1 + stride, r3 = r2 + stride;
        var v0 = Vector256.Create(v[i]);
        var v1 = Vector256.Create(v[i + 1]);
        var v2 = Vector256.Create(v[i + 2]);
        var v3 = Vector256.Create(v[i + 3]);
        var s0 = Vector256<double>.Zero;
        var s1 = Vector256<double>.Zero;
        var s2 = Vector256<double>.Zero;
        var s3 = Vector256<double>.Zero;
        nint j = i + 4;
        for (; j + 4 <= n; j += 4)
        {
            var a0 = Vector256.Load(r0 + j);
            var a1 = Vector256.Load(r1 + j);
            var a2 = Vector256.Load(r2 + j);
            var a3 = Vector256.Load(r3 + j);
            var x = Vector256.Load(v + j);
            s0 = Vector256.FusedMultiplyAdd(a0, x, s0);
            s1 = Vector256.FusedMultiplyAdd(a1, x, s1);
            s2 = Vector256.FusedMultiplyAdd(a2, x, s2);
            s3 = Vector256.FusedMultiplyAdd(a3, x, s3);
            var sum = Vector256.FusedMultiplyAdd(a0, v0, Vector256.Load(sums + j));
            sum = Vector256.FusedMultiplyAdd(a1, v1, sum);
            sum = Vector256.FusedMultiplyAdd(a2, v2, sum);
            Vector256.FusedMultiplyAdd(a3, v3, sum).Store(sums + j);
        }

        sums[i] += Vectors.Fold(s0);
        sums[i + 1] += Vectors.Fold(s1);
        sums[i + 2] += Vectors.Fold(s2);
        sums[i + 3] += Vectors.Fold(s3);
        for (; j < n; j++)
        {
            double* row = r0;
            for (int r = 0; r < 4; r++, row += stride)
            {
                sums[i + r] = double.FusedMultiplyAdd(row[j], v[j], sums[i + r]);
                sums[j] = double.FusedMultiplyAdd(row[j], v[i + r], sums[j]);
            }
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>
/// How a factorisation ended: <c>Pivot</c> is −1 when all went well, else the row whose pivot was <c>Value</c>: ≤ 0, infinite or NaN.
/// </summary>
internal readonly record struct CholeskyStatus(long Pivot, double Value)
{
    public bool Succeeded => Pivot < 0;
}

/// <summary>A = L·Lᵀ in place: reads and overwrites the lower triangle of a [n × n] matrix, stored by rows or by columns; the rest is untouched.</summary>
/// <remarks>
/// <para>The order of sums, which threads and instruction sets cannot change: a matrix of at most <see cref="Triangular.Leaf"/> rows is factored
/// element by element, (i, j) being a[i, j] minus one chain of fused multiply-adds over k = 0 … j−1, then the square root or times the rounded
/// reciprocal of the pivot's root.</para>
/// <para>A larger one is cut at h = <see cref="Triangular.Half"/>(n): L₁₁ is factored, L₂₁ᵀ = L₁₁⁻¹·A₂₁ᵀ by <see cref="Triangular"/>,
/// A₂₂ −= L₂₁·L₂₁ᵀ by the chains of <see cref="MatrixProduct"/>, each subtracted, and A₂₂ is factored.</para>
/// <para>When a pivot fails, the rows before it hold L and what the others hold is not defined.</para>
/// </remarks>
internal static unsafe class Cholesky
{
    private const int Stride = Triangular.Leaf + 8; // not a power of two, and a whole vector may run over a row's end

    public static CholeskyStatus Factor(Team team, Strided<double> a)
    {
        if (a.Rows != a.Columns)
        {
            throw new ArgumentException($"Only square matrices have a Cholesky factor, not [{a.Rows} × {a.Columns}].", nameof(a));
        }

        return Factor(team, a, 0);
    }

    private static CholeskyStatus Factor(Team team, Strided<double> a, long offset)
    {
        long n = a.Rows;
        if (n <= Triangular.Leaf)
        {
            return FactorLeaf(a, offset);
        }

        long half = Triangular.Half(n);
        Strided<double> first = a.Block(0, 0, half, half), corner = a.Block(half, 0, n - half, half);
        Strided<double> rest = a.Block(half, half, n - half, n - half);
        CholeskyStatus status = Factor(team, first, offset);
        if (!status.Succeeded)
        {
            return status;
        }

        Triangular.Solve(team, first, corner.Transpose);
        MatrixProduct.MultiplyLower(team, corner, corner.Transpose, rest, Into.Subtract);
        return Factor(team, rest, offset + half);
    }

    private static CholeskyStatus FactorLeaf(Strided<double> a, long offset)
    {
        int n = (int)a.Rows;
        double* leaf = Scratch.Get<double>(Scratch.Slot.Factor, (Triangular.Leaf + 1) * Stride);
        double* column = leaf + Triangular.Leaf * Stride;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                leaf[i * Stride + j] = a[i, j];
            }
        }

        var status = new CholeskyStatus(-1, 0);
        for (int k = 0; k < n && status.Succeeded; k++)
        {
            double pivot = leaf[k * Stride + k];
            if (pivot > 0 && double.IsFinite(pivot))
            {
                Eliminate(leaf, column, k, n, Math.Sqrt(pivot));
            }
            else
            {
                status = new(offset + k, pivot);
            }
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                a[i, j] = leaf[i * Stride + j];
            }
        }

        return status;
    }

    /// <summary>Finishes column k and takes its part out of all elements right of it; vectors may spoil what lies right of the diagonal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eliminate(double* leaf, double* column, int k, int n, double root)
    {
        double reciprocal = 1 / root;
        leaf[k * Stride + k] = root;
        for (int i = k + 1; i < n; i++)
        {
            column[i] = leaf[i * Stride + k] *= reciprocal;
        }

        for (int i = k + 1; i < n; i++)
        {
            double* row = leaf + i * Stride;
            var factor = Vector256.Create(-row[k]);
            for (int j = k + 1; j <= i; j += 4)
            {
                Vector256.FusedMultiplyAdd(factor, Vector256.Load(column + j), Vector256.Load(row + j)).Store(row + j);
            }
        }
    }
}

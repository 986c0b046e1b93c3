using System.Diagnostics;
using SeedHead.Compute;

namespace SeedHead.Heads;

/// <summary>What a Cholesky factor L of a positive matrix A = L·Lᵀ tells besides solutions.</summary>
internal static unsafe class Factored
{
    private const int Block = 256;

    /// <summary>diagonal[i] ← (A⁻¹)ᵢᵢ = Σ over k of (L⁻¹)ₖᵢ²; about n³/3 multiply-adds.</summary>
    public static void InverseDiagonal(Team team, Strided<double> lower, double[] diagonal)
    {
        long n = lower.Rows;
        Array.Clear(diagonal);
        using var buffer = new NativeBuffer<double>(n * Math.Min(Block, n));
        fixed (double* sums = diagonal)
        {
            for (long first = 0; first < n; first += Block)
            {
                // L⁻¹ is lower triangular: columns from `first` on are zero above that row.
                long width = Math.Min(Block, n - first);
                var columns = Strided<double>.RowMajor(buffer, n - first, width);
                new Span<double>(columns.Pointer, checked((int)(columns.Rows * width))).Clear();
                for (long c = 0; c < width; c++)
                {
                    columns[c, c] = 1;
                }

                Triangular.Solve(team, lower.Block(first, first, n - first, n - first), columns);
                RowBlocks.AddColumnSquares(team, columns, sums + first);
            }
        }
    }

    /// <summary>
    /// An estimate, from above, of the smallest eigenvalue of A from v = A⁻¹·s with s of <see cref="Start"/>, which may have been one of several right-hand sides: Rayleigh's
    /// quotient vᵀAv/vᵀv = vᵀs/vᵀv. For Gram matrices of features it was at most twice too large.
    /// </summary>
    public static double SmallestEigenvalue(Strided<double> v)
    {
        using var buffer = new NativeBuffer<double>(v.Rows);
        var start = Strided<double>.RowMajor(buffer, v.Rows, 1);
        Start(start);
        return Product(v, start) / Product(v, v);
    }

    /// <summary>An estimate, from below, of the largest eigenvalue of the symmetric matrix in a lower triangle whose columns lie side by side: Rayleigh's quotient after seven power steps.</summary>
    public static double LargestEigenvalue(Team team, Strided<double> lower)
    {
        Debug.Assert(lower.RowStride == 1); // its transpose is an upper triangle stored by rows
        int n = checked((int)lower.Rows);
        using var buffer = new NativeBuffer<double>(n);
        using var next = new NativeBuffer<double>(n);
        using var sums = new NativeBuffer<double>(SymmetricVector.SumsLength(n));
        var v = Strided<double>.RowMajor(buffer, n, 1);
        Start(v);
        var product = Strided<double>.RowMajor(next, n, 1);
        double quotient = 0;
        for (int step = 0; step < 8; step++)
        {
            SymmetricVector.Multiply(team, lower.Pointer, (nint)lower.ColumnStride, n, v.Pointer, product.Pointer, sums.Pointer);
            quotient = Product(v, product);
            Normalise(product);
            (v, product) = (product, v);
        }

        return quotient;
    }

    /// <summary>What iterations start from: a fixed vector of length 1 that is no eigenvector of a usual matrix.</summary>
    public static void Start(Strided<double> v)
    {
        for (long i = 0; i < v.Rows; i++)
        {
            v[i, 0] = (((i * 37) % 101) - 50) / 101.0;
        }

        Normalise(v);
    }

    private static void Normalise(Strided<double> v)
    {
        double norm = Math.Sqrt(Product(v, v));
        for (long i = 0; i < v.Rows && norm > 0; i++)
        {
            v[i, 0] /= norm;
        }
    }

    private static double Product(Strided<double> x, Strided<double> y)
    {
        double sum = 0;
        for (long i = 0; i < x.Rows; i++)
        {
            sum += x[i, 0] * y[i, 0];
        }

        return sum;
    }
}

namespace SeedHead.Compute;

/// <summary>A = V·diag(values)·Vᵀ for symmetric A.</summary>
/// <remarks>
/// Reflections make A tridiagonal, the tridiagonal matrix is halved until it is small and its halves are joined, and the vectors are turned back.
/// Errors are a small multiple of n·ε·‖A‖ in values and residuals and of n·ε in orthogonality. Bits do not depend on threads or instruction sets.
/// </remarks>
internal static unsafe class SymmetricEigen
{
    /// <summary>Eigenvalues and eigenvectors of a symmetric matrix.</summary>
    /// <param name="team">The threads.</param>
    /// <param name="a">[n × n], of which the lower triangle is read; nothing is written.</param>
    /// <param name="values">[n] the eigenvalues, ascending.</param>
    /// <param name="vectors">[n × n], column j is the vector of values[j], of length 1; it may share memory with <paramref name="a"/>.</param>
    /// <exception cref="ArgumentException">Shapes do not match, or A holds an infinity or NaN.</exception>
    public static void Decompose(Team team, Strided<double> a, Span<double> values, Strided<double> vectors)
    {
        long n = a.Rows;
        if (a.Columns != n || values.Length != n || vectors.Rows != n || vectors.Columns != n)
        {
            throw new ArgumentException(
                $"A [{n} × {a.Columns}] must be square, with {n} values (not {values.Length}) and vectors [{n} × {n}] (not [{vectors.Rows} × {vectors.Columns}]).");
        }

        if (n == 0)
        {
            return;
        }

        int exponent = Exponent(a);
        using var reflections = new NativeBuffer<double>(n * n);
        using var rows = new NativeBuffer<double>(n * n);
        using var numbers = new NativeBuffer<double>(3 * n);
        double* diagonal = numbers.Pointer, beside = diagonal + n, tau = beside + n;
        Strided<double> upper = Strided<double>.RowMajor(reflections, n, n), found = Strided<double>.RowMajor(rows, n, n);
        CopyScaled(team, a, upper, -exponent);
        Householder.Reduce(team, upper, diagonal, beside, tau);
        TridiagonalEigen.Solve(team, diagonal, beside, found);
        Householder.Return(team, upper, tau, found);

        int[] order = new int[n];
        TridiagonalEigen.Ascending(diagonal, order);
        for (int j = 0; j < n; j++)
        {
            values[j] = Math.ScaleB(diagonal[order[j]], exponent);
        }

        CopyOrdered(team, found, order, vectors);
    }

    /// <summary>The power of two next to the largest element, so that nothing overflows and small means small beside 1.</summary>
    private static int Exponent(Strided<double> a)
    {
        double largest = 0;
        for (long i = 0; i < a.Rows; i++)
        {
            for (long j = 0; j <= i; j++)
            {
                if (!double.IsFinite(a[i, j]))
                {
                    throw new ArgumentException($"Element ({i}, {j}) is {a[i, j]}; only finite matrices have eigenvalues.");
                }

                largest = Math.Max(largest, Math.Abs(a[i, j]));
            }
        }

        return largest == 0 ? 0 : Math.ILogB(largest);
    }

    private static void CopyScaled(Team team, Strided<double> a, Strided<double> upper, int exponent) =>
        team.For((int)a.Rows, i =>
        {
            for (long j = i; j < a.Rows; j++)
            {
                upper[i, j] = Math.ScaleB(a[j, i], exponent);
            }
        });

    private static void CopyOrdered(Team team, Strided<double> rows, int[] order, Strided<double> vectors)
    {
        const int together = 16; // rows of the result written at once, so that what is read column by column stays near
        team.For((int)((vectors.Rows + together - 1) / together), task =>
        {
            long from = (long)task * together, to = Math.Min(from + together, vectors.Rows);
            for (int j = 0; j < order.Length; j++)
            {
                for (long i = from; i < to; i++)
                {
                    vectors[i, j] = rows[order[j], i];
                }
            }
        });
    }
}

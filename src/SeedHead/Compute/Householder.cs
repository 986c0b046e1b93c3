namespace SeedHead.Compute;

/// <summary>A = H·T·Hᵀ with T tridiagonal and H a product of reflections I − τ·v·vᵀ, and the way back from vectors of T to vectors of A.</summary>
/// <remarks>
/// The reduction takes <see cref="Panel"/> reflections at a time: A is not changed by each, but by all of them in one product. Source: J. Dongarra,
/// D. Sorensen, S. Hammarling, "Block reduction of matrices to condensed forms for eigenvalue computations", J. Comput. Appl. Math. 27 (1989).
/// The way back joins <see cref="Joined"/> reflections to I − V·S·Vᵀ. Source: R. Schreiber, C. Van Loan, "A storage-efficient WY representation
/// for products of Householder transformations", SIAM J. Sci. Stat. Comput. 10 (1989).
/// </remarks>
internal static unsafe class Householder
{
    private const int Panel = 32;
    private const int Joined = 128;

    /// <summary>2⁻⁹⁶⁰: the square of a tail that is nothing beside columns of size 2⁻⁴⁰⁰ or more; smaller squares would have lost digits to underflow.</summary>
    private const double NegligibleSquare = 1.0261342003245941e-289;

    /// <summary>Reduces a matrix whose upper triangle is stored by rows; row j then holds the vector of reflection j from column j + 1 on.</summary>
    /// <param name="team">The threads.</param>
    /// <param name="upper">Upper triangle of A [n × n], columns side by side; overwritten.</param>
    /// <param name="diagonal">[n] T's diagonal.</param>
    /// <param name="beside">[n − 1] T's elements beside the diagonal.</param>
    /// <param name="tau">[n − 1] the factors of the reflections; 0 where nothing had to be reflected.</param>
    public static void Reduce(Team team, Strided<double> upper, double* diagonal, double* beside, double* tau)
    {
        long n = upper.Rows;
        using var panel = new NativeBuffer<double>(3 * Panel * n);
        using var sums = new NativeBuffer<double>(SymmetricVector.SumsLength(n));
        for (long first = 0; first < n - 1; first += Panel)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            long width = Math.Min(Panel, n - 1 - first), rest = first + width;
            double* v = panel.Pointer, w = v + width * n;
            for (long i = 0; i < width; i++)
            {
                ReduceRow(team, upper, first + i, i, v, w, sums.Pointer, diagonal, beside, tau);
            }

            // A −= V·Wᵀ + W·Vᵀ = [V W]·[W V]ᵀ; the panel's rows are the vectors, V W V one after the other.
            Vectors.Copy(v, w + width * n, (nint)(width * n));
            MatrixProduct.MultiplyLower(
                team,
                Strided<double>.RowMajor(v, 2 * width, n).Block(0, rest, 2 * width, n - rest).Transpose,
                Strided<double>.RowMajor(w, 2 * width, n).Block(0, rest, 2 * width, n - rest),
                upper.Block(rest, rest, n - rest, n - rest).Transpose,
                Into.Subtract);
        }

        diagonal[n - 1] = upper[n - 1, n - 1];
    }

    /// <summary>Reflection <paramref name="j"/>, number <paramref name="i"/> of its panel: v[i] and w[i] such that all before it are accounted for.</summary>
    private static void ReduceRow(
        Team team, Strided<double> upper, long j, long i, double* v, double* w, double* sums, double* diagonal, double* beside, double* tau)
    {
        nint n = (nint)upper.Rows, start = (nint)j + 1, count = n - start;
        double* row = &upper.Pointer[j * upper.RowStride];
        for (nint c = 0; c < i; c++)
        {
            Vectors.AddTwo(-v[c * n + (nint)j], w + c * n + (nint)j, -w[c * n + (nint)j], v + c * n + (nint)j, row + j, n - (nint)j);
        }

        diagonal[j] = row[j];
        (beside[j], tau[j]) = Reflect(row + start, count);
        double* own = v + (nint)i * n, y = w + (nint)i * n;
        new Span<double>(own, (int)start).Clear();
        new Span<double>(y, (int)n).Clear();
        Vectors.Copy(row + start, own + start, count);
        if (tau[j] == 0)
        {
            return;
        }

        double* x = own + start;
        y += start;
        SymmetricVector.Multiply(team, &upper.Pointer[start * upper.RowStride + start], (nint)upper.RowStride, (int)count, x, y, sums);
        for (nint c = 0; c < i; c++)
        {
            double* vc = v + c * n + start, wc = w + c * n + start;
            Vectors.AddTwo(-Vectors.Dot(wc, x, count), vc, -Vectors.Dot(vc, x, count), wc, y, count);
        }

        Vectors.Scale(y, tau[j], count);
        double half = -0.5 * tau[j] * Vectors.Dot(y, x, count);
        Vectors.AddTwo(half, x, 0, x, y, count);
    }

    /// <summary>x ← v with v[0] = 1 such that (I − τ·v·vᵀ)·x = (value, 0, …, 0), up to a negligible tail, for which τ = 0.</summary>
    public static (double Value, double Tau) Reflect(double* x, nint count)
    {
        double alpha = x[0], tail = Vectors.Dot(x + 1, x + 1, count - 1);
        x[0] = 1;
        if (tail < NegligibleSquare)
        {
            return (alpha, 0);
        }

        double norm = Math.Sqrt(alpha * alpha + tail);
        double beta = alpha > 0 ? -norm : norm; // away from alpha, so that nothing cancels
        Vectors.Scale(x + 1, 1 / (alpha - beta), count - 1);
        return (beta, (beta - alpha) / beta);
    }

    /// <summary>vectors ← vectors·Hᵀ: rows that were eigenvectors of T become eigenvectors of A.</summary>
    public static void Return(Team team, Strided<double> reflections, double* tau, Strided<double> vectors)
    {
        long n = reflections.Rows, last = n - 1;
        using var rows = new NativeBuffer<double>(Joined * n);
        using var inner = new NativeBuffer<double>(3 * Joined * Joined);
        using var products = new NativeBuffer<double>(2 * n * Joined);
        for (long first = (last - 1) / Joined * Joined; first >= 0 && last > 0; first -= Joined)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            long width = Math.Min(Joined, last - first), count = n - first - 1;
            var v = Strided<double>.RowMajor(rows.Pointer, width, count);
            for (long c = 0; c < width; c++)
            {
                new Span<double>(&v.Pointer[c * count], (int)c).Clear();
                Vectors.Copy(&reflections.Pointer[(first + c) * reflections.RowStride + first + c + 1], &v.Pointer[c * count + c], (nint)(count - c));
            }

            Strided<double> s = Join(team, v, tau + first, inner.Pointer);
            var x = Strided<double>.RowMajor(products.Pointer, n, width);
            var y = Strided<double>.RowMajor(products.Pointer + n * width, n, width);
            Strided<double> part = vectors.Block(0, first + 1, n, count);
            MatrixProduct.Multiply(team, part, v.Transpose, x);
            MatrixProduct.Multiply(team, x, s.Transpose, y);
            MatrixProduct.Multiply(team, TileSets.Double, y, v, part, Into.Subtract);
        }
    }

    /// <summary>S [w × w], upper triangular, with H₀·H₁·…·H_(w−1) = I − Vᵀ·S·V for the reflections whose vectors are the rows of V.</summary>
    private static Strided<double> Join(Team team, Strided<double> v, double* tau, double* memory)
    {
        long width = v.Rows;
        var s = Strided<double>.RowMajor(memory, width, width);
        var gram = Strided<double>.RowMajor(memory + Joined * Joined, width, width);
        MatrixProduct.Multiply(team, v, v.Transpose, gram);
        new Span<double>(s.Pointer, (int)(width * width)).Clear();
        for (long i = 0; i < width; i++)
        {
            s[i, i] = tau[i];
            for (long r = 0; r < i; r++)
            {
                double sum = 0;
                for (long c = r; c < i; c++)
                {
                    sum = double.FusedMultiplyAdd(s[r, c], gram[c, i], sum);
                }

                s[r, i] = -tau[i] * sum;
            }
        }

        return s;
    }
}

namespace SeedHead.Compute;

/// <summary>The orthogonal polar factor of a square matrix, W in A = W·H with WᵀW = I and H symmetric, not negative: WᵀA.</summary>
/// <remarks>
/// <para>X₀ = A/‖A‖_F; X ← X·(a·I + b·XᵀX)·(I + c·XᵀX)⁻¹ takes every singular value x to x·(a + b·x²)/(1 + c·x²), with the a, b, c that lift the smallest the
/// most: at most six steps from 2⁻⁶⁰ to 1. A step is done by the QR factors of (√c·X over I) while c &gt; 100, by a Cholesky factor of I + c·XᵀX after that.
/// Sources: Nakatsukasa, Bai &amp; Gygi, "Optimizing Halley's iteration for computing the matrix polar decomposition", SIAM J. Matrix Anal. Appl. 31 (2010);
/// Nakatsukasa &amp; Higham, SIAM J. Sci. Comput. 35 (2013), sec. 3.</para>
/// <para>The order of sums is that of <see cref="Qr"/>, <see cref="Cholesky"/>, <see cref="Triangular"/> and <see cref="MatrixProduct"/>.</para>
/// <para>The steps by QR factors do not pivot. That is accurate for a triangle left by two factorisations, A = Q·R and Rᵀ = P·Lᵀ, whose rows and
/// columns have come in order of size; for some R as they are (Hilbert's and Vandermonde's matrices) nine digits were lost.</para>
/// <para>Error: ‖A − W·H‖ and ‖WᵀW − I‖ a few n·ε, ε = 2⁻⁵³. Singular values below 2⁻⁶⁰·‖A‖_F may stay below 1 in W: <see cref="Deficient"/>.</para>
/// </remarks>
internal sealed unsafe class PolarFactor : IDisposable
{
    private const double Smallest = 8.673617379884035e-19; // 2⁻⁶⁰
    private const int MostSteps = 10; // six are enough; the bound on the smallest singular value only grows
    private readonly NativeBuffer<double> transposed;
    private readonly long n;

    private PolarFactor(long n) => (this.n, transposed) = (n, new(n * n));

    /// <summary>W [n × n]; lives as long as this object.</summary>
    public Strided<double> W => Strided<double>.RowMajor(transposed, n, n).Transpose;

    /// <summary>Whether W may not be orthogonal where A's singular values are next to nothing.</summary>
    public bool Deficient { get; private set; }

    /// <param name="team">The threads.</param>
    /// <param name="lower">L [n × n], lower triangular with zeros above, finite, its largest element within 2^±450.</param>
    public static PolarFactor OfTriangle(Team team, Strided<double> lower)
    {
        var factor = new PolarFactor(lower.Rows);
        try
        {
            factor.Iterate(team, factor.Start(team, lower));
            return factor;
        }
        catch
        {
            factor.Dispose();
            throw;
        }
    }

    public void Dispose() => transposed.Dispose();

    /// <summary>X₀, and a lower bound of its singular values: 1/‖X₀⁻¹‖_F.</summary>
    private double Start(Team team, Strided<double> lower)
    {
        Strided<double> x = W;
        double norm = Math.Sqrt(SumOfSquares(lower));
        using var memory = new NativeBuffer<double>(n * n);
        Strided<double> inverse = Strided<double>.RowMajor(memory, n, n);
        bool singular = false;
        for (long i = 0; i < n; i++)
        {
            for (long j = 0; j <= i; j++)
            {
                x[i, j] = lower[i, j] / norm;
            }

            inverse[i, i] = 1;
            singular |= Math.Abs(x[i, i]) < Smallest; // no smaller than the smallest singular value
        }

        if (!singular)
        {
            Triangular.Solve(team, x, inverse);
        }

        double bound = singular ? 0 : 1 / Math.Sqrt(SumOfSquares(inverse));
        Deficient = !(bound >= Smallest); // an overflow counts as singular
        return Deficient ? Smallest : Math.Min(bound, 1);
    }

    /// <summary>Of the elements on and below the diagonal, which hold all that is not 0.</summary>
    private double SumOfSquares(Strided<double> lower)
    {
        double sum = 0;
        for (long i = 0; i < n; i++)
        {
            for (long j = 0; j <= i; j++)
            {
                sum = double.FusedMultiplyAdd(lower[i, j], lower[i, j], sum);
            }
        }

        return sum;
    }

    private void Iterate(Team team, double smallest)
    {
        for (int step = 0; step < MostSteps && 1 - smallest > 8 * Vectors.Rounding; step++)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            (double a, double b, double c) = Weights(smallest);
            if (c > 100)
            {
                StepByQr(team, a, b, c);
            }
            else
            {
                StepByCholesky(team, a, b, c);
            }

            double square = smallest * smallest;
            smallest = Math.Min(1, smallest * (a + b * square) / (1 + c * square));
        }
    }

    /// <summary>The weights for which the smallest value of x·(a + b·x²)/(1 + c·x²) over [smallest, 1] is largest and none is above 1.</summary>
    private static (double A, double B, double C) Weights(double smallest)
    {
        double square = smallest * smallest;
        double d = Elementary.Pow(4 * (1 - square) / (square * square), 1.0 / 3), root = Math.Sqrt(1 + d);
        double a = root + Math.Sqrt(8 - 4 * d + 8 * (2 - square) / (square * root)) / 2;
        double b = (a - 1) * (a - 1) / 4;
        return (a, b, a + b - 1);
    }

    /// <summary>(√c·X over I) = (Q₁ over Q₂)·R: X ← (b/c)·X + (a − b/c)/√c·Q₁·Q₂ᵀ.</summary>
    private void StepByQr(Team team, double a, double b, double c)
    {
        using var memory = new NativeBuffer<double>(2 * n * n);
        Strided<double> both = Strided<double>.RowMajor(memory, n, 2 * n).Transpose, x = W; // by columns, as x
        double root = Math.Sqrt(c);
        for (long j = 0; j < n; j++)
        {
            for (long i = 0; i < n; i++)
            {
                both[i, j] = root * x[i, j];
            }

            both[n + j, j] = 1;
        }

        using (Qr qr = Qr.Factor(team, both))
        {
            qr.FormThin(team, both);
        }

        using var product = new NativeBuffer<double>(n * n);
        Strided<double> turned = Strided<double>.RowMajor(product, n, n).Transpose;
        MatrixProduct.Multiply(team, both.Block(0, 0, n, n), both.Block(n, 0, n, n).Transpose, turned);
        Combine(b / c, (a - b / c) / root, product);
    }

    /// <summary>X ← (b/c)·X + (a − b/c)·X·(I + c·XᵀX)⁻¹.</summary>
    private void StepByCholesky(Team team, double a, double b, double c)
    {
        using var gram = new NativeBuffer<double>(n * n);
        using var solved = new NativeBuffer<double>(n * n);
        Strided<double> z = Strided<double>.RowMajor(gram, n, n), y = Strided<double>.RowMajor(solved, n, n), x = W;
        MatrixProduct.MultiplyLower(team, x.Transpose, x, z, Into.Store);
        for (long i = 0; i < n; i++)
        {
            Vectors.Scale(&gram.Pointer[i * n], c, (nint)(i + 1));
            z[i, i] += 1;
        }

        CholeskyStatus status = Cholesky.Factor(team, z);
        if (!status.Succeeded)
        {
            throw new ArithmeticException($"I + c·XᵀX [{n} × {n}] has pivot {status.Value} in row {status.Pivot}: X is not finite.");
        }

        Vectors.Copy(transposed.Pointer, solved.Pointer, (nint)(n * n));
        Triangular.Solve(team, z, y);
        Triangular.SolveTransposed(team, z, y);
        Combine(b / c, a - b / c, solved);
    }

    /// <summary>X ← own·X + other·Y.</summary>
    private void Combine(double own, double other, NativeBuffer<double> y)
    {
        Vectors.Scale(transposed.Pointer, own, (nint)(n * n));
        Vectors.Add(other, y.Pointer, transposed.Pointer, (nint)(n * n));
    }
}

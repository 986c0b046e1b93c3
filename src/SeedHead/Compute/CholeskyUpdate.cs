namespace SeedHead.Compute;

/// <summary>L becomes the Cholesky factor of L·Lᵀ ± X·Xᵀ, in place: rows learned or forgotten cost n²·p operations where a new factor costs n³/3.</summary>
/// <remarks>
/// <para>Adding: reflections from the right turn [L X] into [−L′ 0], row k's by v = (e_k, w), w = x/(l + l′), τ = (l + l′)/l′, where x is row k of X as it then
/// is, l and l′ = √(l² + xᵀx) the old and new diagonal element. Removing undoes the reflections that would lead from the new factor to the old, of which
/// only the outcome is known: where adding computes t = τ·(a + x·w), a′ = t − a, removing computes t = (l + l′)·(a − x·w)/l′, a′ = t − a.</para>
/// <para>The order of sums, which threads and instruction sets cannot change: <see cref="Block"/> rows are finished one after the other (sums as
/// <see cref="Vectors.Dot"/>), their reflections joined to I − Vᵀ·S·V with V = [I W], and the rows below follow by <see cref="MatrixProduct"/>:
/// Z = (L + X·Wᵀ)·S, L′ = Z − L when adding; L′ = (X·Wᵀ·S − L)·(I − S)⁻¹, Z = L′ + L when removing; then X −= Z·W.</para>
/// <para>Error: ‖L′·L′ᵀ − (L·Lᵀ ± X·Xᵀ)‖ is at most 10·(n + p)·ε·‖A‖, ε = 2⁻⁵³, A the larger of the two matrices (tested): after removing, the
/// smallest eigenvalues are as exact as the matrix before allows. Sources: Gill, Golub, Murray &amp; Saunders, Math. Comp. 28 (1974); Bojanczyk, Brent, Van
/// Dooren &amp; de Hoog, SIAM J. Sci. Stat. Comput. 8 (1987), for the stable order of removing.</para>
/// <para>When a pivot fails, the rows before it are those of the new factor and what the others hold is not defined.</para>
/// </remarks>
internal static unsafe class CholeskyUpdate
{
    public const int Block = 64;
    private const int Together = 64; // rows that one task combines

    /// <summary>L·Lᵀ + X·Xᵀ for L [n × n] (its lower triangle) and X [n × p], which is only read.</summary>
    public static CholeskyStatus Add(Team team, Strided<double> lower, Strided<double> x) => Run(team, lower, x, remove: false);

    /// <summary>L·Lᵀ − X·Xᵀ; fails at the first row whose pivot is not positive: then no such factor exists.</summary>
    public static CholeskyStatus Remove(Team team, Strided<double> lower, Strided<double> x) => Run(team, lower, x, remove: true);

    private static CholeskyStatus Run(Team team, Strided<double> lower, Strided<double> x, bool remove)
    {
        long n = lower.Rows, p = x.Columns;
        if (lower.Columns != n || x.Rows != n)
        {
            throw new ArgumentException($"L[{n} × {lower.Columns}] does not go with X[{x.Rows} × {p}].");
        }

        using var memory = new NativeBuffer<double>(n * p + Block * p + 3 * Block * Block + 2 * n * Block);
        var work = new Work(memory.Pointer, n, p);
        for (long i = 0; i < n; i++)
        {
            for (long j = 0; j < p; j++)
            {
                work.Rows[i, j] = x[i, j];
            }
        }

        for (long first = 0; p > 0 && first < n; first += Block)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            long width = Math.Min(Block, n - first), next = first + width;
            CholeskyStatus status = Finish(lower.Block(first, first, width, width), first, work, remove);
            if (!status.Succeeded)
            {
                return status;
            }

            Strided<double> below = lower.Block(next, first, n - next, width), rows = work.Rows.Block(next, 0, n - next, p);
            if (remove)
            {
                RemoveBelow(team, below, rows, work);
            }
            else
            {
                AddBelow(team, below, rows, work);
            }
        }

        return new(-1, 0);
    }

    /// <summary>X as it changes; W, S and (I − S)ᵀ of the block at hand; room for two matrices of the block's width.</summary>
    private readonly struct Work(double* memory, long n, long p)
    {
        public readonly Strided<double> Rows = Strided<double>.RowMajor(memory, n, p);
        public readonly Strided<double> W = Strided<double>.RowMajor(memory + n * p, Block, p);
        private readonly double* rest = memory + (n + Block) * p;

        public Strided<double> S(long width) => new(rest, width, width, Block, 1);

        public Strided<double> Back(long width) => new(rest + Block * Block, width, width, Block, 1);

        public double* Products => rest + 2 * Block * Block;

        public Strided<double> First(long rows, long width) => Strided<double>.RowMajor(rest + 3 * Block * Block, rows, width);

        public Strided<double> Second(long rows, long width) => Strided<double>.RowMajor(rest + 3 * Block * Block + n * Block, rows, width);
    }

    /// <summary>The rows of one block, their reflections and what joins them.</summary>
    private static CholeskyStatus Finish(Strided<double> diagonal, long first, Work work, bool remove)
    {
        long width = diagonal.Rows;
        nint p = (nint)work.Rows.Columns;
        Strided<double> s = work.S(width), back = work.Back(width);
        for (long k = 0; k < width; k++)
        {
            double* x = &work.Rows.Pointer[(first + k) * p], w = &work.W.Pointer[k * p];
            double old = diagonal[k, k], square = Vectors.Dot(x, x, p);
            double pivot = double.FusedMultiplyAdd(old, old, remove ? -square : square);
            if (!(pivot > 0 && double.IsFinite(pivot)))
            {
                return new(first + k, pivot);
            }

            double root = Math.Sqrt(pivot), without = remove ? root : old, with = remove ? old : root;
            diagonal[k, k] = root;
            Vectors.Copy(x, w, p);
            Vectors.Scale(w, 1 / (without + with), p);
            double tau = (without + with) / with, undo = (without + with) / without;
            for (long i = k + 1; i < width; i++)
            {
                double* row = &work.Rows.Pointer[(first + i) * p];
                double a = diagonal[i, k], along = Vectors.Dot(w, row, p);
                double t = remove ? undo * (a - along) : tau * (a + along);
                diagonal[i, k] = t - a;
                Vectors.Add(-t, w, row, p);
            }

            Join(s, k, tau, work);
            for (long r = 0; r < k; r++)
            {
                back[k, r] = -s[r, k];
            }

            back[k, k] = -without / with; // 1 − τ, without its cancellation
        }

        return new(-1, 0);
    }

    /// <summary>Column k of S: −τ times S so far times the products of w with the vectors before it; e_k meets none of theirs.</summary>
    private static void Join(Strided<double> s, long k, double tau, Work work)
    {
        nint p = (nint)work.W.Columns;
        for (long c = 0; c < k; c++)
        {
            work.Products[c] = Vectors.Dot(&work.W.Pointer[c * p], &work.W.Pointer[k * p], p);
            s[k, c] = 0;
        }

        s[k, k] = tau;
        for (long r = 0; r < k; r++)
        {
            double sum = 0;
            for (long c = r; c < k; c++)
            {
                sum = double.FusedMultiplyAdd(s[r, c], work.Products[c], sum);
            }

            s[r, k] = -tau * sum;
        }
    }

    private static void AddBelow(Team team, Strided<double> below, Strided<double> rows, Work work)
    {
        long width = below.Columns;
        Strided<double> sum = work.First(below.Rows, width), z = work.Second(below.Rows, width), w = work.W.Block(0, 0, width, rows.Columns);
        ForRows(team, below.Rows, i =>
        {
            for (long j = 0; j < width; j++)
            {
                sum[i, j] = below[i, j];
            }
        });
        MatrixProduct.Multiply(team, rows, w.Transpose, sum, add: true);
        MatrixProduct.Multiply(team, sum, work.S(width), z);
        ForRows(team, below.Rows, i =>
        {
            for (long j = 0; j < width; j++)
            {
                below[i, j] = z[i, j] - below[i, j];
            }
        });
        MatrixProduct.Multiply(team, TileSets.Double, z, w, rows, Into.Subtract);
    }

    private static void RemoveBelow(Team team, Strided<double> below, Strided<double> rows, Work work)
    {
        long width = below.Columns;
        Strided<double> along = work.First(below.Rows, width), z = work.Second(below.Rows, width), w = work.W.Block(0, 0, width, rows.Columns);
        MatrixProduct.Multiply(team, rows, w.Transpose, along);
        MatrixProduct.Multiply(team, along, work.S(width), z);
        ForRows(team, below.Rows, i =>
        {
            for (long j = 0; j < width; j++)
            {
                z[i, j] -= below[i, j];
            }
        });
        Triangular.Solve(team, work.Back(width), z.Transpose);
        ForRows(team, below.Rows, i =>
        {
            for (long j = 0; j < width; j++)
            {
                (below[i, j], z[i, j]) = (z[i, j], z[i, j] + below[i, j]);
            }
        });
        MatrixProduct.Multiply(team, TileSets.Double, z, w, rows, Into.Subtract);
    }

    private static void ForRows(Team team, long count, Action<long> row) =>
        team.For((int)((count + Together - 1) / Together), task =>
        {
            for (long i = (long)task * Together; i < Math.Min((task + 1L) * Together, count); i++)
            {
                row(i);
            }
        });
}

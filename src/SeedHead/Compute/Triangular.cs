namespace SeedHead.Compute;

/// <summary>Solves with a lower triangular matrix L [n × n] and many right-hand sides B [n × m], in place.</summary>
/// <remarks>
/// <para>The order of sums, which threads and instruction sets cannot change: a triangle of at most <see cref="Leaf"/> unknowns is solved by
/// substitution, each unknown being its right-hand side minus one chain of fused multiply-adds over the unknowns before it, times the rounded
/// reciprocal of the diagonal element.</para>
/// <para>A larger one is cut at h = <see cref="Half"/>(n): L₁₁ = [h × h] is solved, then B₂ −= L₂₁·B₁ by <see cref="MatrixProduct"/>
/// (chains from 0, each subtracted), then L₂₂ is solved. With Lᵀ the second part comes first, its substitution runs upwards, and
/// B₁ −= L₂₁ᵀ·B₂.</para>
/// </remarks>
internal static unsafe class Triangular
{
    public const int Leaf = 64;

    /// <summary>Where n unknowns are cut in two: the multiple of <see cref="Leaf"/> at or next above n/2.</summary>
    public static long Half(long n) => (n + 2 * Leaf - 1) / (2 * Leaf) * Leaf;

    /// <summary>B ← L⁻¹·B.</summary>
    public static void Solve(Team team, Strided<double> lower, Strided<double> b) => Share(team, lower, b, transposed: false);

    /// <summary>B ← L⁻ᵀ·B.</summary>
    public static void SolveTransposed(Team team, Strided<double> lower, Strided<double> b) => Share(team, lower, b, transposed: true);

    /// <summary>Enough right-hand sides are dealt out to the threads; few are solved together, the products sharing the threads.</summary>
    private static void Share(Team team, Strided<double> lower, Strided<double> b, bool transposed)
    {
        if (lower.Rows != lower.Columns || b.Rows != lower.Rows)
        {
            throw new ArgumentException($"L[{lower.Rows} × {lower.Columns}] cannot solve B[{b.Rows} × {b.Columns}].");
        }

        if (b.Rows == 0 || b.Columns == 0)
        {
            return;
        }

        if (team.Alone || b.Columns < Substitution.Lanes * team.Threads)
        {
            Solve(team, lower, b, transposed);
        }
        else
        {
            Deal(team, lower, b, transposed);
        }
    }

    private static void Deal(Team team, Strided<double> lower, Strided<double> b, bool transposed)
    {
        // Each task packs all of the triangle for its columns: as many columns as an even share allows.
        long share = Math.Clamp(b.Columns / team.Threads / Substitution.Lanes * Substitution.Lanes, Substitution.Lanes, 512);
        var alone = new Team(1, team.Cancellation);
        team.For((int)((b.Columns + share - 1) / share), task =>
        {
            long from = task * share;
            Solve(alone, lower, b.Block(0, from, b.Rows, Math.Min(share, b.Columns - from)), transposed);
        });
    }

    private static void Solve(Team team, Strided<double> lower, Strided<double> b, bool transposed)
    {
        long n = lower.Rows;
        if (n <= Leaf)
        {
            SolveLeaf(lower, b, transposed);
            return;
        }

        long half = Half(n);
        Strided<double> upper = lower.Block(0, 0, half, half), rest = lower.Block(half, half, n - half, n - half);
        Strided<double> corner = lower.Block(half, 0, n - half, half);
        Strided<double> first = b.Block(0, 0, half, b.Columns), second = b.Block(half, 0, n - half, b.Columns);
        if (!transposed)
        {
            Solve(team, upper, first, transposed);
            MatrixProduct.Multiply(team, TileSets.Double, corner, first, second, Into.Subtract);
            Solve(team, rest, second, transposed);
        }
        else
        {
            Solve(team, rest, second, transposed);
            MatrixProduct.Multiply(team, TileSets.Double, corner.Transpose, second, first, Into.Subtract);
            Solve(team, upper, first, transposed);
        }
    }

    private static void SolveLeaf(Strided<double> lower, Strided<double> b, bool transposed)
    {
        const int lanes = Substitution.Lanes;
        int n = (int)lower.Rows;
        double* buffer = Scratch.Get<double>(Scratch.Slot.Unknowns, Leaf * lanes);
        lower = Near(lower, transposed);
        bool collides = b.RowStride * sizeof(double) % 4096 == 0; // rows so far apart fall into the same few lines of the first-level cache
        for (long from = 0; from < b.Columns; from += lanes)
        {
            int present = (int)Math.Min(lanes, b.Columns - from);
            double* x = b.Pointer + from * b.ColumnStride;
            if (b.ColumnStride == 1 && present == lanes && !collides)
            {
                Substitute(lower, x, (nint)b.RowStride, transposed);
                continue;
            }

            // Lanes that are not there are zeros, and stay zeros or become NaN where nobody looks.
            Packing.Panels(x, (nint)b.ColumnStride, (nint)b.RowStride, present, lanes, lanes, n, buffer);
            Substitute(lower, buffer, lanes, transposed);
            Unpack(buffer, new(x, n, present, b.RowStride, b.ColumnStride));
        }
    }

    private static void Unpack(double* unknowns, Strided<double> to)
    {
        const int lanes = Substitution.Lanes;
        if (to.RowStride == 1)
        {
            Packing.Unpack(unknowns, lanes, (nint)to.Rows, to.Pointer, (nint)to.ColumnStride, (int)to.Columns);
            return;
        }

        for (int t = 0; t < to.Rows; t++, unknowns += lanes)
        {
            for (int lane = 0; to.ColumnStride != 1 && lane < to.Columns; lane++)
            {
                to[t, lane] = unknowns[lane];
            }

            if (to.ColumnStride == 1)
            {
                new Span<double>(unknowns, (int)to.Columns).CopyTo(to.Row(t));
            }
        }
    }

    private static void Substitute(Strided<double> lower, double* x, nint xRow, bool transposed)
    {
        int n = (int)lower.Rows;
        nint row = (nint)lower.RowStride, column = (nint)lower.ColumnStride;
        if (transposed)
        {
            Substitution.Solve(n, lower.Pointer + (n - 1) * (row + column), -column, -row, x + (n - 1) * xRow, -xRow);
        }
        else
        {
            Substitution.Solve(n, lower.Pointer, row, column, x, xRow);
        }
    }

    /// <summary>The triangle with the factors of one unknown side by side: copied, unless it lies so already.</summary>
    private static Strided<double> Near(Strided<double> lower, bool transposed)
    {
        if ((transposed ? lower.RowStride : lower.ColumnStride) == 1)
        {
            return lower;
        }

        double* copy = Scratch.Get<double>(Scratch.Slot.Factor, Leaf * Leaf);
        var near = new Strided<double>(copy, lower.Rows, lower.Rows, transposed ? 1 : Leaf, transposed ? Leaf : 1);
        for (int i = 0; i < lower.Rows; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                near[i, j] = lower[i, j];
            }
        }

        return near;
    }
}

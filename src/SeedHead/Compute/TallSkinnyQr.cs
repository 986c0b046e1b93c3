namespace SeedHead.Compute;

/// <summary>A = Q·R for a matrix with many more rows than columns: row blocks are factored side by side, then their R in pairs, up a tree.</summary>
/// <remarks>
/// <para>The tree is part of the definition, so threads cannot change a bit: blocks of <see cref="BlockRows"/> rows, counted from the first row; on every level
/// neighbours 0 and 1, 2 and 3, … are put one above the other and factored, and one that is left over goes up as it is. Every factorisation is a
/// <see cref="Qr"/>. Source: J. Demmel, L. Grigori, M. Hoemmen, J. Langou, "Communication-optimal parallel and sequential QR and LU factorizations",
/// SIAM J. Sci. Comput. 34 (2012).</para>
/// <para>Error: as <see cref="Qr"/>, once for every level.</para>
/// </remarks>
internal sealed unsafe class TallSkinnyQr : IDisposable
{
    private readonly List<Qr?[]> levels = []; // blocks first, the root last; null where a block goes up as it is
    private readonly long rows, columns;

    private TallSkinnyQr(long rows, long columns) => (this.rows, this.columns) = (rows, columns);

    /// <summary>Rows of a block for a matrix of so many columns.</summary>
    public static long BlockRows(long columns) => Math.Max(1024, 8 * columns);

    /// <summary>k = min(m, n).</summary>
    public long Rank => Math.Min(rows, columns);

    /// <summary>R [k × n], zeros below the diagonal; lives as long as this object.</summary>
    public Strided<double> R => levels[^1][0]!.R;

    /// <summary>Factors A, which is only read.</summary>
    /// <exception cref="ArgumentException">A holds an infinity or NaN.</exception>
    public static TallSkinnyQr Factor(Team team, Strided<double> a)
    {
        var qr = new TallSkinnyQr(a.Rows, a.Columns);
        try
        {
            qr.FactorBlocks(team, a);
            while (qr.levels[^1].Length > 1)
            {
                qr.FactorPairs(team);
            }

            return qr;
        }
        catch
        {
            qr.Dispose();
            throw;
        }
    }

    /// <summary>q [m × k] ← Q.</summary>
    public void FormThin(Team team, Strided<double> q)
    {
        using var identity = new NativeBuffer<double>(Rank * Rank);
        for (long i = 0; i < Rank; i++)
        {
            identity.Pointer[i * Rank + i] = 1;
        }

        Multiply(team, Strided<double>.RowMajor(identity, Rank, Rank), q);
    }

    /// <summary>result [m × p] ← Q·C for C [k × p].</summary>
    public void Multiply(Team team, Strided<double> c, Strided<double> result)
    {
        long p = c.Columns;
        if (c.Rows != Rank || result.Rows != rows || result.Columns != p)
        {
            throw new ArgumentException($"Q [{rows} × {Rank}]·[{c.Rows} × {p}] has no place in [{result.Rows} × {result.Columns}].");
        }

        var above = new NativeBuffer<double>[] { new(Rank * p) };
        PutOver(c, Strided<double>.RowMajor(above[0], Rank, p));
        for (int level = levels.Count - 1; level > 0; level--)
        {
            NativeBuffer<double>[] below = Unfold(team, level, above, p);
            Free(above);
            above = below;
        }

        long height = BlockRows(columns);
        ForBlocks(team, levels[0].Length, (alone, i) =>
        {
            Qr block = levels[0][i]!;
            Strided<double> part = result.Block(i * height, 0, block.Rows, p);
            PutOver(Strided<double>.RowMajor(above[i], block.Rank, p), part);
            block.Apply(alone, part);
        });
        Free(above);
    }

    public void Dispose() => levels.ForEach(level => Array.ForEach(level, qr => qr?.Dispose()));

    private void FactorBlocks(Team team, Strided<double> a)
    {
        long height = BlockRows(columns);
        var blocks = new Qr?[Math.Max(1, (rows + height - 1) / height)];
        levels.Add(blocks);
        ForBlocks(team, blocks.Length, (alone, i) =>
            blocks[i] = Qr.Factor(alone, a.Block(i * height, 0, Math.Min(height, rows - i * height), columns), i * height));
    }

    private void FactorPairs(Team team)
    {
        int below = levels.Count - 1;
        var pairs = new Qr?[(levels[below].Length + 1) / 2];
        levels.Add(pairs);
        ForBlocks(team, pairs.Length, (alone, i) =>
        {
            if (2 * i + 1 < levels[below].Length)
            {
                Strided<double> first = At(below, 2 * i).R, second = At(below, 2 * i + 1).R;
                using var memory = new NativeBuffer<double>((first.Rows + second.Rows) * columns);
                Strided<double> both = Strided<double>.RowMajor(memory, first.Rows + second.Rows, columns);
                PutOver(first, both.Block(0, 0, first.Rows, columns));
                PutOver(second, both.Block(first.Rows, 0, second.Rows, columns));
                pairs[i] = Qr.Factor(alone, both);
            }
        });
    }

    /// <summary>The factorisation that stands at a place, wherever below it was made.</summary>
    private Qr At(int level, int i)
    {
        while (levels[level][i] is null)
        {
            (level, i) = (level - 1, 2 * i);
        }

        return levels[level][i]!;
    }

    /// <summary>What the Rs of one level are to be multiplied by, as Q·C goes down the tree → the same for the level below.</summary>
    private NativeBuffer<double>[] Unfold(Team team, int level, NativeBuffer<double>[] above, long p)
    {
        var below = new NativeBuffer<double>[levels[level - 1].Length];
        ForBlocks(team, above.Length, (alone, i) =>
        {
            long first = At(level - 1, 2 * i).Rank, second = 2 * i + 1 < below.Length ? At(level - 1, 2 * i + 1).Rank : 0;
            using var memory = new NativeBuffer<double>((first + second) * p);
            Strided<double> both = Strided<double>.RowMajor(memory, first + second, p);
            PutOver(Strided<double>.RowMajor(above[i], At(level, i).Rank, p), both);
            levels[level][i]?.Apply(alone, both);
            for (int half = 0; half < (second > 0 ? 2 : 1); half++)
            {
                below[2 * i + half] = new((half == 0 ? first : second) * p);
                Vectors.Copy(memory.Pointer + half * first * p, below[2 * i + half].Pointer, (nint)below[2 * i + half].Length);
            }
        });
        return below;
    }

    /// <summary>Several blocks run side by side, each alone; a single one has the whole team.</summary>
    private static void ForBlocks(Team team, int count, Action<Team, int> body)
    {
        if (count == 1)
        {
            body(team, 0);
        }
        else
        {
            team.For(count, i => body(new Team(1, team.Cancellation), i));
        }
    }

    /// <summary>to ← from, and zeros below it.</summary>
    private static void PutOver(Strided<double> from, Strided<double> to)
    {
        for (long i = 0; i < to.Rows; i++)
        {
            for (long j = 0; j < to.Columns; j++)
            {
                to[i, j] = i < from.Rows ? from[i, j] : 0;
            }
        }
    }

    private static void Free(NativeBuffer<double>[] buffers) => Array.ForEach(buffers, buffer => buffer.Dispose());
}

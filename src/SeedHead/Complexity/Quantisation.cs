namespace SeedHead.Complexity;

/// <summary>The order in which a grid's values become a sequence.</summary>
public enum Traversal
{
    /// <summary>Row after row, each from its first column.</summary>
    RowMajor,

    /// <summary>Row after row, every second one backwards, so that neighbours stay neighbours.</summary>
    Boustrophedon,

    /// <summary>Column after column.</summary>
    ColumnMajor,
}

/// <summary>Values as a sequence of levels 0 … q − 1: ⌊q·(f − least)/(greatest − least)⌋, the greatest value in the last level.</summary>
public static class Quantisation
{
    /// <summary>The sequence.</summary>
    /// <param name="values">Values, not all equal.</param>
    /// <param name="levels">q ≥ 2.</param>
    /// <param name="traversal">Its order.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two levels.</exception>
    public static int[] Levels(FunctionValues values, int levels, Traversal traversal)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 2);
        var sequence = new int[values.Span.Length];
        double least = values.Least, range = values.Greatest - least;
        int next = 0;
        (int outer, int inner) = traversal == Traversal.ColumnMajor ? (values.Columns, values.Rows) : (values.Rows, values.Columns);
        for (int i = 0; i < outer; i++)
        {
            for (int j = 0; j < inner; j++)
            {
                int at = traversal switch
                {
                    Traversal.ColumnMajor => (j * values.Columns) + i,
                    Traversal.Boustrophedon when i % 2 == 1 => (i * values.Columns) + inner - 1 - j,
                    _ => (i * values.Columns) + j,
                };
                sequence[next++] = Math.Min(levels - 1, (int)(levels * ((values.Span[at] - least) / range)));
            }
        }

        return sequence;
    }
}

namespace SeedHead.Compute;

/// <summary>One pass of a <see cref="TiledProduct"/>: all rows of A times a part of B's columns, over a part of the steps.</summary>
internal readonly unsafe struct ProductPass<T, TSink>(
    TileSet<T> tiles, Strided<T> a, Strided<T> b, TSink sink, int block, long firstColumn, bool first, bool packLeft, bool packRight)
    where T : unmanaged
    where TSink : struct, ITileSink<T>
{
    private const int PanelsPerTask = 4;

    private readonly T* panels = Scratch.Get<T>(Scratch.Slot.RightPanels, PackedColumns(tiles, b, packRight) * b.Rows);

    private int Panels => (int)((b.Columns + tiles.Width - 1) / tiles.Width);

    public void RunAlone(Team team, long taskRows)
    {
        for (int panel = FirstPacked; panel < Panels; panel += PanelsPerTask)
        {
            PackPanels(panel, Math.Min(panel + PanelsPerTask, Panels));
        }

        for (long row = 0; row < a.Rows; row += taskRows)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            Multiply(row, Math.Min(taskRows, a.Rows - row), 0, Panels);
        }
    }

    public void RunTogether(Team team, long taskRows)
    {
        ProductPass<T, TSink> pass = this;
        int packed = Panels - FirstPacked;
        team.For((packed + PanelsPerTask - 1) / PanelsPerTask, task =>
        {
            int from = pass.FirstPacked + task * PanelsPerTask;
            pass.PackPanels(from, Math.Min(from + PanelsPerTask, pass.Panels));
        });

        bool fromEnd = sink.Part == Part.Lower; // a triangle's longest rows run first
        long rowCount = a.Rows;
        long[] cuts = Cuts(a.Rows, taskRows, tiles.Tall, team.Threads);
        int rowTasks = cuts.Length - 1;
        int columnTasks = rowTasks >= 2 * team.Threads ? 1 : Math.Min(Panels, (4 * team.Threads + rowTasks - 1) / rowTasks);
        team.For(rowTasks * columnTasks, task =>
        {
            int rowTask = task / columnTasks, columnTask = task % columnTasks;
            int from = (int)((long)pass.Panels * columnTask / columnTasks);
            int to = (int)((long)pass.Panels * (columnTask + 1) / columnTasks);
            long row = fromEnd ? rowCount - cuts[rowTask + 1] : cuts[rowTask];
            pass.Multiply(row, cuts[rowTask + 1] - cuts[rowTask], from, to);
        });
    }

    /// <summary>Cuts rows into pieces that get smaller in the order in which they run, so that all threads finish together.</summary>
    private static long[] Cuts(long rows, long largest, int tall, int threads)
    {
        var cuts = new List<long> { 0 };
        for (long left = rows; left > 0; cuts.Add(rows - left))
        {
            long share = (left / (2 * threads) + tall - 1) / tall * tall;
            left -= Math.Min(left, Math.Clamp(share, Math.Min(4 * tall, largest), largest));
        }

        return [.. cuts];
    }

    private static long PackedColumns(TileSet<T> tiles, Strided<T> b, bool packRight) =>
        packRight ? (b.Columns + tiles.Width - 1) / tiles.Width * tiles.Width : tiles.Width;

    /// <summary>Only the last panel is packed where B is read in place, and only when vectors would reach beyond the columns.</summary>
    private int FirstPacked => packRight ? 0 : (int)((b.Columns + tiles.Lanes - 1) / tiles.Lanes * tiles.Lanes == b.Columns ? Panels : Panels - 1);

    private T* PackedPanel(int panel) => panels + (panel - FirstPacked) * (nint)tiles.Width * (nint)b.Rows;

    private int ColumnsOf(int panel) => (int)Math.Min(tiles.Width, b.Columns - (long)panel * tiles.Width);

    private void PackPanels(int from, int to)
    {
        long column = (long)from * tiles.Width;
        nint columns = (nint)(Math.Min((long)to * tiles.Width, b.Columns) - column);
        T* source = b.Pointer + column * b.ColumnStride;
        int last = tiles.Padded(ColumnsOf(to - 1));
        Packing.Panels(source, (nint)b.ColumnStride, (nint)b.RowStride, columns, tiles.Width, last, (nint)b.Rows, PackedPanel(from));
    }

    private void Multiply(long row, long rows, int fromPanel, int toPanel)
    {
        long end = sink.Part.To(row + rows, firstColumn + b.Columns) - firstColumn;
        toPanel = (int)Math.Min(toPanel, (end + tiles.Width - 1) / tiles.Width);
        fromPanel = (int)Math.Clamp((sink.Part.From(row) - firstColumn) / tiles.Width, fromPanel, b.Columns);
        if (fromPanel >= toPanel)
        {
            return;
        }

        T* left = packLeft ? PackLeft(row, rows) : null;
        T* tile = Scratch.Get<T>(Scratch.Slot.Tile, tiles.Tall * tiles.Width);
        for (int panel = fromPanel; panel < toPanel; panel++)
        {
            for (long r = 0; r < rows; r += tiles.Tall)
            {
                Tile(left, row, r, (int)Math.Min(tiles.Tall, rows - r), panel, tile);
            }
        }
    }

    private T* PackLeft(long row, long rows)
    {
        T* left = Scratch.Get<T>(Scratch.Slot.LeftPanels, rows * a.Columns);
        int last = (int)((rows - 1) % tiles.Tall) + 1; // not filled up: a short rest has shorter tiles
        T* source = a.Pointer + row * a.RowStride;
        Packing.Panels(source, (nint)a.RowStride, (nint)a.ColumnStride, (nint)rows, tiles.Tall, last, (nint)a.Columns, left);
        return left;
    }

    /// <summary>The tiles of all blocks of steps for <paramref name="height"/> rows and one panel, handed to the sink in order.</summary>
    private void Tile(T* left, long row, long r, int height, int panel, T* tile)
    {
        int columns = ColumnsOf(panel);
        long column = firstColumn + (long)panel * tiles.Width;
        if (column >= sink.Part.To(row + r + height, column + columns) || column + columns <= sink.Part.From(row + r))
        {
            return;
        }

        bool packedLeft = left != null;
        T* aStart = packedLeft ? left + r * a.Columns : a.Pointer + (row + r) * a.RowStride;
        nint aRow = packedLeft ? 1 : (nint)a.RowStride;
        nint aColumn = packedLeft ? height : (nint)a.ColumnStride;
        bool packedRight = panel >= FirstPacked;
        T* bStart = packedRight ? PackedPanel(panel) : b.Pointer + (long)panel * tiles.Width;
        nint bRow = packedRight ? tiles.Padded(columns) : (nint)b.RowStride;
        for (long k = 0; k < a.Columns; k += block)
        {
            nint steps = (nint)Math.Min(block, a.Columns - k);
            bool isFirst = first && k == 0;
            T* place = isFirst && columns == tiles.Padded(columns) ? sink.Place(row + r, column) : null;
            if (place != null)
            {
                tiles.Run(height, columns, steps, aStart + k * aColumn, aRow, aColumn, bStart + k * bRow, bRow, place, sink.PlaceStride);
            }
            else
            {
                tiles.Run(height, columns, steps, aStart + k * aColumn, aRow, aColumn, bStart + k * bRow, bRow, tile, tiles.Width);
                sink.Take(tile, tiles.Width, row + r, column, height, columns, isFirst);
            }
        }
    }
}

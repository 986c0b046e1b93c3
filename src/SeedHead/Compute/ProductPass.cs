using System.Runtime.CompilerServices;

namespace SeedHead.Compute;

/// <summary>One pass of a <see cref="TiledProduct"/>: all rows of A times a part of B's columns, over a part of the steps.</summary>
internal readonly unsafe struct ProductPass<T, TSink>(
    TileSet<T> tiles, Strided<T> a, Strided<T> b, TSink sink, int block, long firstColumn, long firstStep, bool last, PanelGenerator<T>? generate, bool packLeft, bool packRight)
    where T : unmanaged
    where TSink : struct, ITileSink<T>
{
    private const int PanelsPerTask = 4;
    private const int BlocksTogether = 2; // of steps: a sink that adds block after block meets a part of its matrix while it is near

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
            left -= Math.Min(left, Math.Clamp(share, Math.Min(2 * tall, largest), largest));
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
        if (generate is not null)
        {
            Generate(generate, from, to);
            return;
        }

        long column = (long)from * tiles.Width;
        nint columns = (nint)(Math.Min((long)to * tiles.Width, b.Columns) - column);
        T* source = b.Pointer + column * b.ColumnStride;
        int last = tiles.Padded(ColumnsOf(to - 1));
        Packing.Panels(source, (nint)b.ColumnStride, (nint)b.RowStride, columns, tiles.Width, last, (nint)b.Rows, PackedPanel(from));
    }

    private void Generate(PanelGenerator<T> generate, int from, int to)
    {
        for (int panel = from; panel < to; panel++)
        {
            int columns = ColumnsOf(panel), padded = tiles.Padded(columns);
            var part = new Strided<T>(PackedPanel(panel), b.Rows, columns, padded, 1);
            if (columns < padded)
            {
                new Span<T>(part.Pointer, checked((int)(b.Rows * padded))).Clear(); // lanes without a column: zeros are never slow numbers
            }

            generate(firstStep, firstColumn + (long)panel * tiles.Width, part);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(long row, long rows, int fromPanel, int toPanel)
    {
        long end = sink.Part.To(row + rows, firstColumn + b.Columns) - firstColumn;
        toPanel = (int)Math.Min(toPanel, (end + tiles.Width - 1) / tiles.Width);
        fromPanel = (int)Math.Clamp((sink.Part.From(row) - firstColumn) / tiles.Width, fromPanel, b.Columns);
        if (fromPanel >= toPanel)
        {
            return;
        }

        for (long k = 0; k < a.Columns; k += BlocksTogether * block)
        {
            Strided<T> left = a.Block(row, k, rows, Math.Min(BlocksTogether * block, a.Columns - k));
            T* packed = packLeft ? PackLeft(left) : null;
            for (int panel = fromPanel; panel < toPanel; panel++)
            {
                MultiplyPanel(left, packed, row, k, panel);
            }
        }

        if (last)
        {
            long column = (long)fromPanel * tiles.Width;
            sink.Finish(row, firstColumn + column, rows, Math.Min((long)toPanel * tiles.Width, b.Columns) - column);
        }
    }

    private T* PackLeft(Strided<T> rows)
    {
        T* left = Scratch.Get<T>(Scratch.Slot.LeftPanels, rows.Rows * rows.Columns);
        int last = (int)((rows.Rows - 1) % tiles.Tall) + 1; // not filled up: a short rest has shorter tiles
        Packing.Panels(
            rows.Pointer, (nint)rows.RowStride, (nint)rows.ColumnStride, (nint)rows.Rows, tiles.Tall, last, (nint)rows.Columns, left);
        return left;
    }

    /// <summary>Some blocks of steps of one panel: the tiles of some rows, handed to the sink block after block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyPanel(Strided<T> left, T* packed, long row, long k, int panel)
    {
        int columns = ColumnsOf(panel), padded = tiles.Padded(columns), tall = tiles.Tall;
        long column = firstColumn + (long)panel * tiles.Width;
        nint steps = (nint)left.Columns;
        bool packedRight = panel >= FirstPacked;
        nint bRow = packedRight ? padded : (nint)b.RowStride;
        T* right = (packedRight ? PackedPanel(panel) : b.Pointer + (long)panel * tiles.Width) + (nint)k * bRow;
        T* tile = Scratch.Get<T>(Scratch.Slot.Tile, tall * tiles.Width);
        bool isFirst = firstStep == 0 && k == 0;
        T* next = packedRight && panel + 1 < Panels ? PackedPanel(panel + 1) + (nint)k * padded : null;
        nint line = next == null ? 0 : 64 / sizeof(T), ahead = 0, nextLength = steps * padded;
        for (long r = 0; r < left.Rows; r += tall)
        {
            int height = (int)Math.Min(tall, left.Rows - r);
            if (column >= sink.Part.To(row + r + height, column + columns) || column + columns <= sink.Part.From(row + r))
            {
                continue;
            }

            sink.Prefetch(row + r, column, height, columns);
            T* from = packed != null ? packed + r * steps : left.Pointer + r * left.RowStride;
            nint aRow = packed != null ? 1 : (nint)left.RowStride, aColumn = packed != null ? height : (nint)left.ColumnStride;
            T* place = isFirst && columns == padded ? sink.Place(row + r, column) : null;
            for (nint step = 0, length; step < steps; step += length)
            {
                length = Math.Min(block, steps - step);
                nint nextStep = ahead < nextLength ? line : 0;
                if (place != null)
                {
                    tiles.Run(height, columns, length, from, aRow, aColumn, right, bRow, place, sink.PlaceStride, next + ahead, nextStep);
                    place = null;
                }
                else
                {
                    tiles.Run(height, columns, length, from + step * aColumn, aRow, aColumn, right + step * bRow, bRow, tile, tiles.Width, next + ahead, nextStep);
                    sink.Take(tile, tiles.Width, row + r, column, height, columns, isFirst && step == 0);
                }

                ahead += nextStep * length;
            }
        }
    }
}

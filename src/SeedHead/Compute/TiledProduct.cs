using System.Runtime.CompilerServices;

namespace SeedHead.Compute;

/// <summary>Writes the elements of a matrix at (step, column) and on, as many as <paramref name="part"/> has: a right factor that is made where it is packed, and never stored.</summary>
/// <remarks>Called for parts in any order, on several threads at once, and more than once.</remarks>
internal delegate void PanelGenerator<T>(long step, long column, Strided<T> part)
    where T : unmanaged;

/// <summary>
/// The loops around the tiles of a matrix product. Columns and steps (k) are taken in passes whose part of B is packed once; the rows of a pass
/// are cut into tasks that run side by side, each packing its own rows of A. Small operands are read where they lie.
/// </summary>
internal static unsafe class TiledProduct
{
    private const long SerialWork = 1 << 22; // multiply-adds below which waking another thread costs more than it saves,
    private const long SerialBytes = 4 << 20; // unless so much of A comes from memory

    /// <summary>Hands the sink A·B block by block: chains over <paramref name="block"/> steps, blocks in order. With a generator B is a shape alone.</summary>
    public static void Run<T, TSink>(Team team, TileSet<T> tiles, Strided<T> a, Strided<T> b, int block, TSink sink, PanelGenerator<T>? generate = null)
        where T : unmanaged
        where TSink : struct, ITileSink<T>
    {
        if (a.Rows == 0 || b.Columns == 0)
        {
            return;
        }

        bool serial = team.Alone || ((double)a.Rows * b.Columns * a.Columns < SerialWork && (double)a.Rows * a.Columns * sizeof(T) < SerialBytes);
        var plan = new Plan(tiles.Tall, tiles.Width, sizeof(T), block, a.Rows, b.Columns, a.Columns);
        bool packLeft = plan.PackLeft(a.ColumnStride == 1, a.RowStride);
        bool packRight = generate is not null || plan.PackRight(b.ColumnStride == 1, b.RowStride);
        for (long j = 0; j < b.Columns; j += plan.PassColumns)
        {
            for (long k = 0; k < a.Columns; k += plan.PassSteps)
            {
                var pass = new ProductPass<T, TSink>(
                    tiles,
                    a.Block(0, k, a.Rows, Math.Min(plan.PassSteps, a.Columns - k)),
                    b.Block(k, j, Math.Min(plan.PassSteps, a.Columns - k), Math.Min(plan.PassColumns, b.Columns - j)),
                    sink,
                    block,
                    firstColumn: j,
                    firstStep: k,
                    last: k + plan.PassSteps >= a.Columns,
                    generate,
                    packLeft,
                    packRight);
                if (serial)
                {
                    pass.RunAlone(team, plan.TaskRows);
                }
                else
                {
                    pass.RunTogether(team, plan.TaskRows);
                }
            }
        }
    }

    /// <summary>Sizes of the pieces: A's rows of a task stay in the second-level cache, B's part of a pass in the third.</summary>
    private readonly struct Plan
    {
        private const long LeftBytes = 200 << 10;
        private const long RightBytes = 16 << 20;
        private const long MostSteps = 1024;
        private const long InPlaceBytes = 192 << 10;
        private readonly long rows, columns, steps;
        private readonly int tall, width, size;

        public Plan(int tall, int width, int size, int block, long rows, long columns, long steps)
        {
            (this.tall, this.width, this.size, this.rows, this.columns, this.steps) = (tall, width, size, rows, columns, steps);
            PassSteps = MostSteps / block * block;
            PassColumns = RightBytes / size / Math.Clamp(steps, 1, PassSteps) / width * width;
            TaskRows = Math.Clamp(LeftBytes / size / Math.Clamp(steps, 1, block) / tall, 1, 64) * tall;
        }

        public long PassSteps { get; }

        public long PassColumns { get; }

        public long TaskRows { get; }

        // Rows a multiple of 4 KiB apart fall into the same few lines of the first-level cache.
        private bool Collides(long stride) => stride * size % 4096 == 0;

        public bool PackLeft(bool stepsAdjacent, long stride) =>
            !stepsAdjacent || (columns > 2 * width && Collides(stride));

        public bool PackRight(bool columnsAdjacent, long stride) =>
            !columnsAdjacent || (rows > 2 * tall && (Collides(stride) || columns * steps * size > InPlaceBytes));
    }
}

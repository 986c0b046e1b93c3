using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>Columns of a result that one tile spans.</summary>
internal readonly unsafe struct TapPanel(float* weights, nint weightStride, float* start, nint source, int column, int columns)
{
    /// <summary>[steps × padded columns], rows <see cref="WeightStride"/> apart.</summary>
    public readonly float* Weights = weights;
    public readonly nint WeightStride = weightStride;

    /// <summary>What the chains of the columns start at, padded; null: at what the result holds.</summary>
    public readonly float* Start = start;

    /// <summary>Element of a source pixel at which the panel's channels begin.</summary>
    public readonly nint Source = source;

    /// <summary>First column of the result.</summary>
    public readonly int Column = column;
    public readonly int Columns = columns;
}

/// <summary>
/// Every pixel of a result is a sum over taps: one chain of fused multiply-adds over the taps that meet the source, row by row, and within a
/// tap over the channels. Forward pass and gradient to the input are both of this kind.
/// </summary>
/// <remarks>With "lanes" each column has a channel of its own (narrow groups), instead of all columns the same ones.</remarks>
internal sealed unsafe class TapSum(
    TapTileSet tiles, TapGrid grid, TapSource source, bool lanes, TapPanel[] panels, Strided<float> target, RowsDone? done = null)
{
    private const int PixelsPerBlock = 256; // enough tiles for a panel's weights to be worth reading
    private const long SerialWork = 1 << 20;

    /// <summary>Sums for some images. The source of block b of images is asked of <paramref name="sourceOf"/>, on the thread that needs it.</summary>
    public void Run(Team team, long images, int blockImages, SourceOf sourceOf)
    {
        if (images == 0 || grid.Positions == 0)
        {
            return;
        }

        int blocks = checked((int)((images + blockImages - 1) / blockImages));
        using var plan = new TapPlan(tiles, grid, (int)Math.Min(blockImages, images), source, (nint)target.RowStride);
        int rest = (int)(images - (long)(blocks - 1) * blockImages);
        using TapPlan last = rest == Math.Min(blockImages, images) ? plan : new TapPlan(tiles, grid, rest, source, (nint)target.RowStride);
        double work = (double)images * grid.Positions * grid.Taps * source.TapSteps * target.Columns;
        Team runners = work < SerialWork ? new Team(1, team.Cancellation) : team;
        int splits = lanes || runners.Alone || blocks >= 4 * runners.Threads ? 1 : Math.Min(panels.Length, (4 * runners.Threads + blocks - 1) / blocks);
        TapPlan lastPlan = last;
        runners.For(blocks * splits, task =>
        {
            int block = task / splits, split = task % splits;
            int from = (int)((long)panels.Length * split / splits), to = (int)((long)panels.Length * (split + 1) / splits);
            int count = block == blocks - 1 ? rest : blockImages;
            RunBlock(block == blocks - 1 ? lastPlan : plan, sourceOf((long)block * blockImages, count), (long)block * blockImages, count, from, to);
        });
    }

    /// <summary>Images that are computed together: many where they are small.</summary>
    public static int BlockImages(TapGrid grid) => (int)Math.Max(1, PixelsPerBlock / Math.Max(1L, grid.Positions));

    private void RunBlock(TapPlan plan, float* from, long firstImage, int images, int fromPanel, int toPanel)
    {
        float* to = target.Pointer + firstImage * grid.Pixels * target.RowStride;
        for (int panel = fromPanel; panel < toPanel; panel++)
        {
            RunPanel(plan, panels[panel], from + panels[panel].Source, to + panels[panel].Column);
        }

        if (done != null && fromPanel < toPanel)
        {
            int column = panels[fromPanel].Column, end = panels[toPanel - 1].Column + panels[toPanel - 1].Columns;
            done(target.Block(firstImage * grid.Pixels, column, images * grid.Pixels, end - column), column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunPanel(TapPlan plan, TapPanel panel, float* from, float* to)
    {
        int padded = lanes ? tiles.Lanes : tiles.Padded(panel.Columns);
        foreach (ref readonly TapPlan.Part part in plan.Parts)
        {
            float* start = panel.Start;
            foreach (TapPlan.Visit visit in part.Visits)
            {
                TapRun* runs = plan.Runs(visit);
                int end = part.FirstTile + part.Tiles;
                for (int tile = part.FirstTile; tile < end; tile++)
                {
                    int rows = tile == end - 1 ? part.LastRows : tiles.Tall;
                    if (panel.Columns == padded)
                    {
                        Compute(rows, panel, from, plan.Sources(tile), runs, visit.Runs, to, plan.Targets(tile), start);
                    }
                    else
                    {
                        ComputeNarrow(rows, panel, from, plan.Sources(tile), runs, visit.Runs, to, plan.Targets(tile), start);
                    }
                }

                start = null;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Compute(
        int rows, in TapPanel panel, float* from, nint* sources, TapRun* runs, int count, float* to, nint* targets, float* start)
    {
        if (lanes)
        {
            tiles.RunLanes(rows, from, sources, source.StepStride, panel.Weights, panel.WeightStride, runs, count, to, targets, start);
        }
        else
        {
            tiles.RunShared(
                rows, panel.Columns, from, sources, source.StepStride, panel.Weights, panel.WeightStride, runs, count, to, targets, start);
        }
    }

    /// <summary>Fewer columns than vectors hold: the tile is computed apart, and only its columns are written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ComputeNarrow(
        int rows, in TapPanel panel, float* from, nint* sources, TapRun* runs, int count, float* to, nint* targets, float* start)
    {
        int columns = panel.Columns, width = tiles.Width;
        float* apart = Scratch.Get<float>(Scratch.Slot.TapTile, (tiles.Tall + 2) * (nint)width);
        nint* places = (nint*)(apart + (nint)tiles.Tall * width);
        for (int i = 0; i < tiles.Tall; i++)
        {
            places[i] = i * width;
            if (start == null)
            {
                Copy(to + targets[i], apart + i * width, columns);
            }
        }

        Compute(rows, panel, from, sources, runs, count, apart, places, start);
        for (int i = 0; i < rows; i++)
        {
            Copy(apart + i * width, to + targets[i], columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* from, float* to, int count)
    {
        int i = 0;
        for (; i + 8 <= count; i += 8)
        {
            Vector256.Store(Vector256.Load(from + i), to + i);
        }

        if (i + 4 <= count)
        {
            Vector128.Store(Vector128.Load(from + i), to + i);
            i += 4;
        }

        for (; i < count; i++)
        {
            to[i] = from[i];
        }
    }

    /// <summary>Where the source of some images lies.</summary>
    internal delegate float* SourceOf(long firstImage, int images);
}

/// <summary>
/// Called once for each block of a result while it is still in the cache: rows [pixels × some columns] that are complete, and the first of
/// the columns. May change them number by number; runs on any thread.
/// </summary>
internal delegate void RowsDone(Strided<float> rows, int firstColumn);

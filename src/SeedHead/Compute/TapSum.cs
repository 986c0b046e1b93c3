using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
internal sealed unsafe class TapSum(TapTileSet tiles, TapImages source, bool lanes, Strided<float> target, RowsDone? done)
{
    private const int PixelsTogether = 784; // enough tiles for a panel's weights to be worth reading
    private const int Ahead = 4; // tiles
    private const long SerialWork = 1 << 20;
    private readonly List<(TapGrid Grid, TapPanel[] Panels)> phases = [];

    private int Panels => phases[0].Panels.Length;

    private long Pixels => phases[0].Grid.Pixels;

    /// <summary>Images that are computed together: many where they are small, and by fours, so that pixels at edges and corners fill tiles too.</summary>
    public static int ImagesTogether(TapGrid grid)
    {
        int images = (int)Math.Max(1, PixelsTogether / Math.Max(1L, grid.Positions));
        return images > 2 ? (images + 3) / 4 * 4 : images;
    }

    /// <summary>Adds pixels of the result, and the panels that hold all its columns, with the same columns for all pixels.</summary>
    public void Add(TapGrid grid, TapPanel[] panels) => phases.Add((grid, panels));

    /// <summary>Sums for some images, so many at a time, all phases of them together while they are in the cache.</summary>
    public void Run(Team team, long images, int together)
    {
        if (images == 0 || Pixels == 0)
        {
            return;
        }

        int lots = checked((int)((images + together - 1) / together)), rest = (int)(images - (long)(lots - 1) * together);
        TapPlan[] whole = Plans((int)Math.Min(together, images)), last = rest == Math.Min(together, images) ? whole : Plans(rest);
        double work = (double)images * target.Columns * source.Layout.TapSteps * phases.Sum(phase => (double)phase.Grid.Positions * phase.Grid.Taps);
        Team runners = work < SerialWork ? new Team(1, team.Cancellation) : team;
        int splits = lanes || runners.Alone ? 1 : Math.Clamp((4 * runners.Threads + lots - 1) / lots, 1, Panels);
        runners.For(lots * splits, task =>
        {
            int lot = task / splits, split = task % splits;
            int from = (int)((long)Panels * split / splits), to = (int)((long)Panels * (split + 1) / splits);
            bool isLast = lot == lots - 1;
            RunTogether(isLast ? last : whole, (long)lot * together, isLast ? rest : together, from, to);
        });
        Array.ForEach([.. whole, .. last], plan => plan.Dispose());
    }

    private TapPlan[] Plans(int images) => [.. phases.Select(phase => new TapPlan(tiles, phase.Grid, images, source.Layout, (nint)target.RowStride))];

    private void RunTogether(TapPlan[] plans, long firstImage, int images, int fromPanel, int toPanel)
    {
        float* from = source.Of(firstImage, images), to = target.Pointer + firstImage * Pixels * target.RowStride;
        for (int phase = 0; phase < plans.Length; phase++)
        {
            ReadOnlySpan<TapPanel> panels = phases[phase].Panels.AsSpan(fromPanel, toPanel - fromPanel);
            if (lanes)
            {
                RunPixels(plans[phase], panels, from, to);
            }
            else
            {
                RunPanels(plans[phase], panels, from, to);
            }
        }

        if (done != null && fromPanel < toPanel)
        {
            TapPanel first = phases[0].Panels[fromPanel], end = phases[0].Panels[toPanel - 1];
            done(target.Block(firstImage * Pixels, first.Column, images * Pixels, end.Column + end.Columns - first.Column), first.Column);
        }
    }

    /// <summary>Panel by panel: its weights, which are many, stay in the cache.</summary>
    private void RunPanels(TapPlan plan, ReadOnlySpan<TapPanel> panels, float* from, float* to)
    {
        foreach (ref readonly TapPanel panel in panels)
        {
            foreach (ref readonly TapPlan.Part part in plan.Parts)
            {
                RunTiles(plan, part, 0, part.Tiles, panel, from + panel.Source, to + panel.Column);
            }
        }
    }

    /// <summary>A few tiles of pixels at a time, which are read from end to end; in lanes the weights are few.</summary>
    private void RunPixels(TapPlan plan, ReadOnlySpan<TapPanel> panels, float* from, float* to)
    {
        const int together = 4;
        foreach (ref readonly TapPlan.Part part in plan.Parts)
        {
            for (int tile = 0; tile < part.Tiles; tile += together)
            {
                foreach (ref readonly TapPanel panel in panels)
                {
                    RunTiles(plan, part, tile, Math.Min(tile + together, part.Tiles), panel, from + panel.Source, to + panel.Column);
                }
            }
        }
    }

    /// <summary>Some tiles of a rectangle of pixels: visit by visit, so that the weights of one are read again and again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunTiles(TapPlan plan, in TapPlan.Part part, int fromTile, int toTile, in TapPanel panel, float* from, float* to)
    {
        int padded = lanes ? tiles.Lanes : tiles.Padded(panel.Columns);
        float* start = panel.Start;
        foreach (TapPlan.Visit visit in part.Visits)
        {
            TapRun* runs = plan.Runs(visit);
            for (int i = fromTile; i < toTile; i++)
            {
                int tile = part.FirstTile + i, rows = i == part.Tiles - 1 ? part.LastRows : tiles.Tall;
                if (lanes && i + Ahead < part.Tiles && visit.Runs > 0)
                {
                    // the lowest row of the windows, the one that was not met before
                    FetchLines(from + runs[visit.Runs - 1].A, plan.Sources(tile + Ahead));
                    FetchLines(to, plan.Targets(tile + Ahead));
                }
                else if (start != null)
                {
                    Prefetch(to, plan.Targets(tile), rows, panel.Columns);
                }

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

    /// <summary>Lines that will be written whole must still be fetched first: they come while the tile is computed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(float* to, nint* targets, int rows, int columns)
    {
        for (int i = 0; Sse.IsSupported && i < rows; i++)
        {
            Sse.Prefetch0(to + targets[i]);
            Sse.Prefetch0(to + targets[i] + columns - 1);
        }
    }

    /// <summary>In lanes a tile has little to compute and its lines lie far apart: nobody else asks for the next ones in time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FetchLines(float* at, nint* rows)
    {
        for (int i = 0; i < tiles.Tall; i++)
        {
            Fetch.Line(at + rows[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Compute(
        int rows, in TapPanel panel, float* from, nint* sources, TapRun* runs, int count, float* to, nint* targets, float* start)
    {
        if (lanes)
        {
            tiles.RunLanes(rows, from, sources, source.Layout.StepStride, panel.Weights, panel.WeightStride, runs, count, to, targets, start);
        }
        else
        {
            tiles.RunShared(
                rows, panel.Columns, from, sources, source.Layout.StepStride, panel.Weights, panel.WeightStride, runs, count, to, targets, start);
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
}

/// <summary>
/// Called once for each part of a result while it is still in the cache: rows [pixels × some columns] that are complete, and the first of
/// the columns. May change them number by number; runs on any thread.
/// </summary>
internal delegate void RowsDone(Strided<float> rows, int firstColumn);

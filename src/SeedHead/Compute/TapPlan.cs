namespace SeedHead.Compute;

/// <summary>
/// The tiles of some images and the runs of steps that each needs. Pixels over which the same taps meet the source form a rectangle; the
/// pixels of a rectangle, image after image, are cut into tiles. So no tap outside of the image is ever computed, and nothing is copied.
/// </summary>
internal sealed unsafe class TapPlan : IDisposable
{
    private const int MostSteps = 192; // of one visit: their weights, 24 KiB at 32 columns, stay in the first-level cache

    private readonly NativeBuffer<nint> sources, targets;
    private readonly NativeBuffer<TapRun> runs;
    private readonly List<Part> parts = [];
    private readonly int tall;

    public TapPlan(TapTileSet tiles, TapGrid grid, int images, TapSource source, nint targetStride)
    {
        tall = tiles.Tall;
        var visits = new List<Visit>();
        var allRuns = new List<TapRun>();
        int tileCount = 0;
        foreach (TapAxis.Stretch rows in grid.Rows.Stretches())
        {
            foreach (TapAxis.Stretch columns in grid.Columns.Stretches())
            {
                long pixels = (long)images * rows.Count * columns.Count;
                int count = checked((int)((pixels + tall - 1) / tall));
                int lastRows = (int)(pixels - (long)(count - 1) * tall), firstVisit = visits.Count;
                AddVisits(grid, source, rows, columns, visits, allRuns);
                parts.Add(new(rows, columns, tileCount, count, lastRows, [.. visits[firstVisit..]]));
                tileCount += count;
            }
        }

        sources = new((long)tileCount * tall);
        targets = new((long)tileCount * tall);
        runs = new(allRuns.Count);
        allRuns.CopyTo(runs.Span(0, allRuns.Count));
        foreach (Part part in parts)
        {
            Locate(part, grid, images, source.PixelStride, targetStride);
        }
    }

    public ReadOnlySpan<Part> Parts => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(parts);

    /// <summary>Where the windows of a tile's pixels begin in the source: as many as the tallest tile has rows.</summary>
    public nint* Sources(int tile) => sources.Pointer + (nint)tile * tall;

    /// <summary>Where a tile's pixels lie in the result.</summary>
    public nint* Targets(int tile) => targets.Pointer + (nint)tile * tall;

    public TapRun* Runs(Visit visit) => runs.Pointer + visit.FirstRun;

    public void Dispose()
    {
        sources.Dispose();
        targets.Dispose();
        runs.Dispose();
    }

    private static void AddVisits(
        TapGrid grid, TapSource source, TapAxis.Stretch rows, TapAxis.Stretch columns, List<Visit> visits, List<TapRun> runs)
    {
        int first = runs.Count;
        nint steps = 0;
        foreach (TapRun whole in WholeRuns(grid, source, rows, columns))
        {
            for (nint done = 0, piece; done < whole.Steps; done += piece, steps += piece)
            {
                if (steps == MostSteps)
                {
                    visits.Add(new(first, runs.Count - first));
                    (first, steps) = (runs.Count, 0);
                }

                piece = Math.Min(whole.Steps - done, MostSteps - steps);
                runs.Add(new(whole.A + done * source.StepStride, whole.B + done, piece));
            }
        }

        visits.Add(new(first, runs.Count - first)); // the only one, and empty, where no tap meets the image
    }

    /// <summary>A row of a filter is one run where its taps lie side by side, else each tap is one.</summary>
    private static IEnumerable<TapRun> WholeRuns(TapGrid grid, TapSource source, TapAxis.Stretch rows, TapAxis.Stretch columns)
    {
        int taps = columns.TapTo - columns.TapFrom, each = source.Adjacent ? taps : 1;
        for (int row = rows.TapFrom; row < rows.TapTo; row++)
        {
            for (int column = columns.TapFrom; column < columns.TapTo; column += each)
            {
                nint pixel = (nint)row * grid.Columns.Length + column;
                nint tap = (nint)row * grid.Columns.Taps + column;
                yield return new(pixel * source.PixelStride, tap * source.TapSteps, (nint)each * source.TapSteps);
            }
        }
    }

    private void Locate(Part part, TapGrid grid, int images, nint sourceStride, nint targetStride)
    {
        long at = (long)part.FirstTile * tall, end = at + (long)part.Tiles * tall;
        for (int image = 0; image < images; image++)
        {
            for (int i = part.Rows.First; i < part.Rows.First + part.Rows.Count; i++)
            {
                long row = (long)i * grid.Rows.Step + grid.Rows.First;
                nint source = (nint)(image * grid.SourcePixels + row * grid.Columns.Length + grid.Columns.First);
                nint target = (nint)(image * grid.Pixels + (grid.RowFirst + (long)i * grid.RowStep) * grid.Width + grid.ColumnFirst);
                for (int j = part.Columns.First; j < part.Columns.First + part.Columns.Count; j++, at++)
                {
                    sources.Pointer[at] = (source + (nint)j * grid.Columns.Step) * sourceStride;
                    targets.Pointer[at] = (target + (nint)j * grid.ColumnStep) * targetStride;
                }
            }
        }

        for (; at < end; at++)
        {
            sources.Pointer[at] = sources.Pointer[at - 1]; // the last tile repeats its last pixel
            targets.Pointer[at] = targets.Pointer[at - 1];
        }
    }

    /// <summary>Consecutive runs that are computed in one go.</summary>
    internal readonly record struct Visit(int FirstRun, int Runs);

    /// <summary>A rectangle of pixels that meet the same taps; its last tile holds LastRows of them.</summary>
    internal readonly record struct Part(
        TapAxis.Stretch Rows, TapAxis.Stretch Columns, int FirstTile, int Tiles, int LastRows, Visit[] Visits);
}

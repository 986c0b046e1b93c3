using System.Runtime.CompilerServices;

namespace SeedHead.Compute;

/// <summary>
/// A <see cref="TapSum"/> whose columns would leave most of a vector empty: a lane is an image. Band by band the source is turned, so that the images'
/// numbers lie side by side, and the result turned back.
/// </summary>
internal sealed unsafe class TapSumFew(
    TapTileSet tiles, TapGrid grid, Strided<float> source, TapPanel panel, Strided<float> target, RowsDone? done)
{
    private const long BandNumbers = 192 << 10; // of a turned source: 768 KiB in the second-level cache
    private const long MostNumbers = 4 << 20; // of the rows that one row of the result meets: 16 MiB a thread

    private readonly int lanes = tiles.Lanes, sums = (int)source.Columns;
    private readonly int columns = (panel.Columns + tiles.ImageColumns - 1) / tiles.ImageColumns * tiles.ImageColumns; // that tiles compute

    /// <summary>
    /// Whether there are enough images, so few columns, and sums long enough to be worth turning the source. One grid must hold the whole result.
    /// </summary>
    public static bool Suits(TapTileSet tiles, TapGrid grid, int sums, int columns, long images) =>
        4 * columns <= tiles.Lanes && images >= tiles.Lanes && grid.Taps > 1
        && (long)grid.Rows.Taps * grid.Columns.Length * sums * tiles.Lanes <= MostNumbers;

    public void Run(Team team, long images)
    {
        Band[] bands = [.. Bands()];
        int lots = checked((int)((images + lanes - 1) / lanes));
        team.For(lots * bands.Length, task =>
        {
            long first = (long)(task / bands.Length) * lanes;
            Compute(bands[task % bands.Length], first, (int)Math.Min(lanes, images - first));
        });
        Array.ForEach(bands, band => band.Plan.Dispose());
    }

    private IEnumerable<Band> Bands()
    {
        TapAxis rows = grid.Rows;
        long sourceRows = BandNumbers / ((long)Math.Max(1, grid.Columns.Length) * sums * lanes);
        int most = (int)Math.Clamp((sourceRows - rows.Taps) / rows.Step + 1, 1, Math.Max(1, rows.Positions));
        int count = (rows.Positions + most - 1) / most;
        for (int i = 0; i < count; i++)
        {
            int from = (int)((long)rows.Positions * i / count), to = (int)((long)rows.Positions * (i + 1) / count);
            TapGrid part = grid.Band(from, to - from, out int sourceRow);
            yield return new(new TapPlan(tiles, part, 1, new(sums * lanes, sums, lanes, 0), columns * lanes), part, sourceRow, from);
        }
    }

    private void Compute(Band band, long firstImage, int images)
    {
        long pixels = band.Grid.Pixels, first = (long)band.Row * grid.Width;
        float* from = Scratch.Get<float>(Scratch.Slot.TapSource, band.Grid.SourcePixels * sums * lanes);
        float* to = Scratch.Get<float>(Scratch.Slot.TapTile, pixels * columns * lanes);
        Turn(band, firstImage, images, from);
        RunTiles(band.Plan, from, to);
        TurnBack(band, firstImage, images, to);
        for (int image = 0; done != null && image < images; image++)
        {
            done(target.Block((firstImage + image) * grid.Pixels + first, 0, pixels, panel.Columns), 0);
        }
    }

    /// <summary>[pixels × channels × lanes] from a band's source; lanes without an image are zero.</summary>
    private void Turn(Band band, long firstImage, int images, float* to)
    {
        bool dense = source.RowStride == sums;
        int width = grid.Columns.Length, numbers = dense ? width * sums : sums;
        long lines = dense ? band.Grid.Rows.Length : band.Grid.SourcePixels;
        nint stride = (nint)source.RowStride * (dense ? width : 1), imageStride = (nint)(grid.SourcePixels * source.RowStride);
        float* from = source.Pointer + firstImage * imageStride + (nint)band.SourceRow * width * (nint)source.RowStride;
        for (long line = 0; line < lines; line++, from += stride, to += (nint)numbers * lanes)
        {
            Packing.Panels(from, imageStride, 1, images, lanes, lanes, numbers, to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunTiles(TapPlan plan, float* from, float* to)
    {
        foreach (ref readonly TapPlan.Part part in plan.Parts)
        {
            float* start = panel.Start;
            foreach (TapPlan.Visit visit in part.Visits)
            {
                for (int tile = part.FirstTile; tile < part.FirstTile + part.Tiles; tile++)
                {
                    for (int column = 0; column < columns; column += tiles.ImageColumns)
                    {
                        tiles.RunImages(
                            from, plan.Sources(tile), panel.Weights + column, panel.WeightStride, plan.Runs(visit), visit.Runs,
                            to + column * lanes, plan.Targets(tile), start == null ? null : start + column);
                    }
                }

                start = null;
            }
        }
    }

    private void TurnBack(Band band, long firstImage, int images, float* from)
    {
        bool dense = target.RowStride == columns && panel.Columns == columns;
        int numbers = dense ? grid.Width * columns : panel.Columns;
        long lines = dense ? band.Grid.Height : band.Grid.Pixels;
        nint stride = (nint)target.RowStride * (dense ? grid.Width : 1), imageStride = (nint)(grid.Pixels * target.RowStride);
        nint fromStride = (nint)(dense ? numbers : columns) * lanes;
        float* to = target.Pointer + firstImage * imageStride + (nint)band.Row * grid.Width * (nint)target.RowStride;
        for (long line = 0; line < lines; line++, from += fromStride, to += stride)
        {
            Packing.Unpack(from, lanes, numbers, to, imageStride, images);
        }
    }

    /// <summary>Rows of the result from Row on, and of the source from SourceRow on, for as many images as there are lanes.</summary>
    private sealed record Band(TapPlan Plan, TapGrid Grid, int SourceRow, int Row);
}

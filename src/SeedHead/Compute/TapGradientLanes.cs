using System.Runtime.CompilerServices;

namespace SeedHead.Compute;

/// <summary>
/// The gradient to the weights of narrow groups: every lane is a filter, with the channels of its own group. A tile's rows are the taps that a
/// stretch of pixels meets, its steps the pixels.
/// </summary>
internal sealed unsafe class TapGradientLanes : TapGradient
{
    private readonly TapTileSet tiles;
    private readonly TapImages source, factor;
    private readonly int channels; // of a group

    public TapGradientLanes(
        TapTileSet tiles, ConvolutionShape shape, Strided<float> x, Strided<float> dy, Strided<float> gradient, int[] filters, int[] channels)
        : base(shape, gradient, Panels(tiles, filters.Length), shape.FilterHeight * shape.FilterWidth * channels.Length, tiles.Lanes)
    {
        (this.tiles, this.channels) = (tiles, channels.Length);
        int lanes = TapWeights.PaddedLanes(tiles, filters.Length);
        int[] ofLane = [.. Enumerable.Range(0, lanes).Select(lane => filters[lane < filters.Length ? lane : 0])]; // lanes beyond repeat a filter
        int[] read = [.. channels.SelectMany(c => ofLane.Select(filter => filter / shape.GroupFilters * shape.GroupChannels + c))];
        source = TapImages.Lanes(Scratch.Slot.TapSource, x, shape.Pixels, read, channels.Length);
        factor = TapImages.Lanes(Scratch.Slot.TapFactors, dy, shape.OutPixels, ofLane, 1);
    }

    protected override void Compute(long firstImage, int images, int fromPanel, int toPanel, float* sums)
    {
        for (int panel = fromPanel; panel < toPanel; panel++)
        {
            new Span<float>(sums + PanelStart(panel), Shape.FilterHeight * Shape.FilterWidth * channels * Width).Clear();
        }

        List<TapAxis.Stretch> rows = Shape.RowAxis.Stretches(), columns = Shape.ColumnAxis.Stretches();
        nint[][] starts = [.. rows.SelectMany(r => columns.Select(c => Starts(r, c)))];
        for (int image = 0; image < images; image++)
        {
            float* x = source.Of(firstImage + image, 1), dy = factor.Of(firstImage + image, 1);
            for (int r = 0; r < rows.Count; r++)
            {
                ReadOnlySpan<nint[]> ofRows = starts.AsSpan(r * columns.Count, columns.Count);
                for (int row = rows[r].First; row < rows[r].First + rows[r].Count; row++)
                {
                    for (int panel = fromPanel; panel < toPanel; panel++)
                    {
                        AddRow(row, columns, ofRows, x + panel * Width, dy + panel * Width, sums + PanelStart(panel));
                    }
                }
            }
        }
    }

    private static Panel[] Panels(TapTileSet tiles, int columns) =>
        [.. Enumerable.Range(0, TapWeights.PaddedLanes(tiles, columns) / tiles.Lanes)
            .Select(i => new Panel(0, i * tiles.Lanes, Math.Min(tiles.Lanes, columns - i * tiles.Lanes)))];

    /// <summary>The tiles' rows: for each tile how many, where their taps lie from a window's corner, and where their sums lie.</summary>
    private nint[] Starts(TapAxis.Stretch rows, TapAxis.Stretch columns)
    {
        var taps = new List<(nint Source, nint Sum)>();
        for (int r = rows.TapFrom; r < rows.TapTo; r++)
        {
            for (int s = columns.TapFrom; s < columns.TapTo; s++)
            {
                for (int c = 0; c < channels; c++)
                {
                    nint place = (nint)r * Shape.FilterWidth + s;
                    nint pixel = (nint)r * Shape.Width + s;
                    taps.Add((pixel * source.Layout.PixelStride + c * source.Layout.StepStride, (place * channels + c) * Width));
                }
            }
        }

        return [.. taps.Chunk(tiles.Tall).SelectMany(tile =>
        {
            var rest = Enumerable.Repeat(tile[^1], tiles.Tall - tile.Length); // what is left repeats the last row
            return new nint[] { tile.Length }.Concat(tile.Concat(rest).Select(tap => tap.Source)).Concat(tile.Concat(rest).Select(tap => tap.Sum));
        })];
    }

    /// <summary>One row of pixels: stretch by stretch, so that every chain meets its pixels in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddRow(int row, List<TapAxis.Stretch> columns, ReadOnlySpan<nint[]> starts, float* x, float* dy, float* to)
    {
        TapAxis rowAxis = Shape.RowAxis, columnAxis = Shape.ColumnAxis;
        nint xStride = source.Layout.PixelStride, dyStride = factor.Layout.PixelStride;
        FetchNext(row, x, dy);
        for (int stretch = 0; stretch < columns.Count; stretch++)
        {
            int first = columns[stretch].First;
            nint window = ((nint)row * rowAxis.Step + rowAxis.First) * Shape.Width + (nint)first * columnAxis.Step + columnAxis.First;
            nint pixel = (nint)row * Shape.OutWidth + first;
            var run = new TapRun(0, 0, columns[stretch].Count);
            fixed (nint* tile = starts[stretch])
            {
                for (int at = 0; at < starts[stretch].Length; at += 1 + 2 * tiles.Tall)
                {
                    tiles.RunLanes(
                        (int)tile[at], x + window * xStride, tile + at + 1, columnAxis.Step * xStride, dy + pixel * dyStride, dyStride, &run, 1,
                        to, tile + at + 1 + tiles.Tall, null);
                }
            }
        }
    }

    /// <summary>What the next row will read and this one does not.</summary>
    private void FetchNext(int row, float* x, float* dy)
    {
        TapAxis rows = Shape.RowAxis;
        FetchLine(dy, factor.Layout.PixelStride, row + 1, Shape.OutWidth);
        for (int i = 0; i < Math.Min(rows.Step, rows.Taps); i++)
        {
            FetchLine(x, source.Layout.PixelStride, (row + 1) * rows.Step + rows.First + rows.Taps - 1 - i, Shape.Width);
        }
    }

    private static void FetchLine(float* from, nint pixelStride, nint row, int pixels)
    {
        for (nint i = 0; i < pixels; i++)
        {
            Fetch.Line(from + (row * pixels + i) * pixelStride);
        }
    }
}

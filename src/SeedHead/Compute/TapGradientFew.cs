using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SeedHead.Compute;

/// <summary>
/// The gradient to the weights of few channels: a tile's rows are the taps and channels that a stretch of pixels meets, its columns filters, its steps the
/// pixels. Images are read where they lie.
/// </summary>
internal sealed unsafe class TapGradientFew : TapGradient
{
    private const int MostTaps = 64; // the table of tiles grows with their cube
    private readonly TapTileSet tiles;
    private readonly Strided<float> x, dy;
    private readonly int[] filters, channels;
    private readonly TapAxis rowAxis, columnAxis;
    private readonly List<TapAxis.Stretch> rows, columns;
    private readonly nint[][] starts; // by stretch of rows, then of columns

    public TapGradientFew(
        TapTileSet tiles, ConvolutionShape shape, Strided<float> x, Strided<float> dy, Strided<float> gradient, int[] filters, int[] channels)
        : base(shape, gradient, TapStrips.Panels(tiles, shape, filters), shape.FilterHeight * shape.FilterWidth * channels.Length, tiles.Width)
    {
        (this.tiles, this.x, this.dy, this.filters, this.channels) = (tiles, x, dy, filters, channels);
        (rowAxis, columnAxis) = (shape.RowAxis, shape.ColumnAxis);
        (rows, columns) = (rowAxis.Stretches(), columnAxis.Stretches());
        starts = [.. rows.SelectMany(r => columns.Select(c => Starts(r, c)))];
    }

    /// <summary>Whether so few channels would leave most rows of a tile empty if each tap had tiles of its own.</summary>
    public static bool Suits(TapTileSet tiles, ConvolutionShape shape, int channels) =>
        2 * channels <= tiles.Tall - 2 && shape.FilterHeight * shape.FilterWidth * channels <= MostTaps;

    protected override void Compute(long firstImage, int images, int fromPanel, int toPanel, float* sums)
    {
        long rowLength = (long)Shape.OutWidth * Width;
        float* strip = Scratch.Get<float>(Scratch.Slot.TapFactors, rowLength);
        for (int panel = fromPanel; panel < toPanel; panel++)
        {
            NativeMemory.Clear(strip, (nuint)(rowLength * sizeof(float))); // columns without a filter stay zero: never a slow number
            float* to = sums + PanelStart(panel);
            NativeMemory.Clear(to, (nuint)((long)Shape.FilterHeight * Shape.FilterWidth * channels.Length * Width * sizeof(float)));
            for (long image = firstImage; image < firstImage + images; image++)
            {
                for (int r = 0; r < rows.Count; r++)
                {
                    for (int row = rows[r].First; row < rows[r].First + rows[r].Count; row++)
                    {
                        AddRow(image, row, panel, starts.AsSpan(r * columns.Count, columns.Count), strip, to);
                    }
                }
            }
        }
    }

    /// <summary>The tiles' rows: for each tile how many, where their numbers lie from a window's corner, and where their sums lie.</summary>
    private nint[] Starts(TapAxis.Stretch ofRows, TapAxis.Stretch ofColumns)
    {
        var taps = new List<(nint Source, nint Sum)>();
        for (int r = ofRows.TapFrom; r < ofRows.TapTo; r++)
        {
            for (int s = ofColumns.TapFrom; s < ofColumns.TapTo; s++)
            {
                for (int c = 0; c < channels.Length; c++)
                {
                    nint place = ((nint)r * Shape.FilterWidth) + s, pixel = ((nint)r * Shape.Width) + s;
                    taps.Add(((pixel * (nint)x.RowStride) + channels[c], ((place * channels.Length) + c) * Width));
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
    private void AddRow(long image, int row, int panel, ReadOnlySpan<nint[]> ofRow, float* strip, float* to)
    {
        Panel of = PanelAt(panel);
        int padded = tiles.Padded(of.Count);
        nint stride = (nint)x.RowStride;
        TapStrips.GatherFilters(dy, filters, of, (image * Shape.OutPixels) + ((long)row * Shape.OutWidth), Shape.OutWidth, strip, padded);
        float* source = x.Pointer + (image * Shape.Pixels * stride) + (of.Group * Shape.GroupChannels);
        for (int stretch = 0; stretch < columns.Count; stretch++)
        {
            int first = columns[stretch].First;
            nint window = ((((nint)row * rowAxis.Step) + rowAxis.First) * Shape.Width) + ((nint)first * columnAxis.Step) + columnAxis.First;
            var run = new TapRun(0, 0, columns[stretch].Count);
            fixed (nint* tile = ofRow[stretch])
            {
                for (int at = 0; at < ofRow[stretch].Length; at += 1 + (2 * tiles.Tall))
                {
                    tiles.RunShared(
                        (int)tile[at], of.Count, source + (window * stride), tile + at + 1, columnAxis.Step * stride, strip + (first * padded), padded, &run, 1,
                        to, tile + at + 1 + tiles.Tall, null);
                }
            }
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>
/// The gradient to the weights where the filters of a group fill vectors: tiles of [channels × filters], whose steps are pixels. The chosen
/// channels and filters are gathered into strips that a tile reads from end to end, a few rows of pixels at a time.
/// </summary>
internal sealed unsafe class TapGradientShared(
    TapTileSet tiles, ConvolutionShape shape, Strided<float> x, Strided<float> dy, Strided<float> gradient, int[] filters, int[] channels)
    : TapGradient(shape, gradient, TapStrips.Panels(tiles, shape, filters), shape.FilterHeight * shape.FilterWidth * channels.Length, tiles.Width)
{
    private const int FewPixels = 128; // of a panel: 16 KiB in the first-level cache
    private const int ManyPixels = 512; // 64 KiB in the second-level cache
    private const int FewSums = 256 << 10; // numbers that are worth going through for few pixels
    private const long StripNumbers = 64 << 10; // of some images' channels: 256 KiB in the second

    private readonly TapAxis rowAxis = shape.RowAxis, columnAxis = shape.ColumnAxis;
    private readonly int bandRows =
        Math.Max(1, (shape.Taps * filters.Length < FewSums ? FewPixels : ManyPixels) / Math.Max(1, shape.OutWidth));

    private readonly int strips = (channels.Length + tiles.Tall - 1) / tiles.Tall;

    protected override void Compute(long firstImage, int images, int fromPanel, int toPanel, float* sums)
    {
        int fromGroup = PanelAt(fromPanel).Group, groups = PanelAt(toPanel - 1).Group + 1 - fromGroup;
        long imageNumbers = Shape.Pixels * strips * tiles.Tall * groups;
        int together = (int)Math.Clamp(Math.Max(StripNumbers / imageNumbers, bandRows / Shape.OutHeight), 1, images);
        float* x = Scratch.Get<float>(Scratch.Slot.TapSource, together * imageNumbers);
        nint strip = (nint)bandRows * Shape.OutWidth * tiles.Width;
        float* ofFilters = Scratch.Get<float>(Scratch.Slot.TapFactors, (toPanel - fromPanel) * strip);
        NativeMemory.Clear(ofFilters, (nuint)((toPanel - fromPanel) * strip * sizeof(float))); // columns without a filter stay zero: never a slow number
        int places = Shape.FilterHeight * Shape.FilterWidth;
        TapRun* runs = Scratch.Get<TapRun>(Scratch.Slot.TapRuns, (long)places * bandRows);
        var counts = new int[places];
        for (int image = 0; image < images; image += together)
        {
            int count = Math.Min(together, images - image);
            long rows = (long)count * Shape.OutHeight;
            GatherChannels(firstImage + image, count, fromGroup, groups, x);
            for (long row = 0; row < rows; row += bandRows)
            {
                int band = (int)Math.Min(bandRows, rows - row);
                FindRuns(row, band, runs, counts);
                for (int panel = fromPanel; panel < toPanel; panel++)
                {
                    float* filtersOfPanel = ofFilters + (panel - fromPanel) * strip;
                    TapStrips.GatherFilters(
                        dy, filters, PanelAt(panel), (firstImage + image) * Shape.OutPixels + row * Shape.OutWidth, band * Shape.OutWidth, filtersOfPanel,
                        tiles.Padded(PanelAt(panel).Count));
                    float* group = x + (PanelAt(panel).Group - fromGroup) * (nint)(count * Shape.Pixels) * strips * tiles.Tall;
                    bool first = image == 0 && row == 0;
                    AddBand(panel, group, (nint)(count * Shape.Pixels), filtersOfPanel, runs, counts, first, sums + PanelStart(panel));
                }
            }
        }
    }

    /// <summary>For every place in the filter, the runs of pixels of some rows that meet the image there; rows count through the images.</summary>
    private void FindRuns(long firstRow, int rows, TapRun* runs, int[] counts)
    {
        for (int place = 0; place < counts.Length; place++)
        {
            (int r, int s) = Math.DivRem(place, Shape.FilterWidth);
            (int fromRow, int toRow) = rowAxis.PositionsOf(r);
            (int from, int to) = columnAxis.PositionsOf(s);
            int count = 0;
            (long image, long i) = Math.DivRem(firstRow, Shape.OutHeight);
            for (int row = 0; row < rows && to > from; row++)
            {
                if (i >= fromRow && i < toRow)
                {
                    long y = i * rowAxis.Step + rowAxis.First + r, x = (long)from * columnAxis.Step + columnAxis.First + s;
                    long pixel = image * Shape.Pixels + y * Shape.Width + x;
                    count = Append(runs + (nint)place * bandRows, count, new((nint)pixel * tiles.Tall, (nint)row * Shape.OutWidth + from, to - from));
                }

                (image, i) = ++i == Shape.OutHeight ? (image + 1, 0) : (image, i);
            }

            counts[place] = count;
        }
    }

    /// <summary>A run that goes on where the last one ended becomes part of it.</summary>
    private int Append(TapRun* runs, int count, TapRun run)
    {
        if (count > 0 && runs[count - 1] is var last && last.B + last.Steps == run.B
            && last.A + last.Steps * columnAxis.Step * tiles.Tall == run.A)
        {
            runs[count - 1] = last with { Steps = last.Steps + run.Steps };
            return count;
        }

        runs[count] = run;
        return count + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddBand(int panel, float* group, nint pixels, float* strip, TapRun* runs, int[] counts, bool first, float* sums)
    {
        int columns = PanelAt(panel).Count, padded = tiles.Padded(columns), tall = tiles.Tall;
        int lastRows = channels.Length - (strips - 1) * tall;
        float* zeros = stackalloc float[2 * Vector512<float>.Count];
        new Span<float>(zeros, tiles.Width).Clear();
        nint* allRows = stackalloc nint[2 * tall], restRows = stackalloc nint[2 * tall];
        FindRows(tall, allRows);
        FindRows(lastRows, restRows);
        for (int place = 0; place < counts.Length; place++)
        {
            for (int at = 0; at < strips && (first || counts[place] > 0); at++)
            {
                bool last = at == strips - 1;
                nint* rows = last ? restRows : allRows;
                tiles.RunShared(
                    last ? lastRows : tall, columns, group + at * pixels * tall, rows, (nint)columnAxis.Step * tall, strip, padded,
                    runs + (nint)place * bandRows, counts[place], sums + ((nint)place * channels.Length + at * tall) * Width, rows + tall,
                    first ? zeros : null);
            }
        }
    }

    /// <summary>The rows of a tile, which are channels: where they lie from a pixel's strip on, then where their sums lie.</summary>
    private void FindRows(int rows, nint* to)
    {
        for (int i = 0; i < tiles.Tall; i++)
        {
            to[i] = Math.Min(i, rows - 1); // what is left repeats the last one
            to[tiles.Tall + i] = to[i] * Width;
        }
    }

    /// <summary>The chosen channels of some images: for every group, strips of [pixels × Tall] channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void GatherChannels(long firstImage, int images, int fromGroup, int groups, float* to)
    {
        nint pixels = (nint)(images * Shape.Pixels);
        int tall = tiles.Tall;
        for (int group = 0; group < groups; group++)
        {
            for (int strip = 0; strip < strips; strip++, to += pixels * tall)
            {
                int first = strip * tall, rows = Math.Min(tall, channels.Length - first);
                float* from = x.Pointer + firstImage * Shape.Pixels * x.RowStride + (fromGroup + group) * (nint)Shape.GroupChannels;
                if (channels[first + rows - 1] - channels[first] == rows - 1)
                {
                    TapStrips.CopyRows(from + channels[first], (nint)x.RowStride, pixels, rows, to, tall);
                }
                else
                {
                    for (int i = 0; i < rows; i++)
                    {
                        TapStrips.CopyColumn(from + channels[first + i], (nint)x.RowStride, pixels, to + i, tall);
                    }
                }
            }
        }
    }
}

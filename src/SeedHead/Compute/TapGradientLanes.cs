using System.Runtime.CompilerServices;

namespace SeedHead.Compute;

/// <summary>
/// The gradient to the weights of narrow groups: every lane is a filter, with the channels of its own group. A tile's rows are the taps that a
/// stretch of pixels meets, its steps the pixels.
/// </summary>
internal sealed unsafe class TapGradientLanes : TapGradient
{
    private readonly TapTileSet tiles;
    private readonly TapExpansion source, factor;
    private readonly int perPlace, padded; // channels of a group, lanes of all filters

    public TapGradientLanes(
        TapTileSet tiles, ConvolutionShape shape, Strided<float> x, Strided<float> dy, Strided<float> gradient, int[] filters, int[] channels)
        : base(shape, gradient, Panels(tiles, filters.Length), shape.KernelHeight * shape.KernelWidth * channels.Length, tiles.Lanes)
    {
        (this.tiles, perPlace) = (tiles, channels.Length);
        padded = TapWeights.PaddedLanes(tiles, filters.Length);
        source = new(Scratch.Slot.TapSource, x, shape.Pixels, Lanes(k => filters[k % padded] / shape.GroupFilters * shape.GroupChannels + channels[k / padded], perPlace));
        factor = new(Scratch.Slot.TapFactors, dy, shape.OutPixels, Lanes(k => filters[k], 1));

        int[] Lanes(Func<int, int> channelOf, int rows) =>
            [.. Enumerable.Range(0, rows * padded).Select(k => channelOf(k % padded < filters.Length ? k : k / padded * padded))];
    }

    protected override void Compute(long firstImage, int images, int fromPanel, int toPanel, float* sums)
    {
        for (int panel = fromPanel; panel < toPanel; panel++)
        {
            new Span<float>(sums + PanelStart(panel), Shape.KernelHeight * Shape.KernelWidth * perPlace * Width).Clear();
        }

        List<TapAxis.Stretch> rows = Shape.RowAxis.Stretches(), columns = Shape.ColumnAxis.Stretches();
        for (int image = 0; image < images; image++)
        {
            float* x = source.Of(firstImage + image, 1), dy = factor.Of(firstImage + image, 1);
            for (int panel = fromPanel; panel < toPanel; panel++)
            {
                foreach (TapAxis.Stretch stretch in rows)
                {
                    for (int row = stretch.First; row < stretch.First + stretch.Count; row++)
                    {
                        AddRow(row, stretch, columns, x + panel * Width, dy + panel * Width, sums + PanelStart(panel));
                    }
                }
            }
        }
    }

    private static Panel[] Panels(TapTileSet tiles, int columns) =>
        [.. Enumerable.Range(0, (columns + tiles.Lanes - 1) / tiles.Lanes).Select(i => new Panel(0, i * tiles.Lanes, Math.Min(tiles.Lanes, columns - i * tiles.Lanes)))];

    /// <summary>One row of pixels: stretch by stretch, so that every chain meets its pixels in order.</summary>
    private void AddRow(int row, TapAxis.Stretch rows, List<TapAxis.Stretch> columns, float* x, float* dy, float* to)
    {
        TapAxis rowAxis = Shape.RowAxis, columnAxis = Shape.ColumnAxis;
        nint stride = (nint)perPlace * padded;
        foreach (TapAxis.Stretch stretch in columns)
        {
            nint window = ((nint)row * rowAxis.Step + rowAxis.First) * Shape.Width + (nint)stretch.First * columnAxis.Step + columnAxis.First;
            nint pixel = (nint)row * Shape.OutWidth + stretch.First;
            AddStretch(rows, stretch, x + window * stride, columnAxis.Step * stride, dy + pixel * padded, to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddStretch(TapAxis.Stretch rows, TapAxis.Stretch columns, float* x, nint xStep, float* dy, float* to)
    {
        int tall = tiles.Tall, held = 0, inRow = (columns.TapTo - columns.TapFrom) * perPlace, count = (rows.TapTo - rows.TapFrom) * inRow;
        nint* starts = stackalloc nint[2 * tall];
        var run = new TapRun(0, 0, columns.Count);
        for (int i = 0; i < count; i++)
        {
            (int r, int inside) = (rows.TapFrom + i / inRow, columns.TapFrom * perPlace + i % inRow);
            starts[held] = ((nint)r * Shape.Width * perPlace + inside) * padded;
            starts[tall + held++] = ((nint)r * Shape.KernelWidth * perPlace + inside) * Width;
            if (held == tall || i == count - 1)
            {
                for (int rest = held; rest < tall; rest++)
                {
                    (starts[rest], starts[tall + rest]) = (starts[held - 1], starts[tall + held - 1]);
                }

                tiles.RunLanes(held, x, starts, xStep, dy, padded, &run, 1, to, starts + tall, null);
                held = 0;
            }
        }
    }
}

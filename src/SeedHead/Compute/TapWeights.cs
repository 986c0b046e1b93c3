namespace SeedHead.Compute;

/// <summary>
/// The weights of a convolution as a <see cref="TapSum"/> reads them: for each tap a matrix [channels that are summed × columns] per group.
/// </summary>
/// <remarks>
/// Backward, the result's columns are channels, and filters are summed. Tap t is the filter's place placeOf(t) = row·FilterWidth + column.
/// </remarks>
internal sealed unsafe class TapWeights(
    TapTileSet tiles, ConvolutionShape shape, Strided<float> weights, bool backward, bool few, int taps, Func<int, int> placeOf)
{
    private readonly int sums = backward ? shape.GroupFilters : shape.GroupChannels;
    private readonly int columns = backward ? shape.GroupChannels : shape.GroupFilters;

    /// <summary>Whether a <see cref="TapSumFew"/> reads them.</summary>
    public bool Few => few;

    /// <summary>Whether a group's columns would leave most of a vector empty, so that every lane gets a channel of its own instead.</summary>
    public bool InLanes => Narrow(tiles, shape, columns);

    /// <summary>For each channel that is summed, those of the lanes; lanes beyond the columns repeat a channel that exists.</summary>
    public int[] LaneChannels()
    {
        int lanes = PaddedColumns;
        return [.. Enumerable.Range(0, sums * lanes).Select(i => (i % lanes < shape.Groups * columns ? i % lanes / columns : 0) * sums + i / lanes)];
    }

    /// <summary>Numbers that the packed weights take up.</summary>
    public long PackedLength => (long)taps * sums * PaddedColumns;

    private int PanelsPerGroup => (columns + tiles.Width - 1) / tiles.Width;

    private bool OneByOne => few || InLanes;

    private int PaddedColumns => OneByOne ? PaddedLanes(tiles, shape.Groups * columns) : shape.Groups * PanelsPerGroup * tiles.Width;

    public static bool Narrow(TapTileSet tiles, ConvolutionShape shape, int columns) => shape.Groups > 1 && 4 * columns <= tiles.Lanes;

    public static int PaddedLanes(TapTileSet tiles, int columns) => (columns + tiles.Lanes - 1) / tiles.Lanes * tiles.Lanes;

    /// <summary>What the chains of the columns, padded as the panels are, start at: the bias, or zeros where it is null.</summary>
    public float* Starts(float* bias)
    {
        float* starts = Scratch.Get<float>(Scratch.Slot.TapStarts, PaddedColumns);
        new Span<float>(starts, PaddedColumns).Clear();
        for (int column = 0; bias != null && column < shape.Groups * columns; column++)
        {
            int place = OneByOne ? column : column / columns * PanelsPerGroup * tiles.Width + column % columns;
            starts[place] = bias[column];
        }

        return starts;
    }

    /// <summary>Packs the weights; the chains start at <paramref name="starts"/>, or where that is null at what the result holds.</summary>
    public TapPanel[] Pack(Team team, float* packed, float* starts, nint groupStride) =>
        OneByOne ? PackOneByOne(packed, starts) : PackShared(team, packed, starts, groupStride);

    /// <summary>Panels of columns that share their channels: the tiles' width each, group after group.</summary>
    private TapPanel[] PackShared(Team team, float* packed, float* starts, nint groupStride)
    {
        int width = tiles.Width, perGroup = PanelsPerGroup;
        var panels = new TapPanel[shape.Groups * perGroup];
        for (int i = 0; i < panels.Length; i++)
        {
            int group = i / perGroup, first = i % perGroup * width, count = Math.Min(width, columns - first);
            panels[i] = new(
                packed + (nint)i * width * taps * sums, tiles.Padded(count), starts == null ? null : starts + (nint)i * width,
                group * groupStride, group * columns + first, count);
        }

        team.For(panels.Length, i => Pack(panels[i], i / perGroup, i % perGroup * width));
        return panels;
    }

    /// <summary>Panels of one vector, whose columns may have channels of their own. The weights lie [taps × channels summed × padded columns].</summary>
    private TapPanel[] PackOneByOne(float* packed, float* starts)
    {
        int all = shape.Groups * columns, padded = PaddedColumns;
        for (int tap = 0; tap < taps; tap++)
        {
            for (int column = 0; column < padded; column++)
            {
                Strided<float> of = column < all ? Tap(tap, column / columns) : default;
                for (int k = 0; k < sums; k++)
                {
                    packed[((nint)tap * sums + k) * padded + column] = column < all ? of[k, column % columns] : 0;
                }
            }
        }

        var panels = new TapPanel[padded / tiles.Lanes];
        for (int i = 0; i < panels.Length; i++)
        {
            int first = i * tiles.Lanes;
            panels[i] = new(packed + first, padded, starts == null ? null : starts + first, first, first, Math.Min(tiles.Lanes, all - first));
        }

        return panels;
    }

    private Strided<float> Tap(int tap, int group)
    {
        long row = (long)placeOf(tap) * shape.GroupChannels;
        Strided<float> of = weights.Block(row, (long)group * shape.GroupFilters, shape.GroupChannels, shape.GroupFilters);
        return backward ? of.Transpose : of;
    }

    private void Pack(TapPanel panel, int group, int first)
    {
        int padded = (int)panel.WeightStride;
        for (int tap = 0; tap < taps; tap++)
        {
            Strided<float> of = Tap(tap, group);
            Packing.Panels(
                of.Pointer + first * of.ColumnStride, (nint)of.ColumnStride, (nint)of.RowStride, panel.Columns, padded, padded, sums,
                panel.Weights + (nint)tap * sums * padded);
        }
    }
}

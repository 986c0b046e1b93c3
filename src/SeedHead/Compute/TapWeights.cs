namespace SeedHead.Compute;

/// <summary>The weights of a convolution as a <see cref="TapSum"/> reads them: for each tap a matrix [channels that are summed × columns] per group.</summary>
/// <remarks>
/// Backward, the result's columns are channels, and filters are summed. Tap t is the kernel's place kernelTap(t) = row·KernelWidth + column.
/// </remarks>
internal sealed unsafe class TapWeights(
    TapTileSet tiles, ConvolutionShape shape, Strided<float> weights, bool backward, int taps, Func<int, int> kernelTap)
{
    private readonly int sums = backward ? shape.GroupFilters : shape.GroupChannels;
    private readonly int columns = backward ? shape.GroupChannels : shape.GroupFilters;

    /// <summary>Panels of columns that share their channels: the tiles' width each, group after group. Chains start at start[column].</summary>
    public TapPanel[] Shared(Team team, float* start)
    {
        int perGroup = (columns + tiles.Width - 1) / tiles.Width, width = tiles.Width;
        nint steps = (nint)taps * sums;
        float* packed = Scratch.Get<float>(Scratch.Slot.TapWeights, (long)shape.Groups * perGroup * width * steps);
        float* starts = start == null ? null : PaddedStarts(start, perGroup);
        var panels = new TapPanel[shape.Groups * perGroup];
        for (int i = 0; i < panels.Length; i++)
        {
            int group = i / perGroup, first = i % perGroup * width, count = Math.Min(width, columns - first);
            panels[i] = new(
                packed + i * width * steps, tiles.Padded(count), starts == null ? null : starts + (nint)i * width,
                (nint)group * sums, group * columns + first, count);
        }

        team.For(panels.Length, i => Pack(panels[i], i / perGroup, i % perGroup * width));
        return panels;
    }

    /// <summary>Panels of columns with channels of their own: one vector each. The weights lie [taps × channels that are summed × padded columns].</summary>
    public TapPanel[] Lanes(float* start)
    {
        int all = shape.Groups * columns, padded = PaddedLanes(tiles, all);
        float* packed = Scratch.Get<float>(Scratch.Slot.TapWeights, (long)taps * sums * padded);
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

        float* starts = start == null ? null : Scratch.Get<float>(Scratch.Slot.TapStarts, padded);
        var panels = new TapPanel[padded / tiles.Lanes];
        for (int i = 0; i < panels.Length; i++)
        {
            int first = i * tiles.Lanes, count = Math.Min(tiles.Lanes, all - first);
            for (int j = 0; starts != null && j < tiles.Lanes; j++)
            {
                starts[first + j] = j < count ? start[first + j] : 0;
            }

            panels[i] = new(packed + first, padded, starts == null ? null : starts + first, first, first, count);
        }

        return panels;
    }

    public static int PaddedLanes(TapTileSet tiles, int columns) => (columns + tiles.Lanes - 1) / tiles.Lanes * tiles.Lanes;

    private Strided<float> Tap(int tap, int group)
    {
        long row = (long)kernelTap(tap) * shape.GroupChannels;
        Strided<float> of = weights.Block(row, (long)group * shape.GroupFilters, shape.GroupChannels, shape.GroupFilters);
        return backward ? of.Transpose : of;
    }

    private float* PaddedStarts(float* start, int perGroup)
    {
        int width = tiles.Width;
        float* starts = Scratch.Get<float>(Scratch.Slot.TapStarts, (long)shape.Groups * perGroup * width);
        for (int group = 0; group < shape.Groups; group++)
        {
            for (int column = 0; column < perGroup * width; column++)
            {
                starts[(nint)group * perGroup * width + column] = column < columns ? start[group * columns + column] : 0;
            }
        }

        return starts;
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

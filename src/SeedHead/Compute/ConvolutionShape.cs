namespace SeedHead.Compute;

/// <summary>Sizes of a convolution: images [Height × Width × Channels] and filters [FilterHeight × FilterWidth × Channels/Groups].</summary>
/// <remarks>Check with <see cref="Require"/>; what is made of a shape that was not checked is undefined.</remarks>
internal sealed record ConvolutionShape(int Height, int Width, int Channels, int Filters, int FilterHeight, int FilterWidth)
{
    /// <summary>Rows and columns from one window to the next.</summary>
    public (int Rows, int Columns) Stride { get; init; } = (1, 1);

    /// <summary>How far windows may reach beyond the image, in rows above and below and in columns left and right.</summary>
    public (int Rows, int Columns) Padding { get; init; }

    /// <summary>Channels and filters are cut into this many equal groups; a filter reads the channels of its own group.</summary>
    public int Groups { get; init; } = 1;

    public int OutHeight => Outputs(Height, FilterHeight, Stride.Rows, Padding.Rows);

    public int OutWidth => Outputs(Width, FilterWidth, Stride.Columns, Padding.Columns);

    /// <summary>Pixels of an image.</summary>
    public long Pixels => (long)Height * Width;

    /// <summary>Pixels of a result.</summary>
    public long OutPixels => (long)OutHeight * OutWidth;

    public int GroupChannels => Channels / Groups;

    public int GroupFilters => Filters / Groups;

    /// <summary>
    /// Weights of one filter; that of (row, column, channel of the group) stands in row (row·FilterWidth + column)·GroupChannels + channel.
    /// </summary>
    public long Taps => (long)FilterHeight * FilterWidth * GroupChannels;

    /// <summary>Output rows: row i has its window at i·stride − padding.</summary>
    internal TapAxis RowAxis => new(OutHeight, FilterHeight, Stride.Rows, -Padding.Rows, Height);

    internal TapAxis ColumnAxis => new(OutWidth, FilterWidth, Stride.Columns, -Padding.Columns, Width);

    /// <exception cref="ArgumentException">A size is not positive, padding is negative, or the groups do not divide channels and filters.</exception>
    public void Require()
    {
        if (Math.Min(Math.Min(Height, Width), Math.Min(Channels, Filters)) < 1 || Math.Min(FilterHeight, FilterWidth) < 1
            || Math.Min(Stride.Rows, Stride.Columns) < 1 || Math.Min(Padding.Rows, Padding.Columns) < 0)
        {
            throw new ArgumentException($"{this}: sizes and strides must be at least 1, padding at least 0.");
        }

        if (Groups < 1 || Channels % Groups != 0 || Filters % Groups != 0)
        {
            throw new ArgumentException($"{this}: the number of groups must divide the channels and the filters.");
        }
    }

    public override string ToString() =>
        $"Convolution of {Height}x{Width}x{Channels} with {Filters} filters {FilterHeight}x{FilterWidth}, stride {Stride.Rows}x{Stride.Columns},"
        + $" padding {Padding.Rows}x{Padding.Columns}, {Groups} group(s)";

    private static int Outputs(int length, int window, int stride, int padding)
    {
        long room = length + 2L * padding - window;
        return room < 0 ? 0 : checked((int)(room / stride + 1));
    }
}

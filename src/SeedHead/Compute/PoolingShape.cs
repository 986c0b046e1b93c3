namespace SeedHead.Compute;

/// <summary>Sizes of a pooling: windows [FilterHeight × FilterWidth] that slide over images [Height × Width × Channels].</summary>
/// <remarks>Check with <see cref="Require"/>; what is made of a shape that was not checked is undefined.</remarks>
internal sealed record PoolingShape(int Height, int Width, int Channels, int FilterHeight, int FilterWidth)
{
    /// <summary>Rows and columns from one window to the next; by default windows lie side by side.</summary>
    public (int Rows, int Columns) Stride { get; init; } = (FilterHeight, FilterWidth);

    /// <summary>How far windows may reach beyond the image; less than the window, so that each holds a pixel.</summary>
    public (int Rows, int Columns) Padding { get; init; }

    public int OutHeight => Filtered.OutHeight;

    public int OutWidth => Filtered.OutWidth;

    public long Pixels => (long)Height * Width;

    public long OutPixels => (long)OutHeight * OutWidth;

    internal TapAxis RowAxis => Filtered.RowAxis;

    internal TapAxis ColumnAxis => Filtered.ColumnAxis;

    /// <summary>Windows slide as those of a convolution.</summary>
    private ConvolutionShape Filtered => new(Height, Width, 1, 1, FilterHeight, FilterWidth) { Stride = Stride, Padding = Padding };

    /// <summary>One window over the whole image.</summary>
    public static PoolingShape Global(int height, int width, int channels) => new(height, width, channels, height, width);

    /// <exception cref="ArgumentException">A size is not positive, padding is negative or as large as the window.</exception>
    public void Require()
    {
        Filtered.Require();
        if (Channels < 1 || Padding.Rows >= FilterHeight || Padding.Columns >= FilterWidth)
        {
            throw new ArgumentException(
                $"Pooling of {Height}x{Width}x{Channels} by {FilterHeight}x{FilterWidth}, padding {Padding.Rows}x{Padding.Columns}: there must be a"
                + " channel, and padding must be less than the window.");
        }
    }
}

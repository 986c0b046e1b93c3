using SeedHead.Data;

namespace SeedHead.Networks;

/// <summary>Filters slid over an image: y[r, c, o] = Σ w[o, i, j, k]·x[r·S + i − P, c·S + j − P, k] (+ b[o]). Text form "conv64@3", "conv64@11/4p5b", "conv64@3g4".</summary>
/// <remarks>Sums run over a K × K window and the channels of the filter's group; beyond the border x is 0. No filter is flipped.</remarks>
public sealed record ConvolutionLayer : Layer
{
    internal ConvolutionLayer(int filters, int kernel, int stride, int? padding, int groups, bool biased)
    {
        Filters = InputLayer.Positive(filters, nameof(filters), "filters of a convolution");
        Kernel = InputLayer.Positive(kernel, nameof(kernel), "kernel of a convolution");
        Stride = InputLayer.Positive(stride, nameof(stride), "stride of a convolution");
        Groups = InputLayer.Positive(groups, nameof(groups), "groups of a convolution");
        Biased = biased;
        if (padding is null && kernel % 2 == 0)
        {
            throw new ArgumentException($"A {kernel} × {kernel} kernel has no middle: give its padding, as in conv{filters}@{kernel}p{kernel / 2}.", nameof(padding));
        }

        if (filters % groups != 0)
        {
            throw new ArgumentException($"{filters} filters cannot be cut into {groups} equal groups.", nameof(groups));
        }

        GivenPadding = padding is null or >= 0 ? padding : throw new ArgumentOutOfRangeException(nameof(padding), padding, "The padding must be at least 0.");
    }

    /// <summary>Number of filters, the channels of the result.</summary>
    public int Filters { get; }

    /// <summary>K, rows and columns of a filter.</summary>
    public int Kernel { get; }

    /// <summary>S, pixels from one window to the next.</summary>
    public int Stride { get; }

    /// <summary>P, zeros around the image: as given, or (K − 1)/2, which keeps the size where the stride is 1.</summary>
    public int Padding => GivenPadding ?? (Kernel - 1) / 2;

    /// <summary>Channels and filters are cut into so many groups; a filter reads the channels of its own.</summary>
    public int Groups { get; }

    /// <summary>Whether every filter has a bias.</summary>
    public bool Biased { get; }

    private int? GivenPadding { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"conv{Filters}@{Kernel}{(Stride > 1 ? $"/{Stride}" : "")}{(GivenPadding is { } given ? $"p{given}" : "")}{(Groups > 1 ? $"g{Groups}" : "")}{(Biased ? "b" : "")}";

    /// <summary>Positions of a window of <paramref name="kernel"/> pixels along <paramref name="length"/>; below 1 where it does not fit.</summary>
    internal static int Positions(int length, int kernel, int stride, int padding) =>
        length + (2L * padding) < kernel ? 0 : (int)(((length + (2L * padding) - kernel) / stride) + 1);

    internal override Extent After(Extent input)
    {
        ImageShape image = ImageInto(input);
        int height = Positions(image.Height, Kernel, Stride, Padding), width = Positions(image.Width, Kernel, Stride, Padding);
        return image.Channels % Groups != 0 ? throw new ShapeException(this, $"{this}: {image.Channels} channels cannot be cut into {Groups} equal groups.")
            : height < 1 || width < 1 ? throw new ShapeException(this, $"{this}: a {Kernel} × {Kernel} window does not fit into an image of {image}. Give padding, such as p{Kernel / 2}.")
            : Extent.Of(this, height, width, Filters);
    }
}

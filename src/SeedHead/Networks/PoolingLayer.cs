using SeedHead.Data;

namespace SeedHead.Networks;

/// <summary>The largest or the mean of every window, channel by channel. Text form "maxpool2", "avgpool3/2"; "gap" is the mean over the whole image.</summary>
public sealed record PoolingLayer : Layer
{
    internal PoolingLayer(bool isMaximum, int? window, int? stride)
    {
        IsMaximum = isMaximum;
        Window = window is { } size ? InputLayer.Positive(size, nameof(window), "window of a pooling") : null;
        Stride = stride is { } step ? InputLayer.Positive(step, nameof(stride), "stride of a pooling") : Window;
    }

    /// <summary>Largest values, or means.</summary>
    public bool IsMaximum { get; }

    /// <summary>Rows and columns of a window; null for the whole image, whose result is a plain vector of one number a channel.</summary>
    public int? Window { get; }

    /// <summary>Pixels from one window to the next; the window's size when not given.</summary>
    public int? Stride { get; }

    /// <inheritdoc/>
    public override string ToString() => Window is not { } window ? "gap" : $"{(IsMaximum ? "max" : "avg")}pool{window}{(Stride == window ? "" : $"/{Stride}")}";

    internal override Extent After(Extent input)
    {
        ImageShape image = ImageInto(input);
        if (Window is not { } window)
        {
            return new(image.Channels, null);
        }

        int height = ConvolutionLayer.Positions(image.Height, window, Stride!.Value, 0), width = ConvolutionLayer.Positions(image.Width, window, Stride.Value, 0);
        return height < 1 || width < 1
            ? throw new ShapeException(this, $"{this}: a {window} × {window} window does not fit into an image of {image}.")
            : Extent.Of(this, height, width, image.Channels);
    }
}

using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>The largest or the mean of windows.</summary>
internal sealed unsafe class PoolingModule : Module
{
    private readonly PoolingShape shape;
    private readonly bool isMaximum;
    private NativeBuffer<int>? places;

    public PoolingModule(PoolingLayer layer, Extent input)
        : base(input, layer.After(input))
    {
        var image = input.Shape!.Value;
        isMaximum = layer.IsMaximum;
        shape = layer.Window is { } window
            ? new(image.Height, image.Width, image.Channels, window, window) { Stride = (layer.Stride!.Value, layer.Stride.Value) }
            : PoolingShape.Global(image.Height, image.Width, image.Channels);
    }

    public override void Forward(Pass pass, float* x, float* y)
    {
        Strided<float> source = Matrix(Input, pass.Rows, x), result = Strided<float>.RowMajor(y, pass.Rows * shape.OutPixels, shape.Channels);
        if (!isMaximum)
        {
            Pooling.Average(pass.Team, shape, pass.Rows, source, result);
            return;
        }

        long length = (long)pass.Rows * Output.Count;
        if (places is null || places.Length < length)
        {
            places?.Dispose();
            places = new(length);
        }

        Pooling.Max(pass.Team, shape, pass.Rows, source, result, places.Pointer);
    }

    public override void Backward(Pass pass, float* x, float* dy, float* dx)
    {
        if (dx == null)
        {
            return;
        }

        Strided<float> gradient = Strided<float>.RowMajor(dy, pass.Rows * shape.OutPixels, shape.Channels), target = Matrix(Input, pass.Rows, dx);
        if (isMaximum)
        {
            Pooling.GradientOfMax(pass.Team, shape, pass.Rows, gradient, places!.Pointer, target);
        }
        else
        {
            Pooling.GradientOfAverage(pass.Team, shape, pass.Rows, gradient, target);
        }
    }

    public override void Dispose()
    {
        places?.Dispose();
        base.Dispose();
    }
}

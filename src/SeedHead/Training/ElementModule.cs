using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>An activation of every number.</summary>
internal sealed unsafe class ElementModule(Extent input, Activation activation) : Module(input, input)
{
    public override void Forward(Pass pass, float* x, float* y) => Pieces(pass.Team, (long)pass.Rows * Input.Count, (start, length) =>
    {
        var values = new Span<float>(y + start, length);
        new ReadOnlySpan<float>(x + start, length).CopyTo(values);
        activation.Apply(values);
    });

    public override void Backward(Pass pass, float* x, float* y, float* dy, float* dx)
    {
        if (dx != null)
        {
            Pieces(pass.Team, (long)pass.Rows * Input.Count, (start, length) =>
            {
                var gradient = new Span<float>(dx + start, length);
                activation.Derivative(new ReadOnlySpan<float>(x + start, length), gradient);
                Compute.Elementwise.Multiply(gradient, new ReadOnlySpan<float>(dy + start, length));
            });
        }
    }
}

/// <summary>Multiplication by a constant.</summary>
internal sealed unsafe class ScaleModule(Extent input, float factor) : Module(input, input)
{
    public override void Forward(Pass pass, float* x, float* y) => Times(pass, x, y);

    public override void Backward(Pass pass, float* x, float* y, float* dy, float* dx)
    {
        if (dx != null)
        {
            Times(pass, dy, dx);
        }
    }

    private void Times(Pass pass, float* from, float* to) => Pieces(pass.Team, (long)pass.Rows * Input.Count, (start, length) =>
    {
        new ReadOnlySpan<float>(from + start, length).CopyTo(new Span<float>(to + start, length));
        Compute.Elementwise.Multiply(new Span<float>(to + start, length), factor);
    });
}

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

    public override void Backward(Pass pass, float* x, float* dy, float* dx)
    {
        if (dx != null)
        {
            Pieces(pass.Team, (long)pass.Rows * Input.Count, (start, length) =>
            {
                var gradient = new Span<float>(dx + start, length);
                activation.Derivative(new ReadOnlySpan<float>(x + start, length), gradient); // number by number, so dx may be x
                Compute.Elementwise.Multiply(gradient, new ReadOnlySpan<float>(dy + start, length));
            });
        }
    }
}

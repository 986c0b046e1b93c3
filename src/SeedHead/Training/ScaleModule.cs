using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>Multiplication by a constant.</summary>
internal sealed unsafe class ScaleModule(Extent input, float factor) : Module(input, input)
{
    public override bool InPlace => true;

    public override void Forward(Pass pass, float* x, float* y) => Times(pass, x, y);

    public override void Backward(Pass pass, float* x, float* dy, float* dx)
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

using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>y = u ⊙ s, u = φ(Wx + b) and s = σ(W′x + b′).</summary>
internal sealed unsafe class GatedModule(SequenceModule value, SequenceModule gate, Extent input) : Module(input, value.Output)
{
    private NativeBuffer<float>? first, second, gradient, other;

    public override IEnumerable<Module> Parts => [value, gate];

    public override void Forward(Pass pass, float* x, float* y)
    {
        float* u = Room(ref first, (long)pass.Rows * Output.Count), s = Room(ref second, (long)pass.Rows * Output.Count);
        value.Forward(pass, x, u);
        gate.Forward(pass, x, s);
        Product(pass, u, s, y);
    }

    public override void Backward(Pass pass, float* x, float* dy, float* dx)
    {
        float* part = Room(ref gradient, (long)pass.Rows * Output.Count);
        float* rest = dx == null ? null : Room(ref other, (long)pass.Rows * Input.Count);
        Product(pass, dy, first!.Pointer, part);
        gate.Backward(pass, x, part, rest);
        Product(pass, dy, second!.Pointer, part);
        value.Backward(pass, x, part, dx); // last, as dx may be x
        if (dx != null)
        {
            Add(pass, (long)pass.Rows * Input.Count, dx, rest);
        }
    }

    public override void Dispose()
    {
        value.Dispose();
        gate.Dispose();
        first?.Dispose();
        second?.Dispose();
        gradient?.Dispose();
        other?.Dispose();
        base.Dispose();
    }

    private void Product(Pass pass, float* a, float* b, float* to) => Pieces(pass.Team, (long)pass.Rows * Output.Count, (start, length) =>
    {
        var product = new Span<float>(to + start, length);
        new ReadOnlySpan<float>(a + start, length).CopyTo(product);
        Elementwise.Multiply(product, new ReadOnlySpan<float>(b + start, length));
    });
}

using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>y = f(x) + g(x), g the identity where there is no shortcut.</summary>
internal sealed unsafe class ResidualModule(SequenceModule branch, SequenceModule shortcut, Extent input) : Module(input, branch.Output)
{
    private NativeBuffer<float>? first, second, gradient;

    public override IEnumerable<Module> Parts => [branch, shortcut];

    public override void Forward(Pass pass, float* x, float* y)
    {
        float* added = Room(ref first, (long)pass.Rows * Output.Count), kept = Room(ref second, (long)pass.Rows * Output.Count);
        branch.Forward(pass, x, added);
        shortcut.Forward(pass, x, kept);
        Add(pass, (long)pass.Rows * Output.Count, added, kept, y);
    }

    public override void Backward(Pass pass, float* x, float* y, float* dy, float* dx)
    {
        if (dx == null)
        {
            branch.Backward(pass, x, first!.Pointer, dy, null);
            shortcut.Backward(pass, x, second!.Pointer, dy, null);
            return;
        }

        float* other = Room(ref gradient, (long)pass.Rows * Input.Count);
        branch.Backward(pass, x, first!.Pointer, dy, dx);
        shortcut.Backward(pass, x, second!.Pointer, dy, other);
        Add(pass, (long)pass.Rows * Input.Count, dx, other, dx);
    }

    public override void Dispose()
    {
        branch.Dispose();
        shortcut.Dispose();
        first?.Dispose();
        second?.Dispose();
        gradient?.Dispose();
        base.Dispose();
    }
}

using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>y = f(x) + g(x), g the identity where there is no shortcut.</summary>
internal sealed unsafe class ResidualModule(SequenceModule branch, SequenceModule shortcut, Extent input) : Module(input, branch.Output)
{
    private NativeBuffer<float>? other;

    public override IEnumerable<Module> Parts => [branch, shortcut];

    public override void Forward(Pass pass, float* x, float* y)
    {
        branch.Forward(pass, x, y);
        float* kept = x;
        if (!shortcut.IsIdentity)
        {
            kept = Room(ref other, (long)pass.Rows * Math.Max(Input.Count, Output.Count));
            shortcut.Forward(pass, x, kept);
        }

        Add(pass, (long)pass.Rows * Output.Count, y, kept);
    }

    public override void Backward(Pass pass, float* x, float* dy, float* dx)
    {
        float* rest = dy;
        if (!shortcut.IsIdentity)
        {
            rest = dx == null ? null : Room(ref other, (long)pass.Rows * Math.Max(Input.Count, Output.Count));
            shortcut.Backward(pass, x, dy, rest);
        }

        branch.Backward(pass, x, dy, dx); // last, as dx may be x
        if (dx != null)
        {
            Add(pass, (long)pass.Rows * Input.Count, dx, rest);
        }
    }

    public override void Dispose()
    {
        branch.Dispose();
        shortcut.Dispose();
        other?.Dispose();
        base.Dispose();
    }
}

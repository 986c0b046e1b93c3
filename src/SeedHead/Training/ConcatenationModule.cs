using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>The channels of x, then those of f(x).</summary>
internal sealed unsafe class ConcatenationModule(ConcatenationLayer layer, SequenceModule branch, Extent input) : Module(input, layer.After(input))
{
    private NativeBuffer<float>? other; // the branch's result, then its derivatives

    public override IEnumerable<Module> Parts => [branch];

    public override void Forward(Pass pass, float* x, float* y)
    {
        float* more = Room(ref other, (long)pass.Rows * branch.Output.Count);
        branch.Forward(pass, x, more);
        Strided<float> result = Matrix(Output, pass.Rows, y), kept = Matrix(Input, pass.Rows, x), joined = Matrix(branch.Output, pass.Rows, more);
        Copy(pass, kept, result.Block(0, 0, kept.Rows, kept.Columns));
        Copy(pass, joined, result.Block(0, kept.Columns, joined.Rows, joined.Columns));
    }

    public override void Backward(Pass pass, float* x, float* dy, float* dx)
    {
        Strided<float> all = Matrix(Output, pass.Rows, dy);
        float* ofBranch = Room(ref other, (long)pass.Rows * branch.Output.Count);
        Strided<float> joined = Matrix(branch.Output, pass.Rows, ofBranch);
        Copy(pass, all.Block(0, all.Columns - joined.Columns, joined.Rows, joined.Columns), joined);
        branch.Backward(pass, x, ofBranch, dx);
        if (dx != null)
        {
            Strided<float> to = Matrix(Input, pass.Rows, dx);
            Blocks(pass, to.Rows, row => Elementwise.Add(to.Row(row), all.Row(row)[..(int)to.Columns]));
        }
    }

    public override void Dispose()
    {
        branch.Dispose();
        other?.Dispose();
        base.Dispose();
    }

    private static void Copy(Pass pass, Strided<float> from, Strided<float> to) => Blocks(pass, from.Rows, row => from.Row(row).CopyTo(to.Row(row)));

    private static void Blocks(Pass pass, long rows, Action<long> body)
    {
        const int Chunk = 256;
        pass.Team.For((int)((rows + Chunk - 1) / Chunk), chunk =>
        {
            for (long row = (long)chunk * Chunk; row < Math.Min((chunk + 1L) * Chunk, rows); row++)
            {
                body(row);
            }
        });
    }
}

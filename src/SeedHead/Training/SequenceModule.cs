using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>Modules one behind the other; keeps what passes between them for the way back, which overwrites it with its derivatives.</summary>
internal sealed unsafe class SequenceModule : Module
{
    private readonly IReadOnlyList<Module> modules;
    private readonly int lowest;
    private readonly List<NativeBuffer<float>> between = [];
    private int room;

    public SequenceModule(IReadOnlyList<Module> modules, Extent input, Extent output)
        : base(input, output)
    {
        this.modules = modules;
        int first = modules.ToList().FindIndex(module => module.Learns);
        lowest = first < 0 ? modules.Count : first;
    }

    public override IEnumerable<Module> Parts => modules;

    /// <summary>Whether nothing is in it.</summary>
    public bool IsIdentity => modules.Count == 0;

    public override void Forward(Pass pass, float* x, float* y)
    {
        Reserve(pass.Rows);
        if (modules.Count == 0)
        {
            Copy(pass, x, y);
        }

        for (int i = 0; i < modules.Count; i++)
        {
            modules[i].Forward(pass, At(i, x, y), At(i + 1, x, y));
        }
    }

    /// <remarks>The way back ends at the lowest module of which something is learned, unless dx is asked for.</remarks>
    public override void Backward(Pass pass, float* x, float* dy, float* dx)
    {
        if (modules.Count == 0 && dx != null)
        {
            Copy(pass, dy, dx);
        }

        int last = dx != null ? 0 : lowest;
        float* gradient = dy;
        for (int i = modules.Count - 1; i >= last; i--)
        {
            float* source = At(i, x, null), to = i > last ? source : dx;
            modules[i].Backward(pass, source, gradient, to);
            gradient = to;
        }
    }

    public override void Dispose()
    {
        foreach (Module module in modules)
        {
            module.Dispose();
        }

        between.ForEach(buffer => buffer.Dispose());
        base.Dispose();
    }

    // What module i reads.
    private float* At(int i, float* x, float* y) => i == 0 ? x : i == modules.Count ? y : between[i - 1].Pointer;

    private void Reserve(int rows)
    {
        if (rows <= room)
        {
            return;
        }

        room = rows;
        between.ForEach(buffer => buffer.Dispose());
        between.Clear();
        between.AddRange(modules.Take(Math.Max(modules.Count - 1, 0)).Select(module => new NativeBuffer<float>((long)rows * module.Output.Count)));
    }

    private void Copy(Pass pass, float* from, float* to)
    {
        long bytes = (long)pass.Rows * Input.Count * sizeof(float);
        Buffer.MemoryCopy(from, to, bytes, bytes);
    }
}

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
    private bool forwardOnly;

    public SequenceModule(IReadOnlyList<Module> modules, Extent input, Extent output)
        : base(input, output)
    {
        this.modules = modules;
        int first = modules.ToList().FindIndex(module => module.Learns);
        lowest = first < 0 ? modules.Count : first;
    }

    public override IEnumerable<Module> Parts => modules;

    /// <summary>Keeps nothing for a way back from now on, inside of its modules neither: numbers go to and fro between two places.</summary>
    public void KeepNothing()
    {
        forwardOnly = true;
        foreach (SequenceModule inside in modules.SelectMany(module => module.Parts).OfType<SequenceModule>())
        {
            inside.KeepNothing();
        }
    }

    /// <summary>Whether nothing is in it.</summary>
    public bool IsIdentity => modules.Count == 0;

    /// <summary>How many modules there are.</summary>
    public int Count => modules.Count;

    /// <summary>How many of the first modules are a fixed function of one input.</summary>
    public int FixedPrefix => modules.TakeWhile(module => module.IsFixed).Count();

    /// <summary>Numbers that module i reads.</summary>
    public int Width(int i) => i < modules.Count ? modules[i].Input.Count : Output.Count;

    public override void Forward(Pass pass, float* x, float* y) => Forward(pass, x, y, 0, modules.Count);

    /// <summary>The modules from <paramref name="first"/> on.</summary>
    public void Forward(Pass pass, float* x, float* y, int first) => Forward(pass, x, y, first, modules.Count);

    /// <summary>The modules from <paramref name="first"/> up to <paramref name="end"/>, which is not one of them: x is what the first one reads, y what the last one writes.</summary>
    public void Forward(Pass pass, float* x, float* y, int first, int end)
    {
        Reserve(pass.Rows);
        if (first == end)
        {
            Copy(pass, x, y, first);
        }

        for (int i = first; i < end; i++)
        {
            modules[i].Forward(pass, i == first ? x : between[i - 1].Pointer, i + 1 == end ? y : between[i].Pointer);
        }
    }

    public override void Backward(Pass pass, float* x, float* dy, float* dx) => Backward(pass, x, dy, dx, 0);

    /// <summary>The way back of a pass that began at module <paramref name="first"/>.</summary>
    /// <remarks>It ends at the lowest module of which something is learned, unless dx is asked for.</remarks>
    public void Backward(Pass pass, float* x, float* dy, float* dx, int first)
    {
        if (modules.Count == 0 && dx != null)
        {
            Copy(pass, dy, dx);
        }

        int last = dx != null ? first : lowest;
        float* gradient = dy;
        for (int i = modules.Count - 1; i >= last; i--)
        {
            float* source = i == first ? x : between[i - 1].Pointer, to = i > last ? source : dx;
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

    private void Reserve(int rows)
    {
        if (rows <= room)
        {
            return;
        }

        room = rows;
        between.ForEach(buffer => buffer.Dispose());
        between.Clear();
        if (forwardOnly && modules.Count > 1)
        {
            NativeBuffer<float>[] places = [Widest(0), Widest(1)];
            between.AddRange(Enumerable.Range(0, modules.Count - 1).Select(i => places[i % 2]));
            return;
        }

        for (int i = 0; i < modules.Count - 1; i++)
        {
            between.Add(i > 0 && modules[i].InPlace ? between[i - 1] : new((long)rows * modules[i].Output.Count));
        }

        NativeBuffer<float> Widest(int first) => new((long)rows * modules.Where((_, i) => i % 2 == first).Max(module => module.Output.Count));
    }

    private void Copy(Pass pass, float* from, float* to, int module = 0)
    {
        long bytes = (long)pass.Rows * Width(module) * sizeof(float);
        Buffer.MemoryCopy(from, to, bytes, bytes);
    }
}

namespace SeedHead.Networks;

/// <summary>What one stage of a network is: something that makes new numbers, and the layers behind it that only change them in place.</summary>
/// <param name="Inputs">Numbers read.</param>
/// <param name="Outputs">Numbers written.</param>
/// <param name="Tail">Layers without weights behind it: scales, activations, norms, residuals of such.</param>
internal abstract record StagePlan(int Inputs, int Outputs, IReadOnlyList<Layer> Tail)
{
    /// <summary>The dense maps of the stage, in the order of their addresses.</summary>
    public abstract IEnumerable<LayerShape> Shapes { get; }

    /// <summary>Number of weights.</summary>
    public long Weights => Shapes.Sum(shape => shape.Weights);

    /// <summary>Floating-point operations a row, with twenty for a number that passes an activation.</summary>
    public double Operations => (2.0 * Weights) + (20.0 * (Outputs + Inside.Sum(plan => plan.Outputs)));

    /// <summary>Whether maps of it read what an activation with zeros leaves.</summary>
    public virtual bool ReadsZeros => Inside.Any(plan => plan.ReadsZeros);

    /// <summary>The stages inside of this one.</summary>
    public virtual IEnumerable<StagePlan> Inside => [];

    /// <summary>The stages of an architecture; the first is one without weights where something without weights stands first.</summary>
    /// <param name="net">The architecture.</param>
    /// <param name="inputScale">What inputs are multiplied by: in the weights of the first stage where it has some that meet all inputs.</param>
    public static IReadOnlyList<StagePlan> Of(Architecture net, double inputScale = 1)
    {
        var planner = new StagePlanner(net.InputCount, layer: 0);
        planner.Add(net.ReadingNumbers("features are made by").Layers, inputScale);
        return planner.Stages();
    }

    /// <summary>Numbers a row that stages need between and inside of them.</summary>
    public static unsafe long Room(IReadOnlyList<StagePlan> plans) => Build(plans, new StageMemory(null, panels: false)).Room;

    /// <summary>The stage, without numbers yet.</summary>
    public abstract Stage Build(StageMemory memory);

    /// <summary>The stages in order, without numbers yet.</summary>
    public static StageList Build(IReadOnlyList<StagePlan> plans, StageMemory memory) => new([.. plans.Select(plan => plan.Build(memory))]);
}

/// <summary>Wx + b, or the inputs themselves.</summary>
/// <param name="Shape">The layer, or null for the inputs themselves.</param>
/// <param name="Inputs">Numbers read.</param>
/// <param name="Outputs">Numbers written.</param>
/// <param name="Tail">As for every stage.</param>
/// <param name="InputScale">What inputs are multiplied by.</param>
/// <param name="AfterZeros">Whether an activation with zeros stands before it.</param>
internal sealed record DensePlan(LayerShape? Shape, int Inputs, int Outputs, IReadOnlyList<Layer> Tail, double InputScale = 1, bool AfterZeros = false)
    : StagePlan(Inputs, Outputs, Tail)
{
    public override bool ReadsZeros => AfterZeros;

    public override IEnumerable<LayerShape> Shapes => Shape is { } shape ? [shape] : [];

    public override Stage Build(StageMemory memory) =>
        new DenseStage(Shape is { } shape ? new DenseMap(shape, InputScale, AfterZeros, memory) : null, Outputs, Networks.Tail.Of(Tail));
}

/// <summary>Numbers and their waves.</summary>
internal sealed record EncodingPlan(int Octaves, int Inputs, int Outputs, IReadOnlyList<Layer> Tail) : StagePlan(Inputs, Outputs, Tail)
{
    public override IEnumerable<LayerShape> Shapes => [];

    public override Stage Build(StageMemory memory) => new EncodingStage(Octaves, Outputs, Networks.Tail.Of(Tail));
}

/// <summary>φ(Wx + b) ⊙ σ(W′x + b′).</summary>
internal sealed record GatedPlan(DensePlan Value, DensePlan Gate, IReadOnlyList<Layer> Tail) : StagePlan(Value.Inputs, Value.Outputs, Tail)
{
    public override IEnumerable<LayerShape> Shapes => [.. Value.Shapes, .. Gate.Shapes];

    public override IEnumerable<StagePlan> Inside => [Value, Gate];

    public override Stage Build(StageMemory memory) => new GatedStage(Value.Build(memory), Gate.Build(memory), Networks.Tail.Of(Tail));
}

/// <summary>g(x) + f(x).</summary>
internal sealed record ResidualPlan(IReadOnlyList<StagePlan> Branch, IReadOnlyList<StagePlan> Shortcut, int Inputs, int Outputs, IReadOnlyList<Layer> Tail)
    : StagePlan(Inputs, Outputs, Tail)
{
    public override IEnumerable<LayerShape> Shapes => Inside.SelectMany(plan => plan.Shapes);

    public override IEnumerable<StagePlan> Inside => Branch.Concat(Shortcut);

    public override Stage Build(StageMemory memory) =>
        new ResidualStage(Build(Branch, memory), Shortcut.Count == 0 ? null : Build(Shortcut, memory), Outputs, Networks.Tail.Of(Tail));
}

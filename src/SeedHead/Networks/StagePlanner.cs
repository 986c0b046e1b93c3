namespace SeedHead.Networks;

/// <summary>Cuts layers into stages and numbers the layers that have weights, in the order in which they are written, from <paramref name="layer"/> on.</summary>
internal sealed class StagePlanner(int inputs, int layer)
{
    private static readonly Layer Sigmoid = Layer.FromActivation(Activation.Parse(Networks.Sigmoid.Word));

    private readonly List<StagePlan> stages = [];
    private readonly List<Layer> tail = [];
    private int width = inputs;

    /// <summary>The number of the next layer with weights.</summary>
    private int next = layer;

    /// <summary>The stages of all layers added.</summary>
    public IReadOnlyList<StagePlan> Stages()
    {
        EndStage();
        return stages;
    }

    /// <summary>Adds layers; what the first one reads is multiplied by <paramref name="inputScale"/>.</summary>
    public void Add(IReadOnlyList<Layer> layers, double inputScale = 1)
    {
        Layer[] all = [.. Extent.WrittenOut(layers)];
        bool inWeights = all.Length > 0 && all[0] is DenseLayer or GatedLayer;
        if (inputScale != 1 && !inWeights)
        {
            tail.Add(Layer.Scale(inputScale));
        }

        for (int i = 0; i < all.Length; i++)
        {
            Add(all[i], i == 0 && inWeights ? inputScale : 1);
        }
    }

    private void Add(Layer part, double inputScale)
    {
        switch (part)
        {
            case DenseLayer dense:
                Begin(Dense(dense.Width, isGate: false, [], inputScale));
                next++;
                break;
            case GatedLayer gated:
                Begin(new GatedPlan(Dense(gated.Width, isGate: false, gated.Parts, inputScale), Dense(gated.Width, isGate: true, [Sigmoid], inputScale), []));
                next++;
                break;
            case EncodingLayer encoding:
                Begin(new EncodingPlan(encoding.Octaves, width, encoding.After(new(width, null)).Count, []));
                break;
            case ResidualLayer residual when HasWeights(residual):
                Begin(Residual(residual));
                break;
            case FlattenLayer:
                break;
            case ConvolutionLayer or PoolingLayer or BatchNormLayer or DropoutLayer or ConcatenationLayer:
                throw new ArgumentException(
                    $"{part} belongs to networks that are trained. Random networks behind features are dense ones so far; convolution features of images are made by `images`.");
            default:
                tail.Add(part);
                break;
        }
    }

    private static bool HasWeights(Layer layer) => layer switch
    {
        DenseLayer or GatedLayer or EncodingLayer => true, // a stage of its own
        RepeatLayer repeat => repeat.Parts.Any(HasWeights),
        ResidualLayer residual => residual.Parts.Any(HasWeights) || residual.Shortcut.Any(HasWeights),
        _ => false,
    };

    private DensePlan Dense(int outputs, bool isGate, IReadOnlyList<Layer> behind, double inputScale) =>
        new(new LayerShape(next, width, outputs, isGate), width, outputs, behind, inputScale, ReadsZeros());

    /// <summary>Whether the numbers now read come from an activation that leaves many zeros, multiplied by something perhaps.</summary>
    private bool ReadsZeros()
    {
        IEnumerable<Layer> inside = stages is [.., GatedPlan gated] ? gated.Value.Tail : [];
        return inside.Concat(tail).LastOrDefault(layer => layer is not ScaleLayer) is ActivationLayer { Activation.HasZeros: true };
    }

    private ResidualPlan Residual(ResidualLayer residual)
    {
        IReadOnlyList<StagePlan> branch = Inside(residual.Parts), shortcut = residual.Shortcut.Count == 0 ? [] : Inside(residual.Shortcut);
        return new(branch, shortcut, width, branch[^1].Outputs, []);
    }

    private IReadOnlyList<StagePlan> Inside(IReadOnlyList<Layer> parts)
    {
        var planner = new StagePlanner(width, next);
        planner.Add(parts);
        next = planner.next;
        return planner.Stages();
    }

    private void Begin(StagePlan stage)
    {
        if (stages.Count > 0 || tail.Count > 0)
        {
            EndStage();
        }

        stages.Add(stage);
        width = stage.Outputs;
    }

    /// <summary>Gives what has been gathered to the last stage, or to one without weights.</summary>
    private void EndStage()
    {
        if (stages.Count == 0)
        {
            stages.Add(new DensePlan(null, width, width, [.. tail]));
        }
        else
        {
            stages[^1] = stages[^1] with { Tail = [.. tail] };
        }

        tail.Clear();
    }
}

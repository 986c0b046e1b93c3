using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Random;

namespace SeedHead.Training;

/// <summary>What the numbers of a network that are not learned are.</summary>
internal enum FixedNumbers
{
    /// <summary>Those of the seed.</summary>
    Random,

    /// <summary>0 for weights and biases, as everywhere for norms 1 and 0: the control that tells whether random numbers help.</summary>
    Zero,

    /// <summary>Weights are ±σ, σ the standard deviation that their prior has there, the sign that of their address; biases and norms as for random ones.</summary>
    SignedConstant,
}

/// <summary>Makes modules of an architecture, with the numbers of a seed.</summary>
internal sealed class NetworkBuilder
{
    private readonly Queue<Parameter> parameters;
    private int dropouts;

    private NetworkBuilder(IEnumerable<Parameter> parameters) => this.parameters = new(parameters);

    /// <summary>The network of a seed, with what is learned of it.</summary>
    /// <param name="net">Its architecture.</param>
    /// <param name="plan">What is learned of every tensor of <see cref="ParameterTensor.Of"/>, and how.</param>
    /// <param name="priors">The law of weights and biases.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="fixedNumbers">What numbers that are not learned are.</param>
    /// <exception cref="ArgumentException">A mask over zeros.</exception>
    public static (SequenceModule Modules, IReadOnlyList<LearnedNumbers> Learned) Build(
        Architecture net, LearnedPlan plan, Initialisation priors, ulong seed, FixedNumbers fixedNumbers)
    {
        if (fixedNumbers == FixedNumbers.Zero && plan.Ways.Contains(LearnedBy.Mask))
        {
            throw new ArgumentException("A mask over weights that are all 0 learns nothing. Let the fixed weights be random or signed constants.");
        }

        var stream = new WeightStream(seed);
        Parameter[] all = [.. ParameterTensor.Of(net).Select((tensor, i) => new Parameter(tensor, plan.Selections[i], plan.Ways[i]))];
        Array.ForEach(all, parameter => Draw(parameter, priors, stream, fixedNumbers));
        Parameter[] Of(LearnedBy way) => [.. all.Where((_, i) => plan.Ways[i] == way)];
        List<LearnedNumbers> learned = [.. Of(LearnedBy.Values).Where(parameter => parameter.LearnedCount > 0)];
        learned.AddRange(Of(LearnedBy.Mask).Select(parameter => new MaskScores(parameter, plan.MaskShare, stream)));
        if (plan.Ways.Contains(LearnedBy.Subspace))
        {
            learned.Add(new Subspace([.. all.Select((parameter, i) => (parameter, i)).Where(pair => plan.Ways[pair.i] == LearnedBy.Subspace)], plan.Dimensions, seed));
        }

        return (new NetworkBuilder(all).Sequence(net.Layers, net.InputExtent), learned);
    }

    /// <summary>The network of a seed, of which values alone are learned.</summary>
    /// <param name="net">Its architecture.</param>
    /// <param name="selections">What is learned of every tensor of <see cref="ParameterTensor.Of"/>.</param>
    /// <param name="priors">The law of weights and biases.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="fixedNumbers">What the others are.</param>
    public static SequenceModule Build(Architecture net, IReadOnlyList<Selection> selections, Initialisation priors, ulong seed, FixedNumbers fixedNumbers) =>
        Build(net, new LearnedPlan(selections, []) { Ways = new LearnedBy[selections.Count] }, priors, seed, fixedNumbers).Modules;

    /// <summary>Writes the numbers that a tensor of network 0 has before it is trained.</summary>
    public static unsafe void Draw(Parameter parameter, Initialisation priors, WeightStream stream, FixedNumbers fixedNumbers)
    {
        ParameterTensor tensor = parameter.Tensor;
        WeightPrior prior = priors.Of(tensor);
        Draw(parameter, prior, stream, network: 0);
        if (fixedNumbers == FixedNumbers.Zero && !tensor.IsNorm)
        {
            foreach ((long start, long length) in parameter.FixedRuns)
            {
                new Span<float>(parameter.Start + start, checked((int)length)).Clear();
            }
        }
        else if (fixedNumbers == FixedNumbers.SignedConstant && tensor.IsWeights)
        {
            using var signs = new NativeBuffer<float>(tensor.Count);
            prior.FillSigns(stream, 0, tensor.Shape, Strided<float>.RowMajor(signs, parameter.Values.Rows, parameter.Values.Columns));
            foreach ((long start, long length) in parameter.FixedRuns)
            {
                signs.Span(start, checked((int)length)).CopyTo(new(parameter.Start + start, (int)length));
            }
        }

        parameter.KeepFixed();
    }

    /// <summary>Writes the numbers of a tensor of one network of a seed; a norm's are 1 and 0.</summary>
    /// <param name="parameter">Takes them.</param>
    /// <param name="prior">The law of weights and biases.</param>
    /// <param name="stream">The seed.</param>
    /// <param name="network">The network's number.</param>
    /// <param name="ballFactor">What <see cref="WeightPrior.BallFactor"/> says of the network.</param>
    public static void Draw(Parameter parameter, WeightPrior prior, WeightStream stream, int network, double ballFactor = 1)
    {
        ParameterTensor tensor = parameter.Tensor;
        switch (tensor.Kind)
        {
            case ParameterKind.Filters or ParameterKind.Dense:
                prior.FillWeights(stream, network, tensor.Shape, parameter.Values, ballFactor: ballFactor);
                float factor = prior.ForwardScale(tensor.Shape.FanIn);
                for (long row = 0; factor != 1 && row < parameter.Values.Rows; row++)
                {
                    Elementwise.Multiply(parameter.Values.Row(row), factor);
                }

                break;
            case ParameterKind.FilterBiases or ParameterKind.DenseBiases:
                prior.FillBiases(stream, network, tensor.Shape, parameter.Values.Row(0), ballFactor);
                break;
            case ParameterKind.Gain:
                parameter.Values.Row(0).Fill(1);
                break;
            default:
                parameter.Values.Row(0).Clear();
                break;
        }
    }

    private SequenceModule Sequence(IReadOnlyList<Layer> parts, Extent input)
    {
        var modules = new List<Module>();
        Extent at = input;
        Layer[] layers = [.. Extent.WrittenOut(parts)];
        for (int i = 0; i < layers.Length; i++)
        {
            if (layers[i] is BatchNormLayer)
            {
                Extent before = at;
                AfterNorm after = Following(layers.AsSpan(i + 1));
                int together = after switch { AfterNorm.Nothing => 1, AfterNorm.Relu => 2, _ => 3 };
                at = Extent.After(layers[i..(i + together)], before);
                modules.Add(new BatchNormModule(before, at, after, parameters.Dequeue(), parameters.Dequeue()));
                i += together - 1;
                continue;
            }

            if (layers[i] is not FlattenLayer)
            {
                modules.Add(Of(layers[i], at));
            }

            at = layers[i].After(at);
        }

        return new(modules, input, at);
    }

    // What is computed together with a batch norm.
    private static AfterNorm Following(ReadOnlySpan<Layer> layers) =>
        layers is not [ActivationLayer { Activation.Text: "relu" }, ..] ? AfterNorm.Nothing
        : layers is [_, PoolingLayer { IsMaximum: true, Window: 2, Stride: 2 }, ..] ? AfterNorm.ReluAndPool
        : AfterNorm.Relu;

    private Module Of(Layer part, Extent input) => part switch
    {
        ConvolutionLayer convolution => new ConvolutionModule(convolution, input, parameters.Dequeue(), convolution.Biased ? parameters.Dequeue() : null),
        DenseLayer => new DenseModule(input, parameters.Dequeue(), parameters.Dequeue()),
        BatchNormLayer => new BatchNormModule(input, input, AfterNorm.Nothing, parameters.Dequeue(), parameters.Dequeue()),
        ActivationLayer activation => new ElementModule(input, activation.Activation),
        ScaleLayer scale => new ScaleModule(input, (float)scale.Factor),
        LayerNormLayer => new LayerNormModule(input),
        EncodingLayer encoding => new EncodingModule(encoding, input),
        PoolingLayer pooling => new PoolingModule(pooling, input),
        DropoutLayer dropout => new DropoutModule(input, dropout.Rate, dropouts++),
        ResidualLayer residual => new ResidualModule(Sequence(residual.Parts, input), Sequence(residual.Shortcut, input), input),
        ConcatenationLayer joined => new ConcatenationModule(joined, Sequence(joined.Parts, input), input),
        GatedLayer gated => Gated(gated, input),
        _ => throw new ArgumentException($"{part} cannot be trained."),
    };

    private GatedModule Gated(GatedLayer layer, Extent input)
    {
        Module dense = new DenseModule(input, parameters.Dequeue(), parameters.Dequeue());
        Module gate = new DenseModule(input, parameters.Dequeue(), parameters.Dequeue());
        Module[] value = [dense, .. layer.Parts.Select(part => Of(part, dense.Output))];
        return new(new(value, input, dense.Output), new([gate, new ElementModule(gate.Output, Activation.Parse("sigmoid"))], input, gate.Output), input);
    }
}

using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>What a tensor of parameters is.</summary>
internal enum ParameterKind
{
    /// <summary>W of a convolution [rows × columns × inputs of a group × filters].</summary>
    Filters,

    /// <summary>b of a convolution [filters].</summary>
    FilterBiases,

    /// <summary>W of a dense layer [inputs × outputs].</summary>
    Dense,

    /// <summary>b of a dense layer [outputs].</summary>
    DenseBiases,

    /// <summary>γ of a batch norm [channels].</summary>
    Gain,

    /// <summary>β of a batch norm [channels].</summary>
    Offset,
}

/// <summary>One tensor of parameters of a network: rows × columns × inputs × outputs numbers, of which a part may be learned.</summary>
/// <param name="Layer">The name of its layer: conv1, dense2, bn3 in the order in which layers run, "fc" for the output layer.</param>
/// <param name="Number">The number of its layer among all layers with weights, from 1; norms have the number of the weights before them.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Rows">Rows of a kernel; else 1.</param>
/// <param name="Columns">Columns of a kernel; else 1.</param>
/// <param name="Inputs">Numbers read by an output at one place: channels of a group, inputs of a dense layer; 1 for vectors.</param>
/// <param name="Outputs">Filters, outputs or channels.</param>
internal sealed record ParameterTensor(string Layer, int Number, ParameterKind Kind, int Rows, int Columns, int Inputs, int Outputs)
{
    /// <summary>Whether it belongs to the gate of its layer.</summary>
    public bool IsGate { get; init; }

    /// <summary>The block it lies in, "block1" …, or null: see <see cref="BlockNames"/>.</summary>
    public string? Block { get; init; }

    /// <summary>Its own name within the network: "conv1/filters", "conv1/biases", "dense1/weights", "dense1/gate-weights", "bn1/gain", "bn1/offset".</summary>
    public string Name => $"{Layer}/{(IsGate ? "gate-" : "")}{Kind switch
    {
        ParameterKind.Filters => "filters",
        ParameterKind.Dense => "weights",
        ParameterKind.Gain => "gain",
        ParameterKind.Offset => "offset",
        _ => "biases",
    }}";

    /// <summary>The addresses of its random numbers; biases have those of their layer.</summary>
    public LayerShape Shape => new(Number - 1, FanIn ?? (Rows * Columns * Inputs), Outputs, IsGate) { Places = Rows * Columns };

    /// <summary>For biases: the fan-in of their layer's weights.</summary>
    public int? FanIn { get; init; }

    /// <summary>Whether it multiplies inputs: W of a convolution or of a dense layer.</summary>
    public bool IsWeights => Kind is ParameterKind.Filters or ParameterKind.Dense;

    /// <summary>Whether it is a bias.</summary>
    public bool IsBias => Kind is ParameterKind.FilterBiases or ParameterKind.DenseBiases;

    /// <summary>Whether it is γ or β of a batch norm.</summary>
    public bool IsNorm => Kind is ParameterKind.Gain or ParameterKind.Offset;

    /// <summary>Whether it is of a convolution.</summary>
    public bool IsOfConvolution => Kind is ParameterKind.Filters or ParameterKind.FilterBiases;

    /// <summary>Whether it is of a dense layer.</summary>
    public bool IsOfDense => Kind is ParameterKind.Dense or ParameterKind.DenseBiases;

    /// <summary>The output layer's name.</summary>
    public const string Classifier = "fc";

    /// <summary>How many numbers it has.</summary>
    public long Count => (long)Rows * Columns * Inputs * Outputs;

    /// <summary>The tensors of a network in the order in which layers run; those of a residual's branch before those of its shortcut.</summary>
    public static IReadOnlyList<ParameterTensor> Of(Architecture net)
    {
        var walk = new Walk(net.EndsInOutputLayer ? net.Layers.Last(layer => layer is DenseLayer) : null);
        walk.AddAll(net.ReadingNumbers("training knows"));
        return walk.Found;
    }

    private sealed class Walk(Layer? classifier)
    {
        private int weights, convolutions, dense, norms;

        public List<ParameterTensor> Found { get; } = [];

        public void AddAll(Architecture net)
        {
            Extent input = net.InputExtent;
            foreach ((Layer layer, string? block) in net.Layers.Zip(BlockNames.Of(net)))
            {
                int before = Found.Count;
                Add(layer, input);
                for (int i = before; i < Found.Count; i++)
                {
                    Found[i] = Found[i] with { Block = block };
                }

                input = layer.After(input);
            }
        }

        private void Add(IReadOnlyList<Layer> parts, Extent input)
        {
            foreach (Layer part in Extent.WrittenOut(parts))
            {
                Add(part, input);
                input = part.After(input);
            }
        }

        private void Add(Layer part, Extent input)
        {
            switch (part)
            {
                case ConvolutionLayer convolution:
                    AddConvolution(convolution, input.Shape!.Value.Channels);
                    break;
                case DenseLayer layer:
                    AddDense(ReferenceEquals(layer, classifier) ? Classifier : $"dense{++dense}", input.Count, layer.Width);
                    break;
                case GatedLayer gated:
                    string name = $"dense{++dense}";
                    AddDense(name, input.Count, gated.Width);
                    AddTensors(name, input.Count, gated.Width, isGate: true);
                    break;
                case BatchNormLayer:
                    int channels = input.Shape?.Channels ?? input.Count;
                    Found.Add(new($"bn{++norms}", weights, ParameterKind.Gain, 1, 1, 1, channels));
                    Found.Add(new($"bn{norms}", weights, ParameterKind.Offset, 1, 1, 1, channels));
                    break;
                case ResidualLayer residual:
                    Add(residual.Parts, input);
                    Add(residual.Shortcut, input);
                    break;
                case ConcatenationLayer joined:
                    Add(joined.Parts, input);
                    break;
            }
        }

        private void AddConvolution(ConvolutionLayer layer, int channels)
        {
            string name = $"conv{++convolutions}";
            weights++;
            Found.Add(new(name, weights, ParameterKind.Filters, layer.Kernel, layer.Kernel, channels / layer.Groups, layer.Filters));
            if (layer.Biased)
            {
                Found.Add(new(name, weights, ParameterKind.FilterBiases, 1, 1, 1, layer.Filters) { FanIn = Found[^1].Shape.FanIn });
            }
        }

        private void AddDense(string name, int inputs, int outputs)
        {
            weights++;
            AddTensors(name, inputs, outputs, isGate: false);
        }

        private void AddTensors(string name, int inputs, int outputs, bool isGate)
        {
            Found.Add(new(name, weights, ParameterKind.Dense, 1, 1, inputs, outputs) { IsGate = isGate });
            Found.Add(new(name, weights, ParameterKind.DenseBiases, 1, 1, 1, outputs) { IsGate = isGate, FanIn = inputs });
        }
    }
}

namespace SeedHead.Networks;

/// <summary>What a network of tokens does at one position, step by step, and the shapes of its weights.</summary>
/// <remarks>
/// <para>Weights are normal with mean 0, as GPT-2 starts: deviation 0.02 for embeddings and positions, 0.02·√(768/D) for all maps (0.02 at GPT-2's own D = 768), and
/// that over √R for the last map of each of the R residual branches. Biases start at 0 and are left out.</para>
/// <para>Source: Radford et al. 2019, sec. 2.3, in the form of common frameworks; √(768/D) keeps pre-activations as large as at 768: docs/math/transformers.md.</para>
/// </remarks>
internal sealed class TokenPlan
{
    private const double TableDeviation = 0.02;
    private const double UsualWidth = 768;

    private readonly List<TokenStep> steps = [];
    private readonly List<TokenTensor> tensors = [];
    private readonly double mapDeviation;
    private readonly double lastDeviation;
    private int width;

    private TokenPlan(Architecture net, int positions)
    {
        (Tokens, Positions) = (net.InputTokens!.Value, positions);
        width = Width = ((EmbeddingLayer)net.Layers[0]).Width;
        Widest = Math.Max(width, Tokens.Vocabulary);
        mapDeviation = TableDeviation * Math.Sqrt(UsualWidth / Width);
        lastDeviation = mapDeviation / Math.Sqrt(Math.Max(1, Residuals(net.Layers)));
        Embedding = Tensor(Width, Tokens.Vocabulary, TableDeviation);
        AddAll(net.Layers.Skip(1).SkipLast(1), net);
    }

    /// <summary>What the network reads.</summary>
    public TokenShape Tokens { get; }

    /// <summary>The positions that it can be run at, from 0 on.</summary>
    public int Positions { get; }

    /// <summary>D, the numbers of a token.</summary>
    public int Width { get; }

    /// <summary>The most numbers between two steps.</summary>
    public int Widest { get; private set; }

    /// <summary>The deepest nesting of residuals.</summary>
    public int Nesting { get; private set; }

    /// <summary>The numbers a position that every attention keeps, twice: keys and values.</summary>
    public List<int> Kept { get; } = [];

    /// <summary>E [D × V].</summary>
    public TokenTensor Embedding { get; }

    /// <summary>The steps between embedding and unembedding.</summary>
    public IReadOnlyList<TokenStep> Steps => steps;

    /// <summary>All weights.</summary>
    public IReadOnlyList<TokenTensor> Tensors => tensors;

    /// <summary>Numbers that hold all weights.</summary>
    public long Room => tensors[^1].End;

    /// <summary>Multiplications for one position, with twenty operations for every number of the widest step.</summary>
    public double Operations => (2.0 * tensors.Sum(tensor => (double)tensor.Inputs * tensor.Outputs)) + (20.0 * steps.Count * Width);

    /// <summary>The plan of an architecture that begins with tokens and an embedding and ends in its unembedding.</summary>
    /// <param name="net">The architecture.</param>
    /// <param name="positions">The positions to run it at.</param>
    /// <exception cref="ArgumentException">Another architecture, a layer that networks of tokens do not have, or more positions than it can read.</exception>
    public static TokenPlan Of(Architecture net, int positions)
    {
        if (net.InputTokens is not { } tokens || net.Layers.Count < 2 || net.Layers[^1] is not UnembeddingLayer)
        {
            throw new ArgumentException($"{net} makes no sequences: it must read tokens and end in \"unembed\", as gpt2-2-4-128/512 does.");
        }

        return positions <= tokens.Context
            ? new(net, positions)
            : throw new ArgumentException($"{net} reads at most {tokens.Context} tokens, not {positions}. Take shorter sequences or a longer context.");
    }

    private static int Residuals(IEnumerable<Layer> layers) => layers.Sum(layer => layer switch
    {
        ResidualLayer residual => 1 + Residuals(Extent.WrittenOut(residual.Parts)),
        _ => 0,
    });

    private TokenTensor Tensor(int inputs, int outputs, double deviation)
    {
        var tensor = new TokenTensor(tensors.Count, inputs, outputs, deviation, tensors.Count == 0 ? 0 : tensors[^1].End);
        tensors.Add(tensor);
        return tensor;
    }

    /// <param name="layers">Layers in the order in which they run.</param>
    /// <param name="net">For the error.</param>
    /// <param name="last">The layer whose last map ends a residual branch, or null.</param>
    private void AddAll(IEnumerable<Layer> layers, Architecture net, Layer? last = null)
    {
        foreach (Layer layer in layers)
        {
            Add(layer, net, ReferenceEquals(layer, last) ? lastDeviation : mapDeviation);
            Widest = Math.Max(Widest, width);
        }
    }

    private void Add(Layer layer, Architecture net, double deviation)
    {
        switch (layer)
        {
            case PositionLayer:
                steps.Add(new PositionStep(Tensor(Positions, width, TableDeviation)));
                break;
            case LayerNormLayer:
                steps.Add(new NormStep(width));
                break;
            case ScaleLayer scale:
                steps.Add(new ScaleStep(width, (float)scale.Factor));
                break;
            case ActivationLayer activation:
                steps.Add(new ActivationStep(width, activation.Activation));
                break;
            case DenseLayer dense:
                steps.Add(new MapStep(Tensor(width, dense.Width, deviation)));
                width = dense.Width;
                break;
            case AttentionLayer attention:
                steps.Add(new AttentionStep(Tensor(width, 3 * width, mapDeviation), Tensor(width, width, deviation), attention.Heads, Kept.Count));
                Kept.Add(width);
                Widest = Math.Max(Widest, 3 * width);
                break;
            case ResidualLayer { Shortcut: [] } residual:
                AddResidual(residual, net);
                break;
            case DropoutLayer or FlattenLayer: // nothing is dropped outside of training
                break;
            default:
                throw new ArgumentException($"{net}: {layer} cannot stand in a network of tokens. It has dense layers, activations, scales, ln, res( … ) without shortcut, pos and attnH.");
        }
    }

    private void AddResidual(ResidualLayer residual, Architecture net)
    {
        int level = steps.OfType<SaveStep>().Count() - steps.OfType<AddSavedStep>().Count();
        Nesting = Math.Max(Nesting, level + 1);
        Layer[] branch = [.. Extent.WrittenOut(residual.Parts)];
        steps.Add(new SaveStep(width, level));
        AddAll(branch, net, branch.LastOrDefault(layer => layer is DenseLayer or AttentionLayer));
        steps.Add(new AddSavedStep(width, level));
    }
}

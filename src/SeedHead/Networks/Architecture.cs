using System.Collections;
using System.Runtime.CompilerServices;
using SeedHead.Data;

namespace SeedHead.Networks;

/// <summary>The shape of a network: what it reads and its layers in order, without weights. An immutable value with a text form.</summary>
/// <remarks>
/// <para>Text form: the input, then the parts, joined by "-": <c>784-2048-relu-10</c>, <c>28x28x1-3*(64-tanh)-10</c>; see docs/text-forms.md.</para>
/// <para>The same as a value: <c>Architecture net = [Layer.Input(784), Layer.Dense(2048), Activation.Parse("relu"), Layer.Dense(10)];</c></para>
/// </remarks>
[CollectionBuilder(typeof(Architecture), nameof(Create))]
public sealed class Architecture : IEquatable<Architecture>, IEnumerable<Layer>
{
    private readonly InputLayer input;

    private Architecture(InputLayer input, IReadOnlyList<Layer> parts)
    {
        this.input = input;
        Parts = parts;
        Layers = [.. Extent.WrittenOut(parts)];
        Extent output = Extent.After(parts, InputExtent);
        (OutputCount, OutputShape) = (output.Count, output.Shape);
    }

    /// <summary>d, the numbers of one input.</summary>
    public int InputCount => input.Count;

    /// <summary>The image shape of the input, or null for a plain vector.</summary>
    public ImageShape? InputShape => input.Shape;

    /// <summary>The parts after the input as written, repeats as one part.</summary>
    public IReadOnlyList<Layer> Parts { get; }

    /// <summary>The layers after the input in the order they run, repeats written out.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>Hidden layers: all dense and gated layers, those in residuals too, but the output layer, which is the last dense layer when nothing but scales follows it.</summary>
    /// <remarks>2-64-relu-1, 2-64-relu and 2-gated(64-relu) have depth 1, 784-10 has depth 0. Layers of a shortcut are not counted. Of a network of tokens the
    /// attention layers are counted in their place: gpt2 has depth 12.</remarks>
    public int Depth => InputTokens is not null ? Count(Layers, layer => layer is AttentionLayer) : DenseLayers(Layers) - (EndsInOutputLayer ? 1 : 0);

    /// <summary>k, the numbers of one output.</summary>
    public int OutputCount { get; }

    /// <summary>The image shape of the output, or null for a plain vector.</summary>
    public ImageShape? OutputShape { get; }

    /// <summary>The tokens that come in, or null where numbers do.</summary>
    public TokenShape? InputTokens => input.Tokens;

    /// <summary>What comes in.</summary>
    internal Extent InputExtent => new(input.Count, input.Shape) { Tokens = input.Tokens, AreIds = input.Tokens is not null };

    /// <summary>True when nothing but scales follows the last dense layer.</summary>
    internal bool EndsInOutputLayer
    {
        get
        {
            int last = Layers.Count - 1;
            while (last >= 0 && Layers[last] is ScaleLayer)
            {
                last--;
            }

            return last >= 0 && Layers[last] is DenseLayer;
        }
    }

    /// <summary>Reads a text form.</summary>
    /// <param name="text">For example "784-2048-relu-10".</param>
    /// <exception cref="FormatException">Not an architecture: names the part, its position and the nearest known word.</exception>
    public static Architecture Parse(string text) => Parse(text, null, null);

    /// <summary>Reads a text form, or the name of a preset.</summary>
    /// <param name="text">For example "28x28x1-conv32@3-relu-gap-10" or "wrn-28-10".</param>
    /// <param name="images">The shape of the images a preset reads; null for the one it was made for.</param>
    /// <param name="classes">The outputs of a preset that does not tell its own behind a slash.</param>
    /// <exception cref="FormatException">Not an architecture: names the part, its position and the nearest known word.</exception>
    public static Architecture Parse(string text, ImageShape? images, int? classes)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = Presets.Expand(text, images, classes) ?? text;
        var reader = new ArchitectureReader(text);
        (InputLayer input, List<Layer> parts) = reader.Read();
        try
        {
            return new(input, parts);
        }
        catch (ShapeException error)
        {
            throw reader.Wrong(error);
        }
    }

    /// <summary>The architecture of the given layers, the input first.</summary>
    /// <param name="layers">An input and any number of layers.</param>
    /// <exception cref="ArgumentException">The first is no input, or a later one is, or a layer cannot read what comes in.</exception>
    public static Architecture Create(params ReadOnlySpan<Layer> layers)
    {
        if (layers.Length == 0 || layers[0] is not InputLayer first)
        {
            throw new ArgumentException("An architecture starts with its input: [Layer.Input(784), …].", nameof(layers));
        }

        Layer[] parts = layers[1..].ToArray();
        return parts.Any(part => part is InputLayer or null)
            ? throw new ArgumentException("Only the first layer can be an input, and none can be null.", nameof(layers))
            : new(first, parts);
    }

    /// <summary>The input and the parts as written.</summary>
    public IEnumerator<Layer> GetEnumerator() => Parts.Prepend(input).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Equal when the text forms are.</summary>
    /// <param name="other">The other architecture.</param>
    public bool Equals(Architecture? other) => other is not null && input == other.input && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Architecture);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The text form.</summary>
    public override string ToString() => string.Join('-', Parts.Prepend(input));

    /// <summary>The network up to its last hidden layer: without the output layer and scales behind it, repeats written out.</summary>
    /// <exception cref="ArgumentException">There is no hidden layer.</exception>
    internal Architecture HiddenPart()
    {
        if (Depth == 0)
        {
            throw new ArgumentException($"{this} has no hidden layer. Write one, such as {InputCount}-64-relu-{OutputCount}.");
        }

        return EndsInOutputLayer ? new(input, [.. Layers.Take(LastDense)]) : new(input, Layers);
    }

    /// <summary>The layers that feed the output layer, repeats written out, and the product of the scales behind it.</summary>
    /// <exception cref="ArgumentException">The network does not end in a dense layer.</exception>
    internal (Architecture Hidden, double Scale) BeforeOutputLayer() => EndsInOutputLayer
        ? (new(input, [.. Layers.Take(LastDense)]), Layers.Skip(LastDense + 1).Aggregate(1.0, (product, layer) => product * ((ScaleLayer)layer).Factor))
        : throw new ArgumentException($"{this} does not end in a dense layer, so it has no head to leave out. End it in -1.");

    /// <summary>The network with another width of its last dense layer, repeats written out.</summary>
    /// <exception cref="ArgumentException">There is no dense layer.</exception>
    internal Architecture WithLastWidth(int width)
    {
        Layer[] layers = [.. Layers];
        int last = Array.FindLastIndex(layers, layer => layer is DenseLayer or GatedLayer);
        if (last < 0)
        {
            throw new ArgumentException($"{this} has no dense or gated layer outside of residuals. Write one, such as {InputCount}-64-relu.");
        }

        layers[last] = layers[last] is GatedLayer gated ? new GatedLayer(width, gated.Parts) : new DenseLayer(width);
        return new(input, layers);
    }

    /// <summary>This network, if it reads numbers.</summary>
    /// <exception cref="ArgumentException">It reads tokens.</exception>
    internal Architecture ReadingNumbers(string purpose) => InputTokens is null
        ? this
        : throw new ArgumentException($"{this} reads tokens; {purpose} networks of numbers, such as 784-2048-relu-10. Sequences of untrained networks of tokens are measured by `complexity`.");

    /// <summary>The first activation that runs, in residuals and gated layers too, or null.</summary>
    internal Activation? FirstActivation => FirstActivationOf(Layers);

    private int LastDense => Enumerable.Range(0, Layers.Count).LastOrDefault(i => Layers[i] is DenseLayer, -1);

    private static int DenseLayers(IReadOnlyList<Layer> layers) => Count(layers, layer => layer is DenseLayer or GatedLayer);

    private static int Count(IReadOnlyList<Layer> layers, Func<Layer, bool> counted) => layers.Sum(layer => layer switch
    {
        ResidualLayer residual => Count(residual.Parts, counted),
        RepeatLayer repeat => repeat.Count * Count(repeat.Parts, counted),
        _ => counted(layer) ? 1 : 0,
    });

    private static Activation? FirstActivationOf(IReadOnlyList<Layer> layers) => layers.Select(layer => layer switch
    {
        ActivationLayer activation => activation.Activation,
        GatedLayer gated => FirstActivationOf(gated.Parts),
        ResidualLayer residual => FirstActivationOf(residual.Parts),
        RepeatLayer repeat => FirstActivationOf(repeat.Parts),
        _ => null,
    }).FirstOrDefault(activation => activation is not null);
}

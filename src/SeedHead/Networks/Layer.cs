namespace SeedHead.Networks;

/// <summary>One part of an <see cref="Architecture"/>. Immutable; its text form is <see cref="object.ToString"/>.</summary>
public abstract record Layer
{
    private protected Layer()
    {
    }

    /// <summary>Makes an activation usable where a layer is expected: <c>[Layer.Input(2), Layer.Dense(64), Activation.Parse("relu"), Layer.Dense(1)]</c>.</summary>
    /// <param name="activation">The activation.</param>
    public static implicit operator Layer(Activation activation) => FromActivation(activation);

    /// <summary>The layer that applies an activation to every number.</summary>
    /// <param name="activation">The activation.</param>
    public static Layer FromActivation(Activation activation) => new ActivationLayer(activation);

    /// <summary>The input of <paramref name="count"/> numbers, text form "784". Stands first.</summary>
    /// <param name="count">d ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than one number.</exception>
    public static Layer Input(int count) => new InputLayer(count, null);

    /// <summary>The input of an image [height × width × channels], text form "28x28x1". Stands first; dense layers read it flattened, channels last.</summary>
    /// <param name="height">Rows of pixels, ≥ 1.</param>
    /// <param name="width">Columns of pixels, ≥ 1.</param>
    /// <param name="channels">Values a pixel, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length below 1, or more than 2³¹ − 1 numbers.</exception>
    public static Layer Input(int height, int width, int channels) => (double)height * width * channels <= int.MaxValue
        ? new InputLayer(height * width * channels, new(height, width, channels))
        : throw new ArgumentOutOfRangeException(nameof(height), $"An image of {height}x{width}x{channels} is too large: at most {int.MaxValue} numbers.");

    /// <summary>A dense layer, text form "512".</summary>
    /// <param name="width">Number of outputs, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than one output.</exception>
    public static Layer Dense(int width) => new DenseLayer(width);

    /// <summary>Multiplication by a constant, text form "scale1.5".</summary>
    /// <param name="factor">The constant, positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not positive, or not finite.</exception>
    public static Layer Scale(double factor) => new ScaleLayer(factor);

    /// <summary>The given layers <paramref name="count"/> times in a row, each time with weights of their own, text form "3*(64-relu)".</summary>
    /// <param name="count">How often, ≥ 1.</param>
    /// <param name="parts">What is repeated, at least one layer, no input.</param>
    /// <exception cref="ArgumentException">Nothing to repeat, or an input inside.</exception>
    public static Layer Repeat(int count, params IReadOnlyList<Layer> parts) => new RepeatLayer(count, parts);

    /// <summary>Every number and its waves of <paramref name="octaves"/> frequencies, text form "encode4".</summary>
    /// <param name="octaves">L, from 1 to 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another number of octaves.</exception>
    public static Layer Encoding(int octaves) => new EncodingLayer(octaves);

    /// <summary>Layer norm over the numbers of one input, text form "ln".</summary>
    public static Layer Norm() => new LayerNormLayer();

    /// <summary>x + f(x), text form "res(64-relu-64)".</summary>
    /// <param name="parts">f, at least one layer, no input.</param>
    /// <exception cref="ArgumentException">Nothing, or an input inside.</exception>
    public static Layer Residual(params IReadOnlyList<Layer> parts) => new ResidualLayer(parts, []);

    /// <summary>g(x) + f(x), text form "res(64-relu-32|32)".</summary>
    /// <param name="parts">f, at least one layer, no input.</param>
    /// <param name="shortcut">g; nothing means x itself.</param>
    /// <exception cref="ArgumentException">No f, or an input inside.</exception>
    public static Layer Residual(IReadOnlyList<Layer> parts, IReadOnlyList<Layer> shortcut) => new ResidualLayer(parts, shortcut);

    /// <summary>φ(Wx + b) ⊙ σ(W′x + b′), text form "gated(64-tanh)".</summary>
    /// <param name="width">Number of outputs, ≥ 1.</param>
    /// <param name="parts">φ: activations, scales and layer norms.</param>
    /// <exception cref="ArgumentException">Less than one output, or another layer in φ.</exception>
    public static Layer Gated(int width, params IReadOnlyList<Layer> parts) => new GatedLayer(width, parts);

    /// <summary>A convolution, text form "conv64@3", "conv64@11/4p5b".</summary>
    /// <param name="filters">Number of filters, ≥ 1.</param>
    /// <param name="kernel">Rows and columns of a filter, ≥ 1.</param>
    /// <param name="stride">Pixels from one window to the next.</param>
    /// <param name="padding">Zeros around the image; null for (kernel − 1)/2, which an even kernel does not have.</param>
    /// <param name="groups">Groups that channels and filters are cut into.</param>
    /// <param name="biased">Whether every filter has a bias.</param>
    /// <exception cref="ArgumentException">A number out of its range, or filters that cannot be cut into the groups.</exception>
    public static Layer Convolution(int filters, int kernel, int stride = 1, int? padding = null, int groups = 1, bool biased = false) =>
        new ConvolutionLayer(filters, kernel, stride, padding, groups, biased);

    /// <summary>The largest value of every window, text form "maxpool2".</summary>
    /// <param name="window">Rows and columns of a window, ≥ 1.</param>
    /// <param name="stride">Pixels from one window to the next; null for the window's size.</param>
    public static Layer MaxPool(int window, int? stride = null) => new PoolingLayer(isMaximum: true, window, stride);

    /// <summary>The mean of every window, text form "avgpool2".</summary>
    /// <param name="window">Rows and columns of a window, ≥ 1.</param>
    /// <param name="stride">Pixels from one window to the next; null for the window's size.</param>
    public static Layer AveragePool(int window, int? stride = null) => new PoolingLayer(isMaximum: false, window, stride);

    /// <summary>The mean of every channel over the whole image, text form "gap".</summary>
    public static Layer GlobalAveragePool() => new PoolingLayer(isMaximum: false, null, null);

    /// <summary>An image as a plain vector, text form "flatten".</summary>
    public static Layer Flatten() => new FlattenLayer();

    /// <summary>Batch norm of every channel, text form "bn".</summary>
    public static Layer BatchNorm() => new BatchNormLayer();

    /// <summary>Numbers left out at random while training, text form "dropout0.3".</summary>
    /// <param name="rate">Probability, at least 0 and less than 1.</param>
    public static Layer Dropout(double rate) => new DropoutLayer(rate);

    /// <summary>The channels of x, then those of f(x), text form "cat(bn-relu-conv12@3)".</summary>
    /// <param name="parts">f, at least one layer, no input.</param>
    /// <exception cref="ArgumentException">Nothing, or an input inside.</exception>
    public static Layer Concatenation(params IReadOnlyList<Layer> parts) => new ConcatenationLayer(parts);

    /// <summary>The input of a sequence of tokens, text form "tokens50257x1024". Stands first.</summary>
    /// <param name="tokens">The vocabulary and the longest sequence, at least one each.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than one.</exception>
    public static Layer Input(TokenShape tokens) => new InputLayer(tokens);

    /// <summary>Every token as its own numbers, text form "embed128". Stands first behind tokens.</summary>
    /// <param name="width">D ≥ 1, the numbers of one token.</param>
    public static Layer Embedding(int width) => new EmbeddingLayer(width);

    /// <summary>Adds numbers that every position has of its own, text form "pos".</summary>
    public static Layer Position() => new PositionLayer();

    /// <summary>Causal self-attention, text form "attn4".</summary>
    /// <param name="heads">H ≥ 1; the numbers of a token are cut into so many equal parts.</param>
    public static Layer Attention(int heads) => new AttentionLayer(heads);

    /// <summary>A logit for every token, by the table of the embedding, text form "unembed".</summary>
    public static Layer Unembedding() => new UnembeddingLayer();

    /// <summary>What comes out where this comes in.</summary>
    /// <exception cref="ShapeException">The layer cannot read it.</exception>
    internal virtual Extent After(Extent input) => input;

    private protected Data.ImageShape ImageInto(Extent input) =>
        input.Shape ?? throw new ShapeException(this, $"{this}: reads an image, but {input} come in. Give the input as an image, such as 28x28x1, and no dense layer before.");

    private protected Extent RequireSequence(Extent input) => input.Tokens is not null
        ? input
        : throw new ShapeException(this, $"{this}: reads a sequence of tokens, but {input} come in. Begin with tokens and an embedding, such as tokens512x1024-embed128.");

    private protected static void RequireParts(IReadOnlyList<Layer> parts, int least, string name, string what)
    {
        ArgumentNullException.ThrowIfNull(parts, name);
        if (parts.Count < least || parts.Any(part => part is InputLayer or null))
        {
            throw new ArgumentException($"{what} {(least > 0 ? "needs at least one layer, and " : "holds ")}no input{(least > 0 ? " among them" : "")}.", name);
        }
    }
}

/// <summary>The input layer.</summary>
public sealed record InputLayer : Layer
{
    internal InputLayer(int count, Data.ImageShape? shape)
    {
        if (shape is { } image)
        {
            Positive(Math.Min(image.Height, Math.Min(image.Width, image.Channels)), nameof(shape), "lengths of an image");
        }

        Count = Positive(count, nameof(count), "numbers of an input");
        Shape = shape;
    }

    internal InputLayer(TokenShape tokens)
    {
        Positive(Math.Min(tokens.Vocabulary, tokens.Context), nameof(tokens), "tokens of a vocabulary and of a sequence");
        (Count, Tokens) = (tokens.Context, tokens);
    }

    /// <summary>d, the numbers of one input; of a sequence the most tokens.</summary>
    public int Count { get; }

    /// <summary>What is read where tokens are, else null.</summary>
    public TokenShape? Tokens { get; }

    /// <summary>The image shape, or null for a plain vector.</summary>
    public Data.ImageShape? Shape { get; }

    /// <inheritdoc/>
    public override string ToString() => Tokens?.ToString() ?? Shape?.ToString() ?? Count.ToString();

    internal static int Positive(int value, string name, string what) => value >= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"The {what} must be at least 1.");
}

/// <summary>y = W x + b with W [width × inputs]: the bias is 0 unless the prior gives it a variance.</summary>
public sealed record DenseLayer : Layer
{
    internal DenseLayer(int width) => Width = InputLayer.Positive(width, nameof(width), "outputs of a dense layer");

    /// <summary>Number of outputs.</summary>
    public int Width { get; }

    /// <inheritdoc/>
    public override string ToString() => Width.ToString();

    internal override Extent After(Extent input) => input.Vector(Width);
}

/// <summary>An activation applied to every number.</summary>
public sealed record ActivationLayer : Layer
{
    internal ActivationLayer(Activation activation) => Activation = activation ?? throw new ArgumentNullException(nameof(activation));

    /// <summary>The activation.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    public override string ToString() => Activation.Text;
}

/// <summary>Multiplication by a constant; before an activation it is the "prefactor".</summary>
public sealed record ScaleLayer : Layer
{
    internal ScaleLayer(double factor) => Factor = factor > 0 && double.IsFinite(factor)
        ? factor
        : throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor of a scale must be positive and finite.");

    /// <summary>The constant.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    public override string ToString() => "scale" + PlainNumber.Format(Factor);
}

/// <summary>Layers repeated, each time with weights of their own.</summary>
public sealed record RepeatLayer : Layer
{
    internal RepeatLayer(int count, IReadOnlyList<Layer> parts)
    {
        Count = InputLayer.Positive(count, nameof(count), "repeats");
        RequireParts(parts, least: 1, nameof(parts), "A repeat");
        Parts = [.. parts];
    }

    /// <summary>How often.</summary>
    public int Count { get; }

    /// <summary>What is repeated.</summary>
    public IReadOnlyList<Layer> Parts { get; }

    /// <summary>Equal when count and parts are equal, part by part.</summary>
    /// <param name="other">The other repeat.</param>
    public bool Equals(RepeatLayer? other) => other is not null && Count == other.Count && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, Parts.Count, Parts[0]);

    /// <inheritdoc/>
    public override string ToString() => $"{Count}*({string.Join('-', Parts)})";
}

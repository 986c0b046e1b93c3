using System.Globalization;
using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Networks;

/// <summary>The law that a network's weights and biases are drawn from; a value with a text form. Immutable.</summary>
/// <remarks>
/// <para>Text: <c>name[":"scale]["+bias-"law":"scale]</c>, e.g. <c>he-normal</c>, <c>glorot-uniform:3+bias-uniform:1</c>, <c>flat:13.89</c>.</para>
/// <para>The scale multiplies the standard deviation of the weights. Biases are 0 unless the prior says otherwise: <c>bias-normal:s</c> has standard
/// deviation s, <c>bias-uniform:a</c> lies in ±a, <c>uniform-fan-in</c> draws biases like weights, <c>flat:a</c> draws both from ±a,
/// <c>glorot-alpha</c> draws biases from ±1. The laws are listed in docs/text-forms.md.</para>
/// </remarks>
public sealed record WeightPrior
{
    private static readonly Dictionary<string, (WeightLaw Law, Func<int, int, double> Variance)> Known = new(StringComparer.Ordinal)
    {
        ["he-normal"] = (WeightLaw.Normal, (fanIn, _) => 2.0 / fanIn),
        ["he-uniform"] = (WeightLaw.Uniform, (fanIn, _) => 2.0 / fanIn),
        ["he-fan-out"] = (WeightLaw.Normal, (_, fanOut) => 2.0 / fanOut),
        ["lecun-normal"] = (WeightLaw.Normal, (fanIn, _) => 1.0 / fanIn),
        ["lecun-uniform"] = (WeightLaw.Uniform, (fanIn, _) => 1.0 / fanIn),
        ["glorot-normal"] = (WeightLaw.Normal, Glorot),
        ["glorot-uniform"] = (WeightLaw.Uniform, Glorot),
        [GlorotAlpha] = (WeightLaw.Uniform, Glorot),
        ["glorot-laplace"] = (WeightLaw.Laplace, Glorot),
        ["glorot-ball"] = (WeightLaw.Ball, Glorot),
        ["truncated-normal"] = (WeightLaw.TruncatedNormal, (fanIn, _) => 1.0 / fanIn),
        ["sign"] = (WeightLaw.Sign, (fanIn, _) => 1.0 / fanIn),
        ["orthogonal"] = (WeightLaw.Orthogonal, (fanIn, _) => 1.0 / fanIn),
        [UniformFanIn] = (WeightLaw.Uniform, (fanIn, _) => 1.0 / (3.0 * fanIn)), // ±1/√fan-in has a third of that square as variance
        [Flat] = (WeightLaw.Uniform, FlatVariance),
        [Flat + "-normal"] = (WeightLaw.Normal, FlatVariance),
        [Flat + "-laplace"] = (WeightLaw.Laplace, FlatVariance),
        [Flat + "-ball"] = (WeightLaw.Ball, FlatVariance),
        [Tangent] = (WeightLaw.Normal, (_, _) => 1.0),
    };

    private const string UniformFanIn = "uniform-fan-in";
    private const string GlorotAlpha = "glorot-alpha";
    private const string Flat = "flat";
    private const string Tangent = "ntk";
    private const string NormalBias = "bias-normal";
    private const string UniformBias = "bias-uniform";

    private static double Glorot(int fanIn, int fanOut) => 2.0 / (fanIn + fanOut);

    private static double FlatVariance(int fanIn, int fanOut) => 1.0 / 3; // of a uniform number in ±1

    private WeightPrior(string name, double scale, string? biasLaw, double biasScale) =>
        (Name, Scale, BiasLaw, BiasScale) = (name, scale, biasLaw, biasScale);

    /// <summary>The words that may stand first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Keys];

    /// <summary>The law's name, e.g. "he-normal".</summary>
    public string Name { get; }

    /// <summary>Multiplies the weights' standard deviation (for flat: the amplitude of weights and biases).</summary>
    public double Scale { get; private init; }

    /// <summary>"bias-normal", "bias-uniform", or null for the law's own biases.</summary>
    public string? BiasLaw { get; }

    /// <summary>The biases' standard deviation or amplitude.</summary>
    public double BiasScale { get; }

    /// <summary>He-normal with zero biases for ReLU-like activations, LeCun-normal otherwise.</summary>
    /// <param name="activation">The layer's activation, or null for a linear one.</param>
    public static WeightPrior DefaultFor(Activation? activation) => Parse(activation?.IsRectifier == true ? "he-normal" : "lecun-normal");

    /// <summary>This prior with its weights' scale multiplied.</summary>
    /// <param name="factor">Positive.</param>
    public WeightPrior Scaled(double factor) => this with { Scale = Positive(Scale * factor, $"{Scale * factor}") };

    /// <summary>This prior with the scales of its weights and of its biases multiplied.</summary>
    /// <exception cref="ArgumentException">The law draws biases by a rule that has no scale (uniform-fan-in).</exception>
    internal WeightPrior ScaledWithBiases(double factor) => (BiasLaw, Name) switch
    {
        (null, UniformFanIn) => throw new ArgumentException($"The biases of {this} have no scale of their own: write +bias-uniform:a behind it."),
        (null, GlorotAlpha) => new WeightPrior(Name, 1, UniformBias, factor).Scaled(Scale * factor),
        (null, _) => Scaled(factor), // flat scales both, the others have no biases
        _ => new WeightPrior(Name, 1, BiasLaw, BiasScale * factor).Scaled(Scale * factor),
    };

    /// <summary>Reads the text form.</summary>
    /// <param name="text">E.g. "he-normal:1.5+bias-normal:0.1".</param>
    /// <exception cref="FormatException">Not a prior: says what is allowed.</exception>
    public static WeightPrior Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('+');
        if (parts.Length > 2)
        {
            throw new FormatException($"\"{text}\" has more than one +. A prior is name[:scale][+bias-normal:s or +bias-uniform:a].");
        }

        (string name, double scale) = Read(parts[0], Names, 1);
        if (parts.Length == 1)
        {
            return new WeightPrior(name, scale, null, 0);
        }

        (string law, double bias) = Read(parts[1], [NormalBias, UniformBias], null);
        return new WeightPrior(name, scale, law, bias);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string scale = Scale == 1 ? "" : ":" + Scale.ToString(CultureInfo.InvariantCulture);
        string bias = BiasLaw is null ? "" : $"+{BiasLaw}:{BiasScale.ToString(CultureInfo.InvariantCulture)}";
        return Name + scale + bias;
    }

    /// <summary>The variance of one weight as it stands in memory: for ntk 1, its scale being applied in the forward pass.</summary>
    /// <param name="fanIn">Inputs of the layer.</param>
    /// <param name="fanOut">Outputs of the layer; of a convolution filters times places of its window.</param>
    public double WeightVariance(int fanIn, int fanOut) => Known[Name].Variance(fanIn, fanOut) * (Name == Tangent ? 1 : Scale * Scale);

    /// <summary>σ_w²: the variance of one weight in the forward pass times the fan-in, which the kernels of wide networks are made of.</summary>
    internal double LimitWeightVariance(int fanIn, int fanOut) => Name == Tangent ? Scale * Scale : WeightVariance(fanIn, fanOut) * fanIn;

    /// <summary>The variance of one bias.</summary>
    /// <param name="fanIn">Inputs of the layer.</param>
    public double BiasVariance(int fanIn) => (BiasLaw, Name) switch
    {
        (NormalBias, _) => BiasScale * BiasScale,
        (UniformBias, _) => BiasScale * BiasScale / 3,
        (_, UniformFanIn) => 1.0 / (3.0 * fanIn),
        (_, GlorotAlpha) => 1.0 / 3,
        _ => IsFlat ? Scale * Scale / 3 : 0,
    };

    private double DeviationOf(LayerShape shape) => Math.Sqrt(WeightVariance(shape.FanIn, shape.FullFanOut));

    /// <summary>Weights and biases have one law and one scale.</summary>
    private bool IsFlat => Name.StartsWith(Flat, StringComparison.Ordinal);

    private WeightLaw Law => Known[Name].Law;

    /// <summary>The law of the biases: the one asked for, else that of the weights of flat priors, else uniform.</summary>
    private WeightLaw LawOfBiases => BiasLaw is null ? IsFlat ? Law : WeightLaw.Uniform : BiasLaw == NormalBias ? WeightLaw.Normal : WeightLaw.Uniform;

    /// <summary>What the products Wx are multiplied by: 1, but Scale/√fan-in for ntk, whose weights are N(0, 1).</summary>
    internal float ForwardScale(int fanIn) => Name == Tangent ? (float)(Scale / Math.Sqrt(fanIn)) : 1;

    /// <summary>Whether output units can only be drawn together with those before them.</summary>
    internal bool DrawsWholeLayers => Law == WeightLaw.Orthogonal;

    /// <summary>Whether the numbers of a network depend on one another across layers.</summary>
    internal bool DrawsWholeNetworks => Law == WeightLaw.Ball;

    /// <summary>Draws one layer: weights [fanIn × fanOut] (element (i, o) is the weight at row o, column i of its address) and biases [fanOut].</summary>
    internal void Fill(WeightStream stream, int network, int layer, int fanIn, int fanOut, Strided<float> weights, Span<float> biases)
    {
        var shape = new LayerShape(layer, fanIn, fanOut);
        FillWeights(stream, network, shape, weights);
        FillBiases(stream, network, shape, biases);
    }

    /// <summary>Draws the weights [inputs × units] of inputs <paramref name="firstInput"/> and on, output units <paramref name="firstUnit"/> and on.</summary>
    /// <param name="stream">The numbers of a seed.</param>
    /// <param name="network">The network's number.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="weights">Takes the weights.</param>
    /// <param name="firstUnit">0 if <see cref="DrawsWholeLayers"/>.</param>
    /// <param name="ballFactor">What <see cref="BallFactor"/> says of the network.</param>
    /// <param name="firstInput">The input of the first row; 0 if <see cref="DrawsWholeLayers"/>.</param>
    internal void FillWeights(
        WeightStream stream, int network, LayerShape shape, Strided<float> weights, int firstUnit = 0, double ballFactor = 1, int firstInput = 0) =>
        LayerDraw.Fill(
            stream, network, shape.Layer, shape.WeightKind, Law, DeviationOf(shape) * ballFactor, weights, firstUnit, firstInput);

    /// <summary>Draws ±σ in place of weights: σ is the standard deviation they would have in the forward pass, the sign is that of their address.</summary>
    internal void FillSigns(WeightStream stream, int network, LayerShape shape, Strided<float> weights) =>
        LayerDraw.Fill(stream, network, shape.Layer, shape.WeightKind, WeightLaw.Sign, DeviationOf(shape) * ForwardScale(shape.FanIn), weights);

    /// <summary>Draws the biases [fanOut].</summary>
    internal unsafe void FillBiases(WeightStream stream, int network, LayerShape shape, Span<float> biases, double ballFactor = 1)
    {
        WeightLaw law = LawOfBiases;
        double deviation = Math.Sqrt(BiasVariance(shape.FanIn)) * (law == WeightLaw.Ball ? ballFactor : 1);
        if (deviation == 0)
        {
            biases.Clear();
            return;
        }

        fixed (float* b = biases)
        {
            LayerDraw.Fill(stream, network, shape.Layer, shape.BiasKind, law, deviation, Strided<float>.RowMajor(b, 1, biases.Length));
        }
    }

    /// <summary>
    /// For the ball priors U^(1/D)·√(D + 2)/‖g‖: g holds the D normal numbers of the network (weights, and biases if they have the same law), U is
    /// uniform. Then factor·g lies evenly in the ball whose coordinates have variance 1. For other priors 1.
    /// </summary>
    internal double BallFactor(WeightStream stream, int network, IEnumerable<LayerShape> shapes) => Law == WeightLaw.Ball
        ? Ball.Factor(stream, network, shapes, withBiases: LawOfBiases == WeightLaw.Ball)
        : 1;

    private static (string Name, double Scale) Read(string part, IReadOnlyList<string> names, double? usual)
    {
        string[] halves = part.Split(':', 2);
        if (!names.Contains(halves[0]))
        {
            throw new FormatException(
                $"\"{halves[0]}\" is no prior. Did you mean \"{Data.Nearest.Find(halves[0], names) ?? names[0]}\"? Allowed are {string.Join(", ", names)}.");
        }

        if (halves.Length == 1)
        {
            return (halves[0], usual ?? throw new FormatException($"\"{part}\" needs its scale, as in {part}:0.1."));
        }

        bool isNumber = double.TryParse(halves[1], NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double scale);
        return (halves[0], Positive(isNumber ? scale : double.NaN, halves[1]));
    }

    private static double Positive(double value, string text) => value > 0 && double.IsFinite(value)
        ? value
        : throw new FormatException($"\"{text}\" is no scale. Give a number above 0.");
}

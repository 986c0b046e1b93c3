using SeedHead.Data;
using SeedHead.Networks;

namespace SeedHead.Kernels;

/// <summary>The steps of an architecture from the covariance of inputs to that of outputs.</summary>
/// <remarks>
/// Widths are taken to infinity layer by layer; what is known of a layer's numbers on the way decides which layers have a closed form behind it.
/// Formulas and sources: docs/math/kernels.md.
/// </remarks>
internal sealed class KernelPlan
{
    private readonly Architecture net;
    private readonly WeightPrior prior;
    private readonly bool pools;
    private readonly List<int> places = [];

    public KernelPlan(Architecture net, WeightPrior prior)
    {
        (this.net, this.prior) = (net.ReadingNumbers("kernels are those of"), prior);
        IReadOnlyList<Layer> layers = net.Layers;
        NormalisesInput = layers.Count > 0 && layers[0] is LayerNormLayer;
        Image = Any(layers, layer => layer is ConvolutionLayer or PoolingLayer) ? net.InputShape : null;
        Layer[] written = [.. Extent.WrittenOut(NormalisesInput ? [.. layers.Skip(1)] : layers)];
        int pooled = Array.FindIndex(written, layer => layer is PoolingLayer { Window: null });
        ByOffset = Image is not null && pooled >= 0 && KeepsOffsets(written[..pooled], net.InputExtent) && !Any(written[(pooled + 1)..], layer => layer is PoolingLayer);
        pools = !ByOffset && Any(layers, layer => layer is PoolingLayer);
        var state = new Passing(net.InputExtent, new(Image is { } image ? image.Height * image.Width : 1, pools), Image is not null, false, false, true);
        Input = state.Pairs;
        if (ByOffset)
        {
            OffsetSteps = Add(written[..pooled], ref state);
            int before = places.Count;
            state = state with { Extent = written[pooled].After(state.Extent), Pairs = new(1, false), IsImage = false };
            Steps = Add(written[(pooled + 1)..], ref state);
            RecordsBehind = places.Count > before;
            return;
        }

        Steps = Add(written, ref state);
        if (state.IsImage)
        {
            Steps = [.. Steps, new MeanStep(state.Pairs, everyPair: false)];
        }
    }

    /// <summary>d, the numbers of one input.</summary>
    public int InputCount => net.InputCount;

    /// <summary>What the inputs are kept as: an image whose pixels matter, or null for a plain vector.</summary>
    public ImageShape? Image { get; }

    /// <summary>Pairs of input pixels.</summary>
    public PixelPairs Input { get; }

    /// <summary>Whether every input is normalised by itself before the first layer.</summary>
    public bool NormalisesInput { get; }

    /// <summary>Whether pairs of pixels of different offsets meet only in a mean over all pairs: then one offset after the other passes <see cref="OffsetSteps"/>.</summary>
    public bool ByOffset { get; }

    /// <summary>What happens to the pairs of one offset before the mean; none where pairs are not taken by offset.</summary>
    public IReadOnlyList<KernelStep> OffsetSteps { get; } = [];

    /// <summary>Whether steps behind the mean over offsets need a point's variances.</summary>
    public bool RecordsBehind { get; }

    /// <summary>All steps, or those behind the mean over offsets.</summary>
    public IReadOnlyList<KernelStep> Steps { get; }

    /// <summary>Variances that each slot keeps of a point.</summary>
    public IReadOnlyList<int> Places => places;

    /// <summary>The most covariances of two points on the way.</summary>
    public long MostPairs { get; private set; } = 1;

    /// <summary>What is known of the numbers that pass: normal in the limit, of mean 0, made by random weights, still the input itself.</summary>
    private readonly record struct Passing(Extent Extent, PixelPairs Pairs, bool IsImage, bool IsNormal, bool IsCentred, bool IsInput)
    {
        public ImageShape Shape => Extent.Shape!.Value;
    }

    private static bool Any(IReadOnlyList<Layer> layers, Func<Layer, bool> holds) => layers.Any(layer => holds(layer) || layer switch
    {
        RepeatLayer repeat => Any(repeat.Parts, holds),
        ResidualLayer residual => Any(residual.Parts, holds) || Any(residual.Shortcut, holds),
        ConcatenationLayer joined => Any(joined.Parts, holds),
        _ => false,
    });

    /// <summary>Whether every layer takes pairs of pixels to pairs of the same offset, at the same places.</summary>
    private static bool KeepsOffsets(IReadOnlyList<Layer> layers, Extent extent)
    {
        foreach (Layer layer in Extent.WrittenOut(layers))
        {
            Extent after = layer.After(extent);
            bool keeps = extent.Shape is { } before && after.Shape is { } behind && (before.Height, before.Width) == (behind.Height, behind.Width) && layer switch
            {
                ConvolutionLayer convolution => convolution.Stride == 1,
                ResidualLayer residual => KeepsOffsets(residual.Parts, extent) && KeepsOffsets(residual.Shortcut, extent),
                ConcatenationLayer joined => KeepsOffsets(joined.Parts, extent),
                PoolingLayer => false,
                _ => true,
            };
            if (!keeps)
            {
                return false;
            }

            extent = after;
        }

        return true;
    }

    private static bool HasWeights(IReadOnlyList<Layer> layers) => Any(layers, layer => layer is DenseLayer or ConvolutionLayer or GatedLayer);

    private List<KernelStep> Add(IReadOnlyList<Layer> layers, ref Passing state)
    {
        var steps = new List<KernelStep>();
        foreach (Layer layer in Extent.WrittenOut(layers))
        {
            Extent after = layer.After(state.Extent);
            steps.AddRange(Of(layer, after, ref state));
            state = state with { Extent = after };
            MostPairs = Math.Max(MostPairs, state.Pairs.Count);
        }

        return steps;
    }

    private IEnumerable<KernelStep> Of(Layer layer, Extent after, ref Passing state)
    {
        switch (layer)
        {
            case DenseLayer dense:
                return Dense(dense.Width, ref state);
            case ConvolutionLayer convolution:
                return [Convolution(convolution, after, ref state)];
            case ActivationLayer activation:
                return Activation(activation, ref state);
            case ScaleLayer scale:
                return [new FactorStep(state.Pairs, scale.Factor * scale.Factor)];
            case LayerNormLayer:
                return [Norm(layer, state)];
            case DropoutLayer:
                return []; // it acts while training only
            case FlattenLayer:
                return Flatten(ref state);
            case PoolingLayer pooling:
                return [Pooling(pooling, after, ref state)];
            case ResidualLayer residual:
                return [Residual(residual, ref state)];
            case ConcatenationLayer joined:
                return [Concatenation(joined, ref state)];
            case GatedLayer gated:
                return [Gated(gated, ref state)];
            case EncodingLayer:
                throw NoClosedForm(layer, "it changes the inputs: encode them beforehand");
            default:
                throw NoClosedForm(layer, "its statistics are those of a batch");
        }
    }

    private List<KernelStep> Dense(int width, ref Passing state)
    {
        int fanIn = state.Extent.Count;
        List<KernelStep> steps = [.. Flatten(ref state), new WeightStep(new(1, pools), prior.LimitWeightVariance(fanIn, width), prior.BiasVariance(fanIn))];
        state = state with { IsNormal = true, IsCentred = true, IsInput = false };
        return steps;
    }

    private KernelStep[] Flatten(ref Passing state)
    {
        PixelPairs pairs = state.Pairs;
        bool many = state.IsImage && pairs.Pixels > 1;
        state = state with { IsImage = false, Pairs = new(1, pools), IsNormal = state.IsNormal && !many };
        return many ? [new MeanStep(pairs, everyPair: false)] : [];
    }

    private ConvolutionStep Convolution(ConvolutionLayer layer, Extent after, ref Passing state)
    {
        if (layer.Groups > 1)
        {
            throw NoClosedForm(layer, "its groups see different channels");
        }

        int taps = layer.Kernel * layer.Kernel, fanIn = taps * state.Shape.Channels;
        ImageShape image = state.Shape, result = after.Shape!.Value;
        double bias = layer.Biased ? prior.BiasVariance(fanIn) : 0;
        MostPairs = Math.Max(MostPairs, new PixelPairs(Math.Max(result.Height, image.Height) * image.Width, pools).Count);
        state = state with { Pairs = new(result.Height * result.Width, pools), IsNormal = true, IsCentred = true, IsInput = false };
        return new(image, result, layer, pools, prior.LimitWeightVariance(fanIn, layer.Filters * taps), bias);
    }

    private KernelStep[] Activation(ActivationLayer layer, ref Passing state)
    {
        if (layer.Activation.Text == Identity.Word)
        {
            return [];
        }

        if (!state.IsNormal)
        {
            throw NoClosedForm(layer, state.IsInput ? "it acts on the inputs themselves" : "what it reads is not normal in the limit: put a layer with weights before it");
        }

        state = state with { IsNormal = false, IsCentred = layer.Activation.Text is Tanh.Word or Erf.Word or Sine.Word or Sign.Word };
        return [new ActivationStep(state.Pairs, Slot(state.Pairs.Pixels), layer.Activation)];
    }

    private NormStep Norm(Layer layer, in Passing state) => state.IsCentred
        ? new(state.Pairs, Slot(1))
        : throw NoClosedForm(layer, "the numbers it reads have a mean other than 0: put it behind a layer with weights");

    private KernelStep Pooling(PoolingLayer layer, Extent after, ref Passing state)
    {
        if (layer.IsMaximum)
        {
            throw NoClosedForm(layer, "the largest of several normal numbers has none; average pooling does");
        }

        PixelPairs pairs = state.Pairs;
        if (after.Shape is not { } result)
        {
            state = state with { Pairs = new(1, pools), IsImage = false };
            return new MeanStep(pairs, everyPair: true);
        }

        state = state with { Pairs = new(result.Height * result.Width, pools) };
        return new AveragePoolStep(state.Shape, result, layer.Window!.Value, layer.Stride!.Value);
    }

    private SumStep Residual(ResidualLayer layer, ref Passing state)
    {
        Passing before = state, first = state, second = state;
        List<KernelStep> parts = Add(layer.Parts, ref first), shortcut = Add(layer.Shortcut, ref second);
        if (!HasWeights(layer.Parts) && !HasWeights(layer.Shortcut))
        {
            throw NoClosedForm(layer, "both of its branches are functions of the same numbers: end one in a layer with weights");
        }

        if (!first.IsCentred && !second.IsCentred)
        {
            throw NoClosedForm(layer, "both of its branches have a mean other than 0: end one in a layer with weights");
        }

        state = first with { IsNormal = first.IsNormal && second.IsNormal, IsCentred = first.IsCentred && second.IsCentred, IsInput = false };
        return new(before.Pairs, state.Pairs, parts, shortcut);
    }

    private SumStep Concatenation(ConcatenationLayer layer, ref Passing state)
    {
        Passing before = state, added = state;
        List<KernelStep> parts = Add(layer.Parts, ref added);
        double kept = before.Extent.Count, more = added.Extent.Count;
        state = state with { IsNormal = false, IsCentred = before.IsCentred && added.IsCentred, IsInput = false };
        return new(before.Pairs, state.Pairs, [], parts, kept / (kept + more), more / (kept + more));
    }

    private ProductStep Gated(GatedLayer layer, ref Passing state)
    {
        Passing before = state, value = state, gate = state;
        List<KernelStep> first = Add([Layer.Dense(layer.Width), .. layer.Parts], ref value);
        List<KernelStep> second = Add([Layer.Dense(layer.Width), Networks.Activation.Parse(Sigmoid.Word)], ref gate);
        state = value with { IsNormal = false };
        return new(before.Pairs, value.Pairs, first, second);
    }

    private int Slot(int count)
    {
        places.Add(count);
        return places.Count - 1;
    }

    /// <summary>What can be done where a closed form is missing.</summary>
    public const string Instead = "Random networks of finite width can be sampled instead: seedhead kernel DATA --net TEXT --networks 1000.";

    private ArgumentException NoClosedForm(Layer layer, string reason) => new(
        $"{layer} in {net} has no closed limit kernel: {reason}. {Instead}");
}

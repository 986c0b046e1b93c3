using System.Runtime.Intrinsics;
using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Random;
using SeedHead.Tests.Features;

namespace SeedHead.Tests.Reference;

/// <summary>A network one row and one number at a time: the formulas of Teney et al. 2024, section 1, in the order of sums of docs/math/networks.md.</summary>
internal sealed unsafe class DenseReference
{
    private readonly WeightPrior prior;
    private readonly WeightStream stream;
    private readonly int network;
    private readonly double ball;
    private int layer;

    private DenseReference(Architecture net, WeightPrior prior, ulong seed, int network)
    {
        (this.prior, stream, this.network) = (prior, new WeightStream(seed), network);
        ball = prior.BallFactor(stream, network, Shapes(net));
    }

    /// <summary>The outputs of one network of the seed for every row.</summary>
    public static float[][] Outputs(Architecture net, WeightPrior prior, ulong seed, int network, double inputScale, Rows rows)
    {
        var reference = new DenseReference(net, prior, seed, network);
        return [.. Enumerable.Range(0, rows.Count).Select(i => reference.Outputs(net, rows[i], inputScale))];
    }

    /// <summary>The dense maps of a network in the order of their addresses.</summary>
    public static List<LayerShape> Shapes(Architecture net)
    {
        var shapes = new List<LayerShape>();
        int layers = 0;
        Collect(net.Layers, net.InputCount, shapes, ref layers);
        return shapes;
    }

    private float[] Outputs(Architecture net, float[] x, double inputScale)
    {
        layer = 0;
        bool inWeights = net.Layers is [DenseLayer or GatedLayer, ..];
        return Run(net.Layers, inWeights || inputScale == 1 ? x : [.. x.Select(value => value * (float)inputScale)], inWeights ? inputScale : 1);
    }

    private float[] Run(IReadOnlyList<Layer> parts, float[] x, double inputScale = 1)
    {
        foreach (Layer part in parts)
        {
            x = part switch
            {
                DenseLayer dense => Dense(x, new(layer++, x.Length, dense.Width), inputScale),
                GatedLayer gated => Gated(gated, x, layer++, inputScale),
                ScaleLayer scale => [.. x.Select(value => value * (float)scale.Factor)],
                ActivationLayer activation => Apply(activation.Activation, x),
                LayerNormLayer => Normalise(x),
                EncodingLayer encoding => [.. x, .. x.SelectMany(value => Waves(value, encoding.Octaves))],
                ResidualLayer residual => Residual(residual, x),
                RepeatLayer repeat => Enumerable.Range(0, repeat.Count).Aggregate(x, (values, _) => Run(repeat.Parts, values)),
                _ => throw new ArgumentException($"{part}"),
            };
            inputScale = 1;
        }

        return x;
    }

    /// <summary>Sines, then cosines, of 2ᵏπx.</summary>
    private static IEnumerable<float> Waves(float x, int octaves)
    {
        float[] angles = [.. Enumerable.Range(0, octaves).Select(k =>
        {
            float turns = MathF.ScaleB(x, k);
            return (turns - (2 * MathF.Round(turns / 2))) * MathF.PI;
        })];
        return [.. angles.Select(angle => Elementary.Sin(Vector512.Create(angle)).ToScalar()), .. angles.Select(angle => Elementary.Cos(Vector512.Create(angle)).ToScalar())];
    }

    /// <summary>Wx + b.</summary>
    private float[] Dense(float[] x, LayerShape shape, double inputScale)
    {
        var weights = new float[shape.Weights];
        var biases = new float[shape.FanOut];
        fixed (float* w = weights)
        {
            prior.FillWeights(stream, network, shape, Strided<float>.RowMajor(w, shape.FanIn, shape.FanOut), 0, ball);
            prior.FillBiases(stream, network, shape, biases, ball);
        }

        float factor = (float)(prior.ForwardScale(x.Length) * inputScale);
        bool biased = biases.Any(bias => bias != 0);
        return [.. Enumerable.Range(0, shape.FanOut).Select(j =>
        {
            float y = 0;
            for (int from = 0; from < x.Length; from += 1024) // chains of 1,024 inputs, added in order
            {
                float sum = 0;
                for (int i = from; i < Math.Min(x.Length, from + 1024); i++)
                {
                    sum = float.FusedMultiplyAdd(x[i], weights[(i * shape.FanOut) + j] * factor, sum);
                }

                y = from == 0 ? sum : y + sum;
            }

            return biased ? y + biases[j] : y;
        })];
    }

    /// <summary>φ(Wx + b) ⊙ σ(W′x + b′).</summary>
    private float[] Gated(GatedLayer gated, float[] x, int at, double inputScale)
    {
        float[] value = Run(gated.Parts, Dense(x, new(at, x.Length, gated.Width), inputScale));
        float[] gate = Apply(Activation.Parse("sigmoid"), Dense(x, new(at, x.Length, gated.Width, IsGate: true), inputScale));
        return [.. value.Zip(gate, (v, g) => v * g)];
    }

    /// <summary>g(x) + f(x).</summary>
    private float[] Residual(ResidualLayer residual, float[] x)
    {
        float[] added = Run(residual.Parts, x), kept = Run(residual.Shortcut, x);
        return [.. kept.Zip(added, (k, a) => k + a)];
    }

    /// <summary>(z − mean)/√(variance + 10⁻⁵), biased variance; number i belongs to lane i mod 16, lanes are folded in halves.</summary>
    private static float[] Normalise(float[] z)
    {
        var lanes = new float[16];
        for (int i = 0; i < z.Length; i++)
        {
            lanes[i % 16] += z[i];
        }

        float mean = Fold(lanes) / z.Length;
        lanes = new float[16];
        for (int i = 0; i < z.Length; i++)
        {
            lanes[i % 16] = float.FusedMultiplyAdd(z[i] - mean, z[i] - mean, lanes[i % 16]);
        }

        float scale = 1 / MathF.Sqrt((Fold(lanes) / z.Length) + 1e-5f);
        return [.. z.Select(value => (value - mean) * scale)];
    }

    private static float Fold(float[] lanes) =>
        lanes.Length == 1 ? lanes[0] : Fold([.. Enumerable.Range(0, lanes.Length / 2).Select(i => lanes[i] + lanes[i + (lanes.Length / 2)])]);

    private static float[] Apply(Activation activation, float[] x) => [.. x.Select(value =>
    {
        float[] one = [value];
        activation.Apply(one);
        return one[0];
    })];

    private static int Collect(IReadOnlyList<Layer> parts, int width, List<LayerShape> shapes, ref int layers)
    {
        foreach (Layer part in parts)
        {
            switch (part)
            {
                case DenseLayer dense:
                    shapes.Add(new(layers++, width, dense.Width));
                    width = dense.Width;
                    break;
                case GatedLayer gated:
                    shapes.Add(new(layers, width, gated.Width));
                    shapes.Add(new(layers++, width, gated.Width, IsGate: true));
                    width = gated.Width;
                    break;
                case ResidualLayer residual:
                    int inside = Collect(residual.Parts, width, shapes, ref layers);
                    Collect(residual.Shortcut, width, shapes, ref layers);
                    width = inside;
                    break;
                case RepeatLayer repeat:
                    for (int i = 0; i < repeat.Count; i++)
                    {
                        width = Collect(repeat.Parts, width, shapes, ref layers);
                    }

                    break;
            }
        }

        return width;
    }
}

using System.Runtime.Intrinsics;
using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Random;

namespace SeedHead.Tests.Reference;

/// <summary>A network of tokens, obvious: all positions are computed again for every new token, nothing is kept, every weight is looked up at its address.</summary>
internal sealed class TokenReference(Architecture net, ulong seed, int network)
{
    private const int Block = 1024;
    private readonly WeightStream stream = new(seed);
    private readonly int width = net.Layers.OfType<EmbeddingLayer>().Single().Width;
    private int tensor;

    /// <summary>The logits behind every token, position by position.</summary>
    public float[][] Logits(IReadOnlyList<int> tokens)
    {
        tensor = 0;
        float[,] embedding = Tensor(width, net.InputTokens!.Value.Vocabulary, 0.02);
        float[][] x = [.. tokens.Select(token => Enumerable.Range(0, width).Select(i => embedding[i, token]).ToArray())];
        x = Run(net.Layers.Skip(1).SkipLast(1), x, MapDeviation);
        return [.. x.Select(row => Times(row, embedding))];
    }

    private double MapDeviation => 0.02 * Math.Sqrt(768.0 / width);

    private double LastDeviation => MapDeviation / Math.Sqrt(Residuals(net.Layers));

    private static int Residuals(IEnumerable<Layer> layers) => layers.Sum(layer => layer is ResidualLayer residual ? 1 + Residuals(residual.Parts) : 0);

    private float[][] Run(IEnumerable<Layer> layers, float[][] x, double lastDeviation)
    {
        Layer[] all = [.. layers];
        Layer? last = all.LastOrDefault(layer => layer is DenseLayer or AttentionLayer);
        foreach (Layer layer in all)
        {
            double deviation = ReferenceEquals(layer, last) ? lastDeviation : MapDeviation;
            x = layer switch
            {
                PositionLayer => Positions(x),
                LayerNormLayer => [.. x.Select(Norm)],
                ScaleLayer scale => [.. x.Select(row => row.Select(value => value * (float)scale.Factor).ToArray())],
                ActivationLayer activation => [.. x.Select(row => row.Select(activation.Activation.Value).ToArray())],
                DenseLayer dense => Map(x, Tensor(x[0].Length, dense.Width, deviation)),
                AttentionLayer attention => Attention(x, attention.Heads, deviation),
                ResidualLayer residual => [.. Run(residual.Parts, x, LastDeviation).Zip(x, (f, kept) => f.Zip(kept, (a, b) => a + b).ToArray())],
                _ => throw new NotSupportedException(layer.ToString()),
            };
        }

        return x;
    }

    private float[][] Positions(float[][] x)
    {
        float[,] table = Tensor(x.Length, x[0].Length, 0.02);
        return [.. x.Select((row, t) => row.Select((value, i) => value + table[t, i]).ToArray())];
    }

    private float[][] Attention(float[][] x, int heads, double deviation)
    {
        int d = x[0].Length, size = d / heads;
        float[][] joined = Map(x, Tensor(d, 3 * d, MapDeviation));
        float factor = (float)(1 / Math.Sqrt((double)d / heads));
        var mixed = new float[x.Length][];
        for (int t = 0; t < x.Length; t++)
        {
            mixed[t] = new float[d];
            for (int head = 0; head < heads; head++)
            {
                int from = head * size;
                float[] query = joined[t][from..(from + size)];
                float[] scores = [.. joined[..(t + 1)].Select(row => factor * Chained(size, i => query[i], i => row[d + from + i]))];
                float[] shares = Softmax(scores);
                for (int i = 0; i < size; i++)
                {
                    mixed[t][from + i] = Chained(t + 1, s => shares[s], s => joined[s][(2 * d) + from + i]);
                }
            }
        }

        return Map(mixed, Tensor(d, d, deviation));
    }

    private static float[] Softmax(float[] x)
    {
        float greatest = x.Max(), sum = 0;
        float[] powers = [.. x.Select(value => Elementary.Exp(Vector512.Create(value - greatest)).ToScalar())];
        foreach (float power in powers)
        {
            sum += power;
        }

        return [.. powers.Select(power => power / sum)];
    }

    private static float[] Norm(float[] z)
    {
        float[] copy = [.. z];
        LayerNorm.Row(copy); // has a twin of its own
        return copy;
    }

    private static float[][] Map(float[][] x, float[,] weights) => [.. x.Select(row => Times(row, weights))];

    private static float[] Times(float[] x, float[,] weights) =>
        [.. Enumerable.Range(0, weights.GetLength(1)).Select(j => Chained(x.Length, i => x[i], i => weights[i, j]))];

    /// <summary>The sum of products as docs of the matrix product define it: chains of 1,024, added in order.</summary>
    private static float Chained(int count, Func<int, float> a, Func<int, float> b)
    {
        float? sum = null;
        for (int from = 0; from < count; from += Block)
        {
            float chain = 0;
            for (int i = from; i < Math.Min(count, from + Block); i++)
            {
                chain = float.FusedMultiplyAdd(a(i), b(i), chain);
            }

            sum = sum is { } before ? before + chain : chain;
        }

        return sum ?? 0;
    }

    private float[,] Tensor(int inputs, int outputs, double deviation)
    {
        var weights = new float[inputs, outputs];
        for (int i = 0; i < inputs; i++)
        {
            for (int j = 0; j < outputs; j++)
            {
                weights[i, j] = stream.Normal(new(network, tensor, j, i)) * (float)deviation;
            }
        }

        tensor++;
        return weights;
    }
}

using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Random;
using SeedHead.Tests.Features;

namespace SeedHead.Tests.Reference;

/// <summary>A dense network one number at a time.</summary>
internal static unsafe class DenseReference
{
    /// <summary>The outputs of one network of the seed for every row.</summary>
    public static float[][] Outputs(Architecture net, WeightPrior prior, ulong seed, int network, double inputScale, Rows rows) =>
        [.. Enumerable.Range(0, rows.Count).Select(i => Outputs(net, prior, seed, network, inputScale, rows[i]))];

    private static float[] Outputs(Architecture net, WeightPrior prior, ulong seed, int network, double inputScale, float[] x)
    {
        int dense = 0;
        foreach (Layer layer in net.Layers)
        {
            x = layer switch
            {
                DenseLayer d => Dense(x, d.Width, prior, seed, network, dense++, inputScale),
                ScaleLayer s => [.. x.Select(value => value * (float)s.Factor)],
                ActivationLayer a => Apply(a.Activation, x),
                _ => throw new ArgumentException($"{layer}"),
            };
        }

        return x;
    }

    private static float[] Dense(float[] x, int width, WeightPrior prior, ulong seed, int network, int layer, double inputScale)
    {
        var weights = new float[x.Length * width];
        var biases = new float[width];
        fixed (float* w = weights)
        {
            prior.Fill(new WeightStream(seed), network, layer, x.Length, width, Strided<float>.RowMajor(w, x.Length, width), biases);
        }

        float factor = (float)(prior.ForwardScale(x.Length) * (layer == 0 ? inputScale : 1));
        return [.. Enumerable.Range(0, width).Select(j =>
        {
            float sum = 0;
            for (int i = 0; i < x.Length; i++) // at most 1,024 inputs: one chain
            {
                sum = float.FusedMultiplyAdd(x[i], weights[(i * width) + j] * factor, sum);
            }

            return sum + biases[j];
        })];
    }

    private static float[] Apply(Activation activation, float[] x) => [.. x.Select(value =>
    {
        float[] one = [value];
        activation.Apply(one);
        return one[0];
    })];
}

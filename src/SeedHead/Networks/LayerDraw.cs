using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Networks;

/// <summary>The shapes that weights are drawn in; all are scaled to a stated standard deviation.</summary>
internal enum WeightLaw
{
    Normal,
    Uniform,
    TruncatedNormal,
    Sign,
    Orthogonal,
}

/// <summary>Draws the weights of one layer from their addresses.</summary>
internal static class LayerDraw
{
    private const double UniformSpread = 3.4641016151377544; // √12: a uniform of width 1 has variance 1/12

    /// <summary>What a draw is multiplied by, a uniform one after ½ is taken off, to have this standard deviation.</summary>
    public static float Factor(bool uniform, double deviation) => (float)(uniform ? UniformSpread * deviation : deviation);

    public static void Fill(WeightStream stream, int network, int layer, WeightLaw law, double deviation, Strided<float> weights)
    {
        switch (law)
        {
            case WeightLaw.Normal:
                stream.FillNormal(network, layer, WeightKind.Weight, weights);
                break;
            case WeightLaw.TruncatedNormal:
                stream.FillTruncatedNormal(network, layer, WeightKind.Weight, weights);
                break;
            case WeightLaw.Sign:
                stream.FillSign(network, layer, WeightKind.Weight, weights);
                break;
            case WeightLaw.Uniform:
                stream.FillUniform(network, layer, WeightKind.Weight, weights);
                break;
            case WeightLaw.Orthogonal:
                stream.FillNormal(network, layer, WeightKind.Weight, weights);
                Orthogonal.Rows(weights.Transpose);
                break;
        }

        Scale(weights, law == WeightLaw.Uniform ? 0.5f : 0, Factor(law == WeightLaw.Uniform, deviation));
    }

    /// <summary>w ← (w − mean)·factor.</summary>
    private static void Scale(Strided<float> weights, float mean, float factor)
    {
        for (long i = 0; i < weights.Rows; i++)
        {
            if (weights.ColumnStride == 1)
            {
                Elementwise.Shift(weights.Row(i), -mean);
                Elementwise.Multiply(weights.Row(i), factor);
                continue;
            }

            for (long o = 0; o < weights.Columns; o++)
            {
                weights[i, o] = (weights[i, o] - mean) * factor;
            }
        }
    }
}

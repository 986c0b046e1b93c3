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

    /// <summary>A uniform number of (0, 1) moved to mean 0 and variance 1.</summary>
    public static double UnitUniform(float uniform) => UniformSpread * (uniform - 0.5);

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

        Scale(weights, law == WeightLaw.Uniform, deviation);
    }

    private static void Scale(Strided<float> weights, bool uniform, double deviation)
    {
        for (long i = 0; i < weights.Rows; i++)
        {
            for (long o = 0; o < weights.Columns; o++)
            {
                ref float w = ref weights[i, o];
                w = (float)(deviation * (uniform ? UnitUniform(w) : w));
            }
        }
    }
}

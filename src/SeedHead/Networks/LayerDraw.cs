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
        float factor = Factor(law == WeightLaw.Uniform, deviation);
        switch (law)
        {
            case WeightLaw.Normal:
                stream.FillNormal(network, layer, WeightKind.Weight, weights, factor: factor);
                break;
            case WeightLaw.TruncatedNormal:
                stream.FillTruncatedNormal(network, layer, WeightKind.Weight, weights, factor: factor);
                break;
            case WeightLaw.Sign:
                stream.FillSign(network, layer, WeightKind.Weight, weights, factor: factor);
                break;
            case WeightLaw.Uniform:
                stream.FillUniform(network, layer, WeightKind.Weight, weights, shift: -0.5f, factor: factor);
                break;
            case WeightLaw.Orthogonal:
                stream.FillNormal(network, layer, WeightKind.Weight, weights);
                Orthogonal.Rows(weights.Transpose, deviation);
                break;
        }
    }
}

using System.Diagnostics;
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
    Laplace,

    /// <summary>All numbers of a network together are a point that lies evenly in a ball; normal numbers times a factor of the network.</summary>
    Ball,
}

/// <summary>Draws the weights of one layer from their addresses.</summary>
internal static class LayerDraw
{
    private const double UniformSpread = 3.4641016151377544; // √12: a uniform of width 1 has variance 1/12

    /// <summary>What a draw is multiplied by, a uniform one after ½ is taken off, to have this standard deviation.</summary>
    public static float Factor(bool uniform, double deviation) => (float)(uniform ? UniformSpread * deviation : deviation);

    /// <summary>Inputs <paramref name="firstInput"/> and on of output units <paramref name="firstUnit"/> and on, as many as the destination [inputs × units] has room for.</summary>
    /// <remarks>Rows of an orthogonal layer depend on the rows before them: they are drawn whole, from the first one on.</remarks>
    public static void Fill(
        WeightStream stream, int network, int layer, WeightKind kind, WeightLaw law, double deviation, Strided<float> weights, int firstUnit = 0, int firstInput = 0)
    {
        float factor = Factor(law == WeightLaw.Uniform, deviation);
        switch (law)
        {
            case WeightLaw.Normal or WeightLaw.Ball:
                stream.FillNormal(network, layer, kind, weights, firstUnit, firstInput, factor: factor);
                break;
            case WeightLaw.TruncatedNormal:
                stream.FillTruncatedNormal(network, layer, kind, weights, firstUnit, firstInput, factor: factor);
                break;
            case WeightLaw.Sign:
                stream.FillSign(network, layer, kind, weights, firstUnit, firstInput, factor: factor);
                break;
            case WeightLaw.Laplace:
                stream.FillLaplace(network, layer, kind, weights, firstUnit, firstInput, factor: factor);
                break;
            case WeightLaw.Uniform:
                stream.FillUniform(network, layer, kind, weights, firstUnit, firstInput, shift: -0.5f, factor: factor);
                break;
            case WeightLaw.Orthogonal:
                Debug.Assert(firstUnit == 0 && firstInput == 0);
                stream.FillNormal(network, layer, kind, weights);
                Orthogonal.Rows(weights.Transpose, deviation);
                break;
        }
    }
}

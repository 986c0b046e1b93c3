using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Networks;

/// <summary>Makes the normal numbers of a network a point that lies evenly in a ball.</summary>
/// <remarks>A normal vector's direction is uniform, and U^(1/D) is the radius of a uniform point of the unit ball (Muller 1959; Devroye 1986, ch. V.4); coordinates of that point have variance 1/(D + 2).</remarks>
internal static unsafe class Ball
{
    private const int Together = 64; // input units whose weights are drawn at once: any number gives the same sum

    /// <summary>U^(1/D)·√(D + 2)/‖g‖.</summary>
    public static double Factor(WeightStream stream, int network, IEnumerable<LayerShape> shapes, bool withBiases)
    {
        (double squares, double count) = (0, 0);
        foreach (LayerShape shape in shapes)
        {
            for (int from = 0; from < shape.FanIn; from += Together)
            {
                int inputs = Math.Min(Together, shape.FanIn - from);
                squares = AddSquares(squares, stream, network, shape.Layer, shape.WeightKind, from, inputs, shape.FanOut);
            }

            count += shape.Weights;
            if (withBiases)
            {
                squares = AddSquares(squares, stream, network, shape.Layer, shape.BiasKind, 0, 1, shape.FanOut);
                count += shape.FanOut;
            }
        }

        double radius = Elementary.Pow(stream.Uniform(new(network, 0, 0, 0, WeightKind.Radius)), 1 / count);
        return radius * Math.Sqrt((count + 2) / squares);
    }

    /// <summary>One chain over input units, for each over output units.</summary>
    private static double AddSquares(double sum, WeightStream stream, int network, int layer, WeightKind kind, int from, int inputs, int outputs)
    {
        Strided<float> numbers = Strided<float>.RowMajor(Scratch.Get<float>(Scratch.Slot.Row, (long)inputs * outputs), inputs, outputs);
        stream.FillNormal(network, layer, kind, numbers, firstColumn: from);
        for (int i = 0; i < inputs; i++)
        {
            foreach (float g in numbers.Row(i))
            {
                sum = Math.FusedMultiplyAdd(g, g, sum);
            }
        }

        return sum;
    }
}

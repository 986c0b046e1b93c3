using SeedHead.Random;

namespace SeedHead.Studies;

/// <summary>Random directions of the studies of limits. A draw is the network of an address, a feature or a target its row.</summary>
internal static class LimitsDraws
{
    public const int FeatureLayer = 0;
    public const int TargetLayer = 1;

    public static void Normals(WeightStream weights, int draw, int layer, int row, Span<double> to)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = weights.Normal(new(draw, layer, row, i));
        }
    }

    /// <summary>Uniform on the sphere: a normal vector over its length.</summary>
    public static double[] Direction(WeightStream weights, int draw, int layer, int row, int dimension)
    {
        var w = new double[dimension];
        Normals(weights, draw, layer, row, w);
        double length = Math.Sqrt(Dot(w, w));
        for (int i = 0; i < dimension; i++)
        {
            w[i] /= length;
        }

        return w;
    }

    public static double[][] Directions(WeightStream weights, int draw, int layer, int count, int dimension) =>
        [.. Enumerable.Range(0, count).Select(row => Direction(weights, draw, layer, row, dimension))];

    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum = Math.FusedMultiplyAdd(x[i], y[i], sum);
        }

        return sum;
    }

    /// <summary>The cosine of two vectors of length 1.</summary>
    public static double Cosine(double[] x, double[] y) => Math.Clamp(Dot(x, y), -1, 1);
}

using SeedHead.Random;

namespace SeedHead.Complexity;

/// <summary>The points of a sampling in the space of a network's inputs.</summary>
/// <param name="Sampling">How they lie.</param>
/// <param name="Rows">Rows of values.</param>
/// <param name="Columns">Values of a row.</param>
/// <param name="Inputs">d.</param>
/// <param name="Positions">[rows · columns × d].</param>
internal sealed record Places(Sampling Sampling, int Rows, int Columns, int Inputs, double[] Positions)
{
    /// <summary>Paths where nobody gives their ends.</summary>
    public const int Paths = 32;

    private const int PathLayer = 1; // of addresses of kind Order, whose layer 0 orders rows
    private const int SliceLayer = 2;

    public int Count => Rows * Columns;

    /// <summary>
    /// The whole grid for one or two inputs; for more the plane of number <paramref name="slice"/> through the origin: two random directions at right angles, long
    /// enough (√(d/2)) that a coordinate has the mean square it has on the grid of two inputs. Paths join uniformly random points.
    /// </summary>
    public static Places Of(Sampling sampling, int side, int inputs, ulong seed, int slice)
    {
        if (sampling.Placement == Placement.Paths)
        {
            return AlongPaths(sampling, side, inputs, seed);
        }

        double[] axis = sampling.Axis(side);
        int rows = inputs == 1 ? 1 : side;
        double[][] directions = inputs <= 2 ? Axes(inputs) : Plane(inputs, seed, slice);
        var positions = new double[rows * side * inputs];
        for (int i = 0; i < rows * side; i++)
        {
            (double first, double second) = inputs == 1 ? (axis[i], 0) : (axis[i / side], axis[i % side]);
            for (int k = 0; k < inputs; k++)
            {
                positions[(i * inputs) + k] = (first * directions[0][k]) + (second * directions[1][k]);
            }
        }

        return new(sampling, rows, side, inputs, positions);
    }

    /// <summary>Straight paths of <paramref name="side"/> points from each start to its end.</summary>
    public static Places Between(Sampling sampling, int side, int inputs, IReadOnlyList<(double[] From, double[] To)> ends)
    {
        var positions = new double[ends.Count * side * inputs];
        for (int i = 0; i < positions.Length; i++)
        {
            (double[] from, double[] to) = ends[i / (side * inputs)];
            int step = i / inputs % side, k = i % inputs;
            positions[i] = ((from[k] * (side - 1 - step)) + (to[k] * step)) / (side - 1);
        }

        return new(sampling, ends.Count, side, inputs, positions);
    }

    private static Places AlongPaths(Sampling sampling, int side, int inputs, ulong seed)
    {
        var stream = new WeightStream(seed);
        double[] End(int path, int end) => [.. Enumerable.Range(0, inputs).Select(k =>
            sampling.HalfWidth * ((2 * (double)stream.Uniform(new(path, PathLayer, end, k, WeightKind.Order))) - 1))];
        return Between(sampling, side, inputs, [.. Enumerable.Range(0, Paths).Select(path => (End(path, 0), End(path, 1)))]);
    }

    private static double[][] Axes(int inputs) => inputs == 1 ? [[1], [0]] : [[1, 0], [0, 1]];

    private static double[][] Plane(int inputs, ulong seed, int slice)
    {
        var stream = new WeightStream(seed);
        double[] Draw(int row) => [.. Enumerable.Range(0, inputs).Select(k => (double)stream.Normal(new(slice, SliceLayer, row, k, WeightKind.Order)))];
        double[] first = Draw(0), second = Draw(1);
        double share = Product(first, second) / Product(first, first);
        second = [.. second.Select((value, k) => value - (share * first[k]))];
        return [Long(first), Long(second)];
    }

    private static double[] Long(double[] direction)
    {
        double scale = Math.Sqrt(direction.Length / (2 * Product(direction, direction)));
        return Array.ConvertAll(direction, value => scale * value);
    }

    private static double Product(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum = Math.FusedMultiplyAdd(a[i], b[i], sum);
        }

        return sum;
    }
}

using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Complexity;

/// <summary>Power by frequency on the uniform grid: the shares p(m) = Σ |F(k)|² / Σ over all k ≠ 0, the first sum over round(|k|) = m.</summary>
/// <remarks>
/// The limit's is that of expectations, E|F(k)|² = Σ K(x, x′)·e^(−2πi k·(x − x′)) over all pairs of points, K the NNGP kernel; so the sampled one divides sums
/// over networks too, and does not average shares.
/// </remarks>
internal static unsafe class PowerSpectrum
{
    private const int RowsAtATime = 64; // any number gives the same sums

    /// <summary>M + 1: frequencies 0 … M = round(√d·⌊n/2⌋).</summary>
    public static int Bins(int side, int inputs) => Bin(inputs == 1 ? 0 : side / 2, side / 2) + 1;

    /// <summary>|F|² by frequency, of a function less its mean.</summary>
    public static double[] Of(FunctionValues values)
    {
        double[] sizes = Spectrum.Fourier(values), power = new double[Bins(values.Columns, values.Dimension)];
        int exponent = Math.ILogB(values.Greatest - values.Least); // sizes are those of the values times 2^−exponent
        for (int i = 0; i < sizes.Length; i++)
        {
            Add(power, i, values.Rows, values.Columns, Math.ScaleB(sizes[i] * sizes[i], 2 * exponent));
        }

        return power;
    }

    /// <summary>E|F|² by frequency, of networks of infinite width at the points of the grid.</summary>
    /// <param name="kernel">Of networks with one or two inputs.</param>
    /// <param name="places">The uniform grid.</param>
    /// <param name="run">Threads, cancellation.</param>
    public static double[] OfLimit(LimitKernel kernel, Places places, Execution run)
    {
        var plane = new FourierPlane<double>(places.Rows, places.Columns);
        float[] points = Array.ConvertAll(places.Positions, position => (float)position);
        var all = new Numbers(points, places.Inputs);
        var power = new double[Bins(places.Columns, places.Rows == 1 ? 1 : 2)];
        foreach ((int Point, int Alike)[] some in Representatives(kernel.Net, places).Chunk(RowsAtATime))
        {
            run.Cancellation.ThrowIfCancellationRequested();
            float[] rows = [.. some.SelectMany(one => points.AsSpan(one.Point * places.Inputs, places.Inputs).ToArray())];
            using LimitGram gram = kernel.Gram(new Numbers(rows, places.Inputs), all, run: run);
            var parts = new double[some.Length][];
            run.Team.For(some.Length, r => parts[r] = Turned(plane, gram.Nngp, r, some[r].Point / places.Columns, some[r].Point % places.Columns));
            for (int r = 0; r < some.Length; r++) // in the order of points, whoever made them
            {
                for (int i = 0; i < parts[r].Length; i++)
                {
                    Add(power, i, places.Rows, places.Columns, some[r].Alike * parts[r][i]);
                }
            }
        }

        return [.. power.Select(value => Math.Max(value, 0))]; // rounding leaves some of size 0 below it
    }

    /// <summary>
    /// One point of each set that mirrors and swaps of the axes turn into each other, and how many they are: the kernel behind a layer of alike weights does not tell them
    /// apart, and neither does the size of a frequency.
    /// </summary>
    private static IEnumerable<(int Point, int Alike)> Representatives(Architecture net, Places places)
    {
        int n = places.Columns;
        if (net.Layers is not [DenseLayer or GatedLayer, ..])
        {
            return Enumerable.Range(0, places.Count).Select(point => (point, 1));
        }

        int Fold(int i) => Math.Min(i, n - 1 - i);
        return Enumerable.Range(0, places.Count).GroupBy(point => places.Rows == 1
            ? (0, Fold(point))
            : (Math.Min(Fold(point / n), Fold(point % n)), Math.Max(Fold(point / n), Fold(point % n)))).Select(alike => (alike.First(), alike.Count()));
    }

    /// <summary>Shares of power, frequency 0 left out.</summary>
    public static double[] Shares(ReadOnlySpan<double> power)
    {
        double total = 0;
        foreach (double value in power)
        {
            total += value;
        }

        double[] shares = power.ToArray();
        foreach (ref double share in shares.AsSpan())
        {
            share /= total;
        }

        return shares;
    }

    /// <summary>Re(e^(2πi k·x′)·Σ K(x′, x)·e^(−2πi k·x)) for every k of the half plane, x′ the point (row, column).</summary>
    private static double[] Turned(FourierPlane<double> plane, KernelMatrix gram, int r, int row, int column)
    {
        int half = plane.HalfColumns;
        double[] re = new double[plane.Rows * half], im = new double[re.Length];
        fixed (double* pr = re, pi = im)
        {
            plane.ForwardReal(
                Team.Single, Strided<double>.RowMajor(gram.Values.Pointer + ((long)r * gram.Columns), plane.Rows, plane.Columns), Strided<double>.RowMajor(pr, plane.Rows, half),
                Strided<double>.RowMajor(pi, plane.Rows, half));
        }

        for (int i = 0; i < plane.Rows; i++)
        {
            for (int j = 0; j < half; j++)
            {
                double turns = ((double)(i * row % plane.Rows) / plane.Rows) + ((double)(j * column % plane.Columns) / plane.Columns);
                double angle = 2 * Math.PI * turns;
                re[(i * half) + j] = (re[(i * half) + j] * Elementary.Cos(angle)) - (im[(i * half) + j] * Elementary.Sin(angle));
            }
        }

        return re;
    }

    /// <summary>Adds the power of coefficient number i of the half plane [rows × (columns/2 + 1)], with its mirror image, to its frequency.</summary>
    private static void Add(double[] power, int i, int rows, int columns, double value)
    {
        int half = (columns / 2) + 1, k = i / half, j = i % half;
        int down = Math.Min(k, rows - k); // frequencies above the middle are negative
        bool isOwnImage = j == 0 || 2 * j == columns;
        if (down != 0 || j != 0)
        {
            power[Bin(down, j)] += isOwnImage ? value : 2 * value;
        }
    }

    private static int Bin(int i, int j) => (int)(Math.Sqrt(((double)i * i) + ((double)j * j)) + 0.5);
}

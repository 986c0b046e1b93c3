using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Kernels;

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
        int half = plane.HalfColumns, count = places.Count;
        var sums = new double[places.Rows * half];
        var all = new Numbers(points, places.Inputs);
        for (int from = 0; from < count; from += RowsAtATime)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            int rows = Math.Min(RowsAtATime, count - from);
            using LimitGram gram = kernel.Gram(new Numbers(points.AsMemory(from * places.Inputs, rows * places.Inputs), places.Inputs), all, run: run);
            var parts = new double[rows][];
            run.Team.For(rows, r => parts[r] = Turned(plane, gram.Nngp, r, (from + r) / places.Columns, (from + r) % places.Columns));
            foreach (double[] part in parts) // in the order of points, whoever made them
            {
                Elementwise.AddTimes(sums, 1, part);
            }
        }

        var power = new double[Bins(places.Columns, places.Rows == 1 ? 1 : 2)];
        for (int i = 0; i < sums.Length; i++)
        {
            Add(power, i, places.Rows, places.Columns, Math.Max(sums[i], 0)); // rounding leaves some of size 0 below it
        }

        return power;
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

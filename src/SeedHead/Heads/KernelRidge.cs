using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Heads;

/// <summary>Kernel ridge regression (K + noise·I)·α = Y − mean by conjugate gradients, for kernel matrices that need not fit in memory.</summary>
/// <remarks>
/// The noise is chosen on a seeded validation part (a tenth of the rows, at most 5,000) by solutions without it, largest noise first, each starting from the one
/// before; the solution for all rows starts from the chosen one. Bits depend on the tiles' numbers, targets and options alone.
/// </remarks>
internal sealed unsafe class KernelRidge : IDisposable
{
    private const int ValidationPurpose = 221; // of Order
    private const int MostValidation = 5000;
    private const int MostCentres = 2000;

    private readonly NativeBuffer<double> alphaBuffer;

    private KernelRidge(int rows, int outputs) => (Rows, Outputs, alphaBuffer) = (rows, outputs, new((long)rows * outputs));

    /// <summary>n.</summary>
    public int Rows { get; }

    /// <summary>K.</summary>
    public int Outputs { get; }

    /// <summary>What noises are relative to: the mean diagonal of the kernel.</summary>
    public double Unit { get; private init; }

    /// <summary>Noises compared, largest first.</summary>
    public required IReadOnlyList<KernelRidgePoint> Path { get; init; }

    /// <summary>The one with the best criterion.</summary>
    public required KernelRidgePoint Chosen { get; init; }

    /// <summary>The rows of the validation part, ascending.</summary>
    public required int[] Validation { get; init; }

    /// <summary>Products with the kernel for the solution of all rows.</summary>
    public int Iterations { get; private init; }

    /// <summary>Its largest relative residual over the outputs.</summary>
    public double Residual { get; private init; }

    /// <summary>Means of the targets, added to predictions [K].</summary>
    public required double[] TargetMeans { get; init; }

    /// <summary>α [n × K]: a prediction is kᵀα + mean.</summary>
    public Strided<double> Coefficients => Strided<double>.RowMajor(alphaBuffer, Rows, Outputs);

    /// <summary>Bytes needed besides the tiles and the targets.</summary>
    public static long Bytes(int rows, int outputs, KernelRidgeOptions options, int threads) =>
        NystroemPreconditioner.Bytes(rows, Centres(rows, options))
        + (sizeof(double) * rows * (10L * outputs)) + ((long)threads * IKernelTiles.Side * IKernelTiles.Side * sizeof(float));

    /// <summary>Chooses the noise and solves.</summary>
    /// <param name="run">Threads, cancellation, progress.</param>
    /// <param name="tiles">K.</param>
    /// <param name="targets">Y [n × K].</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">Other rows than the kernel's, or fewer than two.</exception>
    /// <exception cref="DataException">Not positive definite: says by how much.</exception>
    public static KernelRidge Fit(Execution run, IKernelTiles tiles, Strided<double> targets, KernelRidgeOptions options)
    {
        if (targets.Rows != tiles.Rows || tiles.Rows < 2 || targets.Columns < 1)
        {
            throw new ArgumentException($"The kernel has {tiles.Rows} rows, the targets are [{targets.Rows} × {targets.Columns}]. Pass [n × K] for n ≥ 2 rows.", nameof(targets));
        }

        int rows = tiles.Rows, outputs = checked((int)targets.Columns), centres = Centres(rows, options);
        run.Report("preconditioner", 0, 1);
        using var preconditioner = centres == 0 ? null : new NystroemPreconditioner(run.Team, tiles, centres, options.Seed);
        using var product = new KernelProduct(run.Team, tiles, outputs);
        using var solver = new ConjugateGradients(run, product, preconditioner, rows, outputs);
        using var buffer = new NativeBuffer<double>(4L * rows * outputs);
        Strided<double> Vectors(int number) => Strided<double>.RowMajor(buffer.Pointer + ((long)number * rows * outputs), outputs, rows);
        (Strided<double> b, Strided<double> x, Strided<double> best, Strided<double> fitted) = (Vectors(0), Vectors(1), Vectors(2), Vectors(3));
        double unit = MeanDiagonal(run.Team, tiles);
        int[] held = Order.Sample(options.Seed, ValidationPurpose, rows, Math.Clamp(rows / 10, 1, MostValidation));
        double[] means = Centred(targets, b, held);
        var path = new List<KernelRidgePoint>();
        KernelRidgePoint? chosen = null;
        foreach (double noise in options.Noises.OrderDescending())
        {
            (int iterations, double residual) = solver.Solve(noise * unit, b, x, held, options.Tolerance, options.MostIterations);
            product.Multiply(x, fitted);
            path.Add(new(noise, rows - held.Length, iterations, residual, Judge(run.Team, targets, fitted, means, held, options.Classification)));
            if (chosen is null || path[^1].Criterion < chosen.Criterion)
            {
                chosen = path[^1];
                Copy(x, best);
            }
        }

        means = Centred(targets, b, []);
        (int last, double left) = solver.Solve(chosen!.Noise * unit, b, best, [], options.Tolerance, options.MostIterations);
        var ridge = new KernelRidge(rows, outputs)
        {
            Unit = unit, Path = path, Chosen = chosen, Validation = held, TargetMeans = means, Iterations = last, Residual = left,
        };
        Copy(best.Transpose, ridge.Coefficients);
        return ridge;
    }

    public void Dispose() => alphaBuffer.Dispose();

    private static int Centres(int rows, KernelRidgeOptions options) =>
        options.Centres is { } asked ? Math.Min(asked, rows / 2) : Math.Min(MostCentres, rows / 8);

    private static double MeanDiagonal(Team team, IKernelTiles tiles)
    {
        const int side = IKernelTiles.Side;
        var sums = new double[RowBlocks.Chunks(tiles.Rows, side)];
        team.For(sums.Length, band =>
        {
            float* tile = tiles.Tile(band, band, Scratch.Get<float>(Scratch.Slot.KernelTile, (long)side * side));
            for (int i = 0; i < Math.Min(side, tiles.Rows - (band * side)); i++)
            {
                sums[band] += tile[((long)i * side) + i];
            }
        });
        double mean = sums.Sum() / tiles.Rows;
        return mean > 0 && double.IsFinite(mean) ? mean
            : throw new ArgumentException($"The mean diagonal of the kernel is {mean}. A kernel has finite variances above 0 on it.", nameof(tiles));
    }

    // b ← (Y − means)ᵀ with the means of the rows not held out, and 0 at those held out.
    private static double[] Centred(Strided<double> targets, Strided<double> b, int[] held)
    {
        var means = new double[targets.Columns];
        for (int k = 0; k < means.Length; k++)
        {
            double sum = 0, without = 0;
            for (long i = 0; i < targets.Rows; i++)
            {
                sum += targets[i, k];
            }

            foreach (int row in held)
            {
                without += targets[row, k];
            }

            means[k] = (sum - without) / (targets.Rows - held.Length);
            for (long i = 0; i < targets.Rows; i++)
            {
                b[k, i] = targets[i, k] - means[k];
            }

            foreach (int row in held)
            {
                b[k, row] = 0;
            }
        }

        return means;
    }

    private static LeaveOneOutErrors Judge(Team team, Strided<double> targets, Strided<double> fitted, double[] means, int[] held, bool classification)
    {
        var errors = new LeaveOneOutErrors(held.Length, means.Length, classification);
        var (y, e) = (new float[means.Length], new double[means.Length]);
        for (int i = 0; i < held.Length; i++)
        {
            for (int k = 0; k < means.Length; k++)
            {
                y[k] = (float)targets[held[i], k];
                e[k] = targets[held[i], k] - means[k] - fitted[k, held[i]];
            }

            errors.Add(i, y, e, 0);
        }

        return errors.Finished(team);
    }

    private static void Copy(Strided<double> from, Strided<double> to)
    {
        for (long i = 0; i < from.Rows; i++)
        {
            for (long j = 0; j < from.Columns; j++)
            {
                to[i, j] = from[i, j];
            }
        }
    }
}

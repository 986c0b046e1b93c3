using SeedHead.Compute;

namespace SeedHead.Heads;

/// <summary>A symmetric kernel matrix that lends its upper triangle and its diagonal to the Cholesky factor of K + noise·I.</summary>
internal sealed unsafe class GaussianProcessGram
{
    private const int Tile = 64; // both sides of a tile fit the first cache
    private const double MostAsymmetry = 1e-9; // of the largest diagonal element
    private const int Halvings = 5;

    private readonly Team team;
    private readonly Strided<double> kernel;
    private readonly double[] diagonal;
    private readonly int rows;

    /// <exception cref="ArgumentException">Not square, not symmetric, not finite, or the mean diagonal is not above 0.</exception>
    public GaussianProcessGram(Team team, Strided<double> kernel)
    {
        (this.team, this.kernel) = (team, kernel);
        if (kernel.Rows != kernel.Columns || kernel.Rows < 1 || kernel.ColumnStride != 1)
        {
            throw new ArgumentException($"The kernel matrix is [{kernel.Rows} × {kernel.Columns}]. Pass the square one of all training rows, row after row.", nameof(kernel));
        }

        rows = checked((int)kernel.Rows);
        diagonal = [.. Enumerable.Range(0, rows).Select(i => kernel[i, i])];
        RequireSymmetric();
        MeanDiagonal = diagonal.Sum() / rows;
        if (!(MeanDiagonal > 0))
        {
            throw new ArgumentException($"The mean diagonal of the kernel matrix is {MeanDiagonal}. A kernel has variances above 0 on it.", nameof(kernel));
        }
    }

    public double MeanDiagonal { get; }

    /// <summary>The lower triangular factor, once <see cref="Factor"/> has succeeded.</summary>
    public Strided<double> Lower => kernel.Transpose;

    /// <summary>K + noise·I = L·Lᵀ.</summary>
    public CholeskyStatus Factor(double noise)
    {
        Fill(team, noise);
        return Cholesky.Factor(team, Lower);
    }

    /// <summary>The whole kernel matrix again.</summary>
    public void Restore() => Fill(new(team.Threads), 0); // even when the work was cancelled

    /// <summary>The fault of a matrix that is not positive definite: where and by how much.</summary>
    public DataException NotPositive(double noise, CholeskyStatus status)
    {
        double least = LeastEigenvalue(noise), enough = -2 * least / MeanDiagonal;
        return new(
            $"The kernel matrix of {rows} rows with noise {noise / MeanDiagonal:0.###e+0} of its mean diagonal is not positive definite: pivot {status.Pivot} is {status.Value:0.###e+0}, " +
            $"and the least eigenvalue of the kernel is about {least:0.###e+0}, mean diagonal {MeanDiagonal:0.###e+0}. Take a noise of at least {enough:0.#e+0}, or leave out rows that occur twice.");
    }

    // Between the largest shift that fails and the least that succeeds, to 5 %.
    private double LeastEigenvalue(double fails)
    {
        double low = fails, high = Math.Max(fails, rows * Vectors.Rounding * MeanDiagonal);
        while (!Factor(high).Succeeded)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            (low, high) = (high, 4 * high);
        }

        for (int i = 0; i < Halvings && low > 0; i++)
        {
            double middle = Math.Sqrt(low * high);
            (low, high) = Factor(middle).Succeeded ? (low, middle) : (middle, high);
        }

        return -high;
    }

    // Below the diagonal K stands for good.
    private void Fill(Team by, double noise) => by.For(RowBlocks.Chunks(rows, Tile), chunk =>
    {
        int end = Math.Min((chunk + 1) * Tile, rows);
        for (int j0 = 0; j0 < end; j0 += Tile)
        {
            for (int i = chunk * Tile; i < end; i++)
            {
                for (int j = j0; j < Math.Min(j0 + Tile, i); j++)
                {
                    kernel[j, i] = kernel[i, j];
                }
            }
        }

        for (int i = chunk * Tile; i < end; i++)
        {
            kernel[i, i] = diagonal[i] + noise;
        }
    });

    private void RequireSymmetric()
    {
        double allowed = MostAsymmetry * diagonal.Max(Math.Abs);
        var wrong = new (int Row, int Column)?[RowBlocks.Chunks(rows, Tile)];
        team.For(wrong.Length, chunk => wrong[chunk] = FirstWrong(chunk * Tile, Math.Min((chunk + 1) * Tile, rows), allowed));
        if (wrong.FirstOrDefault(pair => pair is not null) is not var (i, j))
        {
            return;
        }

        throw new ArgumentException(
            $"Elements ({i}, {j}) and ({j}, {i}) of the kernel matrix are {kernel[i, j]} and {kernel[j, i]}. A kernel matrix is finite and symmetric: pass k(x, x′) of every row with every row.");
    }

    private (int Row, int Column)? FirstWrong(int from, int end, double allowed)
    {
        for (int j0 = 0; j0 < end; j0 += Tile)
        {
            for (int i = from; i < end; i++)
            {
                for (int j = j0; j < Math.Min(j0 + Tile, i + 1); j++)
                {
                    if (!(Math.Abs(kernel[i, j] - kernel[j, i]) <= allowed)) // NaN and infinities too
                    {
                        return (i, j);
                    }
                }
            }
        }

        return null;
    }
}

using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>H·K·H with H = I − 1·1ᵀ/n: the kernel matrix of features whose mean over the rows is 0.</summary>
internal sealed unsafe class Centring
{
    private readonly double[] means;
    private readonly double grand;

    private Centring(double[] means, double grand) => (this.means, this.grand) = (means, grand);

    /// <summary>The means of a symmetric matrix.</summary>
    /// <param name="team">The threads.</param>
    /// <param name="gram">K [n × n], columns side by side.</param>
    /// <exception cref="ArgumentException">Not square, no row, or a number is not finite.</exception>
    public static Centring Learn(Team team, Strided<double> gram)
    {
        if (gram.Rows != gram.Columns || gram.Rows == 0 || gram.ColumnStride != 1)
        {
            throw new ArgumentException($"A kernel matrix of all pairs of rows is square; this one is [{gram.Rows} × {gram.Columns}].", nameof(gram));
        }

        var means = new double[gram.Rows];
        team.For(means.Length, i => means[i] = Mean(gram.Row(i)));
        int wrong = Array.FindIndex(means, mean => !double.IsFinite(mean));
        return wrong < 0 ? new(means, Mean(means)) : throw new ArgumentException($"Row {wrong} of the kernel matrix holds a number that is not finite.", nameof(gram));
    }

    /// <summary>(HKH)_ij from K_ij.</summary>
    public double At(int i, int j, double value) => value - means[i] - means[j] + grand;

    /// <summary>result ← HKH; it may share memory with K.</summary>
    public void Apply(Team team, Strided<double> gram, Strided<double> result) => team.For((int)gram.Rows, i =>
    {
        double shift = grand - means[i];
        Span<double> to = result.Row(i);
        ReadOnlySpan<double> from = gram.Row(i);
        for (int j = 0; j < to.Length; j++)
        {
            to[j] = from[j] + (shift - means[j]);
        }
    });

    /// <summary>Rows of kernels of new points with the n rows, centred alike: k − mean(k) − means + grand mean.</summary>
    /// <param name="team">The threads.</param>
    /// <param name="cross">[m × n].</param>
    /// <param name="result">[m × n]; it may share memory with <paramref name="cross"/>.</param>
    public void ApplyToNew(Team team, Strided<double> cross, Strided<double> result) => team.For((int)cross.Rows, i =>
    {
        ReadOnlySpan<double> from = cross.Row(i);
        double shift = grand - Mean(from);
        Span<double> to = result.Row(i);
        for (int j = 0; j < to.Length; j++)
        {
            to[j] = from[j] + (shift - means[j]);
        }
    });

    private static double Mean(ReadOnlySpan<double> values)
    {
        fixed (double* x = values)
        {
            double sum = 0;
            for (int i = 0; i < values.Length; i++)
            {
                sum += x[i];
            }

            return sum / values.Length;
        }
    }
}

using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>The least mean squared error of predictors from N given features, over a law of inputs under which all expectations are known: no rows, no noise.</summary>
/// <remarks>
/// A_ij = E f_i·f_j, p_i = E f_i·g: the least error is E g² − pᵀ·A⁺·p. Eigenvalues below 1e-13 of the largest are left out, and what they would explain counts as
/// error. Rounding: about 1e-15·N·E g² times the square root of the condition kept, so that relative errors above 1e-8 are sure to 1 % for N ≤ 2,048.
/// </remarks>
public sealed class LimitsFit
{
    private const double Negligible = 1e-13;
    private readonly double[] values;
    private readonly double[] vectors; // [N × N], column j belongs to values[j]
    private readonly int count;

    private LimitsFit(double[] values, double[] vectors)
    {
        (this.values, this.vectors, count) = (values, vectors, values.Length);
        double largest = count == 0 ? 0 : values[^1];
        FirstKept = Array.FindIndex(values, value => value > Negligible * largest && value > 0);
        FirstKept = FirstKept < 0 ? count : FirstKept;
    }

    /// <summary>N.</summary>
    public int Features => count;

    /// <summary>Eigenvalues kept.</summary>
    public int Rank => count - FirstKept;

    /// <summary>The largest eigenvalue over the smallest kept; 1 when none is.</summary>
    public double Condition => Rank == 0 ? 1 : values[^1] / values[FirstKept];

    private int FirstKept { get; }

    /// <summary>Decomposes a Gram matrix.</summary>
    /// <param name="gram">[N × N], row after row; the lower triangle of the first <paramref name="features"/> rows and columns is read.</param>
    /// <param name="stride">Numbers a row of <paramref name="gram"/> has.</param>
    /// <param name="features">N, at most <paramref name="stride"/>: the leading block.</param>
    /// <param name="run">Threads and cancellation; they change no bit.</param>
    /// <exception cref="ArgumentException">The matrix is too small for N, or holds an infinity or NaN.</exception>
    public static LimitsFit Of(double[] gram, int stride, int features, Execution run)
    {
        ArgumentNullException.ThrowIfNull(gram);
        ArgumentNullException.ThrowIfNull(run);
        return Of(gram, stride, features, run.Team);
    }

    internal static unsafe LimitsFit Of(double[] gram, int stride, int features, Team team)
    {
        if (features < 1 || features > stride || (long)features * stride > gram.Length)
        {
            throw new ArgumentException($"A Gram matrix of {gram.Length} numbers with rows of {stride} has no leading block of {features}.");
        }

        var values = new double[features];
        var vectors = new double[features * features];
        fixed (double* from = gram, to = vectors)
        {
            SymmetricEigen.Decompose(team, new(from, features, features, stride, 1), values, Strided<double>.RowMajor(to, features, features));
        }

        return new LimitsFit(values, vectors);
    }

    /// <summary>The least error for one target.</summary>
    /// <param name="products">[N] E f_i·g.</param>
    /// <param name="energy">E g².</param>
    public double Error(ReadOnlySpan<double> products, double energy)
    {
        double[] along = Along(products);
        double explained = 0;
        for (int j = FirstKept; j < count; j++)
        {
            explained += along[j] * along[j] / values[j];
        }

        return Math.Clamp(energy - explained, 0, energy);
    }

    /// <summary>The ridge predictor (A + λI)⁻¹·p: its exact error E g² − 2u·p + uᵀAu and the size of its weights.</summary>
    /// <param name="products">[N] E f_i·g.</param>
    /// <param name="energy">E g².</param>
    /// <param name="penalty">λ ≥ 0; 0 is the least-norm solution over the eigenvalues kept.</param>
    public LimitsWeights Ridge(ReadOnlySpan<double> products, double energy, double penalty)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(penalty);
        double[] along = Along(products), weights = new double[count];
        double error = energy;
        for (int j = FirstKept; j < count; j++)
        {
            double u = along[j] / (values[j] + penalty);
            error += u * ((values[j] * u) - (2 * along[j]));
            for (int i = 0; i < count; i++)
            {
                weights[i] = Math.FusedMultiplyAdd(u, vectors[((long)i * count) + j], weights[i]);
            }
        }

        return new LimitsWeights(weights, Math.Clamp(error, 0, energy), 0);
    }

    /// <summary>The least errors of many targets at once.</summary>
    internal unsafe double[] Errors(double[] products, int targets, IReadOnlyList<double> energies, Team team)
    {
        var along = new double[(long)count * targets];
        fixed (double* v = vectors, p = products, a = along)
        {
            MatrixProduct.Multiply(
                team, Strided<double>.RowMajor(v, count, count).Transpose, Strided<double>.RowMajor(p, count, targets), Strided<double>.RowMajor(a, count, targets));
        }

        var errors = new double[targets];
        for (int t = 0; t < targets; t++)
        {
            double explained = 0;
            for (int j = FirstKept; j < count; j++)
            {
                double part = along[((long)j * targets) + t];
                explained += part * part / values[j];
            }

            errors[t] = Math.Clamp(energies[t] - explained, 0, energies[t]);
        }

        return errors;
    }

    private double[] Along(ReadOnlySpan<double> products)
    {
        if (products.Length != count)
        {
            throw new ArgumentException($"{products.Length} products do not fit {count} features.", nameof(products));
        }

        var along = new double[count];
        for (int i = 0; i < count; i++)
        {
            for (int j = FirstKept; j < count; j++)
            {
                along[j] = Math.FusedMultiplyAdd(products[i], vectors[((long)i * count) + j], along[j]);
            }
        }

        return along;
    }
}

/// <summary>Weights of a predictor from N features.</summary>
/// <param name="Weights">[N] u.</param>
/// <param name="Error">Its exact mean squared error.</param>
/// <param name="Gap">How far above the least error of its kind it may lie, at most.</param>
public sealed record LimitsWeights(IReadOnlyList<double> Weights, double Error, double Gap)
{
    /// <summary>r·max|u|: the size that the weight bounds of Yehudai &amp; Shamir speak of.</summary>
    public double Size => Weights.Count * Weights.Max(Math.Abs);
}

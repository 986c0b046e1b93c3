using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>A number known exactly, where both ends agree, or by bounds.</summary>
/// <param name="Low">At least this.</param>
/// <param name="High">At most this.</param>
internal readonly record struct Bounds(double Low, double High);

/// <summary>Eigenvalues λ of a centred kernel matrix [n × n], largest first, all of them or the leading ones, and what they say of its dimension. Immutable.</summary>
/// <remarks>
/// <para>Trace and sum of squares are those of the whole matrix, so that what leading eigenvalues leave is known. With some eigenvalues unknown, sums of a
/// concave function over them lie between two: all equal, or as many as fit of the size of the smallest known one and the remainder in one more.</para>
/// <para>Definitions and sources: docs/math/kernel-pca.md.</para>
/// </remarks>
internal sealed class KernelSpectrum
{
    private const double Tolerance = 1e-10; // of the trace: what rounding may take below 0

    /// <summary>A spectrum.</summary>
    /// <param name="values">Eigenvalues in descending order; those below 0 by rounding alone become 0.</param>
    /// <param name="rows">n.</param>
    /// <param name="trace">Sum of all eigenvalues.</param>
    /// <param name="squares">Sum of all their squares.</param>
    /// <exception cref="ArgumentException">An eigenvalue is below 0 by more than rounding.</exception>
    public KernelSpectrum(double[] values, int rows, double trace, double squares)
    {
        double least = values.Length == 0 ? 0 : values[^1];
        if (least < -Tolerance * Math.Max(trace, Math.Abs(values[0])))
        {
            throw new ArgumentException($"The matrix is no kernel: its smallest eigenvalue found is {least:R}, its largest {values[0]:R}. A kernel's eigenvalues are at least 0.", nameof(values));
        }

        Values = Array.ConvertAll(values, value => Math.Max(0, value));
        (Rows, Trace, Squares) = (rows, trace, squares);
        IsComplete = values.Length >= rows;
    }

    /// <summary>The eigenvalues known, largest first.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>n.</summary>
    public int Rows { get; }

    /// <summary>Σλ over all.</summary>
    public double Trace { get; }

    /// <summary>Σλ² over all.</summary>
    public double Squares { get; }

    /// <summary>Whether all eigenvalues are known.</summary>
    public bool IsComplete { get; }

    /// <summary>(Σλ)²/Σλ².</summary>
    public double ParticipationRatio => Squares > 0 ? Trace * Trace / Squares : 0;

    /// <summary>Σλ/λ₁: the squared Frobenius norm of the features over their squared largest singular value.</summary>
    public double StableRank => Values.Count > 0 && Values[0] > 0 ? Trace / Values[0] : 0;

    /// <summary>exp(−Σ p·ln p) with p = λ/Σλ.</summary>
    public Bounds EffectiveRank()
    {
        Bounds entropy = Sum(value => value > 0 ? -value / Trace * Elementary.Log(value / Trace) : 0);
        return new(Elementary.Exp(entropy.Low), Elementary.Exp(entropy.High));
    }

    /// <summary>tr K(K + penalty·I)⁻¹ = Σ λ/(λ + penalty): the degrees of freedom of ridge regression.</summary>
    /// <param name="penalty">In the kernel's units, above 0.</param>
    public Bounds EffectiveDimension(double penalty)
    {
        if (!(penalty > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(penalty), penalty, "The penalty must be above 0.");
        }

        return Sum(value => value / (value + penalty));
    }

    /// <summary>Σλ beyond the first r: the error of the best approximation of rank r, in trace norm.</summary>
    /// <param name="rank">r, at most the eigenvalues known.</param>
    public double ErrorOfRank(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, Values.Count);
        double rest = IsComplete ? 0 : Rest();
        for (int i = Values.Count - 1; i >= rank; i--)
        {
            rest += Values[i];
        }

        return rest;
    }

    /// <summary>Sum of the eigenvalues not known.</summary>
    private double Rest() => Math.Max(0, Trace - Values.Sum());

    private Bounds Sum(Func<double, double> concave)
    {
        double known = Values.Sum(concave);
        if (IsComplete || Values.Count == 0)
        {
            return new(known, known);
        }

        double rest = Rest(), most = Values[^1];
        int unknown = Rows - Values.Count;
        if (rest == 0 || most == 0)
        {
            return new(known, known);
        }

        double whole = Math.Min(Math.Floor(rest / most), unknown);
        double low = (whole * concave(most)) + concave(Math.Max(0, rest - (whole * most)));
        return new(known + low, known + Math.Max(low, unknown * concave(rest / unknown)));
    }
}

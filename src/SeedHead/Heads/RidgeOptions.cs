namespace SeedHead.Heads;

/// <summary>How a ridge is fitted.</summary>
internal sealed record RidgeOptions
{
    /// <summary>The usual path: 10⁻⁹ … 10² in half decades, ascending.</summary>
    public static IReadOnlyList<double> UsualPenalties { get; } = HalfDecades();

    /// <summary>Few rows left out one by one and no refinement, so that rows are read once.</summary>
    public static RidgeOptions OnePass { get; } = new() { LeaveOneOutBudget = 0, Refine = false };

    /// <summary>Relative penalties to try, positive and ascending; null: a coarse-to-fine search on <see cref="UsualPenalties"/>.</summary>
    /// <exception cref="ArgumentException">None given, or not positive and ascending.</exception>
    public IReadOnlyList<double>? Penalties
    {
        get;
        init => field = value is null || IsPath(value)
            ? value
            : throw new ArgumentException($"Penalties are [{string.Join(", ", value)}]. Pass one or more positive, ascending, finite numbers.");
    }

    /// <summary>Whether every feature is scaled to unit variance, which the penalty then sees.</summary>
    public bool Standardise { get; init; }

    /// <summary>Names the rows of a sample.</summary>
    public ulong Seed { get; init; }

    /// <summary>Floating-point operations a leave-one-out pass over all rows may take for the whole path; beyond it a sample of rows is used.</summary>
    public double LeaveOneOutBudget { get; init; } = 2e12;

    /// <summary>Rows · features² up to which products are taken in float64.</summary>
    public double DoublePrecisionBudget { get; init; } = 3e10;

    /// <summary>Whether coefficients of float32 products are refined from the rows themselves: one more pass over rows that are not held.</summary>
    public bool Refine { get; init; } = true;

    /// <summary>Whether targets are classes: errors are then misclassified shares (the largest output decides; with one output its sign).</summary>
    public bool Classification { get; init; }

    /// <summary>Whether the sums are to be returned, to learn and forget by: the primal form whatever the shape, products in float64 whatever the size.</summary>
    public bool KeepSums { get; init; }

    private static bool IsPath(IReadOnlyList<double> values) =>
        values.Count > 0 && values[0] > 0 && double.IsFinite(values[^1]) && values.Zip(values.Skip(1), (a, b) => a < b).All(rising => rising);

    private static List<double> HalfDecades()
    {
        double[] decades = [1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 1e1];
        return [.. decades.SelectMany(decade => new[] { decade, 3.1622776601683795 * decade }), 1e2];
    }
}

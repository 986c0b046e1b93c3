namespace SeedHead.Report.Answers;

/// <summary>A value with the ends of its 95 % interval; NaN ends when there is no ground for one.</summary>
internal readonly record struct Interval(double Value, double Low, double High)
{
    /// <summary>97.5 % point of the standard normal distribution.</summary>
    public const double Z = 1.959963984540054;

    // 97.5 % points of Student's t for 1 to 30 degrees of freedom (beyond: 40, 60, 120).
    // Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2.
    private static readonly double[] T =
    [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
        2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ];

    public bool IsKnown => double.IsFinite(Low) && double.IsFinite(High);

    /// <summary>Wilson's score interval of a share.</summary>
    /// <remarks>With z the normal point: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n). Source: Wilson, JASA 22 (1927), 209-212.</remarks>
    public static Interval Share(double share, int rows)
    {
        if (rows < 1 || !(share is >= 0 and <= 1))
        {
            return new Interval(share, double.NaN, double.NaN);
        }

        double n = rows, z2 = Z * Z;
        double middle = (share + (z2 / (2 * n))) / (1 + (z2 / n));
        double half = Z * Math.Sqrt((share * (1 - share) / n) + (z2 / (4 * n * n))) / (1 + (z2 / n));
        return new Interval(share, Math.Min(share, Math.Max(0, middle - half)), Math.Max(share, Math.Min(1, middle + half)));
    }

    /// <summary>Value ± z standard errors, not below zero.</summary>
    public static Interval Normal(double value, double? standardError) =>
        standardError is { } error && double.IsFinite(error)
            ? new Interval(value, Math.Max(Math.Min(value, 0), value - (Z * error)), value + (Z * error))
            : new Interval(value, double.NaN, double.NaN);

    /// <summary>Student's interval of the mean of at least two values.</summary>
    public static Interval Mean(IReadOnlyList<double> values)
    {
        double mean = values.Sum() / values.Count;
        double squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        double half = Student(values.Count - 1) * Math.Sqrt(squares / (values.Count - 1) / values.Count);
        return new Interval(mean, mean - half, mean + half);
    }

    /// <summary>The 97.5 % point of Student's t; between tabulated degrees of freedom the next smaller one, which is on the safe side.</summary>
    internal static double Student(int degrees) => degrees switch
    {
        < 1 => double.NaN,
        <= 30 => T[degrees - 1],
        < 40 => T[^1],
        < 60 => 2.021,
        < 120 => 2.000,
        _ => 1.980,
    };
}

namespace SeedHead.Complexity;

/// <summary>A function's values as computed, how noisy they are, and the way to better ones: so that rounding is never taken for complexity.</summary>
/// <remarks>
/// A measure is believed when noise of the size that is already in the values, added once more, moves it by at most 0.5 %. If it moves more the function is
/// evaluated in double; if 2⁻²⁷ of that noise (what double leaves) still moves it, the measure is undefined: below rounding.
/// </remarks>
/// <param name="values">As computed.</param>
/// <param name="noise">Root mean square error of the values, up to a constant; +∞ if it is not known.</param>
/// <param name="precise">The values in double, or null where they are that already.</param>
internal sealed class SampledFunction(FunctionValues values, double noise, Func<FunctionValues>? precise)
{
    /// <summary>The most that noise may move a measure, as a share of it.</summary>
    public const double Tolerance = 0.005;

    private const double FloatToDouble = 1.0 / (1 << 27); // float32 rounds at 2⁻²⁴, double at 2⁻⁵³: 2⁻²⁹, four times over

    private const double Usual = 1.0 / (1L << 45); // of the largest value, where float32 overflows and tells nothing

    private readonly Lazy<FunctionValues>? better = precise is null ? null : new(precise); // measures may ask for it side by side

    /// <summary>Values to look at.</summary>
    public FunctionValues Values => WasRefined ? better!.Value : values;

    /// <summary>Whether double was needed.</summary>
    public bool WasRefined => better is { IsValueCreated: true };

    /// <summary>Values whose noise is at most this share of their range; in double where that of float32 is more.</summary>
    public FunctionValues Within(double share) =>
        better is null || (!WasRefined && noise <= share * (values.Greatest - values.Least)) ? values : better.Value;

    public ComplexityValue By(IComplexityMeasure measure)
    {
        if (better is null)
        {
            return values.By(measure);
        }

        if (!WasRefined && Believed(values, noise, measure) is { IsDefined: true } believed)
        {
            return believed;
        }

        FunctionValues exact = better.Value;
        return Believed(exact, double.IsFinite(noise) ? noise * FloatToDouble : Usual * Math.Max(Math.Abs(exact.Least), Math.Abs(exact.Greatest)), measure);
    }

    private static ComplexityValue Believed(FunctionValues values, double noise, IComplexityMeasure measure)
    {
        ComplexityValue value = values.By(measure);
        if (!value.IsDefined || noise == 0)
        {
            return value;
        }

        ComplexityValue noisy = double.IsFinite(noise) ? Noisy(values, noise).By(measure) : ComplexityValue.Undefined(UndefinedCause.NotFinite);
        return noisy.IsDefined && Math.Abs(noisy.Value - value.Value) <= Tolerance * Math.Abs(value.Value)
            ? value
            : ComplexityValue.Undefined(UndefinedCause.BelowRounding);
    }

    /// <summary>The values ± noise, signs by SplitMix64 of the index.</summary>
    private static FunctionValues Noisy(FunctionValues values, double noise)
    {
        double[] noisy = values.Span.ToArray();
        for (int i = 0; i < noisy.Length; i++)
        {
            ulong z = ((ulong)i + 1) * 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            noisy[i] += (z >> 63) == 0 ? noise : -noise;
        }

        return new(values.Sampling, values.Rows, values.Columns, noisy);
    }
}

using System.Globalization;

namespace SeedHead.Complexity;

/// <summary>Why a function has no complexity.</summary>
public enum UndefinedCause
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>All values are equal, up to a few roundings.</summary>
    Constant,

    /// <summary>A value is an infinity or NaN.</summary>
    NotFinite,

    /// <summary>The function varies so little that rounding in double decides what the measure sees.</summary>
    BelowRounding,

    /// <summary>The measure counts something that this function does not show at this resolution.</summary>
    NotResolved,
}

/// <summary>What a measure says of a function: a number, or that there is none and why.</summary>
public readonly record struct ComplexityValue
{
    private readonly double value;

    private ComplexityValue(double value, UndefinedCause cause) => (this.value, Cause) = (value, cause);

    /// <summary>Why there is no number; None if there is one.</summary>
    public UndefinedCause Cause { get; }

    /// <summary>Whether there is a number.</summary>
    public bool IsDefined => Cause == UndefinedCause.None;

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public double Value => IsDefined ? value : throw new InvalidOperationException($"The complexity is undefined: {Cause}. Ask {nameof(IsDefined)} first.");

    /// <summary>A number.</summary>
    /// <param name="value">Finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    public static ComplexityValue Of(double value) => double.IsFinite(value)
        ? new(value, UndefinedCause.None)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A complexity is a finite number; say Undefined where there is none.");

    /// <summary>No number.</summary>
    /// <param name="cause">Why; not None.</param>
    /// <exception cref="ArgumentOutOfRangeException">None is no cause.</exception>
    public static ComplexityValue Undefined(UndefinedCause cause) => cause != UndefinedCause.None
        ? new(0, cause)
        : throw new ArgumentOutOfRangeException(nameof(cause), cause, "Say why there is no number.");

    /// <summary>Σ weighted / Σ amounts, undefined where nothing is there to be weighted.</summary>
    internal static ComplexityValue Ratio(double weighted, double amounts) => amounts > 0 ? Of(weighted / amounts) : Undefined(UndefinedCause.Constant);

    /// <inheritdoc/>
    public override string ToString() => IsDefined ? value.ToString("R", CultureInfo.InvariantCulture) : $"undefined ({Cause})";
}

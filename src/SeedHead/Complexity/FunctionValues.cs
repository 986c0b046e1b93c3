namespace SeedHead.Complexity;

/// <summary>Values of a function: [n × n] on a grid of two inputs (the row is the first input's), [1 × n] on a grid of one, [paths × n] along paths. Immutable.</summary>
public sealed class FunctionValues
{
    private const double Roundings = 16 * 2.220446049250313e-16; // relative; what a few operations on a constant leave behind

    private const double WidestRange = 1.0715086071862673e301; // 2¹⁰⁰⁰: sums over a grid stay finite

    private readonly double[] values;

    /// <summary>Values in the order of the rows.</summary>
    /// <param name="sampling">Where they were taken.</param>
    /// <param name="rows">Rows: the side of a square grid, 1 for one input, or the number of paths.</param>
    /// <param name="columns">n.</param>
    /// <param name="values">rows · columns numbers, which are kept, not copied.</param>
    /// <exception cref="ArgumentException">The counts do not fit.</exception>
    public FunctionValues(Sampling sampling, int rows, int columns, double[] values)
    {
        ArgumentNullException.ThrowIfNull(sampling);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 2);
        if (values.Length != (long)rows * columns)
        {
            throw new ArgumentException($"[{rows} × {columns}] values are {(long)rows * columns} numbers, not {values.Length}.", nameof(values));
        }

        if (sampling.Placement != Placement.Paths && rows != 1 && rows != columns)
        {
            throw new ArgumentException($"A grid is [n × n] or [1 × n], not [{rows} × {columns}].", nameof(rows));
        }

        (Sampling, Rows, Columns, this.values) = (sampling, rows, columns, values);
        (Least, Greatest, AreFinite) = (double.PositiveInfinity, double.NegativeInfinity, true);
        foreach (double value in values)
        {
            AreFinite &= double.IsFinite(value);
            Least = value < Least ? value : Least;
            Greatest = value > Greatest ? value : Greatest;
        }

        AreFinite &= Greatest - Least <= WidestRange;
    }

    /// <summary>Where the values were taken.</summary>
    public Sampling Sampling { get; }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>n, the points of an axis or a path.</summary>
    public int Columns { get; }

    /// <summary>Inputs that a grid spans: 1 or 2.</summary>
    public int Dimension => Rows == 1 ? 1 : 2;

    /// <summary>The values, row after row.</summary>
    public ReadOnlySpan<double> Span => values;

    /// <summary>The smallest value.</summary>
    public double Least { get; }

    /// <summary>The largest value.</summary>
    public double Greatest { get; }

    /// <summary>No value is an infinity or NaN, and their range is at most 2¹⁰⁰⁰.</summary>
    public bool AreFinite { get; }

    /// <summary>Greatest − least is at most 16·2⁻⁵² times the larger size: what roundings leave of a constant.</summary>
    public bool AreConstant => Greatest - Least <= Roundings * Math.Max(Math.Abs(Least), Math.Abs(Greatest));

    /// <summary>The values of f(x) on a grid of one input.</summary>
    /// <param name="sampling">Where.</param>
    /// <param name="side">n.</param>
    /// <param name="f">The function.</param>
    public static FunctionValues Of(Sampling sampling, int side, Func<double, double> f)
    {
        ArgumentNullException.ThrowIfNull(sampling);
        ArgumentNullException.ThrowIfNull(f);
        return new(sampling, 1, side, Array.ConvertAll(sampling.Axis(side), x => f(x)));
    }

    /// <summary>The values of f(x, y) on a grid of two inputs.</summary>
    /// <param name="sampling">Where.</param>
    /// <param name="side">n.</param>
    /// <param name="f">The function.</param>
    public static FunctionValues Of(Sampling sampling, int side, Func<double, double, double> f)
    {
        ArgumentNullException.ThrowIfNull(sampling);
        ArgumentNullException.ThrowIfNull(f);
        double[] axis = sampling.Axis(side);
        return new(sampling, side, side, [.. from x in axis from y in axis select f(x, y)]);
    }

    /// <summary>What a measure says, with the cases no measure can judge taken first.</summary>
    /// <param name="measure">The measure; its sampling is that of the values.</param>
    /// <exception cref="ArgumentException">The values stand at other places than the measure asks for, or are too few.</exception>
    public ComplexityValue By(IComplexityMeasure measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        if (measure.Sampling != Sampling)
        {
            throw new ArgumentException($"{measure.Name} reads values of {measure.Sampling}, not of {Sampling}.", nameof(measure));
        }

        if (Columns < measure.LeastSide)
        {
            throw new ArgumentException($"{measure.Name} needs at least {measure.LeastSide} points on an axis, not {Columns}.", nameof(measure));
        }

        return !AreFinite ? ComplexityValue.Undefined(UndefinedCause.NotFinite)
            : AreConstant ? ComplexityValue.Undefined(UndefinedCause.Constant)
            : measure.Of(this);
    }

    /// <summary>
    /// The values with their mean taken off, times a power of two that brings the range next to 1, so that no square overflows; in an array of the caller's own.
    /// </summary>
    internal double[] Centred()
    {
        double mean = Mean;
        int exponent = Math.ILogB(Greatest - Least);
        return Array.ConvertAll(values, value => Math.ScaleB(value - mean, -exponent));
    }

    internal double Mean
    {
        get
        {
            double sum = 0;
            foreach (double value in values)
            {
                sum += value - values[0]; // of differences: exact where the function is nearly constant
            }

            return values[0] + (sum / values.Length);
        }
    }
}

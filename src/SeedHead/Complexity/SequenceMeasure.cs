namespace SeedHead.Complexity;

/// <summary>A measure of the values as a sequence of levels (<see cref="Quantisation"/>).</summary>
public abstract class SequenceMeasure : IComplexityMeasure
{
    /// <summary>The number of levels where none is given.</summary>
    public const int UsualLevels = 10;

    private protected SequenceMeasure(int levels, Traversal traversal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 2);
        (Levels, Traversal) = (levels, traversal);
    }

    /// <summary>q, the levels that values are rounded to between their least and greatest.</summary>
    public int Levels { get; }

    /// <summary>The order of the values.</summary>
    public Traversal Traversal { get; }

    /// <inheritdoc/>
    public string Name => Word + (Levels == UsualLevels ? "" : $":{Levels}") + Traversal switch
    {
        Traversal.Boustrophedon => ":snake",
        Traversal.ColumnMajor => ":columns",
        _ => "",
    };

    /// <inheritdoc/>
    public abstract string Meaning { get; }

    /// <inheritdoc/>
    public Sampling Sampling => Sampling.UniformGrid;

    /// <inheritdoc/>
    public int LeastSide => 4;

    private protected abstract string Word { get; }

    /// <inheritdoc/>
    public ComplexityValue Of(FunctionValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return ComplexityValue.Of(Count(Quantisation.Levels(values, Levels, Traversal)));
    }

    private protected abstract double Count(ReadOnlySpan<int> sequence);
}

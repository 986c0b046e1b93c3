namespace SeedHead.Data;

/// <summary>What is to be predicted, one value a row: <see cref="ClassTarget"/> or <see cref="NumberTarget"/>.</summary>
public abstract class Target
{
    private protected Target(string name, int count) => (Name, Count) = (name, count);

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>The rows with the given indices, in the given order.</summary>
    /// <param name="rows">Row indices.</param>
    public abstract Target Select(ReadOnlySpan<int> rows);
}

/// <summary>A class a row.</summary>
/// <param name="name">The column's name.</param>
/// <param name="codes">One index into <paramref name="classes"/> a row. Read-only by agreement.</param>
/// <param name="classes">The class names: in numeric order when all are numbers, else sorted ordinally; those of known sets in label order.</param>
public sealed class ClassTarget(string name, int[] codes, IReadOnlyList<string> classes) : Target(name, codes.Length)
{
    /// <summary>One index into <see cref="Classes"/> a row.</summary>
    public int[] Codes { get; } = codes;

    /// <summary>The class names.</summary>
    public IReadOnlyList<string> Classes { get; } = classes;

    /// <inheritdoc/>
    public override Target Select(ReadOnlySpan<int> rows) => new ClassTarget(Name, Pick.From(Codes, rows), Classes);
}

/// <summary>A number a row.</summary>
/// <param name="name">The column's name.</param>
/// <param name="values">One finite value a row. Read-only by agreement.</param>
public sealed class NumberTarget(string name, double[] values) : Target(name, values.Length)
{
    /// <summary>One finite value a row.</summary>
    public double[] Values { get; } = values;

    /// <inheritdoc/>
    public override Target Select(ReadOnlySpan<int> rows) => new NumberTarget(Name, Pick.From(Values, rows));
}

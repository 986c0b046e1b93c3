namespace SeedHead.Data;

/// <summary>What a model reads: rows of one kind. Immutable; one of <see cref="Table"/>, <see cref="Numbers"/>, <see cref="Images"/>.</summary>
public abstract class Inputs
{
    private protected Inputs(int count) => Count = count;

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Number of columns as given (pixels · channels for images), before any preprocessing.</summary>
    public abstract int Columns { get; }

    /// <summary>The rows with the given indices, in the given order (indices may repeat).</summary>
    /// <param name="rows">Row indices, each in [0, Count).</param>
    public abstract Inputs Select(ReadOnlySpan<int> rows);
}

/// <summary>Named columns, numbers and categories side by side, missing values allowed.</summary>
public sealed class Table : Inputs
{
    /// <summary>A table of columns of one length.</summary>
    /// <param name="fields">The columns, at least one, all of one length.</param>
    /// <exception cref="ArgumentException">No column, or lengths differ.</exception>
    public Table(IReadOnlyList<Column> fields)
        : base(fields.Count > 0 ? fields[0].Count : throw new ArgumentException("A table needs at least one column.", nameof(fields)))
    {
        foreach (Column field in fields)
        {
            if (field.Count != Count)
            {
                throw new ArgumentException($"Column '{field.Name}' has {field.Count} rows but '{fields[0].Name}' has {Count}.", nameof(fields));
            }
        }

        Fields = fields;
    }

    /// <summary>The columns, in file order.</summary>
    public IReadOnlyList<Column> Fields { get; }

    /// <inheritdoc/>
    public override int Columns => Fields.Count;

    /// <inheritdoc/>
    public override Inputs Select(ReadOnlySpan<int> rows)
    {
        var fields = new Column[Fields.Count];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = Fields[i].Select(rows);
        }

        return new Table(fields);
    }
}

/// <summary>One named column of a <see cref="Table"/>.</summary>
/// <param name="Name">Its name: from the header, else "column 1", "column 2", …</param>
public abstract record Column(string Name)
{
    /// <summary>Number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>The rows with the given indices.</summary>
    /// <param name="rows">Row indices.</param>
    public abstract Column Select(ReadOnlySpan<int> rows);
}

/// <summary>A column of numbers; NaN stands for a missing value.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Values">One value a row. Read-only by agreement.</param>
public sealed record NumberColumn(string Name, double[] Values) : Column(Name)
{
    /// <inheritdoc/>
    public override int Count => Values.Length;

    /// <inheritdoc/>
    public override Column Select(ReadOnlySpan<int> rows) => this with { Values = Pick.From(Values, rows) };
}

/// <summary>A column of categories; code −1 stands for a missing value.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Codes">One index into <paramref name="Levels"/> a row, or −1. Read-only by agreement.</param>
/// <param name="Levels">The texts seen, sorted ordinally.</param>
public sealed record CategoryColumn(string Name, int[] Codes, IReadOnlyList<string> Levels) : Column(Name)
{
    /// <inheritdoc/>
    public override int Count => Codes.Length;

    /// <inheritdoc/>
    public override Column Select(ReadOnlySpan<int> rows) => this with { Codes = Pick.From(Codes, rows) };
}

/// <summary>A dense matrix of finite numbers, row after row (npy and npz files, arrays of a calling program).</summary>
public sealed class Numbers : Inputs
{
    /// <summary>A matrix [n × d] over row-major memory that is not copied.</summary>
    /// <param name="values">n·d values, row after row. Read-only by agreement.</param>
    /// <param name="columns">d ≥ 1.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of d.</exception>
    public Numbers(ReadOnlyMemory<float> values, int columns)
        : base(columns > 0 && values.Length % columns == 0
            ? values.Length / columns
            : throw new ArgumentException($"{values.Length} values do not make rows of {columns} columns."))
    {
        Values = values;
        Columns = columns;
    }

    /// <summary>All values, row after row.</summary>
    public ReadOnlyMemory<float> Values { get; }

    /// <inheritdoc/>
    public override int Columns { get; }

    /// <inheritdoc/>
    public override Inputs Select(ReadOnlySpan<int> rows)
    {
        var picked = new float[checked(rows.Length * Columns)];
        for (int i = 0; i < rows.Length; i++)
        {
            Values.Span.Slice(rows[i] * Columns, Columns).CopyTo(picked.AsSpan(i * Columns));
        }

        return new Numbers(picked, Columns);
    }
}

/// <summary>Images of one shape [height × width × channels], one byte a value, channels last.</summary>
public sealed class Images : Inputs
{
    private readonly int[]? index;

    /// <summary>Images over memory that is not copied.</summary>
    /// <param name="pixels">n·height·width·channels bytes, image after image, rows first, channels last. Read-only by agreement.</param>
    /// <param name="shape">The shape of one image.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of the image size.</exception>
    public Images(ReadOnlyMemory<byte> pixels, ImageShape shape)
        : base(pixels.Length % shape.Size == 0 ? pixels.Length / shape.Size : throw new ArgumentException($"{pixels.Length} bytes do not make images of {shape}."))
    {
        Pixels = pixels;
        Shape = shape;
    }

    private Images(ReadOnlyMemory<byte> pixels, ImageShape shape, int[] index)
        : base(index.Length)
    {
        Pixels = pixels;
        Shape = shape;
        this.index = index;
    }

    /// <summary>The shape of every image.</summary>
    public ImageShape Shape { get; }

    /// <summary>The byte that stands for full brightness: values are read as byte / Maximum, in [0, 1].</summary>
    public byte Maximum { get; init; } = byte.MaxValue;

    private ReadOnlyMemory<byte> Pixels { get; }

    /// <inheritdoc/>
    public override int Columns => Shape.Size;

    /// <summary>The bytes of one image, rows first, channels last.</summary>
    /// <param name="row">The image's number, in [0, Count).</param>
    public ReadOnlySpan<byte> this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
            return Pixels.Span.Slice((index is null ? row : index[row]) * Shape.Size, Shape.Size);
        }
    }

    /// <inheritdoc/>
    public override Inputs Select(ReadOnlySpan<int> rows)
    {
        var chosen = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            chosen[i] = index is null ? rows[i] : index[rows[i]];
        }

        return new Images(Pixels, Shape, chosen) { Maximum = Maximum };
    }
}

/// <summary>Height × width × channels, as in "28x28x1".</summary>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Columns of pixels.</param>
/// <param name="Channels">Values a pixel, 1 or 3.</param>
public readonly record struct ImageShape(int Height, int Width, int Channels)
{
    /// <summary>Values an image.</summary>
    public int Size => Height * Width * Channels;

    /// <inheritdoc/>
    public override string ToString() => $"{Height}x{Width}x{Channels}";
}

internal static class Pick
{
    public static T[] From<T>(T[] values, ReadOnlySpan<int> rows)
    {
        var picked = new T[rows.Length];
        for (int i = 0; i < picked.Length; i++)
        {
            picked[i] = values[rows[i]];
        }

        return picked;
    }
}

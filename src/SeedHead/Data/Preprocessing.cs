using System.Text.Json.Nodes;

namespace SeedHead.Data;

/// <summary>The map from inputs as given to the numbers a feature map reads; learned on the training rows, stored in the model. Immutable, thread-safe.</summary>
/// <remarks>
/// <para>Columns of numbers: (x − mean) / sd with the training rows' mean and (population) standard deviation, clipped to ±10. A missing value
/// becomes the mean, 0; where training rows had missing values, a further column tells them apart (1 − share or −share, share = training share of missing).</para>
/// <para>Columns of categories: one column a level, 1 − share or −share; the 100 most frequent levels, the others together as one. A category never
/// seen reads like the others together, or as 0 in every column (the average) where there were no others. A column whose every value is different is dropped.</para>
/// <para>Images: byte / maximum − mean of that pixel over the training images; never divided by a deviation. For networks that are trained on them:
/// (byte / maximum − mean)/deviation of the channel.</para>
/// <para>Constant columns are dropped (not from images).</para>
/// </remarks>
public sealed class Preprocessing
{
    private readonly InputPlan plan;

    private Preprocessing(InputPlan plan, IReadOnlyList<string> notes) => (this.plan, Notes) = (plan, notes);

    /// <summary>Number of columns after preprocessing.</summary>
    public int Columns => plan.Columns;

    /// <summary>Number of columns as given.</summary>
    public int RawColumns => plan.RawColumns;

    /// <summary>The image shape when the inputs are images, else null.</summary>
    public ImageShape? Shape => plan.Shape;

    /// <summary>The columns of a table that are read as categories.</summary>
    public IReadOnlyList<string> CategoryColumns => plan.CategoryColumns;

    /// <summary>What a user should know: dropped constant columns, missing values filled, …</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Least and greatest value of each preprocessed column over the training rows.</summary>
    public IReadOnlyList<(float Low, float High)> ColumnRanges => plan.Ranges;

    /// <summary>Learns the preprocessing from training rows.</summary>
    /// <param name="train">The training inputs, at least one row.</param>
    /// <exception cref="DataException">A value is not finite, or every column is constant.</exception>
    public static Preprocessing Learn(Inputs train)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (train.Count == 0)
        {
            throw new ArgumentException("There are no rows to learn from.", nameof(train));
        }

        var notes = new List<string>();
        InputPlan plan = train switch
        {
            Table table => TablePlan.Learn(table, notes),
            Numbers numbers => NumbersPlan.Learn(numbers, notes),
            Images images => ImagesPlan.Learn(images),
            _ => throw new ArgumentException($"{train.GetType().Name} is no kind of input.", nameof(train)),
        };
        return plan.Columns > 0
            ? new Preprocessing(plan, notes)
            : throw new DataException("Every input column is constant in the training rows: there is nothing to learn from. Give columns that vary.");
    }

    /// <summary>Learns the preprocessing for a network that reads images as images: every channel centred and scaled to deviation 1; other inputs as <see cref="Learn"/> does.</summary>
    /// <exception cref="DataException">A value is not finite, or every column is constant.</exception>
    internal static Preprocessing LearnByChannel(Inputs train) =>
        train is Images { Count: > 0 } images ? new(ChannelsPlan.Learn(images), []) : Learn(train);

    /// <summary>The options for reading further rows for this preprocessing: its columns, and which of them are categories.</summary>
    /// <param name="options">All other options.</param>
    public DataOptions Reading(DataOptions options) => options with { ForceCategory = [], ExpectCategory = CategoryColumns, ExpectColumns = plan.RawNames };

    /// <summary>Writes rows first … first + count − 1, preprocessed, row after row. May be called from several threads at once.</summary>
    /// <param name="inputs">Inputs of the kind and the columns this was learned on; a table's columns may come in another order.</param>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="destination">count·<see cref="Columns"/> numbers.</param>
    /// <exception cref="DataException">Other columns than trained on: names them.</exception>
    public void Apply(Inputs inputs, int first, int count, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (first > inputs.Count - count || destination.Length < (long)count * Columns)
        {
            throw new ArgumentException($"Rows {first} to {(long)first + count - 1} of {inputs.Count} do not fit into {destination.Length} numbers of {Columns} columns.");
        }

        plan.Apply(inputs, first, count, destination);
    }

    /// <summary>Preprocesses one plain row, without allocation.</summary>
    /// <param name="raw"><see cref="RawColumns"/> numbers in training order: pixel bytes as numbers for images; for tables without categories NaN is a missing value.</param>
    /// <param name="destination"><see cref="Columns"/> numbers.</param>
    /// <exception cref="DataException">The model was trained on a table with categories, or a value is not finite.</exception>
    public void ApplyRow(ReadOnlySpan<float> raw, Span<float> destination)
    {
        if (raw.Length != RawColumns || destination.Length < Columns)
        {
            throw new ArgumentException($"The row has {raw.Length} numbers for a destination of {destination.Length}, but {RawColumns} are read and {Columns} written.");
        }

        plan.ApplyRow(raw, destination);
    }

    /// <summary>Checks that inputs fit what this was learned on.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <returns>Remarks, e.g. on categories never seen in training.</returns>
    /// <exception cref="DataException">Other columns than trained on: names them.</exception>
    public IReadOnlyList<string> Check(Inputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return plan.Check(inputs);
    }

    /// <summary>Number of columns of a preprocessed row that lie outside their training range.</summary>
    /// <param name="row"><see cref="Columns"/> preprocessed numbers.</param>
    public int OutOfRange(ReadOnlySpan<float> row)
    {
        (float Low, float High)[] ranges = plan.Ranges;
        int outside = 0;
        for (int i = 0; i < ranges.Length; i++)
        {
            outside += row[i] >= ranges[i].Low && row[i] <= ranges[i].High ? 0 : 1;
        }

        return outside;
    }

    /// <summary>Its form in the model file.</summary>
    public JsonObject ToJson()
    {
        JsonObject json = plan.ToJson();
        json["notes"] = new JsonArray([.. Notes.Select(note => (JsonNode)note)]);
        return json;
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote: the same bits.</summary>
    /// <param name="json">The stored form.</param>
    /// <exception cref="DataException">It is damaged or of another version.</exception>
    public static Preprocessing FromJson(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            string kind = (string)json["kind"]!;
            InputPlan plan = kind switch
            {
                TablePlan.Kind => TablePlan.FromJson(json),
                NumbersPlan.Kind => NumbersPlan.FromJson(json),
                ImagesPlan.Kind => ImagesPlan.FromJson(json),
                ChannelsPlan.Kind => ChannelsPlan.FromJson(json),
                _ => throw new FormatException($"the kind '{kind}' is unknown"),
            };
            return new Preprocessing(plan, [.. json["notes"]!.AsArray().Select(note => (string)note!)]);
        }
        catch (Exception fault) when (fault is FormatException or NullReferenceException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new DataException($"The preprocessing stored in the model cannot be read: {fault.Message.TrimEnd('.')}. Fit the model again.", fault);
        }
    }
}

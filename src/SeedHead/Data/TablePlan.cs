using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace SeedHead.Data;

/// <summary>Tables: one or more preprocessed columns for each column, found by name.</summary>
internal sealed class TablePlan : InputPlan
{
    public const string Kind = "table";
    private readonly TableField[] fields;
    private readonly ConditionalWeakTable<Table, TableBinding> bindings = [];

    private TablePlan(TableField[] fields)
    {
        this.fields = fields;
        Columns = fields.Sum(field => field.Width);
        Ranges = new (float, float)[Columns];
        int start = 0;
        foreach (TableField field in fields)
        {
            field.FillRanges(Ranges.AsSpan(start, field.Width));
            start += field.Width;
        }
    }

    public override int Columns { get; }

    public override int RawColumns => fields.Length;

    public override IReadOnlyList<string> CategoryColumns => [.. fields.OfType<CategoryField>().Select(category => category.Name)];

    public override IReadOnlyList<string> RawNames => [.. fields.Select(given => given.Name)];

    public override (float Low, float High)[] Ranges { get; }

    public static TablePlan Learn(Table train, List<string> notes) => new(TableLearning.Learn(train, notes));

    public override void Apply(Inputs inputs, int first, int count, Span<float> destination)
    {
        TableBinding binding = Bind(inputs);
        int start = 0;
        for (int i = 0; i < fields.Length; i++)
        {
            switch (fields[i])
            {
                case NumberField field:
                    WriteNumbers(field, binding.Numbers[i], first, count, destination[start..]);
                    break;
                case CategoryField field:
                    WriteCategories(field, binding.Codes[i], binding.Columns[i], first, count, destination[start..]);
                    break;
                default:
                    break;
            }

            start += fields[i].Width;
        }
    }

    public override void ApplyRow(ReadOnlySpan<float> raw, Span<float> destination)
    {
        int start = 0;
        for (int i = 0; i < fields.Length; i++)
        {
            switch (fields[i])
            {
                case NumberField field:
                    WriteNumber(field, raw[i], destination[start..]);
                    break;
                case CategoryField field:
                    throw new DataException($"The model reads column '{field.Name}' as categories, so a row of plain numbers cannot be predicted. Give a table.");
                default:
                    break;
            }

            start += fields[i].Width;
        }
    }

    public override IReadOnlyList<string> Check(Inputs inputs) => Bind(inputs).Notes;

    public override JsonObject ToJson() => new() { ["kind"] = Kind, ["fields"] = new JsonArray([.. fields.Select(field => field.ToJson())]) };

    public static TablePlan FromJson(JsonObject json) => new([.. json["fields"]!.AsArray().Select(field => TableField.FromJson(field!.AsObject()))]);

    private static void WriteNumber(NumberField field, double value, Span<float> row)
    {
        row[0] = double.IsNaN(value) ? 0 : Standard(Finite(field, value), field.Mean, field.Scale);
        if (field.Missing is double share)
        {
            row[1] = (float)((double.IsNaN(value) ? 1 : 0) - share);
        }
    }

    private static double Finite(NumberField field, double value) => double.IsFinite(value)
        ? value
        : throw new DataException($"Column '{field.Name}' holds {value}. Give finite numbers; NaN stands for a missing value.");

    private TableBinding Bind(Inputs inputs) => inputs is Table table
        ? bindings.GetValue(table, t => new TableBinding(fields, t))
        : throw OtherKind($"a table of {RawColumns} columns", inputs);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteNumbers(NumberField field, double[] values, int first, int count, Span<float> destination)
    {
        double mean = field.Mean;
        double scale = field.Scale;
        for (int row = 0; row < count; row++)
        {
            double value = values[first + row];
            destination[row * Columns] = double.IsNaN(value) ? 0 : Standard(double.IsFinite(value) ? value : Finite(field, value), mean, scale);
        }

        for (int row = 0; field.Missing is double share && row < count; row++)
        {
            destination[(row * Columns) + 1] = (float)((double.IsNaN(values[first + row]) ? 1 : 0) - share);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteCategories(CategoryField field, int[] codes, int[] columns, int first, int count, Span<float> destination)
    {
        double[] shares = field.AllShares;
        for (int row = 0; row < count; row++)
        {
            int column = columns[codes[first + row] + 1];
            Span<float> written = destination.Slice(row * Columns, shares.Length);
            for (int i = 0; i < written.Length; i++)
            {
                written[i] = column < 0 ? 0 : (float)((i == column ? 1 : 0) - shares[i]);
            }
        }
    }
}

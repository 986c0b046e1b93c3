using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace SeedHead.Data;

/// <summary>The part of <see cref="Preprocessing"/> that depends on the kind of inputs.</summary>
internal abstract class InputPlan
{
    /// <summary>Standardised values are clipped here, so that one wild value cannot drown the others.</summary>
    public const float Limit = 10;

    public abstract int Columns { get; }

    public abstract int RawColumns { get; }

    public virtual ImageShape? Shape => null;

    public virtual IReadOnlyList<string> CategoryColumns => [];

    public virtual IReadOnlyList<string> RawNames => [];

    public abstract (float Low, float High)[] Ranges { get; }

    public abstract void Apply(Inputs inputs, int first, int count, Span<float> destination);

    public abstract void ApplyRow(ReadOnlySpan<float> raw, Span<float> destination);

    public abstract IReadOnlyList<string> Check(Inputs inputs);

    public abstract JsonObject ToJson();

    /// <summary>(x − mean)·scale, clipped; NaN stays NaN.</summary>
    public static float Standard(double x, double mean, double scale)
    {
        float value = (float)((x - mean) * scale);
        return value > Limit ? Limit : value < -Limit ? -Limit : value;
    }

    protected static DataException OtherKind(string trained, Inputs inputs) =>
        new($"The model was trained on {trained}, but this is {Name(inputs)}. Give data of the same kind.");

    protected static string Name(Inputs inputs) => inputs switch
    {
        Table table => $"a table of {table.Columns} columns",
        Images images => $"images of {images.Shape}",
        _ => $"an array of {inputs.Columns} columns",
    };

    protected static string ToBase64<T>(T[] values)
        where T : unmanaged => Convert.ToBase64String(MemoryMarshal.AsBytes<T>(values));

    protected static T[] FromBase64<T>(JsonNode? text, int length)
        where T : unmanaged
    {
        byte[] bytes = Convert.FromBase64String((string)text!);
        T[] values = MemoryMarshal.Cast<byte, T>(bytes).ToArray();
        return values.Length == length ? values : throw new FormatException($"an array has {values.Length} values instead of {length}");
    }
}

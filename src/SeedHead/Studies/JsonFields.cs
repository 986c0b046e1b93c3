using System.Text.Json;

namespace SeedHead.Studies;

/// <summary>The fields of one JSON object, read strictly: a fault names the file and the path, as in "a.json: $.model.width is missing".</summary>
internal sealed class JsonFields
{
    private readonly JsonElement element;
    private readonly string path;
    private readonly string source;
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    public JsonFields(JsonElement element, string path, string source)
    {
        (this.element, this.path, this.source) = (element, path, source);
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Fault(null, $"must be an object, but is {Words(element)}");
        }
    }

    /// <summary>The finished object, once it is sure that no field was left unread.</summary>
    public T Closed<T>(T read)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!seen.Contains(property.Name))
            {
                throw Fault(property.Name, "is a field this version does not know");
            }
        }

        return read;
    }

    public bool Has(string name) => element.TryGetProperty(name, out _);

    public string Text(string name) => TextOrNull(name) ?? throw Kind(name, "a text");

    public string? TextOrNull(string name) => Field(name) switch
    {
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { ValueKind: JsonValueKind.Null } => null,
        _ => throw Kind(name, "a text"),
    };

    public int Int(string name) => Field(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number)
        ? number : throw Kind(name, "a whole number of 32 bits");

    public long Long(string name) => Field(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out long number)
        ? number : throw Kind(name, "a whole number of 64 bits");

    public ulong ULong(string name) => Field(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetUInt64(out ulong number)
        ? number : throw Kind(name, "a whole number from 0 to 2^64 - 1");

    public bool Flag(string name) => Field(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Kind(name, "true or false"),
    };

    public double Number(string name) => NumberOrNull(name) ?? throw Kind(name, "a number");

    public double? OptionalNumber(string name) => Has(name) ? Number(name) : null;

    public double? NumberOrNull(string name)
    {
        JsonElement value = Field(name);
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.String => value.GetString() switch
            {
                "NaN" => double.NaN,
                "Infinity" => double.PositiveInfinity,
                "-Infinity" => double.NegativeInfinity,
                _ => throw Kind(name, "a number"),
            },
            _ => throw Kind(name, "a number"),
        };
    }

    public byte[]? BytesOrNull(string name)
    {
        JsonElement value = Field(name);
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out byte[]? bytes) ? bytes : throw Kind(name, "bytes in base64");
    }

    public JsonFields Object(string name) => new(Field(name), $"{path}.{name}", source);

    public JsonFields? ObjectOrNull(string name) => Field(name).ValueKind == JsonValueKind.Null ? null : Object(name);

    public IReadOnlyList<T> Objects<T>(string name, Func<JsonFields, T> read) =>
        Items(name, (item, at) => read(new JsonFields(item, at, source)));

    public IReadOnlyList<string>? TextsOrNull(string name) => Field(name).ValueKind == JsonValueKind.Null ? null : Texts(name);

    public IReadOnlyList<string> Texts(string name) => Items(name, (item, at) =>
        item.ValueKind == JsonValueKind.String ? item.GetString()! : throw new DataException(Message(at, $"must be a text, but is {Words(item)}")));

    /// <summary>A square table of counts, row after row.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Counts(string name)
    {
        int side = Field(name).ValueKind == JsonValueKind.Array ? Field(name).GetArrayLength() : 0;
        return Items(name, (row, at) => (IReadOnlyList<int>)Row(row, at, side));
    }

    /// <summary>A fault at one field, or at the object itself.</summary>
    public DataException Fault(string? name, string what) => new(Message(name is null ? path : $"{path}.{name}", what));

    private int[] Row(JsonElement row, string at, int side)
    {
        if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != side)
        {
            throw new DataException(Message(at, $"must be an array of {side} counts, one for every row of the table, but is {Words(row)}"));
        }

        var counts = new int[side];
        for (int i = 0; i < side; i++)
        {
            if (row[i].ValueKind != JsonValueKind.Number || !row[i].TryGetInt32(out counts[i]) || counts[i] < 0)
            {
                throw new DataException(Message($"{at}[{i}]", $"must be a count, but is {Words(row[i])}"));
            }
        }

        return counts;
    }

    private T[] Items<T>(string name, Func<JsonElement, string, T> read)
    {
        JsonElement list = Field(name);
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw Kind(name, "an array");
        }

        var items = new T[list.GetArrayLength()];
        int i = 0;
        foreach (JsonElement item in list.EnumerateArray())
        {
            items[i] = read(item, $"{path}.{name}[{i}]");
            i++;
        }

        return items;
    }

    private JsonElement Field(string name)
    {
        seen.Add(name);
        return element.TryGetProperty(name, out JsonElement value) ? value : throw Fault(name, "is missing");
    }

    private DataException Kind(string name, string wanted) => Fault(name, $"must be {wanted}, but is {Words(Field(name))}");

    private string Message(string at, string what) => $"{source}: {at} {what}. Give a file written by 'seedhead fit --json' of this version.";

    private static string Words(JsonElement value)
    {
        string raw = value.GetRawText();
        return raw.Length <= 40 ? raw : $"{raw.AsSpan(0, 40)}…";
    }
}

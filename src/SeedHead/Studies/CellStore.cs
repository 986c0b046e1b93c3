using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SeedHead.Studies;

/// <summary>Finished cells of studies in a file of one JSON object a line, so that a run that was stopped goes on where it stopped.</summary>
/// <remarks>The file is replaced whole after every cell. A cell is known by its "key", which holds all that decides its numbers.</remarks>
internal sealed class CellStore
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }; // "+" as it is
    private readonly string? path;
    private readonly Dictionary<string, JsonObject> cells = new(StringComparer.Ordinal);
    private readonly List<string> order = [];

    /// <param name="folder">The folder of <c>cells.jsonl</c>, made if it is not there; null: cells are kept in memory alone.</param>
    public CellStore(string? folder)
    {
        if (folder is null)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        path = Path.Combine(folder, "cells.jsonl");
        int number = 0;
        foreach (string line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            number++;
            Add(Read(line, number));
        }
    }

    /// <summary>The cell of a key, or null.</summary>
    public JsonObject? Find(string key) => cells.GetValueOrDefault(key);

    /// <summary>Keeps a cell: when this returns it is on the disk.</summary>
    public void Keep(JsonObject cell)
    {
        Add(cell);
        if (path is not null)
        {
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(string.Concat(order.Select(key => cells[key].ToJsonString(Readable) + "\n")))));
        }
    }

    private void Add(JsonObject cell)
    {
        string key = (string)cell["key"]!;
        if (!cells.ContainsKey(key))
        {
            order.Add(key);
        }

        cells[key] = cell;
    }

    private JsonObject Read(string line, int number)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject cell && cell["key"] is JsonValue key && key.GetValueKind() == JsonValueKind.String
                ? cell
                : throw new DataException($"{path}: line {number} is not a finished cell. Delete the line; the cell is then run again.");
        }
        catch (JsonException e)
        {
            throw new DataException($"{path}: line {number}, column {(e.BytePositionInLine ?? 0) + 1} is not JSON. Delete the line; the cell is then run again.", e);
        }
    }
}

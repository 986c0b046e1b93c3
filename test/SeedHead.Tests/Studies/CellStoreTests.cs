using System.Text.Json.Nodes;
using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

public sealed class CellStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_kept_cell_is_there_for_the_next_run_and_no_other_is()
    {
        string within = folder.File("results");
        new CellStore(within).Keep(Cell("a | 1+2", 3));
        new CellStore(within).Keep(Cell("b", 4));
        var again = new CellStore(within);
        Assert.Equal(3, (int)again.Find("a | 1+2")!["value"]!);
        Assert.Equal(4, (int)again.Find("b")!["value"]!);
        Assert.Null(again.Find("a"));
        Assert.Equal(["cells.jsonl"], Directory.GetFiles(within).Select(Path.GetFileName)); // nothing half-written is left
        Assert.Contains("a | 1+2", File.ReadAllText(Path.Combine(within, "cells.jsonl")), StringComparison.Ordinal); // readable, "+" is not escaped
    }

    [Fact]
    public void A_cell_run_again_takes_the_place_of_the_old_one()
    {
        var store = new CellStore(folder.Path);
        store.Keep(Cell("a", 1));
        store.Keep(Cell("a", 2));
        Assert.Single(File.ReadAllLines(folder.File("cells.jsonl")));
        Assert.Equal(2, (int)new CellStore(folder.Path).Find("a")!["value"]!);
    }

    [Fact]
    public void Without_a_folder_cells_are_kept_in_memory()
    {
        var store = new CellStore(null);
        store.Keep(Cell("a", 1));
        Assert.NotNull(store.Find("a"));
    }

    [Theory]
    [InlineData("{\"key\":\"a\"}\n{\"key\":", "line 2")]
    [InlineData("{\"value\":1}\n", "line 1 is not a finished cell")]
    [InlineData("[1]\n", "line 1 is not a finished cell")]
    [InlineData("{\"key\":3}\n", "line 1 is not a finished cell")]
    public void A_line_that_is_no_cell_is_named(string text, string part)
    {
        folder.Write("cells.jsonl", text);
        var error = Assert.Throws<DataException>(() => new CellStore(folder.Path));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Contains("Delete the line", error.Message, StringComparison.Ordinal);
    }

    private static JsonObject Cell(string key, int value) => new() { ["key"] = key, ["value"] = value };
}

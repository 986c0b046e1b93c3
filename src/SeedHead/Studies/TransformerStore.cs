using System.Globalization;
using System.Text.Json.Nodes;
using SeedHead.Complexity;
using SeedHead.Networks;
using SeedHead.Random;

namespace SeedHead.Studies;

/// <summary>Finished cells of sequences: the phrases of every sequence, and the first few sequences.</summary>
internal sealed class TransformerStore(TransformerQuestion question)
{
    private const int Shown = 16;

    private readonly CellStore store = new(question.Folder);

    /// <summary>The cell of a network, or null.</summary>
    public TransformerCell? Find(Architecture net, string activation, double scale) =>
        store.Find(Key(net)) is not { } cell ? null : Cell(
            net, activation, scale,
            [.. cell["phrases"]!.AsArray().Select(phrases => phrases is null
                ? ComplexityValue.Undefined(UndefinedCause.NotFinite)
                : ComplexityValue.Of((int)phrases / (double)(question.Length + 1)))],
            [.. cell["sequences"]!.AsArray().Select(sequence => sequence?.AsArray().Select(token => (int)token!).ToArray())]);

    /// <summary>Keeps the sequences of a network.</summary>
    public TransformerCell Keep(Architecture net, string activation, double scale, int[]?[] sequences)
    {
        int[]?[] shown = sequences[..Math.Min(Shown, sequences.Length)];
        store.Keep(new JsonObject
        {
            ["key"] = Key(net),
            ["phrases"] = new JsonArray([.. sequences.Select(sequence => sequence is null ? null : (JsonNode)LempelZiv78.Phrases(sequence))]),
            ["sequences"] = new JsonArray([.. shown.Select(sequence => sequence is null ? null : new JsonArray([.. sequence.Select(token => (JsonNode)token)]))]),
        });
        return Cell(net, activation, scale, [.. sequences.Select(TokenSequences.Complexity)], shown);
    }

    private static TransformerCell Cell(Architecture net, string activation, double scale, ComplexityValue[] values, int[]?[] shown) =>
        new(activation, new ComplexityCell(TransformerAnswer.Measure, net.ToString(), scale, net.Depth, values), shown);

    private string Key(Architecture net) => string.Create(CultureInfo.InvariantCulture,
        $"{net} | length {question.Length} | seed {question.Seed} | stream {RandomStream.Version} | networks {question.Networks}{(question.SharesWeights ? " | shared weights" : "")}");
}

using System.Globalization;

namespace SeedHead.Training;

/// <summary>What of a network is learned, a value with a text form: parts joined by "+", as in "filters:0.1+bn+fc".</summary>
/// <remarks>
/// <para><c>filters:X[@out|in|rows|cols]</c>: of every convolution the last ⌊X·C + 10⁻⁹⌋ (X &lt; 1) or X (whole X; <c>all</c>) filters, with their biases; along
/// another axis at least one. <c>bn</c>, <c>bias</c>: gains and offsets of batch norms, all biases. <c>fc</c>: the output layer. <c>layer:NAME</c>,
/// <c>layers:A..B</c>: whole layers by name or by number. <c>all</c>: everything.</para>
/// <para>The 10⁻⁹ gives the published counts, whose 0.7 is the float 0.7000000000000001.</para>
/// </remarks>
internal sealed class LearnedPart
{
    private const double Slack = 1e-9;

    private readonly string text;
    private readonly IReadOnlyList<Rule> rules;

    private LearnedPart(string text, IReadOnlyList<Rule> rules) => (this.text, this.rules) = (text, rules);

    /// <summary>Says what of a tensor is learned, for tensors it is about.</summary>
    private sealed record Rule(string Text, bool MayBeEmpty, Func<ParameterTensor, Selection> Of);

    /// <summary>Reads a text form.</summary>
    /// <exception cref="FormatException">Not one: says what may stand there.</exception>
    public static LearnedPart Parse(string text) => new(text, [.. text.Split('+').Select(ReadRule)]);

    /// <summary>The text form.</summary>
    public override string ToString() => text;

    /// <summary>What is learned of every tensor, and remarks: parts that a network does not have, layers of which nothing is learned.</summary>
    /// <param name="tensors">The tensors of a network.</param>
    /// <exception cref="ArgumentException">A part matches nothing, or nothing is learned: lists the layers.</exception>
    public (IReadOnlyList<Selection> Selections, IReadOnlyList<string> Notes) Of(IReadOnlyList<ParameterTensor> tensors)
    {
        var notes = new List<string>();
        foreach (Rule rule in rules.Where(rule => tensors.All(tensor => rule.Of(tensor).Count(tensor) == 0)))
        {
            notes.Add(rule.MayBeEmpty
                ? $"{rule.Text}: the network has none."
                : throw new ArgumentException($"{rule.Text}: matches nothing that could be learned. Layers: {string.Join(", ", tensors.Select(t => t.Layer).Distinct())}."));
        }

        Selection[] selections = [.. tensors.Select(tensor => rules.Aggregate(Selection.None, (sum, rule) => sum.With(rule.Of(tensor))))];
        if (selections.Zip(tensors, (selection, tensor) => selection.Count(tensor)).Sum() == 0)
        {
            throw new ArgumentException($"{text}: nothing would be learned.");
        }

        notes.AddRange(Untouched(tensors, selections));
        return (selections, notes);
    }

    // ⌊0.07·12⌋ = 0: the narrow layers of densely connected networks then learn nothing, which costs them dearly.
    private IEnumerable<string> Untouched(IReadOnlyList<ParameterTensor> tensors, Selection[] selections)
    {
        if (!rules.Any(rule => rule.Text.StartsWith("filters", StringComparison.Ordinal)))
        {
            yield break;
        }

        string[] empty = [.. tensors.Where((tensor, i) => tensor.Kind == ParameterKind.Filters && selections[i].Count(tensor) == 0).Select(tensor => tensor.Layer)];
        if (empty.Length > 0)
        {
            yield return $"{text}: no filter is learned in {empty.Length} convolutions ({string.Join(", ", empty.Take(3))}{(empty.Length > 3 ? ", …" : "")}), because the share rounds down to 0 there.";
        }
    }

    private static Rule ReadRule(string part)
    {
        string[] words = part.Split(':', 2);
        return (words[0], words.Length) switch
        {
            ("all", 1) => new(part, false, Selection.All),
            ("bn", 1) => Whole(part, true, tensor => tensor.Kind is ParameterKind.Gain or ParameterKind.Offset),
            ("ln", 1) => Whole(part, true, _ => false), // layer norms have no parameters of their own
            ("bias", 1) => Whole(part, true, tensor => tensor.Kind is ParameterKind.FilterBiases or ParameterKind.DenseBiases),
            (ParameterTensor.Classifier, 1) => Whole(part, false, tensor => tensor.Layer == ParameterTensor.Classifier),
            ("filters", 2) => ReadFilters(part, words[1]),
            ("layer", 2) => Whole(part, false, tensor => tensor.Layer == words[1]),
            ("layers", 2) => ReadLayers(part, words[1]),
            _ => throw new FormatException($"\"{part}\" is not a part that can be learned. Give filters:0.1, bn, ln, bias, fc, layer:NAME, layers:A..B or all, joined by +."),
        };
    }

    private static Rule Whole(string part, bool mayBeEmpty, Func<ParameterTensor, bool> about) =>
        new(part, mayBeEmpty, tensor => about(tensor) ? Selection.All(tensor) : Selection.None);

    private static Rule ReadLayers(string part, string range)
    {
        string[] ends = range.Split("..");
        return ends.Length == 2 && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int from)
            && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out int to) && from >= 1 && from <= to
            ? Whole(part, false, tensor => tensor.Number >= from && tensor.Number <= to && tensor.Kind is not (ParameterKind.Gain or ParameterKind.Offset))
            : throw new FormatException($"\"{part}\": give a range of layers with weights, counted from 1, such as layers:2..5.");
    }

    private static Rule ReadFilters(string part, string rest)
    {
        string[] words = rest.Split('@', 2);
        double share = words[0] == "all" ? double.PositiveInfinity
            : double.TryParse(words[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && (value < 1 || value % 1 == 0) ? value
            : throw new FormatException($"\"{part}\": give a share below 1, a whole number of filters, or all.");
        Func<int, int, int> learned = (length, least) => Math.Clamp(share < 1 ? (int)((share * length) + Slack) : (int)Math.Min(share, length), Math.Min(least, length), length);
        return new(part, false, (words.Length == 1 ? "out" : words[1]) switch
        {
            "out" => tensor => tensor.Kind is ParameterKind.Filters or ParameterKind.FilterBiases ? new(learned(tensor.Outputs, 0), 0, 0, 0) : Selection.None,
            "in" => tensor => tensor.Kind == ParameterKind.Filters ? new(0, learned(tensor.Inputs, 1), 0, 0) : Selection.None,
            "rows" => tensor => tensor.Kind == ParameterKind.Filters ? new(0, 0, learned(tensor.Rows, 1), 0) : Selection.None,
            "cols" => tensor => tensor.Kind == ParameterKind.Filters ? new(0, 0, 0, learned(tensor.Columns, 1)) : Selection.None,
            _ => throw new FormatException($"\"{part}\": the axis is out, in, rows or cols."),
        });
    }
}

using System.Globalization;

namespace SeedHead.Training;

/// <summary>One part of a <see cref="LearnedPart"/>.</summary>
/// <param name="Text">Its text form.</param>
/// <param name="Of">What of a tensor it learns; the second argument tells whether the network has convolutions.</param>
internal sealed record LearnedRule(string Text, Func<ParameterTensor, bool, Selection> Of)
{
    private const double Slack = 1e-9; // gives the published counts, whose 0.7 is the float 0.7000000000000001
    private const string Allowed = "filters:0.1, bn, ln, bias, fc, layer:NAME, layer:NAME:0.1, layers:A..B, mask:0.5, subspace:1000 or all, joined by +";

    /// <summary>What to say where a network has nothing of it; null where that is an error.</summary>
    public string? IfNone { get; private init; }

    /// <summary>Whether the share of a layer may round down to nothing there.</summary>
    public bool IsShare { get; private init; }

    /// <summary>For a mask: the share of weights it keeps.</summary>
    public double? MaskShare { get; private init; }

    /// <summary>For a subspace: its dimensions.</summary>
    public int? Dimensions { get; private init; }

    /// <summary>Reads one part.</summary>
    /// <exception cref="FormatException">Not one: says what may stand there.</exception>
    public static LearnedRule Parse(string part)
    {
        string[] words = part.Split(':', 2);
        return (words[0], words.Length) switch
        {
            ("all", 1) => Whole(part, _ => true),
            ("bn", 1) => Whole(part, tensor => tensor.IsNorm) with { IfNone = "the network has none" },
            ("ln", 1) => Whole(part, _ => false) with { IfNone = "layer norms have no parameters, so it adds nothing" },
            ("bias", 1) => Whole(part, tensor => tensor.IsBias) with { IfNone = "the network has none" },
            (ParameterTensor.Classifier, 1) => Whole(part, tensor => tensor.Layer == ParameterTensor.Classifier),
            ("filters", 2) => Share(part, words[1], (tensor, images) => images ? tensor.IsOfConvolution : tensor.IsOfDense && tensor.Layer != ParameterTensor.Classifier),
            ("layer", 2) => ReadLayer(part, words[1].Split(':', 2)),
            ("layers", 2) => ReadLayers(part, words[1]),
            ("mask", 2) => new(part, (_, _) => Selection.None) { MaskShare = ReadMask(part, words[1]) },
            ("subspace", 2) => new(part, (_, _) => Selection.None) { Dimensions = ReadDimensions(part, words[1]) },
            _ => throw new FormatException($"\"{part}\" is not a part that can be learned. Give {Allowed}."),
        };
    }

    private static LearnedRule Whole(string part, Func<ParameterTensor, bool> about) => new(part, (tensor, _) => about(tensor) ? Selection.All(tensor) : Selection.None);

    private static LearnedRule ReadLayer(string part, string[] words)
    {
        bool About(ParameterTensor tensor) => tensor.Layer == words[0] || tensor.Block == words[0];
        return words.Length == 1 ? Whole(part, About) : Share(part, words[1], (tensor, _) => About(tensor));
    }

    private static LearnedRule ReadLayers(string part, string range)
    {
        string[] ends = range.Split("..");
        return ends.Length == 2 && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int from)
            && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out int to) && from >= 1 && from <= to
            ? Whole(part, tensor => tensor.Number >= from && tensor.Number <= to && !tensor.IsNorm)
            : throw new FormatException($"\"{part}\": give a range of layers with weights, counted from 1, such as layers:2..5.");
    }

    private static double ReadMask(string part, string share) =>
        double.TryParse(share, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value is > 0 and <= 1 ? value
        : throw new FormatException($"\"{part}\": give the share of weights to keep, above 0 and at most 1, such as mask:0.5.");

    private static int ReadDimensions(string part, string dimensions) =>
        int.TryParse(dimensions, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0 ? value
        : throw new FormatException($"\"{part}\": give a number of dimensions of at least 1, such as subspace:1000.");

    // A share of the weights' outputs with their biases, or of another axis of convolutions; norms are no part of it.
    private static LearnedRule Share(string part, string rest, Func<ParameterTensor, bool, bool> about)
    {
        string[] words = rest.Split('@', 2);
        double share = words[0] == "all" ? double.PositiveInfinity
            : double.TryParse(words[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && (value < 1 || value % 1 == 0) ? value
            : throw new FormatException($"\"{part}\": give a share below 1, a whole number, or all.");
        int Learned(int length, int least) => Math.Clamp(share < 1 ? (int)((share * length) + Slack) : (int)Math.Min(share, length), Math.Min(least, length), length);
        Func<ParameterTensor, Selection> of = (words.Length == 1 ? "out" : words[1]) switch
        {
            "out" => tensor => tensor.IsNorm ? Selection.None : new(Learned(tensor.Outputs, 0), 0, 0, 0),
            "in" => tensor => tensor.Kind == ParameterKind.Filters ? new(0, Learned(tensor.Inputs, 1), 0, 0) : Selection.None,
            "rows" => tensor => tensor.Kind == ParameterKind.Filters ? new(0, 0, Learned(tensor.Rows, 1), 0) : Selection.None,
            "cols" => tensor => tensor.Kind == ParameterKind.Filters ? new(0, 0, 0, Learned(tensor.Columns, 1)) : Selection.None,
            _ => throw new FormatException($"\"{part}\": the axis is out, in, rows or cols."),
        };
        return new(part, (tensor, images) => about(tensor, images) ? of(tensor) : Selection.None) { IsShare = true };
    }
}

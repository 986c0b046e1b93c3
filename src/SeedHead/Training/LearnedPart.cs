using System.Text.RegularExpressions;

namespace SeedHead.Training;

/// <summary>What of a network is learned, a value with a text form: parts joined by "+", as in "filters:0.1+bn+fc".</summary>
/// <remarks>
/// <para><c>filters:X[@out|in|rows|cols]</c>: of every convolution the last ⌊X·C + 10⁻⁹⌋ (X &lt; 1) or X (whole X; <c>all</c>) filters, with their biases; along
/// another axis at least one. Without convolutions: outputs of the hidden dense layers. <c>bn</c>, <c>bias</c>: gains and offsets of batch norms, all biases.
/// <c>fc</c>: the output layer. <c>layer:NAME[:X[@axis]]</c>: a layer or a block, or a share of it. <c>layers:A..B</c>: whole layers by number. <c>all</c>: everything.</para>
/// <para><c>mask:K</c>: which share K of the weights is used, <see cref="MaskScores"/>. <c>subspace:D</c>: D directions, <see cref="Subspace"/>. Both leave
/// tensors of which another part learns something to that part, and a subspace those of a mask to the mask.</para>
/// </remarks>
internal sealed partial class LearnedPart
{
    private readonly string text;
    private readonly IReadOnlyList<LearnedRule> rules;

    private LearnedPart(string text, IReadOnlyList<LearnedRule> rules) => (this.text, this.rules) = (text, rules);

    /// <summary>Reads a text form.</summary>
    /// <exception cref="FormatException">Not one: says what may stand there.</exception>
    public static LearnedPart Parse(string text)
    {
        LearnedRule[] rules = [.. text.Split('+').Select(LearnedRule.Parse)];
        return rules.Count(rule => rule.MaskShare is not null) > 1 || rules.Count(rule => rule.Dimensions is not null) > 1
            ? throw new FormatException($"\"{text}\": a mask and a subspace can each be given once.")
            : new(text, rules);
    }

    /// <summary>The text form.</summary>
    public override string ToString() => text;

    /// <summary>What is learned of every tensor.</summary>
    /// <param name="tensors">The tensors of a network.</param>
    /// <exception cref="ArgumentException">A part matches nothing, or nothing is learned: lists the layers.</exception>
    public LearnedPlan Of(IReadOnlyList<ParameterTensor> tensors)
    {
        bool images = tensors.Any(tensor => tensor.Kind == ParameterKind.Filters);
        var notes = new List<string>();
        foreach (LearnedRule rule in rules.Where(rule => rule is { MaskShare: null, Dimensions: null } && tensors.All(tensor => rule.Of(tensor, images).Count(tensor) == 0)))
        {
            notes.Add(rule.IfNone is { } remark ? $"{rule.Text}: {remark}." : throw Nothing(rule, tensors));
        }

        Selection[] selections = [.. tensors.Select(tensor => rules.Aggregate(Selection.None, (sum, rule) => sum.With(rule.Of(tensor, images))))];
        LearnedPlan plan = new(selections, notes) { Ways = WaysOf(tensors, selections), MaskShare = Mask?.MaskShare ?? 0, Dimensions = Space?.Dimensions ?? 0 };
        if (plan.LearnedCount(tensors) == 0)
        {
            throw new ArgumentException($"{text}: nothing would be learned.");
        }

        notes.AddRange(Untouched(tensors, plan));
        return plan;
    }

    private LearnedRule? Mask => rules.FirstOrDefault(rule => rule.MaskShare is not null);

    private LearnedRule? Space => rules.FirstOrDefault(rule => rule.Dimensions is not null);

    private LearnedBy[] WaysOf(IReadOnlyList<ParameterTensor> tensors, Selection[] selections)
    {
        var ways = new LearnedBy[tensors.Count];
        for (int i = 0; i < ways.Length; i++)
        {
            bool free = selections[i].Count(tensors[i]) == 0;
            ways[i] = free && Mask is not null && tensors[i].IsWeights ? LearnedBy.Mask : free && Space is not null ? LearnedBy.Subspace : LearnedBy.Values;
        }

        if (Mask is { } mask && !ways.Contains(LearnedBy.Mask))
        {
            throw new ArgumentException($"{mask.Text}: every tensor of weights is learned by another part already, so nothing is left for a mask.");
        }

        long room = tensors.Where((_, i) => ways[i] == LearnedBy.Subspace).Sum(tensor => tensor.Count);
        return Space is { } space && space.Dimensions > room
            ? throw new ArgumentException($"{space.Text}: {room} numbers are left for a subspace, so it can have at most {room} dimensions.")
            : ways;
    }

    // ⌊0.07·12⌋ = 0: the narrow layers of densely connected networks then learn nothing, which costs them dearly.
    private IEnumerable<string> Untouched(IReadOnlyList<ParameterTensor> tensors, LearnedPlan plan)
    {
        bool images = tensors.Any(tensor => tensor.Kind == ParameterKind.Filters);
        bool IsEmpty(ParameterTensor tensor, int i) => plan.Ways[i] == LearnedBy.Values && plan.Selections[i].Count(tensor) == 0;
        string[] empty = [.. tensors.Where((tensor, i) => tensor.Kind == (images ? ParameterKind.Filters : ParameterKind.Dense) && tensor.Layer != ParameterTensor.Classifier && IsEmpty(tensor, i))
            .Select(tensor => tensor.Layer).Distinct()];
        if (empty.Length > 0 && rules.Any(rule => rule.IsShare && rule.Text.StartsWith("filters", StringComparison.Ordinal)))
        {
            string what = images ? $"no filter is learned in {empty.Length} convolutions" : $"no output is learned in {empty.Length} dense layers";
            yield return $"{text}: {what} ({string.Join(", ", empty.Take(3))}{(empty.Length > 3 ? ", …" : "")}), because the share rounds down to 0 there.";
        }
    }

    private static ArgumentException Nothing(LearnedRule rule, IReadOnlyList<ParameterTensor> tensors)
    {
        string layers = Listed(tensors.Select(tensor => tensor.Layer)), blocks = Listed(tensors.Select(tensor => tensor.Block).OfType<string>());
        return new($"{rule.Text}: matches nothing that could be learned. Layers: {layers}{(blocks.Length > 0 ? $"; blocks: {blocks}" : "")}.");
    }

    /// <summary>Names with their numbers put together: "conv1 to conv25, bn1 to bn25, fc".</summary>
    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Distinct().GroupBy(name => Digits().Replace(name, ""))
        .Select(group => group.Count() < 3 ? string.Join(", ", group) : $"{group.First()} to {group.Last()}"));

    [GeneratedRegex("[0-9]+$")]
    private static partial Regex Digits();
}

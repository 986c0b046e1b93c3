using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>A5: activations at a fixed number of networks.</summary>
internal static class NnpkActivations
{
    private const string Id = "A5", Title = "Which activation?";

    private static readonly string[] Activations = ["id", "relu", "leaky0.1", "gelu", "silu", "tanh", "erf", "sin", "cos", "abs", "step", "sign", "square", "gaussian"];

    /// <summary>sin of inputs that are scaled up is a narrow Gaussian kernel.</summary>
    private const string Steep = "scale4-sin";

    public static NnpkPart Of(NnpkForm form) => new(Id, Title, [.. from word in (string[])[.. Activations, Steep] from seed in Enumerable.Range(1, form.Seeds) select Cell(form, word, seed)],
        results => Checks(form, results), results => Show(form, results));

    private static string Net(NnpkForm form, string word) => $"{form.Inputs}-64-{word}-1";

    private static string Key(NnpkForm form, string word, int seed) => $"{Id} {form.Set} {form.SomeRows}/{form.Tests} {Net(form, word)} n {form.SomeNetworks} seed {seed}";

    private static double[] Values(NnpkForm form, NnpkResults results, string word, string name) => results.Values(Enumerable.Range(1, form.Seeds).Select(seed => Key(form, word, seed)), name);

    private static NnpkCell Cell(NnpkForm form, string word, int seed) => new(Key(form, word, seed), context =>
    {
        NnpkData data = context.Data(form.Set, form.SomeRows, form.Tests, (ulong)seed);
        Architecture net = Architecture.Parse(Net(form, word));
        using NativeBuffer<float> features = NnpkReadouts.Features(context, data, net, WeightPrior.DefaultFor(net.FirstActivation), (ulong)seed, form.SomeNetworks);
        return NnpkReadouts.ByCount(context, data, Strided<float>.RowMajor(features, data.Train.Count + data.Test.Count, form.SomeNetworks), [form.SomeNetworks]);
    });

    private static IEnumerable<Check> Checks(NnpkForm form, NnpkResults results)
    {
        double Mean(string word) => Statistics.Mean(Values(form, results, word, "ridge"));
        double lead = Mean("relu") - Mean("id");
        yield return new($"{Id} bent", "A bent activation beats the linear one.", "relu less id, points", "≥ 0.5", lead >= 0.5, "identity is the linear limit (expected shape)", lead, FormattableString.Invariant($"relu {Mean("relu"):0.0}, id {Mean("id"):0.0}"));
        double loss = Mean("sin") - Mean(Steep);
        yield return new($"{Id} steep", "The sine of large inputs overfits.", "sin less sin of inputs times 4, points", "≥ 5", loss >= 5, "a narrow Gaussian kernel (expected shape)", loss, FormattableString.Invariant($"sin {Mean("sin"):0.0}, {Steep} {Mean(Steep):0.0}"));
    }

    private static StudyResult Show(NnpkForm form, NnpkResults results)
    {
        var rows = ((string[])[.. Activations, Steep]).Select(word => (Word: word, Ridge: Values(form, results, word, "ridge"), Near: Values(form, results, word, "near1"))).Where(row => row.Ridge.Length > 0)
            .OrderByDescending(row => Statistics.Mean(row.Ridge)).ToArray();
        return new(Id, Title,
            [new("a5", $"Test accuracy (%) by activation: {form.Set}, {form.SomeRows} rows, {form.SomeNetworks} networks of one hidden layer, width 64", ["activation", "ridge", "1-NN by cosine"],
                [.. rows.Select(row => (IReadOnlyList<string>)[row.Word, NnpkTables.Text(row.Ridge), NnpkTables.Text(row.Near)])])],
            [], rows.Length == 0 ? [] : [new($"Ridge by activation, {form.Set}", "Test accuracy (%)", [.. rows.Select(row => (row.Word, (IReadOnlyList<double>)row.Ridge))])],
            "He's law for activations like relu, LeCun's for the others; no biases.");
    }
}

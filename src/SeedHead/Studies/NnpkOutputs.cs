using System.Globalization;
using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>A2: as many features from fewer networks.</summary>
/// <remarks>"Known" values: as in A1, about 2,050 features of depth 3, computed beforehand by other code.</remarks>
internal static class NnpkOutputs
{
    private const string Id = "A2", Law = "he-normal", Title = "Many networks with one output, or few with many?";

    private sealed record Way(string Name, int Outputs, bool Hidden, double? Fashion, double? Mnist)
    {
        public double? Known(string set) => set == "fashion-mnist" ? Fashion : set == "mnist" ? Mnist : null;
    }

    private static readonly Way[] Ways = [new("1 output a network", 1, false, 84.3, 94.5), new("10 outputs a network", 10, false, 84.2, 94.1), new("64 outputs a network", 64, false, 83.7, 92.7), new("last hidden layer", 64, true, null, null)];

    public static NnpkPart Of(NnpkForm form) => new(Id, Title, [.. from set in form.Sets from way in Ways from seed in Enumerable.Range(1, form.Seeds) select Cell(form, set, way, seed)],
        results => Checks(form, results), results => Show(form, results));

    private static int Networks(NnpkForm form, Way way) => (form.Networks + way.Outputs - 1) / way.Outputs;

    private static string Key(NnpkForm form, string set, Way way, int seed) => $"{Id} {set} {form.Rows} {form.Inputs}-3*(64-relu)-{way.Outputs} {(way.Hidden ? "hidden" : "outputs")} n {Networks(form, way)} seed {seed}";

    private static string[] Keys(NnpkForm form, string set, Way way) => [.. Enumerable.Range(1, form.Seeds).Select(seed => Key(form, set, way, seed))];

    private static NnpkCell Cell(NnpkForm form, string set, Way way, int seed) => new(Key(form, set, way, seed), context =>
    {
        NnpkData data = context.Data(set, form.Rows, 0, (ulong)seed);
        Architecture net = Architecture.Parse($"{form.Inputs}-3*(64-relu)-{(way.Hidden ? 1 : way.Outputs)}");
        using NativeBuffer<float> features = NnpkReadouts.Features(context, data, net, WeightPrior.Parse(Law), (ulong)seed, Networks(form, way), way.Hidden);
        long rows = data.Train.Count + data.Test.Count;
        return NnpkReadouts.ByCount(context, data, Strided<float>.RowMajor(features, rows, features.Length / rows), [(int)(features.Length / rows)]);
    });

    private static IEnumerable<Check> Checks(NnpkForm form, NnpkResults results)
    {
        foreach (string set in form.Sets)
        {
            double[] means = [.. Ways.Select(way => Statistics.Mean(results.Values(Keys(form, set, way), "ridge")))];
            double gap = Math.Min(means[0] - means[1], means[0] - means[2]);
            yield return new(
                $"{Id} {set}", $"{set}: networks with one output are at least as good at equal dimension.", "least lead over 10 and 64 outputs, points", "≥ −0.5", gap >= -0.5,
                set == "mnist" ? "0.4 and 1.8 (another program)" : "0.1 and 0.6 (another program)", gap, string.Join(", ", Ways.Zip(means, (way, mean) => FormattableString.Invariant($"{way.Name} {mean:0.0}"))));
        }
    }

    private static StudyResult Show(NnpkForm form, NnpkResults results) => new(
        Id, Title,
        [
            new("a2", "Test accuracy (%) of ridge on as many features, depth 3, width 64", ["features", "networks", .. form.Sets.SelectMany(set => (string[])[set, $"{set}, known"])],
            [
                .. Ways.Select(way => (IReadOnlyList<string>)[
                    way.Name, Networks(form, way).ToString(CultureInfo.InvariantCulture),
                    .. form.Sets.SelectMany(set => (string[])[NnpkTables.Text(results.Values(Keys(form, set, way), "ridge")), way.Known(set)?.ToString("0.0", CultureInfo.InvariantCulture) ?? "–"])]),
            ]),
        ],
        [], [.. form.Sets.Select(set => new Comparison($"Ridge on about {form.Networks} features, {set}", "Test accuracy (%)", [
            .. Ways.Select(way => (way.Name, (IReadOnlyList<double>)results.Values(Keys(form, set, way), "ridge"))).Where(row => row.Item2.Count > 0)])).Where(comparison => comparison.Rows.Count > 0)],
        "The last hidden layer is 64 wide and is read itself, without outputs. Outputs of one network share its hidden layers, so their products vary together: a part of the variance of about L/W does not shrink with more outputs.");
}

using System.Globalization;
using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>A1: accuracy against the number of networks, beside the exact kernel and the pixels themselves.</summary>
/// <remarks>
/// "Known" values were computed beforehand by other code (NumPy) on one seed and one sample of 5,000 rows: width 64, He's law, one output a network, ridge on
/// centred and scaled features with a penalty from a fifth of the rows; a test accuracy has a standard error of 0.2 to 0.5 points.
/// </remarks>
internal static class NnpkCounts
{
    private const string Id = "A1", Law = "he-normal";

    private static readonly Dictionary<(string Set, int Depth), (double[] Ridge, double[] Near, double Exact)> Known = new()
    {
        [("fashion-mnist", 1)] = ([60.9, 69.5, 74.0, 78.3, 81.1, 82.7, 83.7, 83.8], [67.0, 73.7, 77.3, 78.8, 78.6, 79.4, 79.7, 79.9], 86.0),
        [("fashion-mnist", 3)] = ([58.0, 67.3, 73.0, 77.5, 80.2, 82.5, 83.1, 84.3], [62.7, 71.2, 75.9, 78.0, 79.2, 79.4, 79.7, 79.8], 86.3),
        [("mnist", 1)] = ([58.4, 68.6, 79.5, 85.3, 88.6, 91.7, 93.6, 94.5], [63.4, 80.9, 89.0, 91.4, 93.1, 93.7, 94.0, 94.1], 96.5),
        [("mnist", 3)] = ([49.4, 63.8, 75.4, 82.5, 88.1, 90.9, 93.0, 94.5], [53.1, 74.1, 85.2, 90.7, 92.7, 93.6, 94.1, 94.1], 96.7),
    };

    private static readonly Dictionary<string, (double Ridge, double Euclidean, double Cosine)> KnownRaw = new(StringComparer.Ordinal)
    {
        ["fashion-mnist"] = (81.0, 78.7, 80.2), ["mnist"] = (84.5, 93.7, 94.4),
    };

    /// <summary>One line of the study: a set and an architecture.</summary>
    private sealed record Line(string Set, string Name, string Net, int Depth, int Networks, int Rows, int Tests);

    public static NnpkPart Of(NnpkForm form)
    {
        Line[] lines = [.. Lines(form)];
        IEnumerable<NnpkCell> cells = from line in lines
                                      from seed in Seeds(form)
                                      from cell in (NnpkCell[])[Sampled(line, seed), .. line.Depth > 0 ? (NnpkCell[])[Exact(line, seed), Raw(line, seed)] : []]
                                      select cell;
        return new(Id, "How many random networks?", [.. cells.DistinctBy(cell => cell.Key)], results => Checks(form, lines, results), results => Show(form, lines, results));
    }

    private static IEnumerable<int> Seeds(NnpkForm form) => Enumerable.Range(1, form.Seeds);

    private static IEnumerable<Line> Lines(NnpkForm form)
    {
        foreach (string set in form.Sets)
        {
            yield return new(set, "1 hidden layer", $"{form.Inputs}-64-relu-1", 1, form.Networks, form.Rows, 0);
            yield return new(set, "3 hidden layers", $"{form.Inputs}-3*(64-relu)-1", 3, form.Networks, form.Rows, 0);
        }

        foreach ((string name, string parts) in ((string, string)[])[
            ("2 convolutions", "conv16@3-relu-maxpool2-conv32@3-relu-maxpool2-1"),
            ("residual, pooled globally", "conv16@3-res(relu-conv16@3-relu-conv16@3)-maxpool2-res(relu-conv16@3-relu-conv16@3)-relu-gap-1"),
            ("LeNet", "conv6@5p2-relu-maxpool2-conv16@5p2-relu-maxpool2-120-relu-84-relu-1")])
        {
            yield return new(form.Set, name, $"{form.Image}-{parts}", 0, form.ImageNetworks, form.SomeRows, form.Tests);
        }
    }

    private static string Key(Line line, string what, int seed) => $"{Id} {what} {line.Set} {line.Rows}/{line.Tests} {line.Net} {Law} n {line.Networks} seed {seed}";

    private static string RawKey(Line line, int seed) => $"{Id} pixels {line.Set} {line.Rows}/{line.Tests} seed {seed}";

    private static NnpkCell Sampled(Line line, int seed) => new(Key(line, "readouts", seed), context =>
    {
        NnpkData data = context.Data(line.Set, line.Rows, line.Tests, (ulong)seed);
        using NativeBuffer<float> features = NnpkReadouts.Features(context, data, Architecture.Parse(line.Net), WeightPrior.Parse(Law), (ulong)seed, line.Networks);
        return NnpkReadouts.ByCount(context, data, All(features, data), NnpkForm.Doubling(line.Networks), softmax: true);
    });

    private static NnpkCell Exact(Line line, int seed) => new(Key(line, "exact", seed), context =>
        NnpkReadouts.Exact(context, context.Data(line.Set, line.Rows, line.Tests, (ulong)seed), new LimitKernel(Architecture.Parse(line.Net), WeightPrior.Parse(Law)), tangent: false));

    private static unsafe NnpkCell Raw(Line line, int seed) => new(RawKey(line, seed), context =>
    {
        NnpkData data = context.Data(line.Set, line.Rows, line.Tests, (ulong)seed);
        fixed (float* x = data.Train.Values.Span, y = data.Test.Values.Span)
        {
            Strided<float> train = Strided<float>.RowMajor(x, data.Train.Count, data.Train.Columns), test = Strided<float>.RowMajor(y, data.Test.Count, data.Test.Columns);
            double Near(Nearness nearness) => NnpkReadouts.Accuracy(
                NearestNeighbours.Vote(NearestNeighbours.Find(context.Team, train, test, 1, nearness), 1, data.TrainCodes, 1), data.TestCodes);
            return new()
            {
                ["ridge"] = [NnpkReadouts.Ridge(context, data, train, test)], ["plainRidge"] = [NnpkReadouts.Ridge(context, data, train, test, standardise: false)],
                ["euclidean"] = [Near(Nearness.Euclidean)], ["cosine"] = [Near(Nearness.Cosine)],
            };
        }
    });

    private static unsafe Strided<float> All(NativeBuffer<float> features, NnpkData data) =>
        Strided<float>.RowMajor(features, data.Train.Count + data.Test.Count, features.Length / (data.Train.Count + data.Test.Count));

    private static IEnumerable<Check> Checks(NnpkForm form, Line[] lines, NnpkResults results)
    {
        string[] Keys(Line line, string what) => [.. Seeds(form).Select(seed => Key(line, what, seed))];
        foreach (Line line in lines.Where(line => line.Depth > 0))
        {
            if (!Known.TryGetValue((line.Set, line.Depth), out var known) || form.Full)
            {
                continue;
            }

            foreach ((string name, string word, double[] values) in ((string, string, double[])[])[("ridge", "ridge", known.Ridge), ("near1", "nearest neighbour", known.Near)])
            {
                double[] off = [.. Enumerable.Range(4, values.Length - 4).Select(i => Statistics.Mean(NnpkTables.At(results, Keys(line, "readouts"), name, i)) - values[i])];
                double worst = off.MaxBy(Math.Abs);
                yield return new(
                    $"{Id} {line.Set} {line.Depth} {name}", $"{line.Set}, {line.Name}, {word}: the known accuracies at n of 256 and more.", "furthest from the known value, points", "≤ 1.5 in size",
                    Math.Abs(worst) <= 1.5, string.Join(", ", values[4..].Select(value => value.ToString("0.0", CultureInfo.InvariantCulture))), worst,
                    string.Join(", ", off.Select(value => value.ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture))));
            }

            double exact = Statistics.Mean(results.Values(Keys(line, "exact"), "test"));
            yield return new(
                $"{Id} {line.Set} {line.Depth} exact", $"{line.Set}, {line.Name}: the known accuracy of the exact kernel.", "accuracy less the known one, points", "≤ 0.7 in size",
                Math.Abs(exact - known.Exact) <= 0.7, known.Exact.ToString("0.0", CultureInfo.InvariantCulture), exact - known.Exact, $"{NnpkTables.Text(results.Values(Keys(line, "exact"), "test"))} %");
        }

        foreach (Line line in lines)
        {
            double[] means = [.. NnpkForm.Doubling(line.Networks).Select((_, i) => Statistics.Mean(NnpkTables.At(results, Keys(line, "readouts"), "ridge", i)))];
            double least = means.Zip(means.Skip(1), (a, b) => b - a).Min();
            yield return new(
                $"{Id} rises {line.Set} {line.Name}", $"{line.Set}, {line.Name}: more networks are better.", "least gain of a doubling, points", "≥ −0.5", least >= -0.5, "monotone (expected shape)", least,
                string.Join(", ", means.Select(value => value.ToString("0.0", CultureInfo.InvariantCulture))));
        }
    }

    private static StudyResult Show(NnpkForm form, Line[] lines, NnpkResults results)
    {
        int[] counts = NnpkForm.Doubling(form.Networks);
        string[] Keys(Line line, string what) => [.. Seeds(form).Select(seed => Key(line, what, seed))];
        string[] Row(Line line, string name) =>
        [
            $"{line.Set}, {line.Name}, {line.Rows} rows", .. counts.Select((_, i) => NnpkTables.Text(NnpkTables.At(results, Keys(line, "readouts"), name, i))),
            name is "ridge" or "near1" ? NnpkTables.Text(results.Values(Keys(line, "exact"), name == "ridge" ? "test" : "near1")) : "–",
        ];
        ResultTable Table(string name, string caption) => new(
            $"a1-{name}", caption, ["data and network", .. counts.Select(count => $"n = {count}"), "exact kernel"], [.. lines.Select(line => Row(line, name))]);
        ResultTable pixels = new("a1-pixels", "Test accuracy (%) of the pixels themselves", ["data", "ridge, scaled", "ridge, not scaled", "1-NN", "1-NN by cosine", "known: ridge, 1-NN, cosine"],
        [
            .. form.Sets.Select(set =>
            {
                Line line = lines.First(line => line.Set == set);
                string[] keys = [.. Seeds(form).Select(seed => RawKey(line, seed))];
                return (IReadOnlyList<string>)[
                    set, .. ((string[])["ridge", "plainRidge", "euclidean", "cosine"]).Select(name => NnpkTables.Text(results.Values(keys, name))),
                    KnownRaw.TryGetValue(set, out var known) ? FormattableString.Invariant($"{known.Ridge}, {known.Euclidean}, {known.Cosine}") : "–",
                ];
            }),
        ]);
        IEnumerable<Figure> Figures() => form.Sets.SelectMany(set => NnpkTables.Figure(
            $"Accuracy by the number of networks, {set}", "Number of networks n, one output each", "Test accuracy (%)", true,
            lines.Where(line => line.Set == set).SelectMany(line => (Series[])[
                NnpkTables.Line($"{line.Name}: ridge", NnpkForm.Doubling(line.Networks).Select((count, i) => NnpkTables.Point(count, NnpkTables.At(results, Keys(line, "readouts"), "ridge", i), ""))),
                .. results.Values(Keys(line, "exact"), "test") is { Length: > 0 } exact
                    ? (Series[])[NnpkTables.Line($"{line.Name}: exact kernel", ((int[])[counts[0], counts[^1]]).Select(count => NnpkTables.Point(count, [Statistics.Mean(exact)], "")), SeriesKind.Dashed)] : []]),
            "Test accuracy of ridge on the outputs of n random networks, n doubling; dashed: the exact kernel of infinitely wide ones."));
        return new(Id, "How many random networks?", [
            Table("ridge", "Test accuracy (%) of ridge by the number of networks n; exact kernel: Gaussian process"), Table("softmax", "Test accuracy (%) of softmax regression, its penalty by a fifth of the training rows"),
            Table("near1", "Test accuracy (%) of the nearest neighbour by cosine"), Table("near5", "Test accuracy (%) of the five nearest neighbours by cosine"), pixels],
            [.. Figures()], [],
            "One output a network. The exact kernel is that of infinitely wide layers: with one hidden layer the networks of width 64 have it too, with three they differ from it by about 1/64.");
    }
}

using System.Globalization;
using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Features;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>A12: accuracy by the number of labelled rows.</summary>
internal static unsafe class NnpkLabels
{
    private const string Id = "A12", Title = "How many labels?", Law = "he-normal";
    private const int Enough = 30; // labels a class from which the exact kernel is held against pixels

    private static readonly (string Word, string Name)[] Readouts =
    [
        ("pixels", "pixels, ridge"), ("scaled", "pixels scaled, ridge"), ("fourier", "random Fourier features, ridge"), ("networks", "random networks, ridge"), ("exact", "exact kernel"), ("near1", "pixels, 1-NN"),
    ];

    public static NnpkPart Of(NnpkForm form) => new(Id, Title, [.. from labels in Sizes(form) from seed in Enumerable.Range(1, form.Seeds) select Cell(form, labels, seed)],
        results => Checks(form, results), results => Show(form, results));

    private static int[] Sizes(NnpkForm form) => form.Quick ? [10, 30] : form.Full ? [10, 30, 100, 300, 1000, 2000] : [10, 30, 100, 300, 500];

    private static int Features(NnpkForm form) => 4 * form.SomeNetworks;

    private static string Net(NnpkForm form) => $"{form.Inputs}-64-relu-1";

    private static string Key(NnpkForm form, int labels, int seed) => $"{Id} {form.Set} {labels} a class, tests {form.Tests} {Net(form)} {Law} features {Features(form)} seed {seed}";

    private static string[] Keys(NnpkForm form, int labels) => [.. Enumerable.Range(1, form.Seeds).Select(seed => Key(form, labels, seed))];

    private static NnpkCell Cell(NnpkForm form, int labels, int seed) => new(Key(form, labels, seed), context =>
    {
        const int classes = 10;
        NnpkData data = context.Data(form.Set, labels * classes, form.Tests, (ulong)seed);
        Architecture net = Architecture.Parse(Net(form));
        int n = data.Train.Count, m = data.Test.Count;
        double Ridge(NativeBuffer<float> features)
        {
            Strided<float> all = Strided<float>.RowMajor(features, n + m, features.Length / (n + m));
            return NnpkReadouts.Ridge(context, data, all.Block(0, 0, n, all.Columns), all.Block(n, 0, m, all.Columns));
        }

        using NativeBuffer<float> fourier = Fourier(context, form, data, (ulong)seed);
        using NativeBuffer<float> networks = NnpkReadouts.Features(context, data, net, WeightPrior.Parse(Law), (ulong)seed, Features(form));
        NnpkNumbers numbers = OfPixels(context, data);
        numbers.Add("fourier", Ridge(fourier));
        numbers.Add("networks", Ridge(networks));
        numbers.Add("exact", NnpkReadouts.Exact(context, data, new LimitKernel(net, WeightPrior.Parse(Law)), tangent: false)["test"][0]);
        return numbers;
    });

    private static NnpkNumbers OfPixels(NnpkContext context, NnpkData data)
    {
        fixed (float* x = data.Train.Values.Span, y = data.Test.Values.Span)
        {
            Strided<float> train = Strided<float>.RowMajor(x, data.Train.Count, data.Train.Columns), test = Strided<float>.RowMajor(y, data.Test.Count, data.Test.Columns);
            int[] nearest = NearestNeighbours.Find(context.Team, train, test, 1, Nearness.Euclidean);
            return new()
            {
                ["pixels"] = [NnpkReadouts.Ridge(context, data, train, test, standardise: false)],
                ["scaled"] = [NnpkReadouts.Ridge(context, data, train, test)],
                ["near1"] = [NnpkReadouts.Accuracy(NearestNeighbours.Vote(nearest, 1, data.TrainCodes, 1), data.TestCodes)],
            };
        }
    }

    /// <summary>Features of the Gaussian kernel whose width is the median distance of training rows; training rows first.</summary>
    private static NativeBuffer<float> Fourier(NnpkContext context, NnpkForm form, NnpkData data, ulong seed)
    {
        int n = data.Train.Count, m = data.Test.Count, d = data.Train.Columns, count = Features(form);
        var map = FourierFeatures.Create(new() { Features = FourierFeatures.Word }, count, seed, new Rows(data.Train));
        var buffer = new NativeBuffer<float>((long)(n + m) * count);
        Strided<float> all = Strided<float>.RowMajor(buffer, n + m, count);
        fixed (float* x = data.Train.Values.Span, y = data.Test.Values.Span)
        {
            map.Map(context.Team, Strided<float>.RowMajor(x, n, d), all.Block(0, 0, n, count));
            map.Map(context.Team, Strided<float>.RowMajor(y, m, d), all.Block(n, 0, m, count));
        }

        return buffer;
    }

    private static double Mean(NnpkForm form, NnpkResults results, int labels, string name) => Statistics.Mean(results.Values(Keys(form, labels), name));

    private static IEnumerable<Check> Checks(NnpkForm form, NnpkResults results)
    {
        double Pixels(int labels) => Math.Max(Mean(form, results, labels, "pixels"), Mean(form, results, labels, "scaled"));
        string Line(Func<int, double> gain, IEnumerable<int> sizes) => string.Join(", ", sizes.Select(labels => string.Create(CultureInfo.InvariantCulture, $"{labels} a class: {gain(labels):+0.0;−0.0;0.0}")));
        double OfExact(int labels) => Mean(form, results, labels, "exact") - Pixels(labels);
        double OfNetworks(int labels) => Mean(form, results, labels, "networks") - Pixels(labels);
        int[] sizes = Sizes(form), held = [.. sizes.Where(labels => labels >= Enough)];
        double least = held.Min(OfExact);
        yield return new(
            $"{Id} exact", $"From {Enough} labels a class on the exact kernel is at least as good as ridge on pixels.", "least lead over the better of scaled and unscaled pixels, points", "≥ 0", least >= 0, "–", least, Line(OfExact, held));
        int best = sizes.MaxBy(OfNetworks);
        yield return new(
            $"{Id} gain", "Where random networks gain most over ridge on pixels, in labels a class.", "labels a class", "reported", null, "largest at middle sizes (expected shape)", best, Line(OfNetworks, sizes));
    }

    private static StudyResult Show(NnpkForm form, NnpkResults results)
    {
        int[] sizes = Sizes(form);
        return new(
            Id, Title,
            [
                new("a12", $"Test accuracy (%) by labels a class, {form.Set}", ["read from", .. sizes.Select(labels => labels.ToString(CultureInfo.InvariantCulture))],
                    [.. Readouts.Select(readout => (IReadOnlyList<string>)[readout.Name, .. sizes.Select(labels => NnpkTables.Text(results.Values(Keys(form, labels), readout.Word)))])]),
            ],
            NnpkTables.Figure(
                $"Accuracy by labels, {form.Set}", "Labels a class", "Test accuracy (%)", true,
                Readouts.Select(readout => NnpkTables.Line(readout.Name, sizes.Select(labels => NnpkTables.Point(labels, results.Values(Keys(form, labels), readout.Word), "")))),
                "Test accuracy by the number of labelled training rows a class."),
            [],
            $"{Features(form)} random features of either kind: of the Gaussian kernel at the median distance, and outputs of networks {Net(form)}.");
    }

    /// <summary>Training rows as the features look at them.</summary>
    private sealed class Rows(Numbers rows) : IInputRows
    {
        public int Count => rows.Count;

        public int Columns => rows.Columns;

        public ImageShape? Shape => null;

        public void Read(ReadOnlySpan<int> chosen, Strided<float> destination)
        {
            for (int i = 0; i < chosen.Length; i++)
            {
                rows.Values.Span.Slice(chosen[i] * Columns, Columns).CopyTo(destination.Row(i));
            }
        }
    }
}

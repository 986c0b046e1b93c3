using System.Globalization;
using SeedHead.Compute;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>A9: whether untrained architectures have the order of trained ones.</summary>
internal static unsafe class NnpkTrained
{
    private const string Id = "A9", Title = "Does the untrained network tell how good the trained one will be?";
    private const string Dense = "dense", Image = "convolutional";
    private const int Compared = 1000; // test rows of kernels that are compared

    /// <summary>An architecture without its inputs and its output layer.</summary>
    /// <param name="Family">Dense or convolutional.</param>
    /// <param name="Layers">Its layers.</param>
    /// <param name="IsExact">Whether the kernel of infinitely wide layers has a closed form that is cheap.</param>
    private sealed record Design(string Family, string Layers, bool IsExact);

    private static readonly Design[] Designs =
    [
        .. ((string[])["64-id", "16-relu", "256-relu", "2*(128-relu)", "4*(64-relu)", "8*(64-relu)", "2*(128-gelu)", "256-tanh", "3*(128-tanh)"]).Select(layers => new Design(Dense, layers, true)),
        new(Image, "conv8@5/2-relu-flatten", true),
        new(Image, "conv8@3/2-relu-conv16@3/2-relu-flatten", true),
        new(Image, "conv8@3/2-tanh-conv16@3/2-tanh-flatten", true),
        new(Image, "conv8@3-relu-maxpool2-conv16@3-relu-maxpool2-flatten", false),
        new(Image, "conv6@5p2-relu-maxpool2-conv16@5p2-relu-maxpool2-120-relu-84-relu", false),
        new(Image, "conv8@3-relu-maxpool2-conv16@3-relu-gap", false),
        new(Image, "conv8@3-maxpool2-res(relu-conv8@3-relu-conv8@3)-relu-gap", false),
        new(Image, "conv8@3-maxpool2-res(relu-conv8@3-relu-conv8@3)-relu-maxpool2-flatten", false),
    ];

    private static readonly (string Word, string Name)[] Signs = [("untrained", "ridge on untrained outputs"), ("leftOut", "exact kernel, left out"), ("classes", "alignment of untrained outputs with classes")];

    public static NnpkPart Of(NnpkForm form) => new(
        Id, Title, [.. from design in Designs from seed in Enumerable.Range(1, form.Seeds) from cell in (NnpkCell[])[Cell(form, design, seed), .. design.IsExact ? (NnpkCell[])[Exact(form, design, seed)] : []] select cell],
        results => Checks(form, results), results => Show(form, results));

    private static int Networks(NnpkForm form) => form.SomeNetworks / 2;

    private static int Epochs(NnpkForm form) => form.Quick ? 5 : 20;

    private static string Net(NnpkForm form, Design design, int outputs) => $"{(design.Family == Dense ? form.Inputs.ToString(CultureInfo.InvariantCulture) : form.Image)}-{design.Layers}-{outputs}";

    private static string Key(NnpkForm form, Design design, int seed) =>
        $"{Id} {form.Set} {form.SomeRows}/{form.Tests} {Net(form, design, 10)} trained {Epochs(form)} epochs, untrained n {Networks(form)} seed {seed}";

    private static string ExactKey(NnpkForm form, Design design, int seed) => $"{Id} exact {form.Set} {form.SomeRows}/{form.Tests} {Net(form, design, 1)} seed {seed}";

    private static NnpkCell Cell(NnpkForm form, Design design, int seed) => new(Key(form, design, seed), context =>
    {
        NnpkData data = context.Data(form.Set, form.SomeRows, form.Tests, (ulong)seed);
        Architecture net = Architecture.Parse(Net(form, design, 1));
        using NativeBuffer<float> features = NnpkReadouts.Features(context, data, net, WeightPrior.DefaultFor(net.FirstActivation), (ulong)seed, Networks(form));
        int n = data.Train.Count, m = data.Test.Count, some = Math.Min(m, Compared);
        Strided<float> all = Strided<float>.RowMajor(features, n + m, Networks(form)), test = all.Block(n, 0, m, all.Columns);
        using var trained = new NnpkTraining(context, data, Net(form, design, data.Classes), Epochs(form), (ulong)seed);
        using NativeBuffer<float> hidden = trained.Penultimate(context, data.Test);
        Strided<float> read = Strided<float>.RowMajor(hidden, m, hidden.Length / m);
        using NativeBuffer<double> own = Kernel(context.Team, test.Block(0, 0, some, test.Columns)), learned = Kernel(context.Team, read.Block(0, 0, some, read.Columns));
        Strided<double> k = Strided<double>.RowMajor(own, some, some), l = Strided<double>.RowMajor(learned, some, some);
        return new()
        {
            ["trained"] = [trained.Accuracy(context, data)],
            ["untrained"] = [NnpkReadouts.Ridge(context, data, all.Block(0, 0, n, all.Columns), test)],
            ["alike"] = [KernelAlignment.Of(context.Team, k, l)],
            ["classes"] = [KernelAlignment.WithClasses(context.Team, k, data.TestCodes.AsSpan(0, some))],
        };
    });

    private static NnpkCell Exact(NnpkForm form, Design design, int seed) => new(ExactKey(form, design, seed), context =>
    {
        Architecture net = Architecture.Parse(Net(form, design, 1));
        return NnpkReadouts.Exact(context, context.Data(form.Set, form.SomeRows, form.Tests, (ulong)seed), new(net, WeightPrior.DefaultFor(net.FirstActivation)), tangent: false);
    });

    /// <summary>Products of all rows with all rows.</summary>
    private static NativeBuffer<double> Kernel(Team team, Strided<float> rows)
    {
        using var products = new NativeBuffer<float>(rows.Rows * rows.Rows);
        MatrixProduct.Multiply(team, rows, rows.Transpose, Strided<float>.RowMajor(products, rows.Rows, rows.Rows));
        var kernel = new NativeBuffer<double>(products.Length);
        for (long i = 0; i < products.Length; i++)
        {
            kernel.Pointer[i] = products.Pointer[i];
        }

        return kernel;
    }

    private static double[] Values(NnpkForm form, NnpkResults results, Design design, string name) =>
        results.Values(Enumerable.Range(1, form.Seeds).Select(seed => name is "leftOut" or "test" ? ExactKey(form, design, seed) : Key(form, design, seed)), name);

    /// <summary>τ between a sign of untrained architectures and the accuracy of trained ones, means over seeds; of those that have both.</summary>
    private static Correlated Order(NnpkForm form, NnpkResults results, string sign, string? family)
    {
        var pairs = Designs.Where(design => family is null || design.Family == family).Select(design => (Sign: Values(form, results, design, sign), Trained: Values(form, results, design, "trained")))
            .Where(pair => pair.Sign.Length > 0 && pair.Trained.Length > 0).ToArray();
        return pairs.Length < 3 ? new(double.NaN, double.NaN, double.NaN, pairs.Length) : Kendall.Interval([.. pairs.Select(pair => Statistics.Mean(pair.Sign))], [.. pairs.Select(pair => Statistics.Mean(pair.Trained))]);
    }

    private static string Text(Correlated tau) => double.IsNaN(tau.Value) ? "–" : string.Create(CultureInfo.InvariantCulture, $"{tau.Value:0.00} [{tau.Low:0.00}, {tau.High:0.00}], {tau.Count}").Replace('-', '−');

    private static IEnumerable<Check> Checks(NnpkForm form, NnpkResults results)
    {
        Correlated all = Order(form, results, "untrained", null);
        yield return new(
            $"{Id} all", "Over both families untrained architectures have the order of trained ones.", "lower end of the interval of Kendall's τ", "> 0", all.Low > 0,
            "carries information about generalisation (abstract); positive across families (expected shape)", all.Low, $"τ, interval, architectures: {Text(all)}");
        foreach (string family in (string[])[Dense, Image])
        {
            Correlated within = Order(form, results, "untrained", family);
            yield return new(
                $"{Id} {family}", $"Among {family} architectures untrained ones have the order of trained ones.", "Kendall's τ", "reported", null,
                "weak within a family (expected shape); inverted for 3 similar networks (another's probe)", within.Value, $"τ, interval, architectures: {Text(within)}");
        }
    }

    private static StudyResult Show(NnpkForm form, NnpkResults results)
    {
        string[] names = ["trained", "untrained", "leftOut", "test", "alike", "classes"];
        return new(
            Id, Title,
            [
                new("a9", $"Trained and untrained architectures: {form.Set}, {form.SomeRows} rows; accuracies in %",
                    ["architecture", "family", "trained", "untrained, ridge", "exact kernel, left out", "exact kernel, test", "alignment: untrained with trained", "untrained with classes"],
                    [
                        .. Designs.Select(design => (IReadOnlyList<string>)[
                            design.Layers, design.Family, .. names.Select(name => NnpkTables.Text(Values(form, results, design, name), name is "alike" or "classes" ? "0.000" : "0.0"))]),
                    ]),
                new("a9-order", "Kendall's τ with the accuracy after training: value, 95 % interval by resampled architectures, architectures", ["sign of the untrained architecture", "all", Dense, Image],
                    [.. Signs.Select(sign => (IReadOnlyList<string>)[sign.Name, .. ((string?[])[null, Dense, Image]).Select(family => Text(Order(form, results, sign.Word, family)))])]),
            ],
            NnpkTables.Figure(
                $"Trained by untrained accuracy, {form.Set}", "Ridge on untrained outputs, test accuracy (%)", "Trained network, test accuracy (%)", false,
                ((string[])[Dense, Image]).Select(family => NnpkTables.Line(
                    family,
                    Designs.Where(design => design.Family == family).Select(design => (design.Layers, Untrained: Values(form, results, design, "untrained"), Trained: Values(form, results, design, "trained")))
                        .Where(row => row.Untrained.Length > 0).OrderBy(row => Statistics.Mean(row.Untrained)).Select(row => NnpkTables.Point(Statistics.Mean(row.Untrained), row.Trained, row.Layers)),
                    SeriesKind.Points)),
                "One point an architecture: test accuracy of ridge on outputs of untrained networks across, of the trained network up."),
            [], About(form, results));
    }

    private static string About(NnpkForm form, NnpkResults results)
    {
        string Verdict(string who, string? family)
        {
            Correlated tau = Order(form, results, "untrained", family);
            return double.IsNaN(tau.Value) ? "" : $" {who} τ is {string.Create(CultureInfo.InvariantCulture, $"{tau.Value:0.00}").Replace('-', '−')} and {(tau.Low > 0 ? "its interval lies above 0: the order predicts the trained one" : tau.High < 0 ? "its interval lies below 0: the order is the opposite" : "its interval holds 0: the order decides nothing")}.";
        }

        return $"Every architecture is trained in full by one protocol (Adam, {Epochs(form)} epochs, batches of 64, rate falling from 0.001), and read untrained by ridge on {Networks(form)} outputs. Alignments are of kernels of {Compared} test rows at most. "
            + "Counter-evidence: R. Sehgal's probe (48 random copies of a design, one linear readout of all outputs) put three similar networks in the inverted order and told only whether an architecture can express the task."
            + Verdict("Over all architectures", null) + Verdict("Among dense ones", Dense) + Verdict("Among convolutional ones", Image);
    }
}

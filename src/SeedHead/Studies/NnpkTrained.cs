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

    // Chosen after the cells at the usual rate had been seen, where networks that pool globally learn little in 20 epochs: twice as long, at the default rate of the command train.
    // Its order is reported; the check is decided by the protocol that was fixed beforehand.
    private const double LongerRate = 0.003;

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
        new(Image, "conv8@3/2-tanh-conv16@3/2-tanh-flatten", false),
        new(Image, "conv8@3-relu-maxpool2-conv16@3-relu-maxpool2-flatten", false),
        new(Image, "conv6@5p2-relu-maxpool2-conv16@5p2-relu-maxpool2-120-relu-84-relu", false),
        new(Image, "conv8@3-relu-maxpool2-conv16@3-relu-gap", false),
        new(Image, "conv8@3-maxpool2-res(relu-conv8@3-relu-conv8@3)-relu-gap", false),
        new(Image, "conv8@3-maxpool2-res(relu-conv8@3-relu-conv8@3)-relu-maxpool2-flatten", false),
    ];

    private static readonly (string Word, string Name)[] Signs = [("untrained", "ridge on untrained outputs"), ("leftOut", "exact kernel, left out"), ("classes", "alignment of untrained outputs with classes")];

    public static NnpkPart Of(NnpkForm form) => new(
        Id, Title, [.. from design in Designs from seed in Enumerable.Range(1, form.Seeds) from cell in (NnpkCell[])[Cell(form, design, seed), Longer(form, design, seed), .. design.IsExact ? (NnpkCell[])[Exact(form, design, seed)] : []] select cell],
        results => Checks(form, results), results => Show(form, results));

    private static int Networks(NnpkForm form) => form.SomeNetworks / 2;

    private static int Epochs(NnpkForm form) => form.Quick ? 5 : 20;

    private static string Net(NnpkForm form, Design design, int outputs) => $"{(design.Family == Dense ? form.Inputs.ToString(CultureInfo.InvariantCulture) : form.Image)}-{design.Layers}-{outputs}";

    /// <summary>A short name: the family's first letter and a number within it.</summary>
    private static string Name(Design design) => $"{design.Family[0]}{Designs.Where(other => other.Family == design.Family).ToList().IndexOf(design) + 1}";

    private static string Key(NnpkForm form, Design design, int seed) =>
        $"{Id} {form.Set} {form.SomeRows}/{form.Tests} {Net(form, design, 10)} trained {Epochs(form)} epochs, untrained n {Networks(form)} seed {seed}";

    private static string LongerKey(NnpkForm form, Design design, int seed) =>
        FormattableString.Invariant($"{Id} {form.Set} {form.SomeRows}/{form.Tests} {Net(form, design, 10)} trained {2 * Epochs(form)} epochs at {LongerRate} seed {seed}");

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

    private static NnpkCell Longer(NnpkForm form, Design design, int seed) => new(LongerKey(form, design, seed), context =>
    {
        NnpkData data = context.Data(form.Set, form.SomeRows, form.Tests, (ulong)seed);
        using var trained = new NnpkTraining(context, data, Net(form, design, data.Classes), 2 * Epochs(form), (ulong)seed, LongerRate);
        return new() { ["longer"] = [trained.Accuracy(context, data)] };
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
        results.Values(Enumerable.Range(1, form.Seeds).Select(seed => name switch
        {
            "leftOut" or "test" => ExactKey(form, design, seed),
            "longer" => LongerKey(form, design, seed),
            _ => Key(form, design, seed),
        }), name);

    /// <summary>τ between a sign of untrained architectures and the accuracy of "trained" or "longer" trained ones, means over seeds; of those that have both.</summary>
    private static Correlated Order(NnpkForm form, NnpkResults results, string sign, string? family, string after = "trained", IReadOnlyList<Design>? without = null)
    {
        var pairs = Designs.Where(design => (family is null || design.Family == family) && without?.Contains(design) != true).Select(design => (Sign: Values(form, results, design, sign), Trained: Values(form, results, design, after)))
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
        Correlated longer = Order(form, results, "untrained", null, "longer");
        yield return new(
            $"{Id} longer", $"The same after {2 * Epochs(form)} epochs from a rate of {LongerRate.ToString(CultureInfo.InvariantCulture)}.", "Kendall's τ", "reported", null, "as above", longer.Value,
            $"τ, interval, architectures: {Text(longer)}");
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
        string[] names = ["trained", "longer", "untrained", "leftOut", "test", "alike", "classes"];
        return new(
            Id, Title,
            [
                new("a9", $"Trained and untrained architectures: {form.Set}, {form.SomeRows} rows; accuracies in %",
                    ["", "trained", "trained longer", "untrained, ridge", "exact, left out", "exact, test", "alignment: trained", "alignment: classes"],
                    [
                        .. Designs.Select(design => (IReadOnlyList<string>)[
                            Name(design), .. names.Select(name => NnpkTables.Text(Values(form, results, design, name), name is "alike" or "classes" ? "0.000" : "0.0"))]),
                    ]),
                new("a9-architectures", "The architectures, without inputs and output layer", ["", "layers"], [.. Designs.Select(design => (IReadOnlyList<string>)[Name(design), design.Layers])]),
                new("a9-order", "Kendall's τ with the accuracy after training: value, 95 % interval by resampled architectures, architectures", ["sign of the untrained architecture", "all", Dense, Image],
                [
                    .. ((string[])["trained", "longer"]).SelectMany(after => Signs.Select(sign => (IReadOnlyList<string>)[
                        after == "longer" ? $"{sign.Name}; trained longer" : sign.Name, .. ((string?[])[null, Dense, Image]).Select(family => Text(Order(form, results, sign.Word, family, after)))])),
                ]),
            ],
            [.. ((string[])["trained", "longer"]).SelectMany(after => Ranks(form, results, after)).Select(figure => figure with { Note = "Dense architectures are named where the pointer rests; all are in the tables." })],
            [], About(form, results));
    }

    /// <summary>Ranks after training by ranks before, a point an architecture: what τ is computed from.</summary>
    private static Figure[] Ranks(NnpkForm form, NnpkResults results, string after)
    {
        var finished = Designs.Select(design => (Design: design, Untrained: Values(form, results, design, "untrained"), Trained: Values(form, results, design, after)))
            .Where(row => row.Untrained.Length > 0 && row.Trained.Length > 0).ToArray();
        double[] before = Correlation.Ranks([.. finished.Select(row => Statistics.Mean(row.Untrained))]), then = Correlation.Ranks([.. finished.Select(row => Statistics.Mean(row.Trained))]);
        return NnpkTables.Figure(
            after == "longer" ? "Order when trained longer, by order untrained" : "Order when trained, by order untrained", "Rank of ridge on untrained outputs", "Rank of the trained network", false,
            ((string[])[Dense, Image]).Select(family => NnpkTables.Line(
                family, finished.Select((row, i) => (row.Design, X: before[i], Y: then[i])).Where(row => row.Design.Family == family).OrderBy(row => row.X).Select(row => NnpkTables.Point(row.X, [row.Y], Name(row.Design))),
                SeriesKind.Points)),
            "One point an architecture: its rank by test accuracy of ridge on untrained outputs across, by that of the trained network up; rank 1 is the worst.");
    }

    private static string Slow(NnpkForm form, NnpkResults results)
    {
        Design[] slow = [.. Designs.Where(design => Values(form, results, design, "trained") is { Length: > 0 } trained && Statistics.Mean(trained) < Statistics.Mean(Values(form, results, design, "untrained")) - 5)];
        return slow.Length == 0 ? ""
            : $"At least 5 points worse trained than read untrained: {string.Join(", ", slow.Select(Name))}; so few steps hardly train them. Without them τ over all is {Text(Order(form, results, "untrained", null, without: slow))}. ";
    }

    private static string About(NnpkForm form, NnpkResults results)
    {
        string Verdict(string who, string? family)
        {
            Correlated tau = Order(form, results, "untrained", family);
            return double.IsNaN(tau.Value) ? "" : $" {who} τ is {string.Create(CultureInfo.InvariantCulture, $"{tau.Value:0.00}").Replace('-', '−')} and {(tau.Low > 0 ? "its interval lies above 0: the order predicts the trained one" : tau.High < 0 ? "its interval lies below 0: the order is the opposite" : "its interval holds 0: the order decides nothing")}.";
        }

        return $"Every architecture is trained in full by one protocol (Adam, {Epochs(form)} epochs, batches of 64, rate falling from {NnpkTraining.UsualRate.ToString(CultureInfo.InvariantCulture)}), and read untrained by ridge on {Networks(form)} outputs. Alignments are of kernels of {Compared} test rows at most. "
            + "Counter-evidence: R. Sehgal's probe (48 random copies of a design, one linear readout of all outputs) put three similar networks in the inverted order and told only whether an architecture can express the task."
            + Verdict("Over all architectures", null) + Verdict("Among dense ones", Dense) + Verdict("Among convolutional ones", Image)
            + $" {(form.Tests > 0 ? $"An accuracy near 82 % on {form.Tests} test rows has a standard error of {100 * Math.Sqrt(0.82 * 0.18 / form.Tests):0.0} points, about as much as trained architectures of a family differ. " : "")}{Slow(form, results)}Longer: {2 * Epochs(form)} epochs from a rate of {LongerRate.ToString(CultureInfo.InvariantCulture)}, chosen after the first protocol had been seen and reported beside it.";
    }
}

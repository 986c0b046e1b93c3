using System.Globalization;
using SeedHead.Compute;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>A7: how many principal components of the sampled kernel hold what a linear readout needs.</summary>
internal static unsafe class NnpkComponents
{
    private const string Id = "A7", Title = "How many components?", Law = "he-normal";
    private const int Few = 200;
    private const double Points = 2; // that they may lose

    private static readonly int[] Counts = [2, 5, 10, 20, 50, 100, 200, 500];

    private static readonly string[] Spaces = ["networks", "pixels"];

    public static NnpkPart Of(NnpkForm form) => new(Id, Title, [.. from space in Spaces from seed in Enumerable.Range(1, form.Seeds) select Cell(form, space, seed)],
        results => Checks(form, results), results => Show(form, results));

    private static string Net(NnpkForm form) => $"{form.Inputs}-64-relu-1";

    private static string Key(NnpkForm form, string space, int seed) =>
        $"{Id} {form.Set} {form.Rows} {(space == "pixels" ? "pixels" : $"{Net(form)} {Law} n {form.Networks}")} seed {seed}";

    private static string[] Keys(NnpkForm form, string space) => [.. Enumerable.Range(1, form.Seeds).Select(seed => Key(form, space, seed))];

    private static int Most(NnpkForm form, string space) => Math.Min(form.Rows, space == "pixels" ? form.Inputs : form.Networks);

    /// <summary>Components that are read, ascending, all of them last.</summary>
    private static int[] Read(NnpkForm form, string space) => [.. Counts.Where(count => count < Most(form, space)), Most(form, space)];

    /// <summary>Eigenvalues that are kept: every one at first, then about a tenth further each.</summary>
    private static int[] Drawn(int most)
    {
        var numbers = new List<int>();
        for (int number = 1; number <= most; number = Math.Max(number + 1, number * 11 / 10))
        {
            numbers.Add(number);
        }

        return [.. numbers];
    }

    private static NnpkCell Cell(NnpkForm form, string space, int seed) => new(Key(form, space, seed), context =>
    {
        NnpkData data = context.Data(form.Set, form.Rows, 0, (ulong)seed);
        using NativeBuffer<float> features = space == "pixels" ? Pixels(data) : NnpkReadouts.Features(context, data, Architecture.Parse(Net(form)), WeightPrior.Parse(Law), (ulong)seed, form.Networks);
        int n = data.Train.Count, m = data.Test.Count, most = (int)Math.Min(n, features.Length / (n + m));
        Strided<float> all = Strided<float>.RowMajor(features, n + m, features.Length / (n + m));
        using KernelPca components = KernelPca.OfFeatures(context.Team, all.Block(0, 0, n, all.Columns), most);
        using NativeBuffer<double> wide = Wide(all.Block(n, 0, m, all.Columns)), scored = new((long)m * most);
        components.Score(context.Team, Strided<double>.RowMajor(wide, m, all.Columns), Strided<double>.RowMajor(scored, m, most));
        using NativeBuffer<float> scores = new((long)(n + m) * most);
        Strided<float> narrow = Strided<float>.RowMajor(scores, n + m, most);
        Narrow(components.Scores, narrow.Block(0, 0, n, most));
        Narrow(Strided<double>.RowMajor(scored, m, most), narrow.Block(n, 0, m, most));
        KernelSpectrum spectrum = components.Spectrum;
        int[] counts = [.. Counts.Where(count => count < most), most], drawn = Drawn(most);
        return new()
        {
            ["ridge"] = [.. counts.Select(count => NnpkReadouts.Ridge(context, data, narrow.Block(0, 0, n, count), narrow.Block(n, 0, m, count), standardise: false))],
            ["error"] = [.. counts.Select(count => spectrum.ErrorOfRank(count) / spectrum.Trace)],
            ["number"] = [.. drawn.Select(number => (double)number)],
            ["share"] = [.. drawn.Select(number => spectrum.Values[number - 1] / spectrum.Trace)],
            ["effective"] = [spectrum.EffectiveRank().Low],
            ["participation"] = [spectrum.ParticipationRatio],
        };
    });

    private static NativeBuffer<float> Pixels(NnpkData data)
    {
        var pixels = new NativeBuffer<float>(data.Train.Values.Length + (long)data.Test.Values.Length);
        data.Train.Values.Span.CopyTo(new(pixels.Pointer, data.Train.Values.Length));
        data.Test.Values.Span.CopyTo(new(pixels.Pointer + data.Train.Values.Length, data.Test.Values.Length));
        return pixels;
    }

    private static NativeBuffer<double> Wide(Strided<float> from)
    {
        var wide = new NativeBuffer<double>(from.Rows * from.Columns);
        for (long i = 0; i < wide.Length; i++)
        {
            wide.Pointer[i] = from[i / from.Columns, i % from.Columns];
        }

        return wide;
    }

    private static void Narrow(Strided<double> from, Strided<float> to)
    {
        for (long i = 0; i < from.Rows; i++)
        {
            for (long j = 0; j < from.Columns; j++)
            {
                *(to.Pointer + (i * to.RowStride) + j) = (float)from[i, j];
            }
        }
    }

    private static double[] Means(NnpkForm form, NnpkResults results, string space, string name) =>
        [.. Read(form, space).Select((_, i) => Statistics.Mean(NnpkTables.At(results, Keys(form, space), name, i)))];

    private static IEnumerable<Check> Checks(NnpkForm form, NnpkResults results)
    {
        int[] counts = Read(form, "networks");
        double[] ridge = Means(form, results, "networks", "ridge"), error = Means(form, results, "networks", "error");
        int few = Array.FindLastIndex(counts, count => count <= Few);
        double loss = ridge[^1] - ridge[few];
        yield return new(
            $"{Id} few", $"{counts[few]} of {counts[^1]} components suffice for a linear readout.", $"accuracy of all less that of {counts[few]} components, points", "≤ 2", loss <= Points,
            "a few hundred components suffice (expected shape)", loss, string.Join(", ", counts.Zip(ridge, (count, value) => FormattableString.Invariant($"{count}: {value:0.0}"))));
        double rise = error.Zip(error.Skip(1), (a, b) => b - a).Max();
        yield return new(
            $"{Id} error", "The share of the trace that the first components leave falls with their number.", "largest step from one number to the next", "< 0", rise < 0, "fast eigen-decay (expected shape)", rise,
            string.Join(", ", counts.Zip(error, (count, value) => FormattableString.Invariant($"{count}: {value:0.0000}"))));
    }

    private static StudyResult Show(NnpkForm form, NnpkResults results)
    {
        static string Name(string space) => space == "pixels" ? "pixels" : "random networks";
        string[] Row(string space, int count)
        {
            int at = Array.IndexOf(Read(form, space), count);
            return at < 0 ? ["–", "–"] : [NnpkTables.Text(NnpkTables.At(results, Keys(form, space), "ridge", at)), NnpkTables.Text(NnpkTables.At(results, Keys(form, space), "error", at), "0.0000")];
        }

        IEnumerable<Series> Lines(string name, Func<string, IReadOnlyList<int>> at) =>
            Spaces.Select(space => NnpkTables.Line(Name(space), at(space).Select((x, i) => NnpkTables.Point(x, NnpkTables.At(results, Keys(form, space), name, i), ""))));
        int[] counts = [.. Spaces.SelectMany(space => Read(form, space)).Distinct().Order()];
        return new(
            Id, Title,
            [
                new("a7", $"By the number r of principal components: test accuracy (%) of ridge, and share of the kernel's trace that they leave; {form.Set}, {form.Rows} rows",
                    ["r", .. Spaces.SelectMany(space => (string[])[$"{Name(space)}: ridge", $"{Name(space)}: left"])],
                    [.. counts.Select(count => (IReadOnlyList<string>)[count.ToString(CultureInfo.InvariantCulture), .. Spaces.SelectMany(space => Row(space, count))])]),
                new("a7-ranks", "Dimensions of the centred kernel", ["kernel", "features", "effective rank", "participation ratio"],
                    [.. Spaces.Select(space => (IReadOnlyList<string>)[
                        Name(space), Most(form, space).ToString(CultureInfo.InvariantCulture), NnpkTables.Text(results.Values(Keys(form, space), "effective")), NnpkTables.Text(results.Values(Keys(form, space), "participation"))])]),
            ],
            [
                .. NnpkTables.Figure("Spectrum of the kernel", "Number of the eigenvalue", "Share of the trace", true, Lines("share", space => Drawn(Most(form, space))).Select(WithoutSpecks), "Eigenvalues of the centred kernel of training rows over their sum, largest first.")
                    .Select(figure => figure with { LogY = true }),
                .. NnpkTables.Figure("Accuracy by the number of components", "Number of components r", "Test accuracy (%)", true, Lines("ridge", space => Read(form, space)), "Test accuracy of ridge on scores of the first r principal components."),
            ],
            [],
            $"Principal components of the outputs of {form.Networks} networks {Net(form)}, and of the pixels; ridge on their scores as they are, so that all of them are ridge on the centred features.{Enough(form, results)}");
    }

    private static string Enough(NnpkForm form, NnpkResults results)
    {
        if (results.Row(Key(form, "networks", 1), "ridge") is null)
        {
            return "";
        }

        double[] ridge = Means(form, results, "networks", "ridge"), error = Means(form, results, "networks", "error");
        int[] counts = Read(form, "networks");
        int few = Array.FindLastIndex(counts, count => count <= Few), enough = Array.FindIndex(ridge, value => value >= ridge[^1] - Points);
        return string.Create(
            CultureInfo.InvariantCulture,
            $" Of these numbers the least within {Points} points of all components is {counts[enough]}. The first {counts[few]} leave {100 * error[few]:0.0} % of the trace, spread over many small components: ridge still gains {ridge[^1] - ridge[few]:0.0} points from them.");
    }

    // Rounding leaves eigenvalues near 0, or 0: nothing to draw on a logarithmic axis. Of points that lie close a third is drawn.
    private static Series WithoutSpecks(Series series) => series with { Kind = SeriesKind.Band, Points = [.. series.Points.Where((point, i) => point.Y > 1e-9 && (i < 8 || i % 3 == 0))] };
}

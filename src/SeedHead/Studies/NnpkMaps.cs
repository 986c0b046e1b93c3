using System.Globalization;
using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>A8: test images in the plane, from pixels, from random networks and from a trained one.</summary>
internal static unsafe class NnpkMaps
{
    private const string Id = "A8", Title = "What do neighbourhoods look like?";
    private const int Components = 50;

    private static readonly (string Word, string Name)[] Spaces = [("pixels", "pixels"), ("random", "random networks"), ("trained", "trained network")];

    public static NnpkPart Of(NnpkForm form) => new(Id, Title, [.. from space in Spaces from seed in Enumerable.Range(1, form.Seeds) select Cell(form, space.Word, seed)],
        results => Checks(form, results), results => Show(form, results));

    private static int Points(NnpkForm form) => form.Quick ? 150 : 1000;

    private static int Epochs(NnpkForm form) => form.Quick ? 2 : 5;

    private static string Body(NnpkForm form) => $"{form.Image}-conv16@3-relu-maxpool2-conv32@3-relu-maxpool2-flatten-64-relu";

    private static string Key(NnpkForm form, string space, int seed) => $"{Id} {form.Set} {space switch
    {
        "pixels" => "pixels",
        "random" => $"{Body(form)}-1 n {form.SomeNetworks}",
        _ => $"{form.Rows} rows {Body(form)}-10 trained {Epochs(form)} epochs",
    }} t-SNE {Points(form)} seed {seed}";

    private static string[] Keys(NnpkForm form, string space) => [.. Enumerable.Range(1, form.Seeds).Select(seed => Key(form, space, seed))];

    private static NnpkCell Cell(NnpkForm form, string space, int seed) => new(Key(form, space, seed), context =>
    {
        NnpkData data = context.Data(form.Set, form.Rows, Points(form), (ulong)seed);
        int n = data.Test.Count;
        using NativeBuffer<float> features = Features(context, form, data, space, (ulong)seed);
        Strided<float> rows = Strided<float>.RowMajor(features, n, features.Length / n);
        using KernelPca components = KernelPca.OfFeatures(context.Team, rows, (int)Math.Min(Components, Math.Min(n, rows.Columns)), seed: 1);
        PlaneMap map = TSne.Map(components.Scores, new() { Seed = (ulong)seed }, context.Quiet);
        return new()
        {
            ["x"] = map.X, ["y"] = map.Y, ["codes"] = [.. data.TestCodes.Select(code => (double)code)],
            ["near1"] = [NearestInPlane(map.X, map.Y, data.TestCodes)], ["trust"] = [map.Trustworthiness], ["divergence"] = [map.Divergence ?? double.NaN],
        };
    });

    private static NativeBuffer<float> Features(NnpkContext context, NnpkForm form, NnpkData data, string space, ulong seed)
    {
        if (space == "trained")
        {
            using var network = new NnpkTraining(context, data, $"{Body(form)}-{data.Classes}", Epochs(form), seed);
            return network.Penultimate(context, data.Test);
        }

        var features = new NativeBuffer<float>((long)data.Test.Count * (space == "pixels" ? data.Test.Columns : form.SomeNetworks));
        if (space == "pixels")
        {
            data.Test.Values.Span.CopyTo(new(features.Pointer, data.Test.Values.Length));
        }
        else
        {
            Architecture net = Architecture.Parse($"{Body(form)}-1");
            NetworkFeatures.Fill(
                context.Team, net, WeightPrior.DefaultFor(net.FirstActivation), seed, data.Test, 0, form.SomeNetworks, Strided<float>.RowMajor(features, data.Test.Count, form.SomeNetworks));
        }

        return features;
    }

    /// <summary>How often the nearest other point of the plane has a point's class, in percent; of equals the one of lower number is nearer.</summary>
    public static double NearestInPlane(double[] x, double[] y, int[] codes)
    {
        int right = 0;
        for (int i = 0; i < x.Length; i++)
        {
            (double Distance, int Row) best = (double.PositiveInfinity, 0);
            for (int j = 0; j < x.Length; j++)
            {
                double dx = x[i] - x[j], dy = y[i] - y[j], distance = (dx * dx) + (dy * dy);
                best = j != i && distance < best.Distance ? (distance, j) : best;
            }

            right += codes[best.Row] == codes[i] ? 1 : 0;
        }

        return 100.0 * right / x.Length;
    }

    private static IEnumerable<Check> Checks(NnpkForm form, NnpkResults results)
    {
        double[] near = [.. Spaces.Select(space => Statistics.Mean(results.Values(Keys(form, space.Word), "near1")))];
        string evidence = string.Join(", ", Spaces.Zip(near, (space, value) => FormattableString.Invariant($"{space.Name} {value:0.0} %")));
        yield return new(
            $"{Id} trained", "Neighbours in the map of the trained network share their class at least as often as in that of random ones.", "trained less random, points", "≥ −0.5", near[2] - near[1] >= -0.5,
            "random features between pixels and trained (expected shape)", near[2] - near[1], evidence);
        yield return new(
            $"{Id} random", "Neighbours in the map of random networks share their class about as often as in that of pixels, or more often.", "random less pixels, points", "≥ −2", near[1] - near[0] >= -2,
            "random features between pixels and trained (expected shape)", near[1] - near[0], evidence);
    }

    private static StudyResult Show(NnpkForm form, NnpkResults results)
    {
        string[] classes = form.Set == "fashion-mnist" ? KnownSets.Clothes : [.. Enumerable.Range(0, 10).Select(code => code.ToString(CultureInfo.InvariantCulture))];
        IReadOnlyList<string> Row((string Word, string Name) space) =>
        [
            space.Name, NnpkTables.Text(results.Values(Keys(form, space.Word), "near1")), NnpkTables.Text(results.Values(Keys(form, space.Word), "trust"), "0.000"),
            NnpkTables.Text(results.Values(Keys(form, space.Word), "divergence"), "0.000"),
        ];
        return new(
            Id, Title,
            [new("a8", $"Maps of {Points(form)} test images, {form.Set}", ["from", "nearest in the plane of the same class (%)", "trustworthiness", "KL divergence"], [.. Spaces.Select(Row)])],
            [], [],
            $"t-SNE of 50 principal components, perplexity 30. Random: {form.SomeNetworks} outputs of random networks {Body(form)}-1. Trained: the last hidden layer of {Body(form)}-10 after {Epochs(form)} epochs on {form.Rows} rows. Trustworthiness is that of the plane against the 50 components.")
        {
            Planes =
            [
                .. from space in Spaces
                   let key = Key(form, space.Word, 1)
                   where results.Row(key, "x") is not null
                   select new ClassMap(
                       $"a8-{space.Word}", $"Test images by {space.Name}", "t-SNE, first axis (no unit)", "t-SNE, second axis (no unit)", results.Row(key, "x")!, results.Row(key, "y")!,
                       [.. results.Row(key, "codes")!.Select(code => (int)code)], classes),
            ],
        };
    }
}

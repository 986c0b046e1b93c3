using System.Globalization;
using SeedHead.Data;
using SeedHead.Kernels;

namespace SeedHead.Studies;

/// <summary>A11: a few images a class that stand for all of them.</summary>
internal static class NnpkDistilled
{
    private const string Id = "A11", Title = "Can a few images stand for all?";
    private const double Bar = 10; // points over as many training rows

    /// <summary>One way to distil.</summary>
    /// <param name="Name">Its name in tables.</param>
    /// <param name="Activation">Of the one hidden layer.</param>
    /// <param name="Width">Its width: of no effect on a limit kernel.</param>
    /// <param name="PerClass">Images a class.</param>
    /// <param name="Steps">Steps.</param>
    /// <param name="Networks">Random networks a step; 0: the limit kernel.</param>
    private sealed record Way(string Name, string Activation, int Width, int PerClass, int Steps, int Networks)
    {
        /// <summary>Features of one step hold their kernel with more noise, which wants a larger penalty.</summary>
        public double Penalty => Networks > 0 ? 1e-2 : 1e-4;
    }

    private static Way[] Ways(NnpkForm form)
    {
        int steps = form.Quick ? 30 : 1000;
        return
        [
            new("relu, 1 a class", "relu", 512, 1, steps, 0),
            new("relu, 10 a class", "relu", 512, 10, steps, 0),
            new("relu, 50 a class", "relu", 512, 50, steps / 2, 0),
            new("erf, 10 a class", "erf", 512, 10, steps, 0),
            new("resampled relu, 10 a class", "relu", form.Quick ? 128 : 1024, 10, steps / 2, 1),
        ];
    }

    public static NnpkPart Of(NnpkForm form) => new(Id, Title, [.. from way in Ways(form) from seed in Enumerable.Range(1, form.Seeds) select Cell(form, way, seed)],
        results => Checks(form, results), results => Show(form, results));

    private static string Set(NnpkForm form) => form.Sets[^1];

    private static string Net(NnpkForm form, Way way) => $"{form.Inputs}-{way.Width}-{way.Activation}-1";

    private static string Key(NnpkForm form, Way way, int seed) =>
        FormattableString.Invariant($"{Id} {Set(form)} {Net(form, way)} {(way.Networks > 0 ? $"resampled {way.Networks}" : "limit")} {way.PerClass} a class {way.Steps} steps penalty {way.Penalty} seed {seed}");

    private static string[] Keys(NnpkForm form, Way way) => [.. Enumerable.Range(1, form.Seeds).Select(seed => Key(form, way, seed))];

    private static NnpkCell Cell(NnpkForm form, Way way, int seed) => new(Key(form, way, seed), context =>
    {
        DatasetPair pair = context.Source(Set(form));
        DistillationAnswer answer = new DistillationQuestion
        {
            Train = pair.Train, Test = pair.Test!, Net = Net(form, way), Resampled = way.Networks > 0 ? way.Networks : null,
            Options = new() { PointsPerClass = way.PerClass, Steps = way.Steps, Penalty = way.Penalty, Seed = (ulong)seed },
        }.Run(context.Quiet);
        return new()
        {
            ["distilled"] = [100 * answer.Accuracy],
            ["drawn"] = [100 * Statistics.Mean([.. answer.Drawn.Select(draw => draw.SamePenalty)])],
            ["draws"] = [.. answer.Drawn.Select(draw => 100 * draw.SamePenalty)],
            ["bestPenalty"] = [100 * Statistics.Mean([.. answer.Drawn.Select(draw => draw.BestPenalty)])],
            ["images"] = [.. Enumerable.Range(0, answer.Classes.Count).SelectMany(code => Brightness(answer.Set.Points, code * way.PerClass))],
        };
    });

    /// <summary>A row from its least number, 0, to its greatest, 255.</summary>
    private static IEnumerable<double> Brightness(Numbers rows, int row)
    {
        float[] values = rows.Values.Slice(row * rows.Columns, rows.Columns).ToArray();
        float least = values.Min(), greatest = values.Max();
        return values.Select(value => greatest > least ? Math.Round(255 * (value - least) / (greatest - least)) : 0);
    }

    private static IEnumerable<Check> Checks(NnpkForm form, NnpkResults results)
    {
        foreach (Way way in Ways(form).Where(way => way.PerClass == 10 && way.Networks == 0))
        {
            double[] distilled = results.Values(Keys(form, way), "distilled"), drawn = results.Values(Keys(form, way), "drawn");
            double lead = Statistics.Mean(distilled) - Statistics.Mean(drawn);
            yield return new(
                $"{Id} {way.Activation}", $"{Set(form)}, {way.Name}: distilled images predict better than as many training images.", "lead over drawn ones, same kernel and penalty, points",
                FormattableString.Invariant($"≥ {Bar}"), lead >= Bar, "dataset distillation with the kernel (abstract)", lead, $"distilled {NnpkTables.Text(distilled)} %, drawn {NnpkTables.Text(drawn)} %");
        }
    }

    private static StudyResult Show(NnpkForm form, NnpkResults results)
    {
        Way[] ways = Ways(form);
        string Draws(Way way) => results.Row(Key(form, way, 1), "draws") is { } draws ? string.Join(", ", draws.Select(draw => draw.ToString("0.0", CultureInfo.InvariantCulture))) : "–";
        return new(
            Id, Title,
            [
                new("a11", $"Test accuracy (%) of kernel regression on a few images, {Set(form)}", ["kernel and images", "steps", "distilled", "drawn, same penalty", "its draws, seed 1", "drawn, best penalty"],
                [
                    .. ways.Select(way => (IReadOnlyList<string>)[
                        way.Name, way.Steps.ToString(CultureInfo.InvariantCulture), NnpkTables.Text(results.Values(Keys(form, way), "distilled")), NnpkTables.Text(results.Values(Keys(form, way), "drawn")), Draws(way),
                        NnpkTables.Text(results.Values(Keys(form, way), "bestPenalty"))]),
                ]),
            ],
            [],
            [
                .. new[]
                {
                    new Comparison($"Distilled and drawn images, {Set(form)}", "Test accuracy (%)", [
                        .. ways.SelectMany(way => ((string[])["distilled", "drawn"]).Select(name => (Short(way, name), (IReadOnlyList<double>)results.Values(Keys(form, way), name)))).Where(row => row.Item2.Count > 0)]),
                }.Where(comparison => comparison.Rows.Count > 0),
            ],
            "Images begin as training rows and are moved by Adam until kernel regression on them predicts the other training rows; labels stay. Drawn: as many training rows, the mean of three draws with the same kernel and penalty. "
            + "Best penalty: the best of four on the test rows, more than a choice could reach. Resampled: one random network a step, another in every step, and a penalty of 0.01; it is judged by 8 networks that no step saw. Pictures run from the least number of an image to its greatest.")
        {
            Pictures = [.. Pictures(form, results)],
        };
    }

    private static string Short(Way way, string name) => $"{(way.Networks > 0 ? "random" : way.Activation)} {way.PerClass}, {name}";

    private static IEnumerable<PictureGrid> Pictures(NnpkForm form, NnpkResults results)
    {
        var finished = Ways(form).Select(way => (way.Name, Images: results.Row(Key(form, way, 1), "images"))).Where(way => way.Images is not null).ToArray();
        if (finished.Length == 0)
        {
            yield break;
        }

        int classes = finished[0].Images!.Length / form.Inputs, side = (int)Math.Sqrt(form.Inputs);
        yield return new(
            "a11-images", $"The first distilled image of each class, {Set(form)}", "", "class", [.. finished.Select(way => way.Name)], [.. Enumerable.Range(0, classes).Select(code => code.ToString(CultureInfo.InvariantCulture))],
            [.. finished.Select(way => (IReadOnlyList<FunctionThumbnail>)[.. way.Images!.Chunk(form.Inputs).Select(image => new FunctionThumbnail(1, 1, side, [.. image.Select(value => (byte)value)]))])]);
    }
}

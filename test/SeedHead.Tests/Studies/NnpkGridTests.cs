using SeedHead.Data;
using SeedHead.Report;
using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

public sealed class NnpkGridTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("A3")]
    [InlineData("A4")]
    [InlineData("A6")]
    [InlineData("A10")]
    public void A_quick_study_shows_figures_goes_on_from_what_is_kept_and_finds_the_same_on_any_threads(string study)
    {
        ReproduceAnswer first = Run(study, folder.Path, threads: 1);
        string kept = File.ReadAllText(folder.File("cells.jsonl"));
        ReproduceAnswer second = Run(study, folder.Path, threads: 2);
        Assert.Equal(kept, File.ReadAllText(folder.File("cells.jsonl"))); // seconds too: nothing was run again
        Assert.Equal(first.Checks, second.Checks);
        Assert.Equal(first.Cells.Select(Numbers), Run(study, null, threads: 2).Cells.Select(Numbers));
        Assert.NotEmpty(first.Checks);
        Assert.All(first.Checks, check => Assert.Null(check.Holds)); // the quick form decides nothing
        Assert.Equal(first.Checks.Count, first.Checks.Select(check => check.Id).Distinct().Count());
        string[] keys = [.. first.Cells.Select(cell => (string)cell["key"]!)];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.All(keys, key => Assert.StartsWith(study + " ", key, StringComparison.Ordinal));
        StudyResult shown = Assert.Single(first.Studies);
        Assert.NotEmpty(shown.Figures.Select(figure => figure.Title).Concat(shown.Comparisons.Select(comparison => comparison.Title)));
        Assert.All(shown.Tables, table => Assert.All(table.Rows, row => Assert.Equal(table.Heads.Count, row.Count)));
        Assert.All(shown.Figures.Where(figure => figure.LogY), figure => Assert.All(figure.Series.SelectMany(series => series.Points), point => Assert.True(point.Y > 0)));
        Assert.DoesNotContain("NaN", ReproduceReport.Html(first), StringComparison.Ordinal);
    }

    [Fact]
    public void Pixels_are_those_of_the_training_rows_with_mean_0_and_variance_1()
    {
        NnpkData data = NnpkData.Load("digits", 300, 100, 1, shuffled: false, new());
        double[] values = [.. data.Train.Values.ToArray().Select(value => (double)value)];
        Assert.Equal(0, values.Average(), 1e-6);
        Assert.Equal(1, values.Average(value => value * value), 1e-5);
        Assert.InRange(data.Train.Count, 290, 310); // every class is rounded
        double[] oneHot = data.OneHot;
        Assert.Equal(data.TrainCodes.Select(code => (double)code), Enumerable.Range(0, data.Train.Count).Select(i => Enumerable.Range(0, 10).Sum(k => k * oneHot[(10 * i) + k])));
    }

    [Fact]
    public void Shuffled_pixels_are_one_permutation_of_all_images()
    {
        NnpkData plain = NnpkData.Load("digits", 200, 100, 1, shuffled: false, new()), shuffled = NnpkData.Load("digits", 200, 100, 1, shuffled: true, new());
        string[] before = Columns(plain), after = Columns(shuffled);
        Assert.Equal(before.Order(), after.Order());
        Assert.NotEqual(before, after);
        Assert.Equal(plain.TrainCodes, shuffled.TrainCodes);
    }

    /// <summary>Every pixel's values over training and test rows.</summary>
    private static string[] Columns(NnpkData data) =>
        [.. Enumerable.Range(0, data.Train.Columns).Select(j => string.Join(' ', ((Numbers[])[data.Train, data.Test]).SelectMany(rows => Enumerable.Range(0, rows.Count).Select(i => rows.Values.Span[(i * rows.Columns) + j]))))];

    private static string Numbers(System.Text.Json.Nodes.JsonObject cell) => $"{cell["key"]} {cell["numbers"]!.ToJsonString()}";

    private static ReproduceAnswer Run(string study, string? folder, int threads) =>
        NnpkStudy.Run(new() { Paper = "nnpk", Form = ReproduceForm.Quick, Only = [study], Seeds = 1, Folder = folder }, new() { Threads = threads });
}

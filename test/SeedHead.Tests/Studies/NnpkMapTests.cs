using System.Text;
using SeedHead.Report;
using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

public sealed class NnpkMapTests
{
    private static readonly string[] Ids = ["A7", "A8", "A9", "A11", "A12"];

    [Fact]
    public void The_quick_form_shows_tables_figures_and_maps()
    {
        ReproduceAnswer answer = Run(2);
        Assert.Equal(Ids, answer.Studies.Select(study => study.Id));
        Assert.Equal(answer.Cells.Count, answer.Cells.Select(cell => (string)cell["key"]!).Distinct().Count());
        Assert.All(answer.Checks, check => Assert.Null(check.Holds));
        Assert.True(answer.Studies[2].Tables[0].Rows.Count >= 10, "ten architectures at least");
        Assert.Equal(["d1", "c1"], ((string[])["d1", "c1"]).Intersect(answer.Studies[2].Tables[0].Rows.Select(row => row[0]))); // of both families
        Assert.DoesNotContain("–", answer.Studies[2].Tables[2].Rows[0]); // untrained outputs have an order in each
        Assert.Equal(10, answer.Studies[3].Pictures[0].Columns.Count);
        Assert.All(answer.Checks, check => Assert.True(double.IsFinite(check.Ours!.Value), check.Id));
        Assert.All(answer.Studies.SelectMany(study => study.Tables), table => Assert.All(table.Rows, row => Assert.Equal(table.Heads.Count, row.Count)));
        string page = ReproduceReport.Html(answer);
        Assert.Contains("Test images by random networks", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_is_a_file_with_a_line_an_image()
    {
        ReproduceAnswer answer = Run(1, "A8");
        var files = FigureFiles.Of(answer).ToDictionary(file => file.Name, file => file.Content);
        Assert.Equal(["a8-pixels.csv", "a8-pixels.svg", "a8-random.csv", "a8-random.svg", "a8-trained.csv", "a8-trained.svg"], files.Keys.Order(StringComparer.Ordinal));
        string[] lines = Encoding.UTF8.GetString(files["a8-trained.csv"]).TrimEnd('\n').Split('\n');
        Assert.Equal("x,y,class", lines[0]);
        Assert.InRange(lines.Length - 1, 140, 160); // about 150, as many of each class as the whole has
    }

    [Fact]
    public void Threads_change_no_number() =>
        Assert.Equal(Run(1, "A7", "A8", "A12").Checks.Select(check => (check.Id, check.Ours)), Run(2, "A7", "A8", "A12").Checks.Select(check => (check.Id, check.Ours)));

    [Theory]
    [InlineData(new[] { 0, 0, 1, 1 }, 100)]
    [InlineData(new[] { 0, 1, 0, 1 }, 0)]
    [InlineData(new[] { 0, 0, 1, 0 }, 50)] // the first two agree, the last two do not
    public void The_nearest_in_the_plane_is_another_point(int[] codes, double expected) => Assert.Equal(expected, NnpkMaps.NearestInPlane([0, 0.1, 5, 5.1], [1, 1, 2, 2], codes));

    private static ReproduceAnswer Run(int threads, params string[] only) =>
        NnpkStudy.Run(new() { Paper = "nnpk", Form = ReproduceForm.Quick, Only = only.Length > 0 ? only : Ids }, new() { Threads = threads });
}

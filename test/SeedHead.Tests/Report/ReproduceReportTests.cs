using System.Xml.Linq;
using SeedHead.Report;
using SeedHead.Studies;

namespace SeedHead.Tests.Report;

public class ReproduceReportTests
{
    private static readonly ReproduceAnswer Quick = PartialTrainingStudy.Run(
        new() { Paper = "partial-training", Form = ReproduceForm.Quick, Only = ["B1", "B5", "B7", "B10"], Seeds = 2 }, new() { Threads = 2 });

    [Fact]
    public void Drawings_keep_inside_their_view_and_have_titles_units_and_descriptions()
    {
        XElement[] drawings = [.. Page(Quick).Descendants(Pages.Svg + "svg")];
        Assert.Equal(4, drawings.Length);
        foreach (XElement svg in drawings)
        {
            Pages.AssertInside(svg);
            Pages.AssertLabelsApart(svg);
            Assert.All(svg.Elements().Take(2), part => Assert.NotEmpty(part.Value));
            string[] axes = [.. svg.Elements(Pages.Svg + "text").Where(text => text.Attribute("class")?.Value == "axis-title").Select(text => text.Value)];
            Assert.Contains(axes, axis => axis.Contains("(%)", StringComparison.Ordinal));
            Assert.True(axes.Length == 1 || axes.Any(axis => axis.Contains("log scale", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Studies_and_checks_have_their_place_and_published_numbers_stand_beside_ours()
    {
        XDocument page = Page(Quick);
        Assert.Equal(["B1", "B5", "B7", "B10"], page.Descendants(Pages.Html + "article").Select(article => article.Attribute("id")!.Value));
        string[][] checks = Pages.Rows(Pages.Card(page, "Findings as checks"));
        Assert.Equal(Quick.Checks.Select(check => check.Id), checks.Select(row => row[0]));
        Assert.Contains(Pages.Rows(Pages.Card(page, "B1 as a table")), row => row.Contains("94.12 / 91.53")); // WRN-28-10, a tenth, full protocol
    }

    [Fact]
    public void The_same_answer_gives_the_same_characters() => Assert.Equal(ReproduceReport.Html(Quick), ReproduceReport.Html(Quick));

    [Fact]
    public void Failed_checks_are_named_at_the_top()
    {
        Check failed = Quick.Checks[0] with { Holds = false, Id = "1" }, held = failed with { Holds = true, Id = "2" };
        string text = Page(Quick with { Checks = [failed, held] }).Descendants(Pages.Html + "section").First().Value;
        Assert.Contains("1 of 2", text, StringComparison.Ordinal);
        Assert.Contains("Failed: 1.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Maps_curves_scatters_and_pictures_keep_inside_their_view()
    {
        ReproduceAnswer answer = RedshiftStudy.Run(new() { Paper = "redshift", Form = ReproduceForm.Quick, Only = ["F4", "F3", "F5", "F6"], Seeds = 1 }, new() { Threads = 2 });
        XDocument page = Page(answer);
        XElement[] drawings = [.. page.Descendants(Pages.Svg + "svg")];
        Assert.Equal(answer.Studies.Sum(study => study.Maps.Count + study.Figures.Count), drawings.Length);
        Assert.All(drawings, Pages.AssertInside);
        Assert.All(drawings, Pages.AssertLabelsApart);
        Assert.Equal(answer.Studies.SelectMany(study => study.Pictures).Sum(grid => grid.Rows.Count * grid.Columns.Count), page.Descendants(Pages.Html + "img").Count());
        Assert.Contains(drawings, svg => svg.Descendants(Pages.Svg + "path").Any(path => path.Attribute("class")!.Value.StartsWith("band", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_figure_is_a_file_of_its_own_that_reads_back()
    {
        ReproduceAnswer answer = RedshiftStudy.Run(new() { Paper = "redshift", Form = ReproduceForm.Quick, Only = ["F4", "F3", "F6"], Seeds = 1 }, new() { Threads = 2 });
        var files = FigureFiles.Of(answer).ToArray();
        int maps = answer.Studies.Sum(study => study.Maps.Count), figures = answer.Studies.Sum(study => study.Figures.Count), pictures = answer.Studies.Sum(study => study.Pictures.Count);
        Assert.Equal((3 * maps) + (2 * figures) + pictures, files.Length);
        Assert.Equal(files.Length, files.Select(file => file.Name).Distinct().Count());
        foreach (var (name, content) in files)
        {
            switch (Path.GetExtension(name))
            {
                case ".svg":
                    XElement svg = XDocument.Parse(System.Text.Encoding.UTF8.GetString(content)).Root!;
                    Assert.Equal(Pages.Svg + "svg", svg.Name);
                    Pages.AssertInside(svg);
                    break;
                case ".png":
                    Assert.Equal([0x89, 0x50, 0x4E, 0x47], content[..4]);
                    break;
                default:
                    Assert.Single(System.Text.Encoding.UTF8.GetString(content).TrimEnd('\n').Split('\n').Select(line => System.Text.RegularExpressions.Regex.Replace(line, "\"[^\"]*\"", "").Count(c => c == ',')).Distinct());
                    break;
            }
        }

        string map = System.Text.Encoding.UTF8.GetString(files.Single(file => file.Name == "f4-tanh.csv").Content);
        Assert.StartsWith("Weight scale A / Hidden layers,1,3\n0.1,", map, StringComparison.Ordinal);
    }

    private static XDocument Page(ReproduceAnswer answer) => Pages.Parse(ReproduceReport.Html(answer));
}

using System.Xml.Linq;
using SeedHead.Complexity;
using SeedHead.Networks;
using SeedHead.Report;
using SeedHead.Report.Charts;
using SeedHead.Studies;

namespace SeedHead.Tests.Report;

public class TransformerReportTests
{
    private static readonly TransformerAnswer Answer = new TransformerQuestion
    {
        Net = Architecture.Parse("gpt2-1-2-16/40"), Activations = [Activation.Parse("gelu"), Activation.Parse("relu")], NormScales = [0.1, 1, 10], Depths = [1, 2], Networks = 5, Length = 20,
    }.Run(new() { Threads = 1 });

    [Fact]
    public void A_page_is_well_formed_with_a_curve_a_depth_and_an_activation()
    {
        XElement[] curves = [.. Page(Answer).Descendants(Pages.Svg + "svg")];
        Assert.Equal(4, curves.Length);
        foreach (XElement svg in curves)
        {
            Assert.Equal(["title", "desc"], svg.Elements().Take(2).Select(e => e.Name.LocalName));
            Pages.AssertInside(svg);
            Pages.AssertLabelsApart(svg);
            Assert.Equal(2, svg.Elements(Pages.Svg + "path").Count(path => (string?)path.Attribute("class") is { } style && style.StartsWith("band", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void One_scale_and_several_depths_are_one_curve_over_depth()
    {
        TransformerAnswer answer = Answer with { Cells = [.. Answer.Cells.Where(cell => cell.Complexity.Scale == 1)] };
        XElement svg = Assert.Single(Page(answer).Descendants(Pages.Svg + "svg"));
        Pages.AssertInside(svg);
        Assert.Contains(svg.Elements(Pages.Svg + "text"), text => text.Value == "Depth (blocks)");
    }

    [Fact]
    public void Contrasts_stand_at_the_usual_scale_and_all_others_behind_a_line_one_opens()
    {
        XElement[] tables = [.. Page(Answer).Descendants(Pages.Html + "table").Where(table => table.Value.Contains("one-sided p", StringComparison.Ordinal))];
        Assert.Equal([2, 6], tables.Select(table => table.Elements(Pages.Html + "tbody").Elements(Pages.Html + "tr").Count()));
    }

    [Fact]
    public void Sequences_are_strips_of_least_middle_and_greatest_scale() => Assert.Equal(6, Page(Answer).Descendants(Pages.Html + "img").Count());

    [Fact]
    public void A_strip_colours_tokens_in_the_order_in_which_they_appear()
    {
        byte[] one = SequencePicture.Png([[7, 7, 3, 9]], 4), same = SequencePicture.Png([[1, 1, 30, 2]], 4), other = SequencePicture.Png([[1, 30, 30, 2]], 4);
        Assert.Equal(one, same);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void One_cell_without_a_mean_does_no_harm()
    {
        TransformerCell none = Answer.Cells[0] with
        {
            Complexity = Answer.Cells[0].Complexity with { Values = [ComplexityValue.Undefined(UndefinedCause.NotFinite)] }, Sequences = [null], Activation = "<&\"'>",
        };
        Page(Answer with { Cells = [none], Trends = [], Contrasts = [], Notes = ["<b>"] });
        Page(Answer with { Cells = [none, .. Answer.Cells.Skip(1)] });
    }

    [Fact]
    public void The_same_answer_gives_the_same_characters() => Assert.Equal(TransformerReport.Html(Answer), TransformerReport.Html(Answer));

    private static XDocument Page(TransformerAnswer answer)
    {
        string html = TransformerReport.Html(answer);
        return XDocument.Parse(html[html.IndexOf('\n')..]);
    }
}

using System.Xml.Linq;
using SeedHead.Complexity;
using SeedHead.Networks;
using SeedHead.Report;
using SeedHead.Studies;

namespace SeedHead.Tests.Report;

public class ComplexityReportTests
{
    private static readonly ComplexityAnswer Answer = new ComplexityQuestion
    {
        Net = "2-1*(8-tanh)-1", Prior = WeightPrior.Parse("flat"), Scales = [0.1, 1, 10, 100], Depths = [1, 2, 3], Networks = 3, Side = 16, Reach = 0.3,
        Measures = [new FourierBins(), new LempelZiv78()],
    }.Run(new() { Threads = 1 });

    [Fact]
    public void A_page_is_well_formed_and_its_maps_have_titles_and_keep_inside_their_view()
    {
        XElement[] maps = [.. Page(Answer).Descendants(Pages.Svg + "svg")];
        Assert.Equal(3, maps.Length); // two measures, and one against the other
        foreach (XElement svg in maps)
        {
            Assert.Equal(["title", "desc"], svg.Elements().Take(2).Select(e => e.Name.LocalName));
            Pages.AssertInside(svg);
            Pages.AssertLabelsApart(svg);
        }

        Assert.All(maps[..2], map => Assert.Equal(12 + 16, map.Elements(Pages.Svg + "rect").Count())); // cells and key
    }

    [Fact]
    public void Pictures_stand_at_their_cells() => Assert.Equal(Answer.Thumbnails.Count, Page(Answer).Descendants(Pages.Html + "img").Count());

    [Fact]
    public void Cells_without_a_mean_and_nasty_names_do_no_harm()
    {
        ComplexityCell none = Answer.Cells[0] with { Values = [ComplexityValue.Undefined(UndefinedCause.NotFinite)], Net = "<&\"'>" };
        XDocument page = Page(Answer with { Cells = [none, .. Answer.Cells.Skip(1)], Notes = ["<b>"] });
        Assert.Contains(page.Descendants(Pages.Svg + "text"), text => text.Value == "none");
        Page(Answer with { Cells = [none], Thumbnails = [], Reached = [] });
    }

    [Fact]
    public void The_same_answer_gives_the_same_characters() => Assert.Equal(ComplexityReport.Html(Answer), ComplexityReport.Html(Answer));

    private static XDocument Page(ComplexityAnswer answer)
    {
        string html = ComplexityReport.Html(answer);
        return XDocument.Parse(html[html.IndexOf('\n')..]);
    }
}

using System.Xml.Linq;
using SeedHead.Report;
using SeedHead.Studies;
using SeedHead.Tests.Studies;

namespace SeedHead.Tests.Report;

public class ProbeReportTests
{
    private static readonly ProbeAnswer Answer = new ProbeQuestion { Data = ProbeData.Of(120, 2, x => x[0]), Width = 32, Repeats = 2 }.Run(new() { Threads = 1 });

    [Fact]
    public void A_page_has_the_verdict_three_pictures_inside_their_view_and_all_errors()
    {
        XDocument page = Pages.Parse(ProbeReport.Html(Answer));
        Assert.Contains(Answer.Sentence, page.Root!.Value, StringComparison.Ordinal);
        XElement[] pictures = [.. page.Descendants(Pages.Svg + "svg")];
        Assert.Equal(3, pictures.Length);
        Assert.All(pictures, Pages.AssertInside);
        Assert.Contains("infinitely many", page.Root.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_answer_gives_the_same_characters() => Assert.Equal(ProbeReport.Html(Answer), ProbeReport.Html(Answer));

    [Fact]
    public void Without_a_trained_network_and_with_nasty_names_a_page_is_well_formed() =>
        Pages.Parse(ProbeReport.Html(Answer with { Trained = null, Data = "<&\"'>", Notes = ["<b>"] }));
}

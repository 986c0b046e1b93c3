using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SeedHead.Report;
using SeedHead.Studies;
using SeedHead.Tests.Studies;

namespace SeedHead.Tests.Report;

public class FitReportTests
{
    private const string Nasty = "<&\"'>]]> <!-- <script> javascript: --> é 𝄞 \u0001 \ud800";

    private static readonly string[] BadNumbers = ["\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "0", "-1.5", "1e300", "-1e300", "-1e-300", "5e-324", "1"];

    private static readonly FitAnswer[] Fragile =
    [
        SampleAnswers.Classification("c", ["a", "b", "c"], 60, 0.8, 3) with
        {
            Seeds = [new(1, 0.8), new(2, 0.9)], Mistakes = [new(1, "a", "b", 0.9, null, null)],
        },
        SampleAnswers.Houses with { Residuals = [.. SampleAnswers.Houses.Residuals.Take(20)], Seeds = [new(1, 0.5), new(2, 0.6)] },
    ];

    private static readonly Dictionary<string, FitAnswer[]> Samples = new()
    {
        ["digits"] = [SampleAnswers.Digits],
        ["houses"] = [SampleAnswers.Houses],
        ["letters"] = [SampleAnswers.Letters],
        ["a hundred classes"] = [SampleAnswers.Hundred],
        ["bare"] = [SampleAnswers.Bare],
        ["one class"] = [SampleAnswers.Classification("one", ["only"], 50, 1, 1)],
        ["seven rows"] = [SampleAnswers.Classification("two", ["no", "yes"], 7, 0.6, 2)],
        ["several"] = [SampleAnswers.Digits, SampleAnswers.Letters, SampleAnswers.Houses, SampleAnswers.Houses, SampleAnswers.Bare],
    };

    public static TheoryData<string> Answers => [.. Samples.Keys];

    [Theory, MemberData(nameof(Answers))]
    public void A_page_is_well_formed_and_every_drawing_has_a_title_and_keeps_inside_its_view(string answers)
    {
        foreach (XElement svg in Pages.Of(Samples[answers]).Descendants(Pages.Svg + "svg"))
        {
            string[] labels = svg.Attribute("aria-labelledby")!.Value.Split(' ');
            Assert.Equal(labels, svg.Elements().Take(2).Select(e => e.Attribute("id")!.Value));
            Assert.Equal(["title", "desc"], svg.Elements().Take(2).Select(e => e.Name.LocalName));
            Assert.All(svg.Elements().Take(2), e => Assert.NotEmpty(e.Value));
            Pages.AssertInside(svg);
            Pages.AssertLabelsApart(svg);
        }
    }

    [Theory, MemberData(nameof(Answers))]
    public void Nothing_runs_and_nothing_is_loaded(string answers)
    {
        XDocument page = Pages.Of(Samples[answers]);
        string[] allowed = ["html", "head", "meta", "title", "style", "body", "header", "main", "footer", "article", "section", "div", "p", "span", "b", "a",
            "h1", "h2", "h3", "dl", "dt", "dd", "ul", "li", "table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary", "pre", "code",
            "figure", "figcaption", "img", "svg", "desc", "path", "circle", "rect", "text"];
        Assert.Empty(page.Descendants().Select(e => e.Name.LocalName).Distinct().Except(allowed));
        foreach (XAttribute attribute in page.Descendants().Attributes())
        {
            Assert.DoesNotMatch("^on", attribute.Name.LocalName);
            Assert.True(attribute.IsNamespaceDeclaration || !attribute.Value.Contains("://", StringComparison.Ordinal), $"{attribute}");
            Assert.True(attribute.Name != "src" || attribute.Value.StartsWith("data:image/png;base64,", StringComparison.Ordinal));
            Assert.True(attribute.Name != "href" || attribute.Value.StartsWith("#answer-", StringComparison.Ordinal));
        }

        string style = page.Descendants(Pages.Html + "style").Single().Value;
        Assert.DoesNotMatch("url|@import|expression", style);
        Assert.StartsWith("default-src 'none'; style-src 'unsafe-inline'; img-src data:", page.Descendants(Pages.Html + "meta").ElementAt(1).Attribute("content")!.Value, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Answers))]
    public void Ids_are_unique_and_links_lead_to_them(string answers)
    {
        XDocument page = Pages.Of(Samples[answers]);
        string[] ids = [.. page.Descendants().Attributes("id").Select(a => a.Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Empty(page.Descendants().Attributes("href").Select(a => a.Value[1..]).Except(ids));
    }

    [Theory, MemberData(nameof(Answers))]
    public void The_same_answers_give_the_same_characters_in_every_culture(string answers)
    {
        string once = FitReport.Html(Samples[answers]);
        CultureInfo before = CultureInfo.CurrentCulture;
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NumberGroupSeparator, other.NumberFormat.NegativeSign) = (",", ".", "~");
        try
        {
            CultureInfo.CurrentCulture = other;
            Assert.Equal(once, FitReport.Html(Samples[answers]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory, MemberData(nameof(Answers))]
    public void An_answer_read_back_from_json_gives_the_same_page(string answers) =>
        Assert.Equal(FitReport.Html(Samples[answers]), FitReport.Html([.. Samples[answers].Select(answer => AnswerJson.Read(AnswerJson.Write(answer), "a.json"))]));

    [Fact]
    public void Names_are_escaped_wherever_they_stand()
    {
        FitAnswer digits = SampleAnswers.Digits;
        FitAnswer answer = digits with
        {
            Data = digits.Data with { Name = Nasty, Target = Nasty, Sha256 = Nasty, Classes = [.. Enumerable.Range(0, 10).Select(i => $"{i}{Nasty}")] },
            Model = digits.Model with { Features = Nasty, Net = Nasty, Prior = Nasty, Selection = Nasty, Form = Nasty },
            Manifest = digits.Manifest with { Version = Nasty, Cpu = Nasty, Options = Nasty },
            Mistakes = [.. digits.Mistakes.Select(m => m with { Truth = Nasty, Predicted = Nasty })],
            Notes = [Nasty],
        };
        string text = FitReport.Html([answer, SampleAnswers.Houses with { Data = SampleAnswers.Houses.Data with { Target = Nasty, Name = Nasty } }]);
        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
        string shown = Nasty.Replace('\u0001', '\ufffd').Replace('\ud800', '\ufffd');
        XDocument page = Pages.Parse(text);
        Assert.Equal(shown, page.Descendants(Pages.Html + "li").First().Value);
        Assert.Contains(page.Descendants(Pages.Html + "img"), img => img.Attribute("alt")!.Value.Contains($"{shown} taken for {shown}", StringComparison.Ordinal));
        Assert.Contains(page.Descendants(Pages.Svg + "title"), title => title.Value.EndsWith($"3{shown} are right", StringComparison.Ordinal));
    }

    /// <summary>Some or all numbers of an answer become something no arithmetic likes.</summary>
    [Fact]
    public void No_number_can_break_the_page()
    {
        string[] answers = [.. Fragile.Select(AnswerJson.Write)];
        ForAll.Draws(60, draw =>
        {
            JsonNode json = JsonNode.Parse(draw.Of(answers))!;
            string[] paths = [.. Doubles(json, "")];
            double share = draw.Of(0.03, 0.3, 1);
            string same = draw.Of(BadNumbers);
            foreach (string path in paths.Where(_ => draw.Double() < share))
            {
                Set(json, path, share == 1 ? same : draw.Of(BadNumbers));
            }

            AssertSound(json.ToJsonString());
        });
    }

    [Fact]
    public void Sections_stand_only_where_there_is_something_to_show()
    {
        Assert.Equal(
            ["digits", "Scores", "Spread over seeds", "Width", "Penalty", "Confusion", "Calibration", "Per class", "Most frequent confusions", "Most confident mistakes",
                "Notes", "Model", "Time and memory", "How to get it again"],
            Pages.Headings(Pages.Of(SampleAnswers.Digits)));
        Assert.Equal(
            ["houses.csv", "Scores", "Time and memory", "Width", "Penalty", "Predicted against true", "Residuals", "Model", "How to get it again"],
            Pages.Headings(Pages.Of(SampleAnswers.Houses)));
        Assert.Equal(["bare.csv", "Scores", "Time and memory", "Model", "How to get it again"], Pages.Headings(Pages.Of(SampleAnswers.Bare)));
    }

    [Fact]
    public void Several_answers_begin_with_a_comparison_and_follow_as_articles()
    {
        XDocument page = Pages.Of(SampleAnswers.Digits, SampleAnswers.Letters, SampleAnswers.Houses);
        Assert.Equal(["3 answers compared", "Side by side", "Accuracy with 95 % intervals", "1\u00a0·\u00a0digits"], Pages.Headings(page).Take(4));
        Assert.Equal(["answer-1", "answer-2", "answer-3"], page.Descendants(Pages.Html + "article").Select(e => e.Attribute("id")!.Value));
        string[][] rows = Pages.Rows(Pages.Card(page, "Side by side"));
        Assert.Equal(["1 · digits", "2 · letter.csv.gz", "3 · houses.csv"], rows.Select(row => row[0]));
        Assert.Equal(["3 · houses.csv", "RMSE 0.4820", "0.4646 to 0.4994", "test", "0.4868", "hidden+raw", "4,105", "6.84 s", "403 MB"], rows[2]); // 0.482 ± 1.96·0.0089
    }

    [Fact]
    public void A_report_without_an_answer_is_refused() => Assert.Throws<ArgumentException>(() => FitReport.Html([]));

    private static void AssertSound(string json)
    {
        string text = FitReport.Html([AnswerJson.Read(json, "a.json")]);
        Assert.DoesNotMatch(new Regex("NaN|Infinity|∞"), text);
        foreach (XElement svg in Pages.Parse(text).Descendants(Pages.Svg + "svg"))
        {
            Pages.AssertInside(svg);
        }
    }

    private static void Set(JsonNode root, string path, string value)
    {
        JsonNode node = root;
        string[] parts = path.Split('.');
        foreach (string part in parts[..^1])
        {
            node = int.TryParse(part, out int index) ? node[index]! : node[part]!;
        }

        node[parts[^1]] = JsonNode.Parse(value);
    }

    // Paths of the numbers that are not counts.
    private static IEnumerable<string> Doubles(JsonNode node, string at)
    {
        foreach ((string name, JsonNode? value) in node.AsObject())
        {
            switch (value)
            {
                case JsonObject inner:
                    foreach (string path in Doubles(inner, $"{at}{name}."))
                    {
                        yield return path;
                    }

                    break;
                case JsonArray { Count: > 0 } list when list[0] is JsonObject:
                    foreach (string path in list.SelectMany((item, i) => Doubles(item!, $"{at}{name}.{i}.")))
                    {
                        yield return path;
                    }

                    break;
                case JsonValue number when number.GetValueKind() == System.Text.Json.JsonValueKind.Number && !IsCount(name):
                    yield return at + name;
                    break;
            }
        }
    }

    private static bool IsCount(string name) =>
        name is "rows" or "columns" or "testRows" or "width" or "inputColumns" or "count" or "row" or "seed" or "stream" or "peakMemoryBytes" or "threads";
}

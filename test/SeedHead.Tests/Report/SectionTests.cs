using System.Xml.Linq;
using SeedHead.Data;
using SeedHead.Heads;
using SeedHead.Models;
using SeedHead.Report.Answers;
using SeedHead.Report.Charts;
using SeedHead.Report.Sections;
using SeedHead.Studies;
using SeedHead.Tests.Studies;

namespace SeedHead.Tests.Report;

/// <summary>What each section says, on answers small enough to know by hand.</summary>
public class SectionTests
{
    private static readonly Score ThreeClasses = new()
    {
        Rows = 20, Accuracy = 0.7, StandardError = 0.1, ExpectedCalibrationError = 0.05,
        Confusion = [[8, 2, 0], [1, 6, 0], [3, 0, 0]],
        Calibration = [new(4, 0.4, 0.5), new(0, double.NaN, double.NaN), new(16, 0.9, 0.75)],
    };

    private static readonly FitAnswer Three = SampleAnswers.Bare with
    {
        Data = new DataSummary("three", 40, 2, ["red", "green", "blue"], "colour", 20, "00"),
        Train = ThreeClasses,
        Test = ThreeClasses,
    };

    [Fact]
    public void Each_class_has_its_precision_and_recall()
    {
        string[][] rows = Pages.Rows(Pages.Card(Pages.Of(Three), "Per class"));
        Assert.Equal(["red", "10", "66.7 %", "80.0 %", "72.7 %"], rows[0]);   // 8/12, 8/10, 16/22
        Assert.Equal(["green", "7", "75.0 %", "85.7 %", "80.0 %"], rows[1]);  // 6/8, 6/7, 12/15
        Assert.Equal(["blue", "3", "n/a", "0.0 %", "0.0 %"], rows[2]);        // never predicted
    }

    [Fact]
    public void Confusions_are_listed_by_rows_and_ties_stay_in_class_order()
    {
        string[][] rows = Pages.Rows(Pages.Card(Pages.Of(Three), "Most frequent confusions"));
        Assert.Equal([["blue", "red", "3", "100.0 %"], ["red", "green", "2", "20.0 %"], ["green", "red", "1", "14.3 %"]], rows);
    }

    [Fact]
    public void Every_count_of_a_small_matrix_can_be_read()
    {
        XElement matrix = Drawing(Three, "Confusion");
        Assert.Equal(["8", "2", "1", "6", "3"], matrix.Elements(Pages.Svg + "text").Where(e => e.Attribute("class")?.Value.StartsWith("count", StringComparison.Ordinal) == true).Select(e => e.Value));
        Assert.Contains(matrix.Descendants(Pages.Svg + "title"), e => e.Value == "3 of 3 rows of blue are taken for red");
    }

    [Fact]
    public void A_hundred_classes_are_drawn_as_few_paths_and_all_cells()
    {
        XElement matrix = Drawing(SampleAnswers.Hundred, "Confusion");
        int cells = matrix.Elements(Pages.Svg + "path").Sum(path => path.Attribute("d")!.Value.Count(c => c == 'M'));
        Assert.Equal(SampleAnswers.Hundred.Test!.Confusion!.Sum(row => row.Count(count => count > 0)), cells);
        Assert.InRange(matrix.Elements(Pages.Svg + "path").Count(), 2, 26);
    }

    [Fact]
    public void The_headline_states_the_interval_and_the_constant_guess()
    {
        XElement headline = Pages.Of(Three).Descendants(Pages.Html + "section").First();
        string text = headline.Value.Replace('\u00a0', ' ');
        Assert.Contains("70.00 %test accuracy", text.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("95 % interval 48.10 to 85.45 %, over rows, binomial (Wilson); one seed.", text, StringComparison.Ordinal); // Wilson 14/20
        Assert.Contains("6 misclassified. Always saying “red” would be right on 50.0 %.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Seeds_make_the_interval_and_the_own_seed_counts_once()
    {
        FitAnswer apart = Three with { Seeds = [new(1, 0.8), new(2, 0.9)], Manifest = Three.Manifest with { Seed = 42 } };
        FitAnswer listed = apart with { Seeds = [new(42, 0.7), new(1, 0.8), new(2, 0.9)] };
        foreach (FitAnswer answer in (FitAnswer[])[apart, listed])
        {
            var verdict = new Verdict(answer);
            Assert.Equal([0.7, 0.8, 0.9], verdict.Values);
            Assert.Equal(0.8, verdict.Interval.Value, 12);
            Assert.Equal(4.303 * 0.1 / Math.Sqrt(3), verdict.Interval.High - 0.8, 12);
            Assert.Contains("over 3 seeds", verdict.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_most_honest_score_is_the_headline()
    {
        FitAnswer all = Three with { Folds = ThreeClasses with { Accuracy = 0.6 }, LeaveOneOut = ThreeClasses with { Accuracy = 0.5 }, Train = ThreeClasses with { Accuracy = 1 } };
        Assert.Equal(("test", 0.7), Headline(all));
        Assert.Equal(("5-fold", 0.6), Headline(all with { Test = null }));
        Assert.Equal(("leave-one-out", 0.5), Headline(all with { Test = null, Folds = null }));
        Assert.Equal(("training", 1.0), Headline(all with { Test = null, Folds = null, LeaveOneOut = null }));
    }

    [Fact]
    public void Calibration_says_which_way_it_is_off()
    {
        string text = Pages.Card(Pages.Of(Three), "Calibration").Value.Replace('\u00a0', ' ');
        Assert.Contains("claim 80.0 % and are right on 70.0 %: over-confident by 10.0 points", text, StringComparison.Ordinal); // (4·0.4 + 16·0.9)/20, (4·0.5 + 16·0.75)/20
    }

    [Theory]
    [InlineData(0.02, "still more than a standard error")]
    [InlineData(0.005, "less than a standard error")]
    public void The_width_curve_ends_in_a_verdict(double gain, string expected)
    {
        FitAnswer answer = Three with { Widths = [new(512, 0.1, 0.01, 1e-3, 1), new(1024, 0.1 - gain, 0.01, 1e-3, 2)] };
        Assert.Contains(expected, Pages.Card(Pages.Of(answer), "Width").Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "smallest one tried")]
    [InlineData(2, "largest one tried")]
    public void A_penalty_chosen_at_the_edge_is_pointed_out(int chosen, string expected)
    {
        FitAnswer answer = Three with { Penalties = [.. Enumerable.Range(0, 3).Select(i => new PenaltyPoint(0.01 * (1 << i), 0.1, 0.01, 0.2, 0.1, 9, i == chosen))] };
        Assert.Contains(expected, Pages.Card(Pages.Of(answer), "Penalty").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chosen_penalty_is_ringed_where_its_loss_lies()
    {
        XElement drawing = Drawing(SampleAnswers.Digits, "Penalty");
        XElement ring = drawing.Elements(Pages.Svg + "circle").Single(e => e.Attribute("class")!.Value == "ring s2" && e.HasElements);
        Assert.Contains(drawing.Elements(Pages.Svg + "circle"), dot =>
            dot.Attribute("class")!.Value == "dot s1" && dot.Attribute("cx")!.Value == ring.Attribute("cx")!.Value && dot.Attribute("cy")!.Value == ring.Attribute("cy")!.Value);
    }

    [Fact]
    public void Pictures_of_mistakes_hold_the_answers_pixels_enlarged_by_whole_factors()
    {
        byte[] colour = [.. Enumerable.Range(0, 32 * 20 * 3).Select(i => (byte)(i * 7))];
        FitAnswer answer = Three with
        {
            Mistakes = [.. SampleAnswers.Digits.Mistakes.Take(2), new(9, "red", "green", 0.875, colour, new ImageShape(20, 32, 3)), new(10, "red", "blue", 0.5, null, null)],
        };
        XElement card = Pages.Card(Pages.Of(answer), "Most confident mistakes");
        XElement[] images = [.. card.Descendants(Pages.Html + "img")];
        Assert.Equal(3, images.Length);
        Assert.Equal(4, card.Descendants(Pages.Html + "figure").Count());
        PngDecoder grey = Decode(images[1]), rgb = Decode(images[2]);
        Assert.Equal(SampleAnswers.Digits.Mistakes[1].Image, grey.Pixels);
        Assert.Equal(colour, rgb.Pixels);
        Assert.Equal(("96", "96"), (images[1].Attribute("width")!.Value, images[1].Attribute("height")!.Value)); // 12 × 8
        Assert.Equal(("96", "60"), (images[2].Attribute("width")!.Value, images[2].Attribute("height")!.Value)); // 3 × 32, 3 × 20
        Assert.Equal("Row 9: red taken for green with 87.5 % confidence", images[2].Attribute("alt")!.Value.Replace('\u00a0', ' '));
    }

    [Fact]
    public void Dark_pictures_are_shown_brighter_and_it_is_said()
    {
        FitAnswer answer = Three with { Mistakes = [new(0, "red", "green", 0.9, [0, 4, 8, 16], new ImageShape(2, 2, 1))] };
        XElement card = Pages.Card(Pages.Of(answer), "Most confident mistakes");
        Assert.Equal([0, 60, 120, 240], Decode(card.Descendants(Pages.Html + "img").Single()).Pixels);
        Assert.Contains("Shown 15 times brighter.", card.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Bins_hold_every_residual_and_zero_is_an_edge() => ForAll.Draws(100, draw =>
    {
        double[] values = draw.Doubles(draw.Int(1, 300), -draw.Of(1e-9, 1.0, 1e9), draw.Of(0.0, 1.0, 1e6));
        (double from, double step, int[] counts) = ResidualChart.Bin(values);
        Assert.Equal(values.Length, counts.Sum());
        Assert.InRange(counts.Length, 1, 60);
        Assert.InRange(values.Min(), from - (1e-9 * step), from + step);
        Assert.InRange(values.Max(), from + (step * (counts.Length - 1)) - (1e-9 * step), from + (step * counts.Length));
        Assert.Equal(Math.Round(from / step), from / step, 6);
    });

    [Theory]
    [InlineData("digits", "--features hidden", "seedhead fit digits --features hidden --seed 7")]
    [InlineData("digits", "--seed 7 --width auto", "seedhead fit digits --seed 7 --width auto")]
    [InlineData("digits", "", "seedhead fit digits --seed 7")]
    [InlineData("it's a file.csv", "", "seedhead fit 'it'\\''s a file.csv' --seed 7")]
    [InlineData("-", "", "seedhead fit - --seed 7")]
    [InlineData("-x.csv", "", "seedhead fit ./-x.csv --seed 7")]
    public void The_command_gives_the_answer_again(string name, string options, string expected)
    {
        FitAnswer answer = Three with { Data = Three.Data with { Name = name }, Manifest = new Manifest(7, 1, "0.1.0", "", options) };
        Assert.Equal(expected, ManifestSection.Command(answer));
    }

    [Fact]
    public void The_manifest_is_complete()
    {
        Manifest manifest = SampleAnswers.Digits.Manifest;
        string text = Pages.Card(Pages.Of(SampleAnswers.Digits), "How to get it again").Value;
        Assert.All([manifest.Version, manifest.Cpu, manifest.Options, "42", SampleAnswers.Digits.Data.Sha256], part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    private static (string, double) Headline(FitAnswer answer) => new Verdict(answer) is var verdict ? (verdict.Ground, verdict.Interval.Value) : default;

    private static XElement Drawing(FitAnswer answer, string heading) => Pages.Card(Pages.Of(answer), heading).Descendants(Pages.Svg + "svg").First();

    private static PngDecoder Decode(XElement image) =>
        PngDecoder.Read(Convert.FromBase64String(image.Attribute("src")!.Value["data:image/png;base64,".Length..]));
}

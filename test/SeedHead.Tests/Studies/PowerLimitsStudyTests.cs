using System.Text.Json.Nodes;
using SeedHead.Report;
using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

public sealed class PowerLimitsStudyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_goes_on_from_what_is_kept_and_ends_with_the_same_numbers_on_any_threads()
    {
        ReproduceAnswer whole = Run("E1,E8,E16", 1, null);
        Run("E8", 2, folder.Path);
        string kept = File.ReadAllText(folder.File("cells.jsonl"));
        ReproduceAnswer rest = Run("E1,E8,E16", 2, folder.Path);
        Assert.StartsWith(kept, File.ReadAllText(folder.File("cells.jsonl")), StringComparison.Ordinal); // seconds too: they were not run again
        Assert.Equal(whole.Cells.Select(Numbers), rest.Cells.Select(Numbers));
        Assert.Equal(whole.Checks.Select(check => (check.Id, check.Ours)), rest.Checks.Select(check => (check.Id, check.Ours)));
    }

    [Fact]
    public void What_is_finished_can_be_looked_at_without_running_the_rest()
    {
        Run("E12", 1, folder.Path);
        ReproduceAnswer answer = PowerLimitsStudy.Run(new() { Paper = "power-limits", Form = ReproduceForm.Quick, Folder = folder.Path, FinishedOnly = true, Seeds = 1 }, new() { Threads = 1 });
        Assert.Single(answer.Cells);
        Assert.Contains(answer.Notes, note => note.Contains("the others were not run", StringComparison.Ordinal));
        Assert.All(answer.Checks, check => Assert.Matches("^(V|E12)", check.Id)); // nothing is said of what was not run
    }

    [Fact]
    public void The_quick_form_shows_everything_and_decides_nothing()
    {
        ReproduceAnswer answer = Run("", 2, null);
        Assert.Equal(PowerLimitsStudy.Studies.Select(study => study.Id).Skip(1), answer.Studies.Select(study => study.Id));
        Assert.All(answer.Checks, check => Assert.Null(check.Holds));
        Assert.Equal(answer.Checks.Count, answer.Checks.Select(check => check.Id).Distinct().Count());
        Assert.All(answer.Studies.SelectMany(study => study.Tables), table => Assert.All(table.Rows, row => Assert.Equal(table.Heads.Count, row.Count)));
        Assert.All(answer.Studies, study => Assert.NotEmpty(study.Figures));
        Assert.All(answer.Studies.SelectMany(study => study.Figures), figure => Assert.NotEmpty(figure.Note)); // every picture says what it holds for
        Assert.All(
            answer.Studies.SelectMany(study => study.Figures).Where(figure => figure.LogY), figure => Assert.All(figure.Series.SelectMany(series => series.Points), point => Assert.True(point.Y > 0)));
        string page = ReproduceReport.Html(answer);
        Assert.Contains("Relative error: mean squared error over E g²", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_closed_forms_are_those_printed()
    {
        Check[] checks = [.. PowerLimitsValues.Checks()];
        Assert.Equal(["V2.1", "V2.2", "V2.4", "V2.5", "V2.6", "V2.7"], checks.Select(check => check.Id));
        Assert.All(checks.Where(check => check.Id != "V2.6"), check => Assert.True(check.Holds, check.Evidence));
        Assert.InRange(checks[4].Ours!.Value, 0.5, 0.502); // 3.8e-3 is printed where it is 0.00374988, a quotient of rounded numbers; all others agree
    }

    [Theory]
    [InlineData("1.6", 1.65, 0.5)]
    [InlineData("2.6e6", 2.65e6, 0.5)]
    [InlineData("9e-5", 8.8e-5, 0.2)]
    [InlineData("168", 170, 2)]
    [InlineData(".0778", .0779, 1)]
    public void Differences_count_in_units_of_the_last_digit(string printed, double ours, double expected) => Assert.Equal(expected, PowerLimitsValues.Units(printed, ours), 1e-6);

    [Fact]
    public void Cells_are_read_as_they_were_written()
    {
        var curve = new LimitsCurve("a, b", 3, [new(16, 0.25, 0.125, 0.5) { StandardError = 0.01, Bound = 0.2 }, new(32, 0.1, 0.1, double.PositiveInfinity)]) { Slope = -1.5 };
        var outcome = new PowerLimitsOutcome("key", [curve], ["a note"], 1.25);
        PowerLimitsOutcome read = PowerLimitsOutcome.FromJson(JsonNode.Parse(outcome.ToJson().ToJsonString())!.AsObject());
        Assert.Equal(curve.Points[0], read.Curves[0].Points[0]);
        Assert.True(double.IsNaN(read.Curves[0].Points[1].Max)); // no number in JSON
        Assert.Equal((curve.Label, curve.Dimension, curve.Slope, (double?)null), (read.Curves[0].Label, read.Curves[0].Dimension, read.Curves[0].Slope, read.Curves[0].ExpectedSlope));
        Assert.Equal(["a note"], read.Notes);
    }

    [Fact]
    public void Everything_that_decides_a_cells_numbers_is_in_its_key()
    {
        LimitsQuestion cell = new() { Study = "E1", Dimensions = [3], Widths = [8], Targets = 5, Draws = 2 };
        LimitsQuestion[] others =
            [cell with { Study = "E6" }, cell with { Dimensions = [4] }, cell with { Widths = [8, 9] }, cell with { Targets = 6 }, cell with { Draws = 3 }, cell with { Biases = [1] }, cell with { Seed = 1 }];
        Assert.Equal(others.Length + 1, others.Append(cell).Select(PowerLimitsCell.Key).Distinct().Count());
    }

    [Fact]
    public void Where_curves_pass_a_half_is_found_between_their_points()
    {
        LimitsPoint[] points = [LimitsCurves.Sure(4, 0.75), LimitsCurves.Sure(16, 0.25)];
        Assert.Equal(8, PowerLimitsNeuronChecks.Half(points)!.Value, 1e-12); // half way in the logarithm
        Assert.Null(PowerLimitsNeuronChecks.Half([points[0]]));
        Assert.Null(PowerLimitsNeuronChecks.Half([points[1]]));
        Assert.Equal(20.0 * 20 / 2, PowerLimitsNeuronChecks.Expected(20, 2));
    }

    private static ReproduceAnswer Run(string only, int threads, string? folder) => PowerLimitsStudy.Run(
        new() { Paper = "power-limits", Form = ReproduceForm.Quick, Only = only.Split(',', StringSplitOptions.RemoveEmptyEntries), Seeds = 1, Folder = folder }, new() { Threads = threads });

    private static string Numbers(JsonObject cell) => cell["key"]!.ToJsonString() + cell["curves"]!.ToJsonString();
}

using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

public sealed class RedshiftStudyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_goes_on_from_what_is_kept_and_ends_with_the_same_numbers_on_any_threads()
    {
        ReproduceAnswer whole = Run("Q6,Q9", 1, null);
        ReproduceAnswer part = Run("Q9", 2, folder.Path);
        string kept = File.ReadAllText(folder.File("cells.jsonl"));
        ReproduceAnswer rest = Run("Q6,Q9", 2, folder.Path);
        Assert.StartsWith(kept, File.ReadAllText(folder.File("cells.jsonl")), StringComparison.Ordinal); // seconds too: they were not run again
        Assert.True(rest.Cells.Count > part.Cells.Count);
        Assert.Equal(whole.Cells.Select(Numbers), rest.Cells.Select(Numbers));
    }

    [Fact]
    public void What_is_finished_can_be_looked_at_without_running_the_rest()
    {
        Run("Q9", 2, folder.Path);
        string kept = File.ReadAllText(folder.File("cells.jsonl"));
        ReproduceAnswer answer = RedshiftStudy.Run(
            new() { Paper = "redshift", Form = ReproduceForm.Quick, Folder = folder.Path, FinishedOnly = true, Seeds = 1 }, new() { Threads = 1 });
        Assert.Equal(kept, File.ReadAllText(folder.File("cells.jsonl")));
        Assert.Equal(kept.Split('\n').Length - 1, answer.Cells.Count);
        Assert.Contains(answer.Notes, note => note.Contains("the others were not run", StringComparison.Ordinal));
        Assert.All(answer.Checks, check => Assert.StartsWith("Q9", check.Id, StringComparison.Ordinal)); // nothing is said of what was not run
    }

    [Fact]
    public void The_quick_form_shows_everything_and_decides_nothing()
    {
        ReproduceAnswer answer = Run("", 2, null);
        Assert.Equal(RedshiftStudy.Studies.Select(study => study.Id), answer.Studies.Select(study => study.Id));
        Assert.All(answer.Checks, check => Assert.Null(check.Holds));
        Assert.Equal(answer.Checks.Count, answer.Checks.Select(check => check.Id).Distinct().Count());
        foreach (string question in (string[])["Q1a", "Q3 tanh", "Q4", "Q5", "Q6a", "Q6b", "Q7", "Q8", "Q9a", "Q10 fourier, chebyshev", "Q11 Gaussian", "T1 gating", "M1", "V1", "F7a", "F8b", "Q12a", "F9a", "Q13 scale", "Q14a", "Q15", "Q9c"])
        {
            Assert.Contains(answer.Checks, check => check.Id == question);
        }

        Assert.All(answer.Studies.SelectMany(study => study.Tables), table => Assert.All(table.Rows, row => Assert.Equal(table.Heads.Count, row.Count)));
        string[] names = [.. answer.Studies.SelectMany(study => study.Tables).Select(table => table.Name)];
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public void Everything_that_decides_a_cells_numbers_is_in_its_key()
    {
        RedshiftFunctions cell = new() { Net = "2-64-tanh-1", Prior = "flat", Side = 64, Networks = 10, Measures = "fourier" };
        RedshiftModulo task = new() { Modulus = 10, Activation = "tanh", Prefactor = 1, Seed = 1, Steps = 3, Side = 16 };
        RedshiftGuess guess = new() { Net = "2-8-tanh-1", Prior = "glorot-alpha", Points = [4], Tries = 10 };
        RedshiftStart start = new() { Activation = "relu", FromPicture = false, Seed = 1, Steps = 3, Measured = 16 };
        RedshiftFit fit = new() { Highest = 0, Seed = 1, Points = 10, Steps = 3 };
        RedshiftSequenceCell sequence = new() { Net = "gpt2-1-2-16/32", Activation = "gelu", Sequences = 4, Length = 10 };
        RedshiftShortcut colour = new() { Data = "digits", Activation = "tanh", Prefactor = 1, Seed = 1, Rows = 10, Steps = 3, Options = new() };
        RedshiftCell[] others =
        [
            cell with { Net = "2-64-relu-1" }, cell with { Prior = "glorot-alpha" }, cell with { Scale = 2 }, cell with { ScaleBiases = true }, cell with { Side = 32 }, cell with { Networks = 11 },
            cell with { Measures = "lz78" }, new RedshiftSpectrum { Net = "2-64-tanh-1", Prior = "flat", Side = 64, Networks = 10 },
            task, task with { Modulus = 7 }, task with { Strict = true }, task with { Dimension = 3 }, task with { Activation = "sin" }, task with { Prefactor = 2 }, task with { Seed = 2 },
            task with { Steps = 4 }, task with { Share = 0.4 }, task with { Width = 32 }, task with { Side = 8 },
            guess, guess with { Net = "2-8-relu-1" }, guess with { Prior = "flat" }, guess with { Points = [4, 6] }, guess with { Tries = 11 },
            start, start with { Activation = "gelu" }, start with { FromPicture = true }, start with { Seed = 2 }, start with { Steps = 4 }, start with { Measured = 8 },
            fit, fit with { Highest = 2 }, fit with { Seed = 2 }, fit with { Points = 11 }, fit with { Steps = 4 },
            sequence, sequence with { Net = "gpt2-2-2-16/32" }, sequence with { Activation = "relu" }, sequence with { NormScale = 2 }, sequence with { Sequences = 5 }, sequence with { Length = 11 },
            colour, colour with { Data = "mnist" }, colour with { Activation = "sin" }, colour with { Prefactor = 2 }, colour with { Seed = 2 }, colour with { Rows = 11 }, colour with { Steps = 4 },
        ];
        Assert.Equal(others.Length + 1, others.Append(cell).Select(one => one.Key).Distinct().Count());
    }

    [Theory] // the published code: torch.logspace(-1, 2, 15)
    [InlineData(0, 0.1)]
    [InlineData(4, 0.7196856)]
    [InlineData(6, 1.9306977)]
    [InlineData(8, 5.1794747)]
    [InlineData(10, 13.8949549)]
    [InlineData(14, 100)]
    public void Scales_of_the_maps_are_those_published(int number, double expected) => Assert.Equal(expected, RedshiftSizes.MapScale(number), 6);

    [Fact]
    public void Undefined_values_are_counted_and_left_out_of_means()
    {
        var summary = RedshiftSummary.Of([SeedHead.Complexity.ComplexityValue.Of(1), SeedHead.Complexity.ComplexityValue.Undefined(SeedHead.Complexity.UndefinedCause.Constant), SeedHead.Complexity.ComplexityValue.Of(4)]);
        Assert.Equal((2.5, 1, 4, 2, 1), (summary.Mean, summary.Least, summary.Greatest, summary.Count, summary.Undefined));
        Assert.Equal(1.5, summary.Error, 12); // √(2·1.5²/1)/√2
        Assert.Equal(summary, RedshiftSummary.From(summary.Numbers("x").ToDictionary(number => number.Name, number => number.Value), "x"));
    }

    private static ReproduceAnswer Run(string only, int threads, string? folder) => RedshiftStudy.Run(
        new() { Paper = "redshift", Form = ReproduceForm.Quick, Only = only.Split(',', StringSplitOptions.RemoveEmptyEntries), Seeds = 1, Folder = folder }, new() { Threads = threads });

    private static string Numbers(System.Text.Json.Nodes.JsonObject cell) => cell["key"]!.ToJsonString() + cell["numbers"]!.ToJsonString();
}

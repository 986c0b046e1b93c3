using SeedHead.Studies;
using SeedHead.Training;

namespace SeedHead.Tests.Studies;

public sealed class PartialTrainingStudyTests : IDisposable
{
    private static readonly PartialTrainingSubject Small = PartialTrainingPlan.Main(ReproduceForm.Small);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_goes_on_from_what_is_kept_and_ends_with_the_same_numbers_on_any_threads()
    {
        ReproduceAnswer whole = Run("B2,B4", 1, null);
        ReproduceAnswer part = Run("B2", 2, folder.Path);
        string kept = File.ReadAllText(folder.File("cells.jsonl"));
        ReproduceAnswer rest = Run("B2,B4", 2, folder.Path);
        Assert.StartsWith(kept, File.ReadAllText(folder.File("cells.jsonl")), StringComparison.Ordinal); // seconds too: they were not run again
        Assert.True(rest.Cells.Count > part.Cells.Count);
        Assert.Equal(whole.Cells.Select(Numbers), rest.Cells.Select(Numbers));
        Assert.All(rest.Cells, cell => Assert.True((bool)cell["fixedUnchanged"]!));
    }

    [Fact]
    public void What_is_finished_can_be_looked_at_without_running_the_rest()
    {
        Run("B2", 2, folder.Path);
        string kept = File.ReadAllText(folder.File("cells.jsonl"));
        var question = new ReproduceQuestion { Paper = "partial-training", Form = ReproduceForm.Quick, Only = ["B2", "B4"], Seeds = 1, Folder = folder.Path, FinishedOnly = true };
        ReproduceAnswer answer = PartialTrainingStudy.Run(question, new());
        Assert.Equal(kept, File.ReadAllText(folder.File("cells.jsonl")));
        Assert.Equal(kept.Split('\n').Length - 1, answer.Cells.Count);
        Assert.Contains(answer.Notes, note => note.StartsWith($"{answer.Cells.Count} of 11 cells are finished", StringComparison.Ordinal)); // 4 of B2, 8 of B4, one shared
        Assert.Contains(answer.Studies.Single(study => study.Id == "B4").Tables[0].Rows, row => row.Contains("–"));
    }

    [Fact]
    public void An_ensemble_of_the_seed_shares_its_fixed_part_and_its_first_member_is_the_network_of_the_seed()
    {
        ReproduceAnswer answer = Run("R,B3", 2, null);
        PartialTrainingSubject tiny = PartialTrainingPlan.Main(ReproduceForm.Quick);
        double Last(PartialTrainingCell cell) => (double)answer.Cells.Single(found => (string)found["key"]! == cell.With(1).Key)["last"]!;
        var members = answer.Cells.Single(cell => (string)cell["key"]! == tiny.Sharing("filters:0.1+bn+fc").With(1).Key)["ensemble"]!["singles"]!.AsArray().Select(value => (double)value!).ToArray();
        Assert.Equal(5, members.Distinct().Count());
        Assert.Equal(Last(tiny.Filters("0.1")), members[0]);
    }

    [Fact]
    public void Everything_that_decides_a_cells_numbers_is_in_its_key()
    {
        PartialTrainingCell cell = Small.Filters("0.1");
        TrainOptions options = cell.Options;
        PartialTrainingCell[] others =
        [
            cell with { Data = "mnist" }, cell with { Rows = 10 }, cell with { Net = "wrn-16-2" }, cell with { Learned = "fc" }, cell with { Fixed = FixedNumbers.Zero },
            cell with { Prior = "sign" }, cell with { Members = 5 }, cell with { Members = 5, StartEpochs = 1 }, cell.With(2),
            .. ((TrainOptions[])
            [
                options with { Epochs = 6 }, options with { Batch = 64 }, options with { Rate = 0.2 }, options with { Momentum = 0.8 }, options with { WeightDecay = 0 },
                options with { Schedule = RateSchedule.Constant }, options with { Schedule = RateSchedule.Steps, Drops = [2] }, options with { Schedule = RateSchedule.Steps, Drops = [3] },
                options with { Schedule = RateSchedule.Steps, Drops = [3], Factor = 0.5 }, options with { Optimiser = OptimiserKind.Adam }, options with { Augmentation = new(4, false) },
                options with { Augmentation = new(4, true) }, options with { Mixup = 0.2 },
            ]).Select(changed => cell with { Options = changed }),
        ];
        Assert.Equal(others.Length + 1, others.Append(cell).Select(other => other.Key).Distinct().Count());
        Assert.Equal(cell.Key, (cell with { }).Key);
    }

    [Fact]
    public void Every_option_of_training_is_known_to_the_key() // a new one must be added to the key and to the test above, unless it changes no result, as MostKept
        => Assert.Equal(
            ["Augmentation", "Batch", "Drops", "Epochs", "Factor", "Mixup", "Momentum", "MostKept", "Optimiser", "Rate", "Schedule", "Seed", "WeightDecay"],
            typeof(TrainOptions).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_form_plans_networks_and_parts_that_exist()
    {
        foreach (ReproduceForm form in Enum.GetValues<ReproduceForm>())
        {
            var question = new ReproduceQuestion { Paper = "partial-training", Form = form };
            PartialTrainingCell[] cells = PartialTrainingStudy.CellsOf(PartialTrainingStudy.TablesOf(question), PartialTrainingPlan.Deciding(form), 2);
            Assert.Equal(cells.Length, cells.Select(cell => cell.Key).Distinct().Count());
            foreach (var (net, learned) in cells.Select(cell => (cell.Net, cell.Learned)).Distinct())
            {
                var shape = net[0] is '8' ? new SeedHead.Data.ImageShape(8, 8, 1) : net[0] is '2' ? new(28, 28, 1) : new SeedHead.Data.ImageShape(32, 32, 3);
                LearnedPart.Parse(learned).Of(ParameterTensor.Of(SeedHead.Networks.Architecture.Parse(net, shape, 10))); // throws for a part that matches nothing
            }
        }
    }

    [Fact]
    public void Cells_that_decide_checks_come_first()
    {
        var question = new ReproduceQuestion { Paper = "partial-training" };
        string[] deciding = [.. PartialTrainingPlan.Deciding(ReproduceForm.Small).Select(cell => cell.With(1).Key).Distinct()];
        PartialTrainingCell[] cells = PartialTrainingStudy.CellsOf(PartialTrainingStudy.TablesOf(question), PartialTrainingPlan.Deciding(ReproduceForm.Small), 1);
        Assert.Equal(deciding, cells.Take(deciding.Length).Select(cell => cell.Key));
    }

    [Fact]
    public void A_study_that_is_not_there_is_refused_and_those_there_are_named()
    {
        var error = Assert.Throws<ArgumentException>(() => Run("B1,B77", 1, null));
        Assert.Contains("'B77'", error.Message, StringComparison.Ordinal);
        Assert.Contains("B1, B2", error.Message, StringComparison.Ordinal);
    }

    private static ReproduceAnswer Run(string only, int threads, string? folder) => PartialTrainingStudy.Run(
        new() { Paper = "partial-training", Form = ReproduceForm.Quick, Only = only.Split(','), Seeds = 1, Folder = folder }, new() { Threads = threads });

    private static string Numbers(System.Text.Json.Nodes.JsonObject cell)
    {
        var numbers = cell.DeepClone().AsObject();
        numbers.Remove("seconds");
        return numbers.ToJsonString();
    }
}

using SeedHead.Studies;
using SeedHead.Training;

namespace SeedHead.Tests.Studies;

public class PartialTrainingChecksTests
{
    private static readonly PartialTrainingSubject Main = PartialTrainingPlan.Main(ReproduceForm.Small);

    [Fact]
    public void Findings_hold_for_numbers_like_the_papers()
    {
        IReadOnlyList<Check> checks = Checks(Like());
        Assert.Equal(["1", "2a", "2b", "3", "4a", "4b", "5", "6", "B10"], checks.Select(check => check.Id));
        Assert.All(checks, check => Assert.True(check.Holds, check.Id + ": " + check.Evidence));
        Check first = checks[0];
        Assert.Equal(2.5, first.Ours!.Value, 1e-9);
        Assert.Contains("88.50 ± 0.10 %", first.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("filters:0.1+bn+fc", 0.80, "1")]      // loses 11 points
    [InlineData("filters:1+bn+fc", 0.49, "3")]
    [InlineData("filters:0.1+fc", 0.89, "4a")]        // better without learned norms
    [InlineData("filters:0.7+fc", 0.79, "4b")]        // the gain at 0.7 is the larger one
    [InlineData("layer:conv1+bn", 0.89, "5")]
    [InlineData("filters:0.1@in+bn+fc", 0.89, "6")]
    [InlineData("filters:0.7+bn+fc", 0.915, "2b")]    // 1.2 points above zero
    public void A_finding_fails_where_its_numbers_say_so(string learned, double accuracy, string failed)
    {
        var cells = Like();
        cells[Main.Cell(learned)] = [accuracy - 0.001, accuracy, accuracy + 0.001];
        Assert.False(Checks(cells).Single(check => check.Id == failed).Holds);
    }

    [Fact]
    public void A_gap_that_spread_over_seeds_explains_is_no_finding()
    {
        var cells = Like();
        cells[Main.Filters("0.1", FixedNumbers.Zero)] = [0.90, 0.87, 0.86]; // mean gap 1 point, standard deviation 2
        Check check = Checks(cells).Single(check => check.Id == "2a");
        Assert.False(check.Holds);
        Assert.True(check.Ours > 0);
    }

    [Fact]
    public void A_check_whose_cells_are_missing_or_ran_away_is_left_out()
    {
        var cells = Like();
        cells.Remove(Main.Filters("1"));
        cells[Main.Cell("filters:0.1@in+bn+fc")] = [0.8, double.NaN, 0.8];
        Assert.Empty(Checks(cells).Select(check => check.Id).Intersect(["3", "6", "B10"]));
    }

    [Fact]
    public void Ensembles_count_one_network_and_the_learned_part_of_every_further_member()
    {
        var outcome = new PartialTrainingOutcome { Key = "k", Learned = 100, Total = 1000, Accuracies = [0.9], Ensemble = new([0.8, 0.84], 0.9, []) };
        Assert.Equal(1400, PartialTrainingChecks.Stored(outcome, 5));
        Assert.Equal(8, PartialTrainingChecks.GainOf(outcome), 1e-9);
    }

    // Accuracies of three seeds for every cell of checks that trains one network.
    private static Dictionary<PartialTrainingCell, double[]> Like()
    {
        var cells = new Dictionary<PartialTrainingCell, double[]>();
        void Put(PartialTrainingCell cell, double mean) => cells[cell] = [mean - 0.001, mean, mean + 0.001];
        Put(Main.Everything, 0.91);
        Put(Main.Filters("0.07"), 0.875);
        Put(Main.Filters("0.1"), 0.885);
        cells[Main.Filters("0.1", FixedNumbers.Zero)] = [0.875, 0.8765, 0.876];
        Put(Main.Filters("0.4"), 0.9);
        Put(Main.Filters("0.7"), 0.905);
        Put(Main.Filters("0.7", FixedNumbers.Zero), 0.903);
        Put(Main.Filters("1"), 0.84);
        Put(Main.Filters("5"), 0.88);
        Put(Main.Filters("10"), 0.89);
        Put(Main.Cell("filters:0.1+fc"), 0.85);
        Put(Main.Cell("filters:0.7+fc"), 0.904);
        Put(Main.Cell("filters:0.1@in+bn+fc"), 0.87);
        Put(Main.Cell("layer:conv1+bn"), 0.8);
        Put(Main.Cell("layer:conv2+bn"), 0.86);
        Put(Main.Cell("layer:conv3+bn"), 0.87);
        Put(Main.Cell("fc+bn"), 0.84);
        Put(Main.Cell("bn"), 0.7);
        return cells;
    }

    private static IReadOnlyList<Check> Checks(Dictionary<PartialTrainingCell, double[]> cells)
    {
        var outcomes = new Dictionary<string, PartialTrainingOutcome>();
        foreach (var (cell, accuracies) in cells)
        {
            for (int i = 0; i < accuracies.Length; i++)
            {
                string key = cell.With(i + 1).Key;
                outcomes[key] = new()
                {
                    Key = key, Learned = Learned(cell), Total = 10_000, Accuracies = double.IsNaN(accuracies[i]) ? [] : [accuracies[i]],
                    Diverged = double.IsNaN(accuracies[i]) ? "away" : null,
                };
            }
        }

        return PartialTrainingChecks.All(ReproduceForm.Small, new(outcomes, 3));
    }

    // Shares of a sweep on the line accuracy = 91 % + 3.2 points per factor of ten.
    private static long Learned(PartialTrainingCell cell)
    {
        string[] sweep = [.. PartialTrainingPlan.Sweep(Main).Select(c => c.Learned)];
        return Array.IndexOf(sweep, cell.Learned) switch
        {
            0 => 100,   // one filter
            1 => 1200,
            2 => 2400,
            3 => 1000,
            4 => 1700,
            5 => 5000,
            6 => 7000,
            _ => 10_000,
        };
    }
}

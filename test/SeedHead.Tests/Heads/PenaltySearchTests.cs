using SeedHead.Heads;

namespace SeedHead.Tests.Heads;

public class PenaltySearchTests
{
    private static readonly double[] Grid = [.. RidgeOptions.UsualPenalties];

    [Fact]
    public void The_bottom_of_any_valley_is_found_in_at_most_sixteen_evaluations()
    {
        for (int bottom = 0; bottom < Grid.Length; bottom++)
        {
            int evaluations = 0;
            var search = Search(penalty =>
            {
                evaluations++;
                return Math.Abs(Array.IndexOf(Grid, penalty) - bottom) + 1.0;
            });
            search.CoarseToFine(Grid);
            Assert.Equal(Grid[bottom], search.Chosen.Penalty);
            Assert.InRange(evaluations, 1, 16);
            Assert.Null(search.Raised);
        }
    }

    [Fact]
    public void Of_equal_criteria_the_largest_penalty_is_chosen()
    {
        var search = Search(penalty => penalty > 1e-3 ? 1 + penalty : 1 + (0.01 * penalty)); // flat below 1e-3, within 1e-5
        search.All(Grid);
        Assert.Equal(1e-3, search.Chosen.Penalty);
        Assert.Equal(Grid.Length, search.Path.Count());
        Assert.NotNull(search.Chosen.Coefficients);
        Assert.All(search.Path.Where(candidate => candidate.Penalty > 1e-3), candidate => Assert.Null(candidate.Coefficients)); // losers are freed
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refused_penalties_are_named_when_they_might_have_won(bool coarse)
    {
        var search = Search(penalty => penalty < 3e-5 ? null : penalty);
        Run(search, coarse);
        Assert.Equal(3.1622776601683795e-5, search.Chosen.Penalty, 1e-12);
        Assert.Equal(1e-5, search.Raised!.Value.Refused);

        var settled = Search(penalty => penalty < 3e-5 ? null : Math.Abs(Math.Log10(penalty)) + 1);
        Run(settled, coarse);
        Assert.Equal(1, settled.Chosen.Penalty);
        Assert.Null(settled.Raised);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_all_are_refused_the_penalty_rises_until_one_is_not(bool coarse)
    {
        var search = Search(penalty => penalty < 5000 ? null : 1);
        Run(search, coarse);
        Assert.InRange(search.Chosen.Penalty, 5000, 5000 * 3.17);
        Assert.NotNull(search.Raised);
        Assert.Throws<ArgumentException>(() => Run(Search(_ => null), coarse));
    }

    private static void Run(PenaltySearch search, bool coarse)
    {
        if (coarse)
        {
            search.CoarseToFine(Grid);
        }
        else
        {
            search.All(Grid);
        }
    }

    private static PenaltySearch Search(Func<double, double?> criterion) => new(
        penalty => criterion(penalty) is not { } value ? null : new Candidate
        {
            Penalty = penalty,
            AbsolutePenalty = penalty,
            Condition = 1,
            DegreesOfFreedom = 1,
            GeneralisedCrossValidation = value,
        }.With([]),
        flat: 0);
}

namespace SeedHead.Tests;

public class ForAllTests
{
    [Fact]
    public void The_same_number_draws_the_same_case()
    {
        var first = new List<double>();
        ForAll.Draws(20, draw => first.Add(draw.Double()));
        ForAll.Draws(1, draw => Assert.Equal(first[7], draw.Double()), repeat: 7);
        Assert.Equal(20, first.Distinct().Count());
    }

    [Fact]
    public void A_failure_names_the_draw_that_repeats_it()
    {
        int calls = 0;
        var fault = Assert.Throws<InvalidOperationException>(() => ForAll.Draws(100, _ => Assert.True(++calls != 4)));
        Assert.Contains("draw 3:", fault.Message);
    }

    [Fact]
    public void Draws_stay_in_their_ranges_and_reach_both_ends()
    {
        var seen = new HashSet<int>();
        ForAll.Draws(200, draw =>
        {
            int value = draw.Int(-2, 3);
            Assert.InRange(value, -2, 3);
            seen.Add(value);
            Assert.InRange(draw.Double(5, 6), 5, 6);
            Assert.Equal(3, draw.Floats(3).Length);
        });
        Assert.Equal(6, seen.Count);
    }
}

using SeedHead.Explorer.Work;

namespace SeedHead.Explorer.Tests.Work;

public class RecentTests
{
    [Fact]
    public void The_one_not_used_for_longest_is_dropped()
    {
        var recent = new Recent<string, int>(2);
        recent.Keep("a", 1);
        recent.Keep("b", 2);
        Assert.True(recent.TryGet("a", out _));
        recent.Keep("c", 3);
        Assert.True(recent.TryGet("a", out int a));
        Assert.Equal(1, a);
        Assert.False(recent.TryGet("b", out _));
        Assert.True(recent.TryGet("c", out _));
    }

    [Fact]
    public void What_is_kept_again_replaces_the_old()
    {
        var recent = new Recent<string, int>(2);
        recent.Keep("a", 1);
        recent.Keep("a", 2);
        recent.Keep("b", 3);
        Assert.True(recent.TryGet("a", out int a));
        Assert.Equal(2, a);
    }
}

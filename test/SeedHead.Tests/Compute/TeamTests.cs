using System.Collections.Concurrent;
using SeedHead.Compute;

namespace SeedHead.Tests.Compute;

public sealed class TeamTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 5)]
    [InlineData(2, 1)]
    [InlineData(5, 3)]
    [InlineData(5, 1000)]
    public void Every_block_runs_once(int threads, int count)
    {
        int[] runs = new int[count];
        new Team(threads).For(count, i => Interlocked.Increment(ref runs[i]));
        Assert.All(runs, run => Assert.Equal(1, run));
    }

    [Fact]
    public void Blocks_inside_a_block_run_on_its_thread()
    {
        var team = new Team(4);
        var strangers = new ConcurrentBag<int>();
        team.For(8, _ =>
        {
            int outer = Environment.CurrentManagedThreadId;
            team.For(20, _ =>
            {
                if (Environment.CurrentManagedThreadId != outer)
                {
                    strangers.Add(outer);
                }
            });
        });
        Assert.Empty(strangers);
    }

    [Fact]
    public void No_more_blocks_run_at_once_than_there_are_threads()
    {
        int running = 0, most = 0;
        new Team(3).For(60, _ =>
        {
            int now = Interlocked.Increment(ref running);
            for (int seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
            {
                Interlocked.CompareExchange(ref most, now, seen);
            }

            Thread.Yield();
            Interlocked.Decrement(ref running);
        });
        Assert.InRange(most, 1, 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_error_of_a_block_reaches_the_caller_as_it_was_thrown_and_the_team_still_works(int threads)
    {
        var team = new Team(threads);
        var error = Assert.Throws<DataException>(() => team.For(10, i =>
        {
            if (i == 3)
            {
                throw new DataException("row 3");
            }
        }));
        Assert.Equal("row 3", error.Message);

        int calls = 0;
        team.For(10, _ => Interlocked.Increment(ref calls));
        Assert.Equal(10, calls);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_cancelled_team_stops_between_blocks(int threads)
    {
        using var source = new CancellationTokenSource();
        int calls = 0;
        Assert.Throws<OperationCanceledException>(() => new Team(threads, source.Token).For(1000, _ =>
        {
            Interlocked.Increment(ref calls);
            source.Cancel();
        }));
        Assert.InRange(calls, 1, threads); // blocks that had begun end; none begins after
    }
}

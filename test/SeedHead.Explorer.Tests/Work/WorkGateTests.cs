using SeedHead.Explorer.Work;

namespace SeedHead.Explorer.Tests.Work;

public class WorkGateTests
{
    [Fact]
    public async Task One_computation_runs_at_a_time()
    {
        using var gate = new WorkGate(100);
        int now = 0, most = 0;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => gate.Run(
            () =>
            {
                most = Math.Max(most, Interlocked.Increment(ref now));
                Thread.SpinWait(2000);
                return Interlocked.Decrement(ref now);
            },
            CancellationToken.None))));
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Who_comes_when_too_many_wait_is_sent_away_and_who_leaves_makes_room()
    {
        using var gate = new WorkGate(1);
        using var hold = new ManualResetEventSlim();
        using var leave = new CancellationTokenSource();
        using var begun = new ManualResetEventSlim();
        Task<int> running = Task.Run(() => gate.Run(
            () =>
            {
                begun.Set();
                hold.Wait();
                return 1;
            },
            CancellationToken.None));
        begun.Wait();
        Task<int> waiting = gate.Run(() => 2, leave.Token);
        await Assert.ThrowsAsync<BusyException>(() => gate.Run(() => 3, CancellationToken.None));
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Task<int> next = gate.Run(() => 4, CancellationToken.None);
        hold.Set();
        Assert.Equal((1, 4), (await running, await next));
    }

    [Fact]
    public async Task A_computation_that_fails_lets_the_next_one_in()
    {
        using var gate = new WorkGate(1);
        await Assert.ThrowsAsync<FormatException>(() => gate.Run<int>(() => throw new FormatException(), CancellationToken.None));
        Assert.Equal(5, await gate.RunBehind(() => 5, CancellationToken.None));
    }
}

using SeedHead.Compute;
using SeedHead.Studies;

namespace SeedHead.Explorer.Work;

/// <summary>Computes what clients ask for, one thing at a time, and keeps what was asked for last.</summary>
internal sealed class Workbench(int threads) : IDisposable
{
    private const int MostWaiting = 64;

    private readonly WorkGate gate = new(MostWaiting);
    private readonly Recent<(NetworkState State, int Side), byte[]> pictures = new(64); // of at most 66 kB
    private readonly Recent<NetworkState, FunctionFacts> facts = new(256);
    private readonly Recent<(NetworkState Place, string Measure), Neighbour> neighbours = new(8192); // of about 1 kB

    private readonly Recent<LimitsState, LimitsAnswer> limits = new(256);

    public Task<byte[]> Picture(NetworkState state, int side, CancellationToken cancellation) =>
        Once(pictures, (state, side), team => Functions.Picture(state, side, team), cancellation);

    /// <summary>Makes a picture that will be asked for, on one thread: another one answers requests meanwhile.</summary>
    public Task Prepare(NetworkState state, int side) =>
        Once(pictures, (state, side), _ => Functions.Picture(state, side, Team.Single), CancellationToken.None);

    public Task<FunctionFacts> Facts(NetworkState state, CancellationToken cancellation) => Once(facts, state, team => Functions.Facts(state, team), cancellation);

    public Task<LimitsAnswer> Limits(LimitsState state, CancellationToken cancellation) => Once(limits, state, team => state.Run(team.Threads, team.Cancellation), cancellation);

    /// <summary>The places of the map as they are done, those next to the state first.</summary>
    public async IAsyncEnumerable<Neighbour> Neighbours(
        NetworkState state, string measure, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach ((int row, int column) in Neighbourhood.Order(state))
        {
            (NetworkState, string) key = (Neighbourhood.At(state, row, column), measure);
            if (!neighbours.TryGet(key, out Neighbour one))
            {
                one = await gate.RunBehind(() => Neighbourhood.Look(state, row, column, measure, new Team(threads, cancellation)), cancellation).ConfigureAwait(false);
                neighbours.Keep(key, one);
            }

            yield return one;
        }
    }

    /// <summary>The small pictures of the whole map.</summary>
    public async Task<byte[]> Sheet(NetworkState state, string measure, CancellationToken cancellation)
    {
        var all = new List<Neighbour>();
        await foreach (Neighbour one in Neighbours(state, measure, cancellation).ConfigureAwait(false))
        {
            all.Add(one);
        }

        return Neighbourhood.Sheet(all);
    }

    public void Dispose() => gate.Dispose();

    private async Task<TValue> Once<TKey, TValue>(Recent<TKey, TValue> kept, TKey key, Func<Team, TValue> make, CancellationToken cancellation)
        where TKey : notnull
    {
        if (kept.TryGet(key, out TValue value))
        {
            return value;
        }

        return await gate.Run(
            () =>
            {
                if (!kept.TryGet(key, out TValue made)) // somebody else may have asked for the same
                {
                    made = make(new Team(threads, cancellation));
                    kept.Keep(key, made);
                }

                return made;
            },
            cancellation).ConfigureAwait(false);
    }
}

namespace SeedHead.Explorer.Work;

/// <summary>Lets one computation run at a time, with all threads; others wait in a queue of limited length. Whoever leaves stops waiting.</summary>
/// <remarks>
/// Work in the background passes a gate of its own first, so that at most one piece of it stands in the queue: somebody who moves a slider waits for one
/// piece of a map at most, however many maps are being made.
/// </remarks>
internal sealed class WorkGate(int mostWaiting) : IDisposable
{
    private readonly SemaphoreSlim running = new(1);
    private readonly SemaphoreSlim background = new(1);
    private int waiting;

    /// <summary>Runs work that somebody waits for.</summary>
    /// <exception cref="BusyException">Too many wait already.</exception>
    public async Task<T> Run<T>(Func<T> work, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref waiting) > mostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw new BusyException();
        }

        try
        {
            await running.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }

        try
        {
            return work();
        }
        finally
        {
            running.Release();
        }
    }

    /// <summary>Runs a short piece of work in the background.</summary>
    public async Task<T> RunBehind<T>(Func<T> work, CancellationToken cancellation)
    {
        await background.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Run(work, cancellation).ConfigureAwait(false);
        }
        finally
        {
            background.Release();
        }
    }

    public void Dispose()
    {
        running.Dispose();
        background.Dispose();
    }
}

/// <summary>A request that is answered with 503: more wait than may.</summary>
internal sealed class BusyException() : Exception("Too many pictures are being waited for. Ask again in a moment.");

using System.Runtime.ExceptionServices;

namespace SeedHead.Compute;

/// <summary>The threads of one computation: runs independent blocks side by side. No result may depend on who runs which block, or when.</summary>
/// <remarks>
/// Helpers come from the thread pool and sleep there when idle; the calling thread works too, so a busy pool slows a computation down but never
/// stops it. A block that asks for a team again runs its inner blocks itself, one after the other: never more threads than the outermost team's.
/// </remarks>
internal readonly struct Team(int threads, CancellationToken cancellation = default)
{
    [ThreadStatic]
    private static bool insideBlock;

    public int Threads { get; } = threads;

    public CancellationToken Cancellation { get; } = cancellation;

    public static Team Single => new(1);

    /// <summary>Whether blocks would run on the calling thread only: a team of one, or already inside a block of a larger team.</summary>
    public bool Alone => Threads == 1 || insideBlock;

    /// <summary>Calls body(0) … body(count − 1), each once, in any order, and returns when all are done.</summary>
    /// <exception cref="OperationCanceledException">Cancelled between blocks.</exception>
    public void For(int count, Action<int> body)
    {
        if (Alone || count <= 1)
        {
            for (int i = 0; i < count; i++)
            {
                Cancellation.ThrowIfCancellationRequested();
                body(i);
            }
        }
        else
        {
            new Job(count, body, Cancellation).Run(Math.Min(Threads, count) - 1);
        }
    }

    /// <summary>The blocks of one call: whoever is free takes the next.</summary>
    private sealed class Job(int count, Action<int> body, CancellationToken cancellation) : IThreadPoolWorkItem
    {
        private readonly object gate = new();
        private readonly int blocks = count;
        private ExceptionDispatchInfo? failure;
        private int next;
        private int done;
        private volatile bool skipped;

        private bool Done => Volatile.Read(ref done) == blocks;

        public void Run(int helpers)
        {
            for (int i = 0; i < helpers; i++)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }

            Execute();
            WaitForOthers(); // after a failure too: a block that has begun still uses the caller's memory
            failure?.Throw();
            if (skipped)
            {
                throw new OperationCanceledException(cancellation);
            }
        }

        public void Execute()
        {
            insideBlock = true;
            for (int i = Interlocked.Increment(ref next) - 1; i < blocks; i = Interlocked.Increment(ref next) - 1)
            {
                RunBlock(i);
                if (Interlocked.Increment(ref done) == blocks)
                {
                    lock (gate)
                    {
                        Monitor.PulseAll(gate);
                    }
                }
            }

            insideBlock = false;
        }

        /// <summary>Others often end within microseconds: spins a little, then sleeps.</summary>
        private void WaitForOthers()
        {
            for (var spin = new SpinWait(); !Done && !spin.NextSpinWillYield;)
            {
                spin.SpinOnce();
            }

            lock (gate)
            {
                while (!Done)
                {
                    Monitor.Wait(gate);
                }
            }
        }

        private void RunBlock(int i)
        {
            if (failure != null || cancellation.IsCancellationRequested)
            {
                skipped = true;
                return;
            }

            try
            {
                body(i);
            }
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(error), null);
            }
        }
    }
}

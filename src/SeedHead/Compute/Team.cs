namespace SeedHead.Compute;

/// <summary>The threads of one computation: runs independent blocks side by side. No result may depend on who runs which block, or when.</summary>
internal readonly struct Team(int threads, CancellationToken cancellation = default)
{
    public int Threads { get; } = threads;

    public CancellationToken Cancellation { get; } = cancellation;

    public static Team Single => new(1);

    /// <summary>Calls body(0) … body(count − 1), each once, in any order, and returns when all are done.</summary>
    /// <exception cref="OperationCanceledException">Cancelled between blocks.</exception>
    public void For(int count, Action<int> body)
    {
        if (Threads == 1 || count <= 1)
        {
            for (int i = 0; i < count; i++)
            {
                Cancellation.ThrowIfCancellationRequested();
                body(i);
            }

            return;
        }

        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = Cancellation }, body);
    }
}

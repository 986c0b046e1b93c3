namespace SeedHead;

/// <summary>How a computation runs. Nothing in it can change a result's bits.</summary>
public sealed record Execution
{
    /// <summary>Number of worker threads, ≥ 1. Default: the processors this process may use (container limits respected).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one thread.</exception>
    public int Threads
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Threads must be at least 1.");
    } = Environment.ProcessorCount;

    /// <summary>Stops the computation between blocks with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Receives how far the work has come; may be called from any thread.</summary>
    public IProgress<Progress>? Progress { get; init; }

    internal Compute.Team Team => new(Threads, Cancellation);

    internal void Report(string stage, long done, long total) => Progress?.Report(new Progress(stage, done, total));
}

/// <summary>How far a stage of work has come.</summary>
/// <param name="Stage">What is being done, e.g. "features and Gram".</param>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all.</param>
public readonly record struct Progress(string Stage, long Done, long Total);

using SeedHead.Features;

namespace SeedHead.Training;

/// <summary>One network in memory for several tasks that differ in learned numbers alone: those of the task that is asked are put in when it is not the last one.</summary>
/// <remarks>The fixed part is there once. Whoever uses the network holds <see cref="Turn"/>.</remarks>
internal sealed class Backbone(TrainedNetwork network)
{
    private object? current;

    /// <summary>The network.</summary>
    public TrainedNetwork Network { get; } = network;

    /// <summary>Held by the task at work.</summary>
    public Lock Turn { get; } = new();

    /// <summary>Puts a task's numbers in; call with <see cref="Turn"/> held.</summary>
    /// <param name="task">Names the task.</param>
    /// <param name="arrays">Its numbers, of <see cref="TrainedNetwork.Store"/>; null where the network is that task's alone.</param>
    public void Be(object task, IReadOnlyDictionary<string, StoredArray>? arrays)
    {
        if (!ReferenceEquals(current, task))
        {
            current = null;
            if (arrays is not null)
            {
                Network.Restore(arrays, finished: true);
            }

            current = task;
        }
    }
}

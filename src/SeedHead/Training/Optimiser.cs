using SeedHead.Compute;

namespace SeedHead.Training;

/// <summary>How learned numbers follow their gradients.</summary>
internal enum OptimiserKind
{
    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,

    /// <summary>Steps divided by a running root mean square of the gradient.</summary>
    Adam,
}

/// <summary>Moves learned numbers against their gradients. Numbers that are not learned neither move nor decay nor cost memory.</summary>
internal abstract unsafe class Optimiser : IDisposable
{
    private readonly LearnedNumbers[] numbers;
    private readonly (string Name, NativeBuffer<float> Values)[] state;
    private readonly int kinds;

    /// <summary>Makes room for so many buffers of state for each of the learned numbers.</summary>
    private protected Optimiser(IEnumerable<LearnedNumbers> numbers, params string[] kinds)
    {
        this.numbers = [.. numbers.Where(learned => learned.LearnedCount > 0)];
        this.kinds = kinds.Length;
        state = [.. this.numbers.SelectMany(learned => kinds.Select(kind => ($"{learned.Name}/{kind}", new NativeBuffer<float>(learned.LearnedCount))))];
    }

    /// <summary>Steps made so far.</summary>
    public long Steps { get; set; }

    /// <summary>All that it remembers besides <see cref="Steps"/>: whoever stores both and writes them back goes on with the same bits.</summary>
    public IReadOnlyList<(string Name, NativeBuffer<float> Values)> State => state;

    /// <summary>An optimiser of a kind.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="numbers">What it moves; those of which nothing is learned are left out.</param>
    /// <param name="momentum">µ; β₁ of Adam.</param>
    /// <param name="decay">δ: the gradient of a number w becomes g + δ·w.</param>
    public static Optimiser Of(OptimiserKind kind, IEnumerable<LearnedNumbers> numbers, double momentum, double decay) => kind switch
    {
        OptimiserKind.Sgd => new Sgd(numbers, momentum, decay),
        OptimiserKind.Adam => new Adam(numbers, decay, momentum),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are Sgd and Adam."),
    };

    /// <summary>One step against the gradients.</summary>
    /// <param name="rate">η.</param>
    public void Step(double rate)
    {
        Steps++;
        for (int p = 0; p < numbers.Length; p++)
        {
            LearnedNumbers learned = numbers[p];
            learned.TakeGradient();
            long done = 0;
            fixed (float* gradient = learned.Gradient)
            {
                foreach ((long start, int length) in learned.Runs)
                {
                    Step(learned.Start + start, gradient + done, state.AsSpan(p * kinds, kinds), done, length, rate);
                    done += length;
                }
            }

            learned.Apply();
        }
    }

    public void Dispose()
    {
        foreach ((_, NativeBuffer<float> values) in state)
        {
            values.Dispose();
        }
    }

    /// <summary>Moves numbers that lie side by side.</summary>
    /// <param name="w">The numbers [count].</param>
    /// <param name="g">Their gradient [count].</param>
    /// <param name="memory">The state of all numbers learned together.</param>
    /// <param name="first">Where these numbers' state begins in it.</param>
    /// <param name="count">How many.</param>
    /// <param name="rate">η.</param>
    private protected abstract void Step(float* w, float* g, ReadOnlySpan<(string Name, NativeBuffer<float> Values)> memory, long first, int count, double rate);
}

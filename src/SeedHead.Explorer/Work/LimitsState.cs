using SeedHead.Compute;
using SeedHead.Studies;

namespace SeedHead.Explorer.Work;

/// <summary>What the sliders of the panel of limits ask the server for. Immutable.</summary>
/// <param name="Dimension">d.</param>
/// <param name="Bias">β of the target neuron, whose weights have length 1.</param>
/// <param name="Seed">The seed of all directions.</param>
/// <param name="Most">The most features of the curve.</param>
internal sealed record LimitsState(int Dimension, double Bias, ulong Seed, int Most)
{
    public const int LeastDimension = 2, MostDimension = 30;

    public const double MostBias = 2;

    private const int MostFeatures = 512, BoundDoublings = 20; // 512 features take the best part of a second, bounds next to nothing

    public static LimitsState Usual { get; } = new(5, 0, 42, MostFeatures);

    /// <exception cref="RefusedException">A value out of range, or no value at all.</exception>
    public static LimitsState Read(Asked asked) => new(
        asked.Whole("dimension", LeastDimension, MostDimension, Usual.Dimension),
        asked.Number("bias", -MostBias, MostBias, Usual.Bias),
        asked.Seed("seed", Usual.Seed),
        asked.Whole("most", 1, MostFeatures, Usual.Most));

    /// <summary>The study of tolerance and bias at one dimension and one bias.</summary>
    public LimitsAnswer Run(int threads, CancellationToken cancellation)
    {
        var question = new LimitsQuestion
        {
            Study = "E11",
            Dimensions = [Dimension],
            Biases = [Bias],
            Widths = [.. Enumerable.Range(0, BoundDoublings).Select(k => 1 << k).TakeWhile(width => width <= Most)],
            Targets = 64,
            Draws = 2,
            Seed = Seed,
        };
        return question.Run(new Execution { Threads = threads, Cancellation = cancellation });
    }

    /// <summary>The bound at 1, 2, 4, … features, further than features are drawn.</summary>
    public IEnumerable<(int Features, double Bound)> Bounds() =>
        Enumerable.Range(0, BoundDoublings + 1).Select(k => (1 << k, ZonalKernel.Bound(Dimension, 1 << k, Bias)));
}

using SeedHead.Models;
using SeedHead.Random;
using SeedHead.Training;

namespace SeedHead.Studies;

/// <summary>One training of the study of partial training: all that decides its numbers.</summary>
internal sealed record PartialTrainingCell
{
    // Counts up when the way of training changes what a cell finds, so that kept cells of before are not taken for new ones.
    private const int Revision = 1;

    /// <summary>A known set.</summary>
    public required string Data { get; init; }

    /// <summary>Training rows, a stratified sample; 0: all there are.</summary>
    public int Rows { get; init; }

    /// <summary>The network's text form.</summary>
    public required string Net { get; init; }

    /// <summary>What is learned, in text form.</summary>
    public required string Learned { get; init; }

    /// <summary>What the other numbers are.</summary>
    public FixedNumbers Fixed { get; init; } = FixedNumbers.Random;

    /// <summary>The law of weights.</summary>
    public string Prior { get; init; } = "he-normal";

    /// <summary>How it is trained, with the seed of weights and of the order of rows.</summary>
    public required TrainOptions Options { get; init; }

    /// <summary>0: one network. Else an ensemble of so many members, each trained for <see cref="Options"/>' epochs.</summary>
    public int Members { get; init; }

    /// <summary>Epochs for which all of the network is trained before members learn their part; 0: members start from the seed, which is the fixed part they share.</summary>
    public int StartEpochs { get; init; }

    /// <summary>The cell in one line; equal for equal numbers.</summary>
    public string Key
    {
        get
        {
            string ensemble = Members == 0 ? "" : $" | {Members} members after {StartEpochs} epochs";
            string more = $"{(Options.Optimiser == OptimiserKind.Sgd ? "" : $", {Options.Optimiser}")}{(Options.Augmentation == Augmentation.None ? "" : $", {Options.Augmentation}")}"
                + (Options.Mixup == 0 ? "" : $", mixup {Options.Mixup}");
            string schedule = Options.Schedule == RateSchedule.Steps
                ? $"steps {string.Join(',', Options.Drops)} by {Options.Factor}" : Options.Schedule.ToString().ToLowerInvariant();
            return $"{Data}/{(Rows == 0 ? "all" : Rows)} | {Net} | {Learned} | {Fixed.Text()} | {Prior} | seed {Options.Seed}{ensemble}"
                + $" | {Options.Epochs} epochs, batch {Options.Batch}, rate {Options.Rate} {schedule}, momentum {Options.Momentum}, decay {Options.WeightDecay}{more}"
                + $" | revision {Revision}, stream {RandomStream.Version}, version {Manifests.Version}";
        }
    }

    /// <summary>The same cell with another seed.</summary>
    public PartialTrainingCell With(int seed) => this with { Options = Options with { Seed = (ulong)seed } };
}

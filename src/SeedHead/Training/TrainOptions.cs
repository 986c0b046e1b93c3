using SeedHead.Compute;

namespace SeedHead.Training;

/// <summary>How a network is trained.</summary>
internal sealed record TrainOptions
{
    /// <summary>Passes over the rows.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Rows a step; the last step of an epoch has what is left over.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>η of the first epoch.</summary>
    public double Rate { get; init; } = 0.1;

    /// <summary>µ.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>δ.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>What moves the learned numbers.</summary>
    public OptimiserKind Optimiser { get; init; }

    /// <summary>How η falls.</summary>
    public RateSchedule Schedule { get; init; } = RateSchedule.Cosine;

    /// <summary>Epochs (counted from 0) at which a stepwise rate is multiplied by <see cref="Factor"/>.</summary>
    public IReadOnlyList<int> Drops { get; init; } = [];

    /// <summary>What a stepwise rate is multiplied by.</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>How images are varied.</summary>
    public Augmentation Augmentation { get; init; }

    /// <summary>α: every batch is mixed with itself in reverse, λ·x + (1 − λ)·x′ with λ of Beta(α, α), and so is its loss; 0 for not at all.</summary>
    public double Mixup { get; init; }

    /// <summary>Bytes that results of fixed layers below the lowest learned one may take to be computed once instead of in every epoch; never changes a result.</summary>
    public long MostKept { get; init; } = 1L << 30;

    /// <summary>The seed of the weights, the order of rows and what is dropped.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>η in an epoch, counted from 0. Cosine: η₀·(1 + cos(π·epoch/epochs))/2.</summary>
    public double RateOf(int epoch)
    {
        double rate = Rate;
        if (Schedule == RateSchedule.Cosine)
        {
            return Rate * (1 + Elementary.Cos(Math.PI * epoch / Epochs)) / 2;
        }

        for (int i = 0; Schedule == RateSchedule.Steps && i < Drops.Count; i++)
        {
            rate *= epoch >= Drops[i] ? Factor : 1;
        }

        return rate;
    }
}

/// <summary>How the rate falls.</summary>
internal enum RateSchedule
{
    /// <summary>Not at all.</summary>
    Constant,

    /// <summary>By a factor at stated epochs.</summary>
    Steps,

    /// <summary>Along half a wave to nearly 0.</summary>
    Cosine,
}

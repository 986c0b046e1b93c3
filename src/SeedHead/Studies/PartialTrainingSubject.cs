using SeedHead.Training;

namespace SeedHead.Studies;

/// <summary>A network on data, trained in one way: what a table is about.</summary>
internal sealed record PartialTrainingSubject
{
    /// <summary>Its name in tables.</summary>
    public required string Name { get; init; }

    /// <summary>A known set.</summary>
    public required string Data { get; init; }

    /// <summary>Training rows; 0: all.</summary>
    public int Rows { get; init; }

    /// <summary>The network's text form.</summary>
    public required string Net { get; init; }

    /// <summary>How it is trained.</summary>
    public required TrainOptions Options { get; init; }

    /// <summary>The law of its weights.</summary>
    public string Prior { get; init; } = "he-normal";

    /// <summary>Its named parts, from input to output, as what is learned beside batch norms.</summary>
    public IReadOnlyList<(string Name, string Learned)> Parts { get; init; } = [];

    /// <summary>The name under which the paper has numbers of it, e.g. "wrn-28-4"; null: none.</summary>
    public string? Published { get; init; }

    /// <summary>A cell of it, for no seed yet.</summary>
    public PartialTrainingCell Cell(string learned, FixedNumbers numbers = FixedNumbers.Random) => new()
    {
        Data = Data, Rows = Rows, Net = Net, Learned = learned, Fixed = numbers, Prior = Prior, Options = Options,
    };

    /// <summary>A share or number of the filters of every layer, the norms and the output layer.</summary>
    public PartialTrainingCell Filters(string share, FixedNumbers numbers = FixedNumbers.Random) => Cell($"filters:{share}+bn+fc", numbers);

    /// <summary>Everything learned.</summary>
    public PartialTrainingCell Everything => Cell("all");

    /// <summary>The same at the rate of the paper's short protocol, which never falls.</summary>
    public PartialTrainingSubject AtThePapersRate => this with { Name = $"{Name}-rate-0.1", Options = Options with { Rate = 0.1, Schedule = RateSchedule.Constant } };

    /// <summary>The same network without batch norms.</summary>
    public PartialTrainingSubject WithoutNorms => this with { Name = $"{Name}-without-norms", Net = Net.Replace("-bn", "", StringComparison.Ordinal) };

    /// <summary>A narrow network of 13 convolutions with norms and residuals on the same images.</summary>
    public PartialTrainingSubject InDepth => this with
    {
        Name = "resnet-13-narrow", Net = $"{Net[..Net.IndexOf('-', StringComparison.Ordinal)]}-conv16@3/2-bn-relu-6*(res(conv16@3-bn-relu-conv16@3-bn)-relu)-gap-10",
    };

    /// <summary>Five members that each learn a part for one epoch, from one network trained in full for one epoch.</summary>
    public PartialTrainingCell Retrained(string learned) => Cell(learned) with { Members = 5, StartEpochs = 1, Options = Options with { Epochs = 1 } };

    /// <summary>Five members of the seed's fixed part, each with a learned part of its own.</summary>
    public PartialTrainingCell Sharing(string learned) => Cell(learned) with { Members = 5 };
}

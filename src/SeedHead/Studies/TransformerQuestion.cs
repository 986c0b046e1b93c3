using System.Diagnostics;
using SeedHead.Complexity;
using SeedHead.Models;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>How complex are the sequences of untrained transformers, over activations, depths and scales of their layer norms?</summary>
internal sealed record TransformerQuestion
{
    /// <summary>What stands for an activation where the network's own is left as it is.</summary>
    public const string AsWritten = "as written";

    private const double FastWeights = 16 << 20; // bytes that stay in the caches
    private const double FastSpeed = 25e9, SlowSpeed = 10e9; // operations a second and thread

    /// <summary>The network, e.g. gpt2-2-4-128/512.</summary>
    /// <exception cref="ArgumentException">It reads no tokens.</exception>
    public required Architecture Net { get; init => field = TransformerNets.Of(value); }

    /// <summary>What stands for every activation of the network; empty: its own.</summary>
    public IReadOnlyList<Activation> Activations { get; init; } = [];

    /// <summary>What the outputs of layer norms inside of residuals are multiplied by.</summary>
    public IReadOnlyList<double> NormScales { get; init; } = [1];

    /// <summary>Repeats of the one n*( … ) block; empty: as written.</summary>
    public IReadOnlyList<int> Depths { get; init; } = [];

    /// <summary>Sequences a cell: numbers 0, 1, … of the seed, the same in every cell.</summary>
    public int Networks { get; init; } = 10;

    /// <summary>Tokens that follow the first one.</summary>
    public int Length { get; init; } = 100;

    /// <summary>Whether network 0 makes all sequences, from tokens 0, 1, … on.</summary>
    public bool SharesWeights { get; init; }

    /// <summary>The seed of weights and first tokens.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>A folder that finished cells are kept in and taken from; null: none.</summary>
    public string? Folder { get; init; }

    /// <summary>Cells asked for.</summary>
    public int CellCount => Math.Max(1, Activations.Count) * Math.Max(1, Depths.Count) * NormScales.Count;

    /// <summary>Seconds that all cells are forecast to take.</summary>
    /// <param name="run">The threads counted on.</param>
    public double ForecastSeconds(Execution run) => Nets().Sum(net =>
    {
        TokenSequences sequences = Sequences(net.Net);
        return Networks * sequences.Operations / (run.Threads * (sequences.Bytes(1) <= FastWeights ? FastSpeed : SlowSpeed));
    });

    /// <summary>Bytes that the largest network is forecast to need.</summary>
    /// <param name="run">The threads counted on.</param>
    public long ForecastBytes(Execution run) => Nets().Max(net => Sequences(net.Net).Bytes(Math.Min(run.Threads, Networks)));

    /// <summary>Makes the sequences and measures them.</summary>
    /// <param name="run">Threads, progress, cancellation; with <see cref="Folder"/> finished cells are not lost.</param>
    /// <exception cref="ArgumentException">The network makes no sequences of this length.</exception>
    public TransformerAnswer Run(Execution run)
    {
        var clock = Stopwatch.StartNew();
        var store = new TransformerStore(this);
        var cells = new List<TransformerCell>();
        foreach ((string activation, double scale, Architecture net) in Nets())
        {
            run.Report("cells", cells.Count, CellCount);
            cells.Add(store.Find(net, activation, scale) ?? store.Keep(net, activation, scale, Sequences(net).Generate(run.Team, Networks)));
        }

        run.Report("cells", cells.Count, CellCount);
        return new TransformerAnswer
        {
            Net = Net.ToString(),
            Networks = Networks,
            Length = Length,
            SharesWeights = SharesWeights,
            Cells = cells,
            Constant = TransformerBounds.Constant(Length + 1),
            Random = TransformerBounds.Random(Length + 1, Net.InputTokens!.Value.Vocabulary, Seed),
            Trends = [.. TransformerFindings.Trends(cells)],
            Contrasts = [.. TransformerFindings.Contrasts(cells)],
            Seconds = clock.Elapsed.TotalSeconds,
            Threads = run.Threads,
            Manifest = Manifests.Of(Seed, $"complexity --net {Net} --networks {Networks} --length {Length}{(SharesWeights ? " --shared-weights" : "")}"),
            Notes = [.. TransformerFindings.Notes(cells)],
        };
    }

    private TokenSequences Sequences(Architecture net) => new(net, Length, Seed, SharesWeights);

    private IEnumerable<(string Activation, double Scale, Architecture Net)> Nets() =>
        from depth in Depths.Select(depth => (int?)depth).DefaultIfEmpty(null)
        from activation in Activations.Select(activation => (Activation?)activation).DefaultIfEmpty(null)
        from scale in NormScales
        select (activation?.Text ?? AsWritten, scale, TransformerNets.Of(Net, depth, activation, scale));
}

using System.Diagnostics;
using SeedHead.Complexity;
using SeedHead.Models;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>How complex are the functions of untrained networks, over weight scales and depths?</summary>
public sealed record ComplexityQuestion
{
    private const double NominalSpeed = 15e9; // operations a second and thread

    /// <summary>The network, e.g. "2-1*(64-tanh)-1", or the unbiased model "fourier:150" ("fourier1:150" for one input) of frequencies up to 150.</summary>
    /// <exception cref="FormatException">Neither.</exception>
    public required string Net { get; init => field = ComplexityNets.Checked(value); }

    /// <summary>The law of the weights at scale 1.</summary>
    public WeightPrior Prior { get; init; } = WeightPrior.Parse("glorot-alpha");

    /// <summary>What the prior's scale is multiplied by.</summary>
    public IReadOnlyList<double> Scales { get; init => field = Require(value, scale => scale > 0 && double.IsFinite(scale), nameof(Scales), "a number above 0"); } = [1];

    /// <summary>Repeats of the one n*( … ) block of the network; empty: as written.</summary>
    public IReadOnlyList<int> Depths { get; init => field = Require(value, depth => depth > 0, nameof(Depths), "a whole number above 0", mayBeEmpty: true); } = [];

    /// <summary>Networks a cell: numbers 0, 1, … of the seed, the same at every scale.</summary>
    public int Networks { get; init => field = Positive(value, nameof(Networks)); } = 10;

    /// <summary>n, the points of an axis or a path.</summary>
    public int Side { get; init => field = Positive(value, nameof(Side)); } = 128;

    /// <summary>The measures.</summary>
    public IReadOnlyList<IComplexityMeasure> Measures { get; init => field = Require(value, measure => measure is not null, nameof(Measures), "a measure"); } = [new FourierBins()];

    /// <summary>What every layer norm's outputs are multiplied by.</summary>
    public double NormScale { get; init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(NormScale), value, "Give a number above 0."); } = 1;

    /// <summary>Whether scales multiply biases too; those of flat priors always.</summary>
    public bool ScaleBiases { get; init; }

    /// <summary>Whether <see cref="Scales"/> are prefactors instead: φ(α·(Wx + b)) at every activation, weights and biases as at scale 1.</summary>
    public bool ScalePrefactor { get; init; }

    /// <summary>The value of the first measure to find a scale for, between the smallest and the largest of <see cref="Scales"/>; null: none.</summary>
    public double? Reach { get; init; }

    /// <summary>Data whose target is measured and compared with the networks, or null.</summary>
    public Data.Dataset? Data { get; init; }

    /// <summary>The seed of all weights.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>A folder that finished cells are kept in and taken from, so that a run that stopped goes on; null: none.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether the power of the functions by frequency is summed up at every cell, beside that of the limit kernel; on at most 24 points an axis.</summary>
    public bool Spectra { get; init; }

    /// <summary>Whether pictures of the functions at every other cell are kept.</summary>
    public bool Thumbnails { get; init; } = true;

    /// <summary>Seconds the map is forecast to take at a nominal speed of 15·10⁹ operations a second and thread.</summary>
    /// <param name="run">The threads counted on.</param>
    public double ForecastSeconds(Execution run)
    {
        ArgumentNullException.ThrowIfNull(run);
        double operations = Depths.DefaultIfEmpty(0).Sum(depth => OperationsAt(depth == 0 ? null : depth));
        return operations * Scales.Count * Networks * Measures.Select(measure => measure.Sampling).Distinct().Count() / (NominalSpeed * run.Threads);
    }

    /// <summary>Bytes the map is forecast to need.</summary>
    /// <param name="run">The threads counted on.</param>
    public long ForecastBytes(Execution run)
    {
        ArgumentNullException.ThrowIfNull(run);
        int inputs = ComplexityNets.Functions(this, Depths.Count > 0 ? Depths[0] : null, Scales[0]).Inputs;
        double points = inputs == 1 ? Side : (double)Side * Side;
        return (long)Math.Min(long.MaxValue, points * ((12.0 * inputs) + (run.Threads * 64.0)));
    }

    /// <summary>Draws the networks, evaluates and measures them.</summary>
    /// <param name="run">Threads, progress, cancellation; between cells with <see cref="Folder"/> nothing done is lost.</param>
    /// <exception cref="ArgumentException">The network has not one output, or no block to repeat, or the grid is too small for a measure.</exception>
    /// <exception cref="DataException">The folder holds cells of another question, or cannot be written.</exception>
    public ComplexityAnswer Run(Execution run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var clock = Stopwatch.StartNew();
        RequireSide();
        RequireOneScale();
        int?[] depths = Depths.Count == 0 ? [null] : [.. Depths.Select(depth => (int?)depth)];
        (int? Depth, double Scale)[] places = [.. from depth in depths from scale in Scales select (depth, scale)];
        var map = new ComplexityMap(this, run);
        ComplexityCell[] cells = [.. map.Run(places)];
        MeasureSummary[] measures = [.. Measures.Select(measure => new MeasureSummary(measure.Name, measure.Meaning))];
        return new ComplexityAnswer
        {
            Net = Net,
            Prior = Prior.ToString(),
            Side = Side,
            Networks = Networks,
            Measures = measures,
            Correlations = [.. MeasureCorrelation.Of(measures, cells)],
            Scales = Scales,
            Depths = [.. cells.Select(cell => cell.Depth).Distinct()],
            Cells = cells,
            Reached = Reach is { } value ? [.. depths.Select(depth => ComplexityReach.Solve(this, run, cells, depth, value))] : [],
            Target = Data is null ? null : TargetComplexity.Of(this, places, run),
            Spectra = Spectra ? [.. ComplexitySpectra.Of(this, places, run)] : [],
            Thumbnails = Thumbnails ? [.. ComplexityThumbnails.Of(this, depths, run)] : [],
            Seconds = clock.Elapsed.TotalSeconds,
            Threads = run.Threads,
            Manifest = Manifests.Of(Seed, $"complexity --net {Net} --prior {Prior} --networks {Networks} --grid {Side}"),
            Notes = [.. Notes(cells)],
        };
    }

    private double OperationsAt(int? depth)
    {
        string text = ComplexityNets.Text(this, depth);
        double points = (double)Side * Side;
        return text.StartsWith("fourier", StringComparison.Ordinal)
            ? points * 600
            : points * StagePlan.Of(Architecture.Parse(text)).Sum(plan => plan.Operations);
    }

    private void RequireOneScale()
    {
        if (ScalePrefactor && (ScaleBiases || Net.StartsWith("fourier", StringComparison.Ordinal)))
        {
            throw new ArgumentException(ScaleBiases
                ? "--scale-prefactor and --scale-biases say different things of --scales. Leave one out." : $"{Net} has no activations that a prefactor could stand before. Leave out --scale-prefactor.");
        }
    }

    private void RequireSide()
    {
        if (Measures.FirstOrDefault(measure => measure.LeastSide > Side) is { } measure)
        {
            throw new ArgumentException($"{measure.Name} needs at least {measure.LeastSide} points on an axis, not {Side}. Take a larger --grid.");
        }
    }

    private static IEnumerable<string> Notes(ComplexityCell[] cells)
    {
        int undefined = cells.Sum(cell => cell.Undefined);
        if (undefined > 0)
        {
            string causes = string.Join(", ", cells.SelectMany(cell => cell.Causes).GroupBy(cause => cause.Key).OrderBy(group => group.Key)
                .Select(group => $"{group.Sum(cause => cause.Value)} {ComplexityCell.Word(group.Key)}"));
            yield return $"{undefined} functions have no complexity and are left out of means: {causes}";
        }
    }

    private static IReadOnlyList<T> Require<T>(IReadOnlyList<T> values, Func<T, bool> allowed, string name, string wanted, bool mayBeEmpty = false)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        return (mayBeEmpty || values.Count > 0) && values.All(allowed)
            ? [.. values]
            : throw new ArgumentException($"{name}: each must be {wanted}{(values.Count == 0 ? ", and one is needed" : "")}.", name);
    }

    private static int Positive(int value, string name) => value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");
}

using System.Diagnostics;
using SeedHead.Data;
using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>Will more random features help on these rows, or must a part be trained? Definitions: docs/math/probe.md.</summary>
internal sealed record ProbeQuestion
{
    /// <summary>With fewer rows no verdict means anything.</summary>
    public const int LeastRows = 50;

    private const int Folds = 4;
    private const int SamplePurpose = 903; // of Random.Order
    private const double NominalSpeed = 4e9; // operations a second and thread

    /// <summary>Rows with a target.</summary>
    /// <exception cref="DataException">No target, fewer than <see cref="LeastRows"/> rows, or a target that is constant.</exception>
    public required Dataset Data { get; init => field = Checked(value); }

    /// <summary>The largest number of random features tried; the others are its halves down to 8.</summary>
    public int Width { get; init => field = Range(value, 16, 4096, nameof(Width)); } = 512;

    /// <summary>Seeds: each has features and test rows of its own, a quarter of all rows.</summary>
    public int Repeats { get; init => field = Range(value, 2, Folds, nameof(Repeats)); } = 3;

    /// <summary>Of more rows a seeded sample is looked at.</summary>
    public int MostRows { get; init => field = Range(value, LeastRows, 20_000, nameof(MostRows)); } = 3000;

    /// <summary>The seed of features, samples and splits.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>The widths tried, ascending.</summary>
    public IReadOnlyList<int> Widths
    {
        get
        {
            var widths = new List<int>();
            for (int width = Width; width >= 8; width /= 2)
            {
                widths.Insert(0, width);
            }

            return widths;
        }
    }

    private int Rows => Math.Min(Data.Count, MostRows);

    /// <summary>Bytes the probe is forecast to need: features, two Gram matrices and their factors, and of the kernel a matrix, a copy and a factor.</summary>
    public long ForecastBytes => 8L * ((long)Rows * Width + (4L * Width * Width) + (3L * Rows * Rows));

    /// <summary>Seconds the probe is forecast to take at a nominal 4·10⁹ operations a second and thread.</summary>
    /// <param name="run">The threads counted on.</param>
    public double ForecastSeconds(Execution run)
    {
        double n = Rows, width = Width, factors = ProbeRidge.Penalties.Count * 0.4;
        double ridge = (factors * ((width * width * width) + (n * n * n / 2))) + (2 * n * width * width), kernel = 200 * n * n;
        double training = ProbeTraining.Passes * n * 6 * 4 * width * 2;
        return (Repeats * (ridge + kernel + training)) / (NominalSpeed * run.Threads);
    }

    /// <summary>Runs the probe.</summary>
    /// <param name="run">Threads, progress, cancellation; they change no bit.</param>
    public ProbeAnswer Run(Execution run)
    {
        var clock = Stopwatch.StartNew();
        Dataset data = Data.Count <= MostRows ? Data : Data.Select(Random.Order.Sample(Seed, SamplePurpose, Data.Count, MostRows));
        var notes = new List<string>(Data.Notes);
        if (data.Count < Data.Count)
        {
            notes.Add($"{data.Count} of {Data.Count} rows are looked at, a seeded sample");
        }

        var repeats = new ProbeRepeat[Repeats];
        ProbeDegrees degrees = ProbeDegrees.Of(data, Seed, run.Team);
        for (int r = 0; r < Repeats; r++)
        {
            run.Report("repeats", r, Repeats);
            repeats[r] = ProbeRepeat.Of(this, ProbeRows.Of(data, Folds, r, Seed), r, run);
        }

        run.Report("repeats", Repeats, Repeats);
        return ProbeReading.Of(this, data, repeats, degrees, notes) with
        {
            Seconds = clock.Elapsed.TotalSeconds,
            Threads = run.Threads,
            Manifest = Manifests.Of(Seed, $"limits --on {Data.Name} --width {Width} --repeats {Repeats} --rows {MostRows}"),
        };
    }

    private static Dataset Checked(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        string? fault = data switch
        {
            { Target: null } => "has no target. Name its column with --target",
            { Count: < LeastRows } => $"has {data.Count} rows; with fewer than {LeastRows} too few are left to test on. Give more rows",
            { Target: NumberTarget numbers } when numbers.Values.Min() == numbers.Values.Max() =>
                $"the target '{numbers.Name}' is {numbers.Values[0]} in every row: there is nothing to learn. Name another column with --target",
            { Target: ClassTarget classes } when classes.Codes.Distinct().Count() < 2 =>
                $"the target '{classes.Name}' has one class in all rows: there is nothing to learn. Name another column with --target",
            _ => null,
        };
        return fault is null ? data : throw new DataException($"{data.Name}: {fault}.");
    }

    private static int Range(int value, int least, int most, string name) =>
        value >= least && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be from {least} to {most}.");
}

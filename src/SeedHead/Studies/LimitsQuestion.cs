using System.Diagnostics;
using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>When do random features suffice, and when must they fail? One of the studies E1 … E17; all but E7, E13, E16 and E17, which draw rows, are exact.</summary>
public sealed record LimitsQuestion
{
    private const double NominalSpeed = 4e9; // operations a second and thread, of eigenvalues

    /// <summary>The study's word: one of <see cref="Studies"/>.</summary>
    /// <exception cref="ArgumentException">No such study.</exception>
    public required string Study { get; init => field = LimitsStudy.Of(value).Name; }

    /// <summary>d of each curve (or of each point); empty: as the study has it.</summary>
    public IReadOnlyList<int> Dimensions { get; init => field = Each(value, 2, 1000, nameof(Dimensions), "with one input there are only two directions"); } = [];

    /// <summary>N of each point, ascending; empty: as the study has it.</summary>
    public IReadOnlyList<int> Widths { get; init => field = [.. Each(value, 1, 20_000, nameof(Widths), "a Gram matrix of more needs above 3 GB").Order().Distinct()]; } = [];

    /// <summary>Targets of a draw.</summary>
    public int Targets { get; init => field = Range(value, 1, 100_000, nameof(Targets)); } = 200;

    /// <summary>Draws of the features.</summary>
    public int Draws { get; init => field = Range(value, 1, 100_000, nameof(Draws)); } = 4;

    /// <summary>Biases β of target neurons with weights of length 1, for the study of biases; empty: as the study has it.</summary>
    public IReadOnlyList<double> Biases
    {
        get;
        init => field = (value ?? []).All(beta => Math.Abs(beta) <= 6)
            ? [.. value ?? []]
            : throw new ArgumentOutOfRangeException(nameof(Biases), "Biases lie in [−6, 6]: beyond, the neuron is linear or never fires.");
    } = [];

    /// <summary>The seed of all directions.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>The words of the studies.</summary>
    public static IReadOnlyList<string> Studies => [.. LimitsStudy.All.Select(study => study.Name)];

    /// <summary>Bytes the study is forecast to need: per draw at work a Gram matrix, its vectors and two more of the solver, the products, and the rows of studies that draw rows.</summary>
    /// <param name="run">The threads counted on.</param>
    public long ForecastBytes(Execution run)
    {
        ArgumentNullException.ThrowIfNull(run);
        LimitsQuestion filled = Filled;
        LimitsStudy study = LimitsStudy.Of(Study);
        double n = study.LargestGram(filled);
        return (long)(Math.Min(run.Threads, Draws) * 8 * ((n * ((4 * n) + (2 * Targets))) + study.Rows(filled)));
    }

    /// <summary>Seconds the study is forecast to take at a nominal speed of 4·10⁹ operations a second and thread.</summary>
    /// <param name="run">The threads counted on.</param>
    public double ForecastSeconds(Execution run)
    {
        ArgumentNullException.ThrowIfNull(run);
        LimitsQuestion filled = Filled;
        LimitsStudy study = LimitsStudy.Of(Study);
        double largest = study.LargestGram(filled), top = filled.Widths.DefaultIfEmpty(1).Max();
        double eigen = filled.Widths.Sum(width => Cube(width * largest / top)) * 9;
        double entries = largest * largest * 100;
        return filled.Dimensions.Count * Math.Max(1, filled.Biases.Count) * (double)Draws * (eigen + entries + study.Work(filled)) / (NominalSpeed * run.Threads);

        static double Cube(double x) => x * x * x;
    }

    /// <summary>Runs the study.</summary>
    /// <param name="run">Threads, progress, cancellation; they change no bit.</param>
    public LimitsAnswer Run(Execution run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var clock = Stopwatch.StartNew();
        LimitsStudy study = LimitsStudy.Of(Study);
        LimitsQuestion filled = Filled;
        var notes = new List<string>();
        LimitsCurve[] curves = [.. study.Curves(filled, run, notes)];
        string Join<T>(IEnumerable<T> values) => string.Join(',', values);
        return new LimitsAnswer
        {
            Study = study.Name,
            Title = study.Title,
            Axis = study.Axis,
            Quantity = study.Quantity,
            Quantifiers = study.Quantifiers,
            Curves = curves,
            Seconds = clock.Elapsed.TotalSeconds,
            Threads = run.Threads,
            Manifest = Manifests.Of(Seed, $"limits {study.Name} --dimension {Join(filled.Dimensions)} --width {Join(filled.Widths)} --targets {Targets} --draws {Draws}"),
            Notes = notes,
        };
    }

    /// <summary>The question with the study's own lists where none was given.</summary>
    private LimitsQuestion Filled
    {
        get
        {
            LimitsStudy study = LimitsStudy.Of(Study);
            return this with
            {
                Dimensions = Dimensions.Count > 0 ? Dimensions : study.Dimensions,
                Widths = Widths.Count > 0 ? Widths : study.Widths,
                Biases = Biases.Count > 0 ? Biases : study.Biases,
            };
        }
    }

    private static IReadOnlyList<int> Each(IReadOnlyList<int> values, int least, int most, string name, string reason)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        foreach (int value in values)
        {
            if (value < least || value > most)
            {
                throw new ArgumentOutOfRangeException(name, $"{name} holds {value}: each must be from {least} to {most} ({(value < least && least == 1 ? "a predictor needs a feature" : reason)}).");
            }
        }

        return [.. values];
    }

    private static int Range(int value, int least, int most, string name) =>
        value >= least && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be from {least} to {most}.");
}

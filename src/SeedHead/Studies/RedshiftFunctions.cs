using SeedHead.Complexity;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>Measures of random functions of one law: networks 0, 1, … of the seed, or the unbiased model.</summary>
internal sealed record RedshiftFunctions : RedshiftCell
{
    private const ulong Seed = 42;

    /// <summary>The network's text form, or "fourier:K".</summary>
    public required string Net { get; init; }

    /// <summary>The law of weights at scale 1.</summary>
    public required string Prior { get; init; }

    /// <summary>What its scale is multiplied by.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Whether the scale multiplies biases too.</summary>
    public bool ScaleBiases { get; init; }

    /// <summary>n, points of an axis.</summary>
    public required int Side { get; init; }

    /// <summary>How many functions.</summary>
    public required int Networks { get; init; }

    /// <summary>The measures' words, blanks between.</summary>
    public required string Measures { get; init; }

    /// <inheritdoc/>
    protected override string Text =>
        $"{Net} | {Prior} | scale {Scale:R}{(ScaleBiases ? " with biases" : "")} | seed {Seed}, {Networks} networks | grid {Side} | {Measures}";

    /// <inheritdoc/>
    public override IEnumerable<(string Name, double Value)> Run(Execution run)
    {
        var question = new ComplexityQuestion
        {
            Net = Net, Prior = WeightPrior.Parse(Prior), ScaleBiases = ScaleBiases, Side = Side, Networks = Networks, Seed = Seed,
            Measures = [.. Measures.Split(' ').Select(Complexity.Measures.Parse)],
        };
        ComplexityValue[][] values = ComplexityNets.Functions(question, null, Scale).Measure(run.Team, question.Measures, Side, Seed, Networks);
        return question.Measures.SelectMany((measure, m) => RedshiftSummary.Of(values[m]).Numbers(measure.Name));
    }
}

/// <summary>One measure of several functions.</summary>
/// <param name="Mean">Mean of those that have a value.</param>
/// <param name="Deviation">Their standard deviation, by n − 1.</param>
/// <param name="Least">The least.</param>
/// <param name="Greatest">The greatest.</param>
/// <param name="Count">How many have a value.</param>
/// <param name="Undefined">How many have none.</param>
internal readonly record struct RedshiftSummary(double Mean, double Deviation, double Least, double Greatest, int Count, int Undefined)
{
    /// <summary>Standard error of the mean.</summary>
    public double Error => Deviation / Math.Sqrt(Count);

    /// <summary>Of values some of which may be undefined.</summary>
    public static RedshiftSummary Of(IReadOnlyList<ComplexityValue> values)
    {
        double[] defined = [.. values.Where(value => value.IsDefined).Select(value => value.Value)];
        return defined.Length == 0
            ? new(double.NaN, double.NaN, double.NaN, double.NaN, 0, values.Count)
            : new(Statistics.Mean(defined), Statistics.Deviation(defined), defined.Min(), defined.Max(), defined.Length, values.Count - defined.Length);
    }

    /// <summary>As named numbers.</summary>
    public IEnumerable<(string Name, double Value)> Numbers(string measure) =>
    [
        ($"{measure}/mean", Mean), ($"{measure}/sd", Deviation), ($"{measure}/least", Least), ($"{measure}/greatest", Greatest), ($"{measure}/count", Count),
        ($"{measure}/undefined", Undefined),
    ];

    /// <summary>From what <see cref="Numbers"/> gave.</summary>
    public static RedshiftSummary From(IReadOnlyDictionary<string, double> numbers, string measure) => new(
        numbers[$"{measure}/mean"], numbers[$"{measure}/sd"], numbers[$"{measure}/least"], numbers[$"{measure}/greatest"], (int)numbers[$"{measure}/count"],
        (int)numbers[$"{measure}/undefined"]);
}

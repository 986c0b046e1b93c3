using SeedHead.Complexity;
using SeedHead.Data;

namespace SeedHead.Studies;

/// <summary>The complexity of a data set's target, from its values at the rows alone.</summary>
/// <remarks>
/// Inputs are prepared as for learning (standardised numbers, encoded categories); of more than 1,024 rows a seeded sample. Two values differ by |y − y′| over the range of the
/// target, two classes by 1. Between rows the target is taken to be that of the nearest row.
/// </remarks>
/// <param name="Data">The data's name.</param>
/// <param name="Target">The target's name.</param>
/// <param name="Rows">Rows looked at.</param>
/// <param name="Columns">Input columns once prepared.</param>
/// <param name="PathVariation">Total variation along straight paths between random pairs of rows, mean over 128 paths; for classes the changes of class on the way.</param>
/// <param name="PathStandardError">Its standard error over paths.</param>
/// <param name="Roughness">Mean difference of a row and its nearest row over that of any two rows: 0 smooth, about 1 without relation; null where the target is constant.</param>
/// <param name="Networks">The same two of untrained networks with as many inputs, at the same rows; empty where the network has others.</param>
public sealed record TargetComplexity(
    string Data, string Target, int Rows, int Columns, double PathVariation, double PathStandardError, double? Roughness, IReadOnlyList<ComplexityCell> Networks)
{
    /// <summary>The word of the variation along paths between rows.</summary>
    public const string PathWord = "data-tv";

    /// <summary>The word of the roughness at rows.</summary>
    public const string RoughWord = "data-roughness";

    private const int MostRows = 1024;
    private const int Purpose = 812; // of orders

    internal static TargetComplexity Of(ComplexityQuestion question, (int? Depth, double Scale)[] places, Execution run)
    {
        Dataset data = question.Data!;
        if (data.Target is null || data.Count < 3)
        {
            throw new DataException($"{data.Name}: has {data.Count} rows and {(data.Target is null ? "no" : "a")} target; at least 3 rows with a target are needed. Name the column with --target.");
        }

        Dataset rows = data.Count <= MostRows ? data : data.Select(Random.Order.Sample(question.Seed, Purpose, data.Count, MostRows));
        Preprocessing prepared = Preprocessing.Learn(rows.Inputs);
        var points = new float[rows.Count * prepared.Columns];
        prepared.Apply(rows.Inputs, 0, rows.Count, points);
        var paths = new DataPaths(run.Team, points, prepared.Columns, question.Seed);
        Func<int, int, double> difference = Difference(rows.Target!);
        (double mean, double error) = paths.Variation(difference);
        ComplexityValue rough = paths.Roughness(difference);
        return new(
            data.Name, data.Target.Name, rows.Count, prepared.Columns, mean, error, rough.IsDefined ? rough.Value : null,
            [.. places.SelectMany(place => Of(question, place, paths, points, prepared.Columns, run))]);
    }

    private static IEnumerable<ComplexityCell> Of(
        ComplexityQuestion question, (int? Depth, double Scale) place, DataPaths paths, float[] points, int columns, Execution run)
    {
        RandomFunctions functions = ComplexityNets.Functions(question, place.Depth, place.Scale);
        if (functions.Inputs != columns)
        {
            return [];
        }

        var sampling = new Sampling(Placement.Paths);
        var at = new Places(sampling, 1, paths.Count, columns, Array.ConvertAll(points, value => (double)value));
        ComplexityValue[] variation = new ComplexityValue[question.Networks], roughness = new ComplexityValue[question.Networks];
        functions.ForEach(run.Team, at, 0, question.Networks, (i, function) =>
        {
            variation[i] = function.By(new ValuesAtRows(PathWord, sampling, difference => ComplexityValue.Of(paths.Variation(difference).Mean)));
            roughness[i] = function.By(new ValuesAtRows(RoughWord, sampling, paths.Roughness));
        });
        (string text, int depth) = (ComplexityNets.Text(question, place.Depth), ComplexityNets.Depth(question, place.Depth));
        return [new(PathWord, text, place.Scale, depth, variation), new(RoughWord, text, place.Scale, depth, roughness)];
    }

    private static Func<int, int, double> Difference(Target target)
    {
        if (target is ClassTarget classes)
        {
            return (a, b) => classes.Codes[a] == classes.Codes[b] ? 0 : 1;
        }

        double[] values = ((NumberTarget)target).Values;
        double range = values.Max() - values.Min();
        return (a, b) => range == 0 ? 0 : Math.Abs(values[a] - values[b]) / range;
    }

    /// <summary>A measure of values at the rows, whose differences are in ranges of the function.</summary>
    private sealed class ValuesAtRows(string name, Sampling sampling, Func<Func<int, int, double>, ComplexityValue> measure) : IComplexityMeasure
    {
        public string Name => name;

        public string Meaning => name;

        public Sampling Sampling => sampling;

        public int LeastSide => 2;

        public ComplexityValue Of(FunctionValues values)
        {
            double range = values.Greatest - values.Least;
            return measure((a, b) => Math.Abs(values.Span[a] - values.Span[b]) / range);
        }
    }
}

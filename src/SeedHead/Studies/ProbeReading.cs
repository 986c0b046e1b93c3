using SeedHead.Data;

namespace SeedHead.Studies;

/// <summary>Reads the fits: errors over all repeats, laws, the verdict with its reasons.</summary>
internal static class ProbeReading
{
    private const int FittedWidths = 3; // the largest ones: small networks follow another law

    public static ProbeAnswer Of(ProbeQuestion question, Dataset data, ProbeRepeat[] repeats, ProbeDegrees degrees, List<string> notes)
    {
        IReadOnlyList<int> widths = question.Widths;
        ProbeErrors constant = Errors(repeats, repeat => repeat.Constant), infinite = Errors(repeats, repeat => repeat.Kernel.Errors), step = Errors(repeats, repeat => repeat.Step.Errors);
        ProbeErrors[] byWidth = [.. widths.Select((_, i) => Errors(repeats, repeat => repeat.Widths[i].Errors))];
        ProbeErrors[] byRows = [.. ProbeRepeat.Shares.Select((_, i) => Errors(repeats, repeat => repeat.Rows[i].Errors))];
        ProbeErrors? trained = repeats.All(repeat => repeat.Trained is not null) ? Errors(repeats, repeat => repeat.Trained!.Errors) : null;
        if (trained is null)
        {
            notes.Add("the small network's training diverged at every rate: what training reaches is that of one gradient step");
        }

        if (!degrees.Uncorrelated)
        {
            notes.Add($"too many columns for {degrees.Rows} rows to make them uncorrelated: shares by degree overlap");
        }

        if (degrees.Shares.Any(share => share.Share is null))
        {
            notes.Add("inputs are too far from normal for shares of the energy by degree; what polynomials explain stands beside");
        }

        ProbePoint[] points = [.. widths.Zip(byWidth, (width, errors) => errors.Over(constant, width))];
        ProbePoint[] rowPoints = [.. ProbeRepeat.Shares.Zip(byRows, (share, errors) => errors.Over(constant, Math.Round(share * repeats[0].TrainingRows)))];
        ProbePoint end = infinite.Over(constant, 0);
        ProbeLaw law = ProbeLaw.Fit([.. points.TakeLast(FittedWidths).Select((point, i) => (point.At, point.Error, Wobble(point, points[^1])))], (end.Error, Wobble(end, points[^1])), repeats[0].TrainingRows);
        ProbeLaw rowLaw = ProbeLaw.Fit([.. rowPoints.Select(point => (point.At, point.Error, Wobble(point, rowPoints[^1])))], null);
        ProbeDecision decision = ProbeDecision.Of(question.Width, points, byWidth, end, infinite, trained, step, constant, law, repeats[0].Neurons);
        return new()
        {
            Data = data.Name,
            Sha256 = data.Sha256,
            Target = data.Target!.Name,
            Rows = data.Count,
            Columns = repeats[0].Columns,
            LearnedRows = repeats[0].TrainingRows,
            Verdict = decision.Verdict,
            Sentence = decision.Sentence,
            Evidence = decision.Evidence,
            Sufficient = decision.Sufficient,
            Factor = decision.Factor,
            Widths = points,
            RowCurve = rowPoints,
            Infinite = end,
            Trained = trained?.Over(constant, repeats[0].Neurons),
            Step = step.Over(constant, Math.Min(question.Width, 256)),
            Law = law,
            AtFourTimes = law.At(4 * question.Width),
            RowLaw = rowLaw,
            AtFourTimesRows = rowLaw.At(4 * repeats[0].TrainingRows),
            Degrees = [.. degrees.Shares.Zip(repeats[0].Polynomials, (share, fit) => share with { Explained = 1 - (fit.Errors.Sum() / repeats[0].Constant.Sum()) })],
            Notes = notes,
        };
    }

    private static ProbeErrors Errors(ProbeRepeat[] repeats, Func<ProbeRepeat, double[]> of) => new([.. repeats.Select(of)]);

    /// <summary>The standard error of a point over repeats once the level of each repeat, that of the last point, is taken out.</summary>
    private static double Wobble(ProbePoint point, ProbePoint last)
    {
        double[] ratios = [.. point.Repeats.Zip(last.Repeats, (own, other) => other > 0 ? own / other : 1)];
        return point.Error * Statistics.Deviation(ratios) / Math.Max(1e-12, Statistics.Mean(ratios)) / Math.Sqrt(ratios.Length);
    }
}

/// <summary>Squared errors of test rows, repeat by repeat.</summary>
internal sealed class ProbeErrors(double[][] values)
{
    /// <summary>Mean difference to other errors of the same rows in standard errors; 0 where all are equal.</summary>
    public double Above(ProbeErrors other)
    {
        double[] differences = [.. values.SelectMany((repeat, r) => repeat.Select((value, i) => value - other[r][i]))];
        double error = Statistics.Deviation(differences) / Math.Sqrt(differences.Length);
        return error > 0 ? Statistics.Mean(differences) / error : 0;
    }

    /// <summary>Rows with a greater error less rows with a smaller one, in deviations of as many fair coins: few rows of great errors do not hide what the others say.</summary>
    public double OftenerAbove(ProbeErrors other)
    {
        int[] signs = [.. values.SelectMany((repeat, r) => repeat.Select((value, i) => value.CompareTo(other[r][i])))];
        int decided = signs.Count(sign => sign != 0);
        return decided > 0 ? signs.Sum() / Math.Sqrt(decided) : 0;
    }

    private double[] this[int repeat] => values[repeat];

    private double Sum => values.Sum(repeat => repeat.Sum());

    /// <summary>The relative error.</summary>
    public ProbePoint Over(ProbeErrors constant, double at)
    {
        double all = constant.Sum, error = Sum / all;
        double squares = values.Select((repeat, r) => repeat.Select((value, i) => value - (error * constant[r][i])).Sum(difference => difference * difference)).Sum();
        return new(at, error, Math.Sqrt(squares) / all, [.. values.Select((repeat, r) => repeat.Sum() / constant[r].Sum())]);
    }
}

using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>Curves of relative errors over the number of features, from draws of cases.</summary>
internal static class LimitsCurves
{
    /// <summary>A curve over the question's widths, each giving <paramref name="columns"/> features.</summary>
    public static LimitsCurve Errors(
        string label, int dimension, LimitsQuestion question, Execution run, List<string> notes, int columns, Func<int, LimitsCase> draw, Func<int, double?> bound)
    {
        int[] counts = [.. question.Widths.Select(width => width * columns)];
        (double[][] Errors, int Dropped)[] draws = Draws(question.Draws, counts, run, draw, label.Length > 0 ? label : $"d = {dimension}");
        int dropped = draws.Max(result => result.Dropped);
        if (dropped > 0)
        {
            notes.Add($"{Name(label, dimension)}: up to {dropped} of {counts[^1]} eigenvalues below 1e-13 of the largest are left out; what they explain counts as error");
        }

        return new LimitsCurve(label, dimension,
            [.. question.Widths.Select((width, k) => Point(width, [.. draws.Select(result => result.Errors[k])]) with { Bound = bound(counts[k]) })]);
    }

    public static (double[][] Errors, int Dropped)[] Draws(int count, int[] counts, Execution run, Func<int, LimitsCase> draw, string stage)
    {
        var results = new (double[][], int)[count];
        int done = 0;
        void One(int r, Team team)
        {
            results[r] = draw(r).Solve(counts, team);
            run.Report(stage, Interlocked.Increment(ref done), count);
        }

        if (count >= run.Threads)
        {
            run.Team.For(count, r => One(r, run.Team)); // a team inside a block works alone
        }
        else
        {
            for (int r = 0; r < count; r++)
            {
                One(r, run.Team);
            }
        }

        return results;
    }

    /// <summary>A point from values [draw][target].</summary>
    public static LimitsPoint Point(double at, double[][] values)
    {
        double[] means = [.. values.Select(draw => draw.Average())];
        double mean = means.Average();
        return new LimitsPoint(at, mean, values.Min(draw => draw.Min()), values.Max(draw => draw.Max()))
        {
            StandardError = means.Length < 2 ? null : Deviation(means) / Math.Sqrt(means.Length),
            Spread = values[0].Length < 2 || mean == 0 ? null : values.Average(Deviation) / mean,
        };
    }

    public static LimitsPoint Sure(double at, double value, double? bound = null) => new(at, value, value, value) { Bound = bound };

    /// <summary>Least squares of y on x.</summary>
    public static double? Slope(IReadOnlyCollection<(double X, double Y)> points)
    {
        if (points.Count < 2)
        {
            return null;
        }

        double x = points.Average(point => point.X), y = points.Average(point => point.Y);
        double square = points.Sum(point => (point.X - x) * (point.X - x));
        return square == 0 ? null : points.Sum(point => (point.X - x) * (point.Y - y)) / square;
    }

    /// <summary>The slope of ln mean on ln place, from a place on; needs three points.</summary>
    public static double? LogSlope(IEnumerable<LimitsPoint> points, double from)
    {
        (double, double)[] pairs = [.. points.Where(point => point.At >= from && point.Mean > 0).Select(point => (Elementary.Log(point.At), Elementary.Log(point.Mean)))];
        return pairs.Length < 3 ? null : Slope(pairs);
    }

    private static string Name(string label, int dimension) => label.Length > 0 ? $"d = {dimension}, {label}" : $"d = {dimension}";

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}

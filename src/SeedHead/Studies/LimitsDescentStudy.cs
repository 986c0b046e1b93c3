namespace SeedHead.Studies;

/// <summary>E7: descent on both layers of a network against descent on its output weights alone.</summary>
internal static class LimitsDescentStudy
{
    public const int Steps = 4000;

    private const double Step = 0.5;

    private static readonly int[] Looks = [0, 125, 250, 500, 1000, 2000, 4000];

    /// <summary>Operations of a draw: three targets, first layer learned or fixed, about 8 a weight and row; and the exact losses.</summary>
    public static double Work(LimitsQuestion question) => question.Widths.Sum(width =>
        6.0 * ((8.0 * Steps * TwoLayerDescent.Batch * width * (question.Dimensions.Max() + 2)) + (Looks.Length * 500.0 * width * width)));

    /// <summary>Names of the starts, as curves bear them.</summary>
    public static string Name(TwoLayerStart start) => start == TwoLayerStart.Zero ? "output weights from 0" : "output weights ±1/√r";

    public static IEnumerable<LimitsCurve> Layers(LimitsQuestion question, Execution run, List<string> notes)
    {
        foreach (int d in question.Dimensions)
        {
            foreach ((TwoLayerStart start, int power) in new[] { (TwoLayerStart.Zero, 1), (TwoLayerStart.Zero, 2), (TwoLayerStart.Pairs, 2) })
            {
                foreach (LimitsCurve curve in Curves(question, run, d, start, power))
                {
                    yield return curve;
                }
            }
        }

        notes.Add($"{Steps} steps of 32 fresh rows, η = {Step}; losses are exact; curves by width stand at the last step");
    }

    private static IEnumerable<LimitsCurve> Curves(LimitsQuestion question, Execution run, int d, TwoLayerStart start, int power)
    {
        string name = $"h_{power}, {Name(start)}";
        int[] widths = [.. question.Widths.Select(width => width + (width % 2))];
        var courses = new Course[widths.Length * 2 * question.Draws];
        int done = 0;
        run.Team.For(courses.Length, i =>
        {
            (int width, bool isFixed, int draw) = (widths[i / (2 * question.Draws)], i / question.Draws % 2 == 1, i % question.Draws);
            courses[i] = Course.Of(new TwoLayerDescent(question.Seed, draw, d, width, power, start, Step, isFixed), run.Cancellation);
            run.Report(name, Interlocked.Increment(ref done), courses.Length);
        });
        Course[] Of(int width, bool isFixed) => courses[(((width * 2) + (isFixed ? 1 : 0)) * question.Draws)..(((width * 2) + (isFixed ? 2 : 1)) * question.Draws)];
        LimitsPoint Point(double at, IEnumerable<double> values) => LimitsCurves.Point(at, [.. values.Select(value => new[] { value })]);
        int last = widths.Length - 1;
        foreach (bool isFixed in new[] { false, true })
        {
            yield return new LimitsCurve(
                $"{name}: {(isFixed ? "output weights alone" : "both layers")}, by steps at width {widths[last]}", d,
                [.. Looks.Select((step, k) => Point(step, Of(last, isFixed).Select(course => course.Losses[k])))]);
            yield return new LimitsCurve(
                $"{name}: {(isFixed ? "output weights alone" : "both layers")}, by width", d,
                [.. widths.Select((width, k) => Point(width, Of(k, isFixed).Select(course => course.Losses[^1])))]);
        }

        LimitsPoint[] movement = [.. widths.Select((width, k) => Point(width, Of(k, false).Select(course => course.Movement)))];
        yield return new LimitsCurve($"{name}: relative movement of the first layer, by width", d, movement)
        {
            Slope = LimitsCurves.LogSlope(movement, 0),
            ExpectedSlope = start == TwoLayerStart.Pairs ? -0.5 : null,
        };
    }

    private sealed record Course(double[] Losses, double Movement)
    {
        public static Course Of(TwoLayerDescent descent, CancellationToken cancellation)
        {
            double[] losses = [.. Looks.Select(step =>
            {
                descent.RunTo(step, cancellation);
                return descent.Loss();
            })];
            return new(losses, descent.Movement);
        }
    }
}

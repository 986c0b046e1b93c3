using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>All fits of one repeat, on the same test rows.</summary>
/// <param name="Constant">Squared errors of the mean of the other rows.</param>
/// <param name="Widths">Random features, one fit a width.</param>
/// <param name="Rows">All random features, one fit a share of the rows.</param>
/// <param name="Kernel">Infinitely many random features.</param>
/// <param name="Trained">The small trained network, or null where training diverged.</param>
/// <param name="Step">After one gradient step on the first layer.</param>
/// <param name="TrainingRows">Training and choosing rows.</param>
/// <param name="Columns">d once prepared.</param>
/// <param name="Neurons">Of the trained network.</param>
internal sealed record ProbeRepeat(
    double[] Constant, ProbeFit[] Widths, ProbeFit[] Rows, ProbeFit Kernel, ProbeFit? Trained, ProbeFit Step, int TrainingRows, int Columns, int Neurons)
{
    /// <summary>Polynomials of degree 1, 2, …; of the first repeat alone.</summary>
    public IReadOnlyList<ProbeFit> Polynomials { get; init; } = [];

    /// <summary>Shares of the rows of the other learning curve; the last is all.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0.125, 0.25, 0.5, 1];

    private const int MostStepped = 256;
    private const int SeedPurpose = 902; // of Random.Order
    private static readonly double[] Sizes = [0.5, 2, 8];

    public static ProbeRepeat Of(ProbeQuestion question, ProbeRows rows, int repeat, Execution run)
    {
        Team team = run.Team;
        ulong seed = Random.Order.Key(question.Seed, SeedPurpose, repeat);
        ProbeLayer layer = ProbeLayer.Random(rows.Columns, question.Width, seed, 0);
        using var buffer = new NativeBuffer<float>((long)rows.Count * question.Width);
        Strided<float> features = Strided<float>.RowMajor(buffer, rows.Count, question.Width);
        layer.Map(team, rows.Points, rows.Count, features);
        ProbeFit[] widths = ProbeRidge.Fit(team, features, rows, question.Widths);
        ProbeFit[] shares = [.. Shares.SkipLast(1).Select(share => ProbeRidge.Fit(team, features, rows, [question.Width], share)[0]), widths[^1]];
        return new(
            rows.ConstantErrors(), widths, shares, ProbeKernel.Fit(team, rows, run), ProbeTraining.Fit(team, rows, question.Width, seed, run),
            Stepped(team, rows, Math.Min(question.Width, MostStepped), seed), rows.FirstTest, rows.Columns, ProbeTraining.Neurons(question.Width, rows.Columns, rows.Outputs))
        {
            Polynomials = repeat == 0 ? ProbeKernel.Polynomials(team, rows, ProbeDegrees.Highest) : [],
        };
    }

    /// <summary>The step's length is the one of least error on the choosing rows.</summary>
    private static ProbeFit Stepped(Team team, ProbeRows rows, int width, ulong seed)
    {
        using var buffer = new NativeBuffer<float>((long)rows.Count * width);
        Strided<float> features = Strided<float>.RowMajor(buffer, rows.Count, width);
        ProbeFit? best = null;
        foreach (double size in Sizes)
        {
            ProbeLayer start = ProbeLayer.Random(rows.Columns, width, seed, 0);
            start.Map(team, rows.Points, rows.Count, features);
            start.Step(team, rows, features, size, seed).Map(team, rows.Points, rows.Count, features);
            ProbeFit fit = ProbeRidge.Fit(team, features, rows, [width])[0];
            best = best is null || fit.Choosing < best.Choosing ? fit : best;
        }

        return best!;
    }
}

using static System.FormattableString;

namespace SeedHead.Studies;

/// <summary>The verdict, by the thresholds of docs/math/probe.md.</summary>
internal sealed record ProbeDecision(ProbeVerdict Verdict, string Sentence, IReadOnlyList<string> Evidence, int? Sufficient, ProbeInterval? Factor)
{
    /// <summary>Something is learned when the mean's error exceeds the best error by so many standard errors …</summary>
    public const double LeastCertainty = 3;

    /// <summary>… or row by row as often as so many deviations of fair coins, …</summary>
    public const double LeastSigns = 5;

    /// <summary>… and by so much of the variance.</summary>
    public const double LeastLearned = 0.03;

    /// <summary>Training goes below random features when it takes away so much of their error …</summary>
    public const double TrainingShare = 0.2;

    /// <summary>… and so much of the variance …</summary>
    public const double TrainingGain = 0.01;

    /// <summary>… by so many standard errors.</summary>
    public const double TrainingCertainty = 2.5;

    /// <summary>A width suffices when its error is at most so much of the limit …</summary>
    public const double NearShare = 1.1;

    /// <summary>… or so much of the variance above it.</summary>
    public const double NearGap = 0.01;

    public static ProbeDecision Of(
        int width, ProbePoint[] points, ProbeErrors[] byWidth, ProbePoint infinite, ProbeErrors infiniteErrors, ProbeErrors? trained, ProbeErrors step, ProbeErrors constant, ProbeLaw law, int neurons)
    {
        bool widest = points[^1].Error < infinite.Error;
        (double limit, ProbeErrors limitErrors) = widest ? (points[^1].Error, byWidth[^1]) : (infinite.Error, infiniteErrors);
        double stepped = step.Over(constant, 0).Error, small = trained?.Over(constant, 0).Error ?? double.PositiveInfinity;
        (double reach, ProbeErrors reachErrors) = small <= stepped ? (small, trained!) : (stepped, step);
        (double best, ProbeErrors bestErrors) = reach < limit ? (reach, reachErrors) : (limit, limitErrors);
        double learned = constant.Above(bestErrors), often = constant.OftenerAbove(bestErrors), gain = limit - reach, certainty = limitErrors.Above(reachErrors);
        double wanted = Math.Max(NearShare * limit, limit + NearGap);
        string[] evidence =
        [
            Invariant($"Errors are shares of the target's variance that are left on test rows: the mean has 1, {width} random features {points[^1].Error:0.####} ± {points[^1].StandardError:0.####}, infinitely many {infinite.Error:0.####}."),
            trained is null ? "The small network's training diverged." : Invariant($"A network of {neurons} neurons with the first layer trained, of as many learned numbers, reaches {small:0.####}; one gradient step on the first layer {stepped:0.####}."),
            Invariant($"The best of these is {Math.Abs(learned):0.#} standard errors {(learned < 0 ? "above" : "below")} the mean ({often:0.#} deviations by signs); training is {Math.Abs(certainty):0.#} standard errors {(certainty < 0 ? "above" : "below")} the least that random features leave."),
            Invariant($"The law of widths: error = {law.Floor:0.####} + {law.Factor:0.###}·N^−{law.Exponent:0.##}; the limit counts as reached at {wanted:0.####}."),
        ];
        if (!((learned >= LeastCertainty || often >= LeastSigns) && 1 - best >= LeastLearned))
        {
            return new(ProbeVerdict.CannotTell, Invariant($"The data are too noisy or too few to tell: nothing tried predicts better than the mean beyond doubt (best error {best:0.###} of the variance)."), evidence, null, null);
        }

        if (gain > Math.Max(TrainingGain, TrainingShare * limit))
        {
            return certainty >= TrainingCertainty
                ? new(ProbeVerdict.Train, Invariant($"Random features saturate at an error of {limit:0.####}, above the {reach:0.####} that training reaches: train the first layer."), evidence, null, null)
                : new(ProbeVerdict.CannotTell, Invariant($"The data are too few to tell: training may reach {reach:0.####} where random features reach {limit:0.####}, but the test rows do not decide it."), evidence, null, null);
        }

        int enough = Array.FindIndex(points, point => point.Error <= wanted);
        if (enough >= 0)
        {
            int sufficient = (int)points[enough].At;
            return new(ProbeVerdict.Suffices, Invariant($"Random features suffice: {sufficient} reach an error of {points[enough].Error:0.####} (limit {limit:0.####}), and training does not go below it."), evidence, sufficient, null);
        }

        ProbeInterval? needed = law.Reach(wanted, width);
        ProbeInterval? factor = needed is null ? null : new(needed.Value / width, needed.Low / width, needed.High / width);
        string times = factor is null ? "many times more (so many that the law gives no number)" : factor.High is { } high
            ? Invariant($"about {factor.Value:0.#} times more ({factor.Low:0.#} to {high:0.#}, extrapolated)") : Invariant($"about {factor.Value:0.#} times more (at least {factor.Low:0.#}, extrapolated)");
        string instead = reach < points[^1].Error ? Invariant($"; at this size training reaches {reach:0.####}") : "";
        return new(ProbeVerdict.NeedsMore, Invariant($"Random features need {times} than the {width} tried: an error of {wanted:0.####} is within reach, {points[^1].Error:0.####} is reached{instead}."), evidence, null, factor);
    }
}

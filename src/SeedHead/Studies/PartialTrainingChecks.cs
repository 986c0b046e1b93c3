using SeedHead.Training;

namespace SeedHead.Studies;

/// <summary>The paper's findings as checks on last-epoch test accuracies; pairs share the seed.</summary>
/// <remarks>Thresholds were set before anything was run. A check whose cells are not all there is left out.</remarks>
internal sealed class PartialTrainingChecks(ReproduceForm form, PartialTrainingSubject subject, PartialTrainingResults results)
{
    private const FixedNumbers Zero = FixedNumbers.Zero;

    /// <summary>All checks of a form: those of its own rate, and the same at the paper's ("1 at 0.1" …). The quick form decides none.</summary>
    public static IReadOnlyList<Check> All(ReproduceForm form, PartialTrainingResults results)
    {
        PartialTrainingSubject main = PartialTrainingPlan.Main(form);
        Check[] others = form == ReproduceForm.Full ? [] : [.. new PartialTrainingChecks(form, main.AtThePapersRate, results).Own().Select(AtThePapersRate)];
        Check[] checks = [.. new PartialTrainingChecks(form, main, results).Own(), .. others];
        return form == ReproduceForm.Quick ? [.. checks.Select(check => check with { Holds = null })] : checks;
    }

    private static Check AtThePapersRate(Check check) => check with { Id = $"{check.Id} at 0.1", Statistic = $"{check.Statistic}; rate 0.1, constant" };

    private IEnumerable<Check> Own() =>
        ((Check?[])[Loss(), RandomHelps(), GapVanishes(), OneFilter(), NormsHelp(), NormsHelpMoreAtATenth(), Middle(), Axis(), EnsembleGain(), Wider(), Frontier(), ZerosWithoutNorms(), ZerosInAlexNet(), RandomWithoutNorms(), RandomInAlexNet(), NormsInDepth(), OutputAlone()]).OfType<Check>();

    private Check? Loss() => Difference(
        "1", "A tenth of the filters, learned beside random ones, does nearly what all of them do.", "all − 0.1 random (points)", subject.Everything, subject.Filters("0.1"),
        test => test.Mean <= 3.5, "≤ 3.5", "2.0 (WRN-28-10), 6.6 (DenseNet-BC), 5.3 (VGG-19-BN): full protocol");

    private Check? RandomHelps() => Difference(
        "2a", "Random fixed filters are better than zeros when a tenth is learned.", "0.1 random − 0.1 zero (points)", subject.Filters("0.1"), subject.Filters("0.1", Zero),
        test => test.Mean > 0 && test.P < 0.05, "> 0 with p < 0.05 (paired t, two-sided)", "2.6, 6.6, 4.8: full protocol; 6.5, 13.5, 8: 10 epochs");

    private Check? GapVanishes() => Difference(
        "2b", "The gap vanishes when seven tenths are learned.", "0.7 random − 0.7 zero (points)", subject.Filters("0.7"), subject.Filters("0.7", Zero),
        test => Math.Abs(test.Mean) <= 0.7, "within ± 0.7", "−0.08, −0.14, −0.17: full protocol; 1.5, 1, 5: 10 epochs");

    private Check? OneFilter() => results.Percents(subject.Filters("1")) is not { } one ? null : new(
        "3", "One learned filter a layer is far above chance.", "accuracy with one filter a layer (%)", "≥ 50", Statistics.Mean(one) >= 50,
        "69.2, 85.5, 70.4: full protocol; 50, 72.5, 47.5: 10 epochs", Statistics.Mean(one), Spread(one));

    private Check? NormsHelp() => Difference(
        "4a", "Learning gains and offsets of batch norms helps when a tenth is learned.", "0.1 with norms − 0.1 without (points)", subject.Filters("0.1"), subject.Cell("filters:0.1+fc"),
        test => test.Mean > 0, "> 0", "13 (WRN-28-4), 15.5 (DenseNet-BC): 10 epochs");

    private Check? NormsHelpMoreAtATenth()
    {
        if (Gain("0.1") is not { } tenth || Gain("0.7") is not { } most)
        {
            return null;
        }

        PairedTest test = Statistics.Paired(tenth, most);
        return new(
            "4b", "It helps more at a tenth than at seven tenths.", "gain at 0.1 − gain at 0.7 (points)", "> 0", test.Mean > 0, "13 against 0 (WRN-28-4), 15.5 against 1 (DenseNet-BC)",
            test.Mean, $"gains {Number(Statistics.Mean(tenth))} and {Number(Statistics.Mean(most))}; {Words(test)}");
    }

    private Check? Middle()
    {
        (string Name, string Learned)[] learned = [.. subject.Parts.Select(part => (part.Name, $"{part.Learned}+bn")), ("fc", "fc+bn"), ("bn alone", "bn")];
        var parts = learned.Select(part => (part.Name, Values: results.Percents(subject.Cell(part.Learned)))).ToArray();
        if (subject.Parts.Count < 3 || parts.Any(part => part.Values is null))
        {
            return null;
        }

        bool IsLate(string name) => subject.Parts.Skip(subject.Parts.Count - 2).Any(part => part.Name == name);
        var late = parts.Where(part => IsLate(part.Name)).MaxBy(part => Statistics.Mean(part.Values!));
        var other = parts.Where(part => !IsLate(part.Name)).MaxBy(part => Statistics.Mean(part.Values!));
        PairedTest test = Statistics.Paired(late.Values!, other.Values!);
        return new(
            "5", "A middle or late block is the best single part.", $"best of the last two blocks ({late.Name}) − best of all others ({other.Name}) (points)", "> 0", test.Mean > 0,
            "76.3 (block2, block3) against 73.0 (block1), 68.6 (fc), 64.8 (conv1)", test.Mean,
            $"{string.Join(", ", parts.Select(part => $"{part.Name} {Number(Statistics.Mean(part.Values!))}"))}; {Words(test)}");
    }

    private Check? Axis() => Difference(
        "6", "Learning whole filters is better than learning input channels.", "0.1 along outputs − 0.1 along inputs (points)", subject.Filters("0.1"), subject.Filters("0.1@in"),
        test => test.Mean > 0, "> 0", "8.7 (DenseNet-BC, 1 epoch)");

    private Check? EnsembleGain()
    {
        if (Ensemble("filters:0.4+bn+fc") is not { } part || Ensemble("all") is not { } all)
        {
            return null;
        }

        double share = Statistics.Mean(part.Gains) / Statistics.Mean(all.Gains), stored = (double)part.Stored / all.Stored;
        return new(
            "7", "Members that retrain four tenths give a large part of what five whole networks give.", "gain of the ensemble at 0.4 / gain with all retrained", "≥ 0.5 with fewer numbers stored",
            share >= 0.5 && stored < 1, "2.40 / 4.63 = 0.52 (Adam), 5.75 / 8.11 = 0.71 (SGD)", share,
            $"gains {Number(Statistics.Mean(part.Gains))} and {Number(Statistics.Mean(all.Gains))} points; {part.Stored:N0} numbers stored against {all.Stored:N0} ({stored:0.00})");
    }

    private Check? Wider()
    {
        if (subject != PartialTrainingPlan.Main(form))
        {
            return null; // widths are swept at the form's own rate alone
        }

        var widths = PartialTrainingPlan.Widths(form).Select(width => (width.Name, All: results.Percents(width.Subject.Everything), Part: results.Percents(width.Subject.Filters("0.1")))).ToArray();
        if (widths.Length < 2 || widths.Any(width => width.All is null || width.Part is null))
        {
            return null;
        }

        PairedTest[] losses = [.. widths.Select(width => Statistics.Paired(width.All!, width.Part!))];
        return new(
            "8", "Hypothesis: a wider network loses less at the same share.", "loss of the narrowest − loss of the widest (points)", "reported", null, "not tested (width, architecture and count were confounded)",
            losses[0].Mean - losses[^1].Mean, string.Join("; ", widths.Zip(losses, (width, loss) => $"{width.Name}: {Number(loss.Mean)} ± {Number(loss.Deviation)}")));
    }

    private Check? Frontier()
    {
        var points = PartialTrainingPlan.Sweep(subject).Select(cell => (Cell: cell, Values: results.Percents(cell))).ToArray();
        if (points.Any(point => point.Values is null))
        {
            return null;
        }

        LineFit line = FrontierLine(subject, results)!.Value;
        return new(
            "B10", "Accuracy grows in a straight line with the logarithm of the share learned.", "R² of accuracy against log₁₀(learned / all)", "> 0.8 with a slope > 0", line.R2 > 0.8 && line.Slope > 0,
            "close to linear within one architecture (figure only)", line.R2, $"slope {Number(line.Slope)} points a factor of 10, {points.Length} ways × {points[0].Values!.Count} seeds");
    }

    private bool IsMain => subject == PartialTrainingPlan.Main(form) && form != ReproduceForm.Full;

    private Check? ZerosWithoutNorms() => Zeros("N1", "the small network", subject.WithoutNorms);

    private Check? ZerosInAlexNet() => Zeros("N1 AlexNet", "AlexNet", PartialTrainingSubjects.PhotographsWithoutNorms);

    private Check? Zeros(string id, string net, PartialTrainingSubject without) => !IsMain || results.Percents(without.Filters("0.07", Zero)) is not { } zero ? null : new(
        id, $"Without norms, zeros in place of random filters leave {net} near chance at 0.07.", "0.07 zero without norms (%)", "≤ 20 (chance: 10)", Statistics.Mean(zero) <= 20,
        "10.00 (AlexNet, full protocol and 10 epochs)", Statistics.Mean(zero), Spread(zero));

    private Check? RandomWithoutNorms() => Random("N2", "random filters are better than zeros at 0.07.", subject.WithoutNorms);

    private Check? RandomInAlexNet() => Random("N2 AlexNet", "random filters are better than zeros at 0.07 in AlexNet.", PartialTrainingSubjects.PhotographsWithoutNorms);

    private Check? Random(string id, string what, PartialTrainingSubject without) => !IsMain ? null : Difference(
        id, $"Without norms, {what}", "0.07 random − 0.07 zero, without norms (points)", without.Filters("0.07"), without.Filters("0.07", Zero),
        test => test.Mean > 0 && test.P < 0.05, "> 0 with p < 0.05 (paired t, two-sided)", "49.5 (AlexNet, full protocol)");

    private Check? NormsInDepth() => form == ReproduceForm.Full ? null : Difference(
        "N3", "In a deep network norms alone do more than the output layer alone.", "bn alone − fc alone, 13 convolutions (points)", subject.InDepth.Cell("bn"), subject.InDepth.Cell("fc"),
        test => test.Mean > 0, "> 0", "no number");

    private Check? OutputAlone() => !IsMain || subject.Parts.Count < 3 ? null : Difference(
        "N4", "A single convolution with the norms does more than the output layer alone.", $"{subject.Parts[^1].Name} + norms − fc alone (points)", subject.Cell($"{subject.Parts[^1].Learned}+bn"), subject.Cell("fc"),
        test => test.Mean > 0, "> 0", "no number");

    /// <summary>The line of accuracy in percent against log₁₀ of the share, over all cells of the sweep and all seeds; null unless all are there.</summary>
    public static LineFit? FrontierLine(PartialTrainingSubject subject, PartialTrainingResults results)
    {
        var all = PartialTrainingPlan.Sweep(subject).Select(results.Of).ToArray();
        if (all.Any(cell => cell is null || cell.Any(outcome => outcome.Diverged is not null)))
        {
            return null;
        }

        PartialTrainingOutcome[] points = [.. all.SelectMany(cell => cell!)];
        return Statistics.Line([.. points.Select(point => Log10(point.Share))], [.. points.Select(point => 100 * point.Last)]);
    }

    /// <summary>log₁₀ x.</summary>
    public static double Log10(double x) => Compute.Elementary.Log(x) / 2.302585092994046; // ln 10

    private IReadOnlyList<double>? Gain(string share) =>
        results.Percents(subject.Filters(share)) is { } learned && results.Percents(subject.Cell($"filters:{share}+fc")) is { } still
            ? [.. learned.Zip(still, (a, b) => a - b)] : null;

    private (IReadOnlyList<double> Gains, long Stored)? Ensemble(string learned) => results.Of(subject.Retrained(learned)) is { } found && found.All(outcome => outcome.Ensemble is not null)
        ? ([.. found.Select(GainOf)], Stored(found[0], subject.Retrained(learned).Members)) : null;

    /// <summary>What an ensemble gains over its mean member, in points.</summary>
    public static double GainOf(PartialTrainingOutcome outcome) => 100 * (outcome.Ensemble!.Clean - Statistics.Mean(outcome.Ensemble.Singles));

    /// <summary>Numbers an ensemble stores that shares what is fixed: one network, and the learned part of every further member.</summary>
    public static long Stored(PartialTrainingOutcome member, int members) => member.Total + ((members - 1) * member.Learned);

    private Check? Difference(
        string id, string finding, string statistic, PartialTrainingCell first, PartialTrainingCell second, Func<PairedTest, bool> holds, string threshold, string published)
    {
        if (results.Percents(first) is not { } a || results.Percents(second) is not { } b)
        {
            return null;
        }

        PairedTest test = Statistics.Paired(a, b);
        return new(id, finding, statistic, threshold, holds(test), published, test.Mean, $"{Spread(a)} against {Spread(b)}; {Words(test)}");
    }

    private static string Spread(IReadOnlyList<double> values) => $"{Number(Statistics.Mean(values))} ± {Number(Statistics.Deviation(values))} %";

    private static string Words(PairedTest test) => test.Count < 2
        ? "one seed: no test" : $"difference {Number(test.Mean)} ± {Number(test.Deviation)}, t({test.Count - 1}) = {Number(test.T)}, p = {test.P:0.0000}";

    private static string Number(double value) => value.ToString("0.00").Replace('-', '−');
}

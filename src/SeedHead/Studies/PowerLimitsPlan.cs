namespace SeedHead.Studies;

/// <summary>Which cells belong to which form.</summary>
internal static class PowerLimitsPlan
{
    /// <summary>The seed of all directions.</summary>
    public const ulong Seed = 42;

    /// <summary>The studies in order.</summary>
    public static IReadOnlyList<PowerLimitsPart> Of(ReproduceQuestion question)
    {
        int seeds = question.Seeds;
        return question.Form switch { ReproduceForm.Quick => Quick(seeds), ReproduceForm.Small => Small(seeds), _ => Full(seeds) };
    }

    private static PowerLimitsPart[] Quick(int seeds) => Parts(
        one: [Ask("E1", [3], [8, 16, 32], 20, 2)], needed: [2, 3, 4], sine: Ask("E3", [2, 6, 10], [], 20, 1), weights: [Ask("E4", [3, 5], [16], 1, 1)], leaning: Ask("E5", [5], [16], 1, 2),
        spread: Ask("E1", [5], [16], 20, 1), polynomials: [Ask("E6", [5], [8, 32], 10, 1)], descent: Ask("E7", [3], [8, 16], 1, 1), online: Ask("E8", [10, 20, 40], [16], 5, seeds),
        tangent: [Ask("E9", [5], [8], 10, 1)], biases: [Ask("E10", [5], [8, 32], 10, 1)], tolerance: [Ask("E11", [5], [8, 32], 10, 1)],
        rows: [Ask("E13", [5], [8, 32, 128], 2, 1)], waves: [Ask("E14", [3], [8, 32], 10, 1)], parities: [Ask("E15", [6], [8, 32], 10, 1)],
        laws: [Ask("E16", [5], [8, 16], 4, 2), Ask("E1", [5], [8, 16], 10, 2)], families: [Ask("E17", [5], [8, 16], 4, 2)]);

    private static PowerLimitsPart[] Small(int seeds) => Parts(
        one:
        [
            .. Each([3, 5], d => Ask("E1", [d], [4, 8, 16, 32, 64, 128, 256, 512, 1024], 200, 40)),
            .. Each([7, 9, 15, 25], d => Ask("E1", [d], [4, 8, 16, 32, 64, 128, 256, 512], 200, 4)), .. Each([3, 5, 9, 15, 25], d => Ask("E1", [d], [2048], 200, 1)),
        ],
        needed: [.. Enumerable.Range(2, 19)], sine: Ask("E3", [2, 4, 6, 8, 10, 12, 16, 20, 30, 40, 60], [], 200, 4), weights: [Ask("E4", [3, 5, 8, 10, 12, 15, 20, 25, 30, 40], [128], 1, 4), Ask("E4", [2, 3, 4], [512], 1, 4)],
        leaning: Ask("E5", [5, 10, 20], [64], 1, 40), spread: Ask("E1", [5, 10, 20], [64], 200, 4),
        polynomials: [.. Each([5, 10, 20], d => Ask("E6", [d], [4, 8, 16, 32, 64, 128, 256], 50, 16)), .. Each([5, 10, 20], d => Ask("E6", [d], [512, 1024, 1500], 50, 1))],
        descent: Ask("E7", [5], [16, 32, 64, 128, 256], 1, seeds), online: Ask("E8", [10, 20, 50, 100, 200, 300], [256], 50, 4 * seeds),
        tangent: [Ask("E9", [5], [8, 32, 128], 60, 8), Ask("E9", [10], [8, 32, 96], 60, 4), Ask("E9", [20], [8, 32, 64], 60, 4)],
        biases: [.. Each([5, 10, 20], d => Ask("E10", [d], [8, 32, 128, 256], 50, 4))], tolerance: [.. Each([5, 10], d => Ask("E11", [d], [8, 32, 128, 256], 50, 4))],
        rows: [.. Each([5, 10], d => Ask("E13", [d], [4, 8, 16, 32, 64, 128, 256, 512, 1024], 8, seeds))],
        waves: [.. Each([3, 5, 10], d => Ask("E14", [d], [8, 32, 128, 256], 50, 4))], parities: [.. Each([8, 10, 12], d => Ask("E15", [d], [8, 32, 128, 256], 50, 4))],
        laws: [.. Each([5, 10], d => Ask("E16", [d], [8, 32, 128], 12, 4 * seeds)), .. Each([5, 10], d => Ask("E1", [d], [8, 32, 128], 50, 16))], families: [.. Each([5, 10], d => Ask("E17", [d], [8, 32, 128], 12, 4 * seeds))]);

    private static PowerLimitsPart[] Full(int seeds) => Parts(
        one: [.. Each([3, 5, 7, 9, 15, 25], d => Ask("E1", [d], [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048], 200, 40))],
        needed: [.. Enumerable.Range(2, 19)], sine: Ask("E3", [2, 4, 6, 8, 10, 12, 16, 20, 30, 40, 60], [], 200, 4), weights: [Ask("E4", [3, 5, 8, 10, 12, 15, 20, 25, 30, 40], [128], 1, 20), Ask("E4", [2, 3, 4, 5], [1024], 1, 10)],
        leaning: Ask("E5", [5, 10, 20, 40], [256], 1, 200), spread: Ask("E1", [5, 10, 20, 40], [256], 200, 40),
        polynomials: [.. Each([5, 10, 20], d => Ask("E6", [d], [4, 8, 16, 32, 64, 128, 256, 512, 1024, 1500], 200, 40))],
        descent: Ask("E7", [5, 10], [16, 64, 256, 1024], 1, 2 * seeds), online: Ask("E8", [10, 20, 50, 100, 200, 300, 1000], [256], 200, 10 * seeds),
        tangent: [Ask("E9", [5], [8, 32, 128], 200, 40), Ask("E9", [10], [8, 32, 96], 200, 40), Ask("E9", [20], [8, 32, 64], 200, 40)],
        biases: [.. Each([5, 10, 20], d => Ask("E10", [d], [8, 32, 128, 256, 1024], 200, 20))], tolerance: [.. Each([5, 10, 20], d => Ask("E11", [d], [8, 32, 128, 256, 1024], 200, 20))],
        rows: [.. Each([5, 10, 20], d => Ask("E13", [d], [4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096], 20, 3 * seeds))],
        waves: [.. Each([3, 5, 10, 20], d => Ask("E14", [d], [8, 32, 128, 512, 2048], 200, 10))], parities: [.. Each([8, 10, 12, 14], d => Ask("E15", [d], [8, 32, 128, 512], 200, 10))],
        laws: [.. Each([5, 10, 20], d => Ask("E16", [d], [8, 32, 128, 512], 50, 10 * seeds)), .. Each([5, 10, 20], d => Ask("E1", [d], [8, 32, 128, 512], 200, 40))], families: [.. Each([5, 10, 20], d => Ask("E17", [d], [8, 32, 128, 512], 50, 10 * seeds))]);

    private static PowerLimitsPart[] Parts(
        IReadOnlyList<LimitsQuestion> one, IReadOnlyList<int> needed, LimitsQuestion sine, IReadOnlyList<LimitsQuestion> weights, LimitsQuestion leaning, LimitsQuestion spread,
        IReadOnlyList<LimitsQuestion> polynomials, LimitsQuestion descent, LimitsQuestion online, IReadOnlyList<LimitsQuestion> tangent, IReadOnlyList<LimitsQuestion> biases,
        IReadOnlyList<LimitsQuestion> tolerance, IReadOnlyList<LimitsQuestion> rows, IReadOnlyList<LimitsQuestion> waves, IReadOnlyList<LimitsQuestion> parities,
        IReadOnlyList<LimitsQuestion> laws, IReadOnlyList<LimitsQuestion> families) =>
    [
        new(PowerLimitsValues.Id, [], _ => PowerLimitsValues.Checks()),
        new("E1", one, PowerLimitsNeuronChecks.One),
        new("E2", [Ask("E2", needed, [], 1, 1)], PowerLimitsBoundChecks.Needed),
        new("E3", [sine], PowerLimitsBoundChecks.Sine),
        new("E4", [.. weights.SelectMany(all => Each(all.Dimensions, d => all with { Dimensions = [d] }))], PowerLimitsBoundChecks.Weights),
        new("E5", [.. Each(leaning.Dimensions, d => leaning with { Dimensions = [d] }), spread], PowerLimitsNeuronChecks.Leaning),
        new("E6", polynomials, PowerLimitsNeuronChecks.Polynomials),
        new("E7", [.. Each(descent.Dimensions, d => descent with { Dimensions = [d] })], PowerLimitsDescentChecks.Layers),
        new("E8", [.. Each(online.Dimensions, d => online with { Dimensions = [d] })], PowerLimitsDescentChecks.Online),
        new("E9", tangent, PowerLimitsNeuronChecks.Tangent),
        new("E10", biases, PowerLimitsNeuronChecks.Biases),
        new("E11", tolerance, PowerLimitsNeuronChecks.Tolerance),
        new("E12", [Ask("E12", [2, 3, 4], [], 1, 1)], PowerLimitsBoundChecks.Wave),
        new("E13", rows, PowerLimitsDescentChecks.Rows),
        new("E14", waves, PowerLimitsOtherChecks.Waves),
        new("E15", parities, PowerLimitsOtherChecks.Parities),
        new("E16", laws, PowerLimitsOtherChecks.Laws),
        new("E17", families, PowerLimitsOtherChecks.Families),
    ];

    private static LimitsQuestion Ask(string study, IReadOnlyList<int> dimensions, IReadOnlyList<int> widths, int targets, int draws) =>
        new() { Study = study, Dimensions = dimensions, Widths = widths, Targets = targets, Draws = draws, Seed = Seed };

    private static IEnumerable<LimitsQuestion> Each(IEnumerable<int> dimensions, Func<int, LimitsQuestion> of) => dimensions.Select(of);
}

using SeedHead.Training;
using static SeedHead.Studies.PartialTrainingPublished;

namespace SeedHead.Studies;

/// <summary>What a planned table shows of its cells.</summary>
internal enum PlannedKind
{
    /// <summary>Test accuracy of trained networks.</summary>
    Accuracy,

    /// <summary>Members, ensembles, and what they store.</summary>
    Ensembles,

    /// <summary>Accuracy on corrupted images.</summary>
    Robustness,

    /// <summary>Mean |w| per layer.</summary>
    Magnitudes,

    /// <summary>Accuracy against the share learned.</summary>
    Frontier,
}

/// <summary>A row of a planned table.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Cells">Its cells, for no seed yet; null: not run.</param>
/// <param name="Published">The paper's numbers.</param>
internal sealed record PlannedRow(string Label, IReadOnlyList<PartialTrainingCell?> Cells, params IReadOnlyList<string> Published);

/// <summary>A table and so the cells it needs.</summary>
internal sealed record PlannedTable(
    string Study, string Name, string Caption, PlannedKind Kind, string RowHead, IReadOnlyList<string> CellHeads, IReadOnlyList<string> PublishedHeads, IReadOnlyList<PlannedRow> Rows);

/// <summary>The grids B1 to B10 of the paper as tables, and three of our own: widths, priors, robustness.</summary>
internal static class PartialTrainingPlan
{
    private const FixedNumbers Zero = FixedNumbers.Zero;

    /// <summary>The studies' names and questions, in order.</summary>
    public static IReadOnlyList<(string Id, string Title)> Studies { get; } =
    [
        ("B1", "What share of the filters of every layer must be learned?"), ("B2", "Is a small number of filters a layer enough?"),
        ("B3", "The same in few epochs"), ("B4", "What do learned batch norms add?"), ("B5", "Which single part is the best to learn?"),
        ("B6", "Along which axis should a layer be cut?"), ("B7", "Ensembles that share what is not learned"), ("B8", "A thousand classes"),
        ("B9", "How large do weights become?"), ("B10", "Accuracy against the share learned"), ("W", "Does a wider network bear a smaller share?"),
        ("P", "Does the law of the weights matter?"), ("S", "Does the rate matter?"),
        ("N", "Without norms, and in depth"),
        ("R", "Corrupted images: one network against an ensemble that shares its fixed part"),
        ("C", "A wide residual network on photographs"),
    ];

    /// <summary>The subject that decides the checks.</summary>
    public static PartialTrainingSubject Main(ReproduceForm form) => form switch
    {
        ReproduceForm.Quick => PartialTrainingSubjects.Tiny,
        ReproduceForm.Small => PartialTrainingSubjects.Clothes,
        _ => PartialTrainingSubjects.Short("wrn-28-4"),
    };

    /// <summary>All tables of a form.</summary>
    public static IReadOnlyList<PlannedTable> Tables(ReproduceForm form)
    {
        PartialTrainingSubject main = Main(form);
        return form == ReproduceForm.Full
            ?
            [
                .. PartialTrainingSubjects.FullNets.SelectMany(net => (PlannedTable[])[Fractions(PartialTrainingSubjects.Full(net)), Constants(PartialTrainingSubjects.Full(net))]),
                .. PartialTrainingSubjects.ShortNets.Select(net => ShortProtocol(PartialTrainingSubjects.Short(net), ["0.07", "0.08", "0.09", "0.1", "0.4", "0.7", "1", "5", "10"])),
                .. ((string[])["densenet-bc-100-12", "wrn-28-4"]).SelectMany(net => (PlannedTable[])
                    [Norms(PartialTrainingSubjects.Short(net), ["0.07", "0.08", "0.09", "0.1", "0.4", "0.7", "1", "5", "10"]), Parts(PartialTrainingSubjects.Short(net))]),
                Axes(PartialTrainingSubjects.OneEpoch), Ensembles(PartialTrainingSubjects.OneEpoch),
                .. Rest(form),
            ]
            :
            [
                Fractions(main), Constants(main), ShortProtocol(main, ["0.07", "0.1", "0.4", "0.7", "1", "5", "10"]), Norms(main, ["0.1", "0.4", "0.7", "1"]), Parts(main), Axes(main),
                Ensembles(main),
                .. Rest(form),
                .. form == ReproduceForm.Small ? (PlannedTable[])[Photographs(PartialTrainingSubjects.Photographs)] : [],
            ];
    }

    /// <summary>The cells by which checks are decided, in the order of the findings: they are run first.</summary>
    public static IEnumerable<PartialTrainingCell> Deciding(ReproduceForm form)
    {
        PartialTrainingSubject s = Main(form);
        return
        [
            .. Core(s).Select(row => row.Cell), .. s.Parts.Select(part => s.Cell($"{part.Learned}+bn")), s.Cell("fc+bn"), s.Cell("bn"), s.Retrained("filters:0.4+bn+fc"), s.Retrained("all"), .. Sweep(s),
            .. form == ReproduceForm.Full ? [] : Core(s.AtThePapersRate).Select(row => row.Cell),
        ];
    }

    /// <summary>The cells of findings 1 to 4 and 6.</summary>
    public static IReadOnlyList<(string Name, PartialTrainingCell Cell)> Core(PartialTrainingSubject s) =>
    [
        ("all", s.Everything), ("0.1 random", s.Filters("0.1")), ("0.1 zero", s.Filters("0.1", Zero)), ("1 filter random", s.Filters("1")),
        ("0.1 random, norms fixed", s.Cell("filters:0.1+fc")), ("0.7 random", s.Filters("0.7")), ("0.7 zero", s.Filters("0.7", Zero)),
        ("0.7 random, norms fixed", s.Cell("filters:0.7+fc")), ("0.1 along inputs", s.Filters("0.1@in")),
    ];

    /// <summary>A subject at several widths, narrow to wide.</summary>
    public static IReadOnlyList<(string Name, PartialTrainingSubject Subject)> Widths(ReproduceForm form)
    {
        PartialTrainingSubject main = Main(form);
        return form == ReproduceForm.Full
            ? [("WRN-28-2", main with { Net = "wrn-28-2" }), ("WRN-28-4", main), ("WRN-28-10", main with { Net = "wrn-28-10" })]
            : [.. PartialTrainingSubjects.Narrower(main)];
    }

    private static IEnumerable<PlannedTable> Rest(ReproduceForm form) =>
        [Magnitudes(Main(form)), Frontier(Main(form)), Widths(Widths(form)), Priors(Main(form)), .. form == ReproduceForm.Full ? (PlannedTable[])[] : [Rates(Main(form)), Schedules(Main(form)), WithoutNorms(Main(form)), .. AlexNet(form), Deep(Main(form))], Robustness(Main(form))];

    private static PlannedTable Fractions(PartialTrainingSubject s) => new(
        "B1", $"b1-fractions-{s.Name}", $"{s.Name}: share of the filters of every convolution that is learned, with all norms and the output layer.", PlannedKind.Accuracy,
        "share of filters", ["random", "zero"], PublishedNets(s, "full protocol, random / zero", FullHeads),
        [.. ((string[])["0.07", "0.1", "0.4", "0.7", "all"]).Select(p => Pair(s, p, PublishedOf(s, FullHeads, net => FullOf(net, p))))]);

    private static PlannedTable Constants(PartialTrainingSubject s) => new(
        "B2", $"b2-constants-{s.Name}", $"{s.Name}: a fixed number of learned filters in every convolution.", PlannedKind.Accuracy,
        "filters a layer", ["random", "zero"], PublishedNets(s, "full protocol, random / zero", FullHeads),
        [.. ((string[])["1", "5"]).Select(k => Pair(s, k, PublishedOf(s, FullHeads, net => FullOf(net, k))))]);

    private static PlannedTable ShortProtocol(PartialTrainingSubject s, string[] shares) => new(
        "B3", $"b3-short-{s.Name}", $"{s.Name}: shares below 1, numbers of filters from 1 on, few epochs at a constant rate.", PlannedKind.Accuracy,
        "share or filters", ["random", "zero"], PublishedNets(s, "10 epochs, random / zero", ShortHeads),
        [.. shares.Append("all").Select(p => Pair(s, p, PublishedOf(s, ShortHeads, net => ShortOf(net, p))))]);

    private static PlannedTable Norms(PartialTrainingSubject s, string[] shares) => new(
        "B4", $"b4-norms-{s.Name}", $"{s.Name}: gains and offsets of batch norms learned, or fixed at 1 and 0; fixed filters are random.", PlannedKind.Accuracy,
        "share or filters", ["norms learned", "norms fixed"], PublishedNets(s, "10 epochs, learned / fixed", NormHeads),
        [.. shares.Select(p => new PlannedRow(p, [s.Filters(p), s.Cell($"filters:{p}+fc")], PublishedOf(s, NormHeads, net => NormsOf(net, p))))]);

    private static PlannedTable Parts(PartialTrainingSubject s) => new(
        "B5", $"b5-parts-{s.Name}", $"{s.Name}: one part learned, and the norms everywhere; all else is random.", PlannedKind.Accuracy,
        "part (+ all norms)", ["random"], ["10 epochs, better of DenseNet-BC and WRN-28-4"],
        [
            .. s.Parts.Select(part => new PlannedRow(part.Name, [s.Cell($"{part.Learned}+bn")], PartialTrainingPublished.Parts.GetValueOrDefault(part.Name, None))),
            new("fc", [s.Cell("fc+bn")], PartialTrainingPublished.Parts["fc"]), new("bn alone", [s.Cell("bn")], PartialTrainingPublished.Parts["bn"]),
        ]);

    private static PlannedTable Axes(PartialTrainingSubject s) => new(
        "B6", $"b6-axes-{s.Name}", $"{s.Name}: a tenth of every convolution learned along one axis, at least one place of it; norms and output layer learned.", PlannedKind.Accuracy,
        "axis", ["random", "zero"], ["DenseNet-BC, 1 epoch, random / zero"],
        [.. ((string[])["out", "in", "rows", "cols"]).Select(axis => Pair(s, axis == "out" ? "0.1" : $"0.1@{axis}", [PartialTrainingPublished.Axes[axis]]) with { Label = axis })]);

    private static PlannedTable Ensembles(PartialTrainingSubject s) => new(
        "B7", $"b7-ensembles-{s.Name}", $"{s.Name}: five members, each of which retrains a part for one epoch from one network trained in full for one epoch.", PlannedKind.Ensembles,
        "what a member retrains", ["ensemble"], ["DenseNet-BC, Adam", "DenseNet-BC, SGD"],
        [.. Retrainings.Select(part => new PlannedRow(part.Name, [s.Retrained(part.Learned)], PartialTrainingPublished.Ensembles[part.Name].Adam, PartialTrainingPublished.Ensembles[part.Name].Sgd))]);

    /// <summary>What members retrain, by name.</summary>
    public static IReadOnlyList<(string Name, string Learned)> Retrainings { get; } =
        [("fc", "fc+bn"), .. ((string[])["0.1", "0.4", "0.7"]).Select(p => (p, $"filters:{p}+bn+fc")), ("all", "all")];

    private static PlannedTable Magnitudes(PartialTrainingSubject s) => new(
        "B9", $"b9-magnitudes-{s.Name}", $"{s.Name}: mean |w| of fixed and of learned weights at the end, mean over seeds.", PlannedKind.Magnitudes,
        "layer", ["0.1", "0.4", "0.7", "all"], [],
        [new("", [s.Filters("0.1"), s.Filters("0.4"), s.Filters("0.7"), s.Everything])]);

    private static PlannedTable Frontier(PartialTrainingSubject s) => new(
        "B10", $"b10-frontier-{s.Name}", $"{s.Name}: what is learned, how much of the network that is, and how good it becomes.", PlannedKind.Frontier,
        "learned", ["random"], [],
        [.. Sweep(s).Select(cell => (Name: cell.Learned, Cell: cell)).Concat(Neighbours(s)).Select(row => new PlannedRow(row.Name, [row.Cell]))]);

    /// <summary>The cells of the line: shares and numbers of filters, and everything.</summary>
    public static IEnumerable<PartialTrainingCell> Sweep(PartialTrainingSubject s) =>
        ((string[])["1", "5", "10", "0.07", "0.1", "0.4", "0.7"]).Select(share => s.Filters(share)).Append(s.Everything);

    /// <summary>Other ways to learn little, on the same axes: norms, readout, masks over random weights, random directions.</summary>
    public static IEnumerable<(string Name, PartialTrainingCell Cell)> Neighbours(PartialTrainingSubject s) =>
    [
        ("bn", s.Cell("bn")), ("fc", s.Cell("fc")), ("fc+bn", s.Cell("fc+bn")), ("mask:0.5", s.Cell("mask:0.5")),
        ("mask:0.5, signs", s.Cell("mask:0.5", FixedNumbers.SignedConstant)), ("subspace:1000", s.Cell("subspace:1000")),
    ];

    private static PlannedTable Widths(IReadOnlyList<(string Name, PartialTrainingSubject Subject)> widths) => new(
        "W", "w-widths", "The same share of narrower networks: is what is lost against full training smaller the wider it is?", PlannedKind.Accuracy,
        "filters", ["all", "0.1 random", "0.1 zero"], [],
        [.. widths.Select(width => new PlannedRow(width.Name, [width.Subject.Everything, width.Subject.Filters("0.1"), width.Subject.Filters("0.1", Zero)]))]);

    private static PlannedTable Priors(PartialTrainingSubject s) => new(
        "P", "p-priors", $"{s.Name}: weights drawn by He's law, as the paper's fully trained networks were, and by the framework's default, as most of its partly trained ones were.",
        PlannedKind.Accuracy, "law of weights", ["0.1 random", "0.1 zero"], [],
        [.. ((string[])["he-normal", "uniform-fan-in"]).Select(prior => new PlannedRow(prior, [s.Filters("0.1") with { Prior = prior }, s.Filters("0.1", Zero) with { Prior = prior }]))]);

    private static PlannedTable Rates(PartialTrainingSubject s) => new(
        "S", "s-rates", $"{s.Name}: the cells of findings 1 to 4 and 6 at the form's own rate and at the paper's.", PlannedKind.Accuracy,
        "cell", [$"{s.Options.Rate}, cosine", "0.1, constant"], [], [.. Core(s).Zip(Core(s.AtThePapersRate), (own, other) => new PlannedRow(own.Name, [own.Cell, other.Cell]))]);

    private static PlannedTable Schedules(PartialTrainingSubject s)
    {
        (string Name, PartialTrainingSubject Subject)[] rates =
            [("0.1, constant", s.AtThePapersRate), ("0.1, cosine", s with { Options = s.Options with { Rate = 0.1 } }), ($"{s.Options.Rate}, cosine", s)];
        return new(
            "S", "s-schedules", $"{s.Name}: a tenth of the filters by rate and schedule.", PlannedKind.Accuracy, "rate", ["random", "zero", "all"], [],
            [.. rates.Select(rate => new PlannedRow(rate.Name, [rate.Subject.Filters("0.1"), rate.Subject.Filters("0.1", Zero), rate.Subject.Everything]))]);
    }

    private static PlannedTable WithoutNorms(PartialTrainingSubject s) => new(
        "N", "n-without-norms", $"{s.Name} without batch norms: as many learned filters beside random ones and beside zeros.", PlannedKind.Accuracy,
        "share of filters", ["random", "zero"], ["AlexNet, full protocol, random / zero"],
        [.. ((string[])["0.07", "0.1"]).Select(p => Pair(s.WithoutNorms, p, [FullOf("alexnet-cifar", p)]))]);

    private static IEnumerable<PlannedTable> AlexNet(ReproduceForm form) =>
        form == ReproduceForm.Small ? [WithoutNorms(PartialTrainingSubjects.PhotographsWithoutNorms) with { Name = "n-alexnet", Caption = "AlexNet, which has no norms, on 10,000 photographs; 10 epochs at 0.1 from ±1/√fan-in." }] : [];

    private static PlannedTable Deep(PartialTrainingSubject s) => new(
        "N", "n-deep", $"{s.InDepth.Name}: norms alone and the output layer alone, all else random.", PlannedKind.Accuracy,
        "what is learned", [$"{s.Options.Rate}, cosine", "0.1, constant"], [],
        [.. ((string[])["bn", "fc"]).Select(part => new PlannedRow(part, [s.InDepth.Cell(part), s.InDepth.AtThePapersRate.Cell(part)]))]);

    private static PlannedTable Robustness(PartialTrainingSubject s) => new(
        "R", "r-robustness", $"{s.Name}: five members with the seed's fixed part and a learned part of their own; mean member → ensemble, 2,000 test images.", PlannedKind.Robustness,
        "corruption", ["0.1 learned, the rest shared", "five whole networks"], [],
        [new("", [s.Sharing("filters:0.1+bn+fc"), s.Sharing("all")])]);

    private static PlannedTable Photographs(PartialTrainingSubject s) => new(
        "C", "c-photographs", $"{s.Name}: a tenth of the filters, norms and output layer learned.", PlannedKind.Accuracy,
        "share of filters", ["random", "zero"], ["WRN-28-4, 50,000 images, 10 epochs, random / zero"], [Pair(s, "0.1", [ShortOf("wrn-28-4", "0.1")])]);

    private static PlannedRow Pair(PartialTrainingSubject s, string share, IReadOnlyList<string> published) =>
        share == "all" ? new(share, [s.Everything, null], published) : new(share, [s.Filters(share), s.Filters(share, Zero)], published);

    private static readonly string[] FullHeads = ["wrn-28-10", "densenet-bc-100-12", "vgg19-bn"];
    private static readonly string[] ShortHeads = ["wrn-28-4", "densenet-bc-100-12", "vgg19-bn"];
    private static readonly string[] NormHeads = ["wrn-28-4", "densenet-bc-100-12"];

    // A network that the paper has is held beside its own numbers, any other beside those of several networks.
    private static string[] PublishedNets(PartialTrainingSubject s, string what, string[] nets) =>
        s.Published is { } own ? [$"{own}, {what}"] : [.. nets.Select(net => $"{net}, {what}")];

    private static string[] PublishedOf(PartialTrainingSubject s, string[] nets, Func<string, string> of) => s.Published is { } own ? [of(own)] : [.. nets.Select(of)];
}

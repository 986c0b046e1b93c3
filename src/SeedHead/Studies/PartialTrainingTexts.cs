namespace SeedHead.Studies;

/// <summary>What the page says in words about the study of partial training.</summary>
internal static class PartialTrainingTexts
{
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["B1"] = "The last filters of every convolution are learned, the first ones fixed: at the numbers of the seed, or at zero, which is a narrower network with constant channels.",
        ["B4"] = "Norms take the statistics of the batch in either case; fixed norms keep gain 1 and offset 0.",
        ["B7"] = "An ensemble is the mean of its members' probabilities. Members differ by the order of rows alone.",
        ["B8"] = "Not run: no data set of a thousand classes is known by name. Published, WRN-28-4 with 64×64 crops, 80 epochs, random / zero: "
            + "0.1: 34.38 / 18.20, 0.4: 53.19 / 44.24, 0.7: 60.44 / 59.39, all: 63.91.",
        ["B9"] = "Weight decay acts on learned weights alone. Published (WRN-28-4, a thousand classes), fixed and learned at 0.1, 0.4, 0.7: "
            + string.Join("; ", PartialTrainingPublished.Magnitudes.Select(row => $"{row.Layer}: {row.Fixed}, {row.Tenth}, {row.FourTenths}, {row.SevenTenths}")) + ".",
        ["B10"] = "Published: close to linear in the logarithm within one architecture (a figure without numbers). A mask learns one score a weight, which is what its share counts, but stores one bit a weight.",
        ["W"] = "A hypothesis of ours to test what the paper could not separate: width, architecture and the count of learned filters.",
        ["P"] = "In the paper, partly trained networks but for DenseNet began with the framework's default law, fully trained ones with He's.",
        ["S"] = "The paper's networks average over all places before their output layer. The small network reads 1,152 numbers there: the more of them vary, the larger the curvature, "
            + "so a rate of 0.1 throws random networks about more than those with zeros, in which a tenth of these numbers varies. Every cell of the other studies has the smaller rate.",
        ["R"] = "The paper's abstract names robustness, but no published number was found.",
    };

    /// <summary>What is to be said of a study.</summary>
    public static string Of(string study) => Texts.GetValueOrDefault(study, "");

    /// <summary>How cells were trained.</summary>
    public static IReadOnlyList<(string Name, string Value)> Protocol(ReproduceQuestion question, IReadOnlyList<PartialTrainingCell> cells) =>
    [
        .. from cell in cells
           where cell.Members == 0 && cell.Learned == "all" || cell.Data == "cifar10" && cell.Fixed == Training.FixedNumbers.Random
           group cell by (cell.Data, cell.Rows, cell.Options.Epochs, cell.Options.Batch, cell.Options.Rate, cell.Options.Schedule, cell.Options.WeightDecay) into same
           select ($"{same.Key.Data}, {(same.Key.Rows == 0 ? "all" : $"{same.Key.Rows:N0}")} training images",
               $"{string.Join(", ", same.Select(cell => cell.Net).Distinct())}; {same.Key.Epochs} epochs, batch {same.Key.Batch}, rate {same.Key.Rate} "
               + $"{same.Key.Schedule.ToString().ToLowerInvariant()}, momentum {same.First().Options.Momentum}, decay {same.Key.WeightDecay}"),
        ("Seeds", $"{question.Seeds}: weights and the order of rows both follow the seed; pairs share it"),
        ("Accuracy", "on the official test images, after the last epoch; the best epoch is chosen on the same images, as in the paper, and too good by that choice"),
    ];
}

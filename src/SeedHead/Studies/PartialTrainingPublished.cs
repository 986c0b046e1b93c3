namespace SeedHead.Studies;

/// <summary>Numbers of Rosenfeld &amp; Tsotsos (2018) on CIFAR-10, in percent: one run each, the best test accuracy of any epoch.</summary>
/// <remarks>Sources: output tables and figures of the first author's notebooks (github.com/rosenfeldamir/pytorch-classification). A "~" marks what was read off a figure
/// by ±1.5 points; full-protocol values without it are exact or within ±0.5. Values of the short protocol are all read off figures but for those with two decimals.</remarks>
internal static class PartialTrainingPublished
{
    /// <summary>Full protocol: random / zero.</summary>
    private static readonly Dictionary<string, Dictionary<string, string>> Full = new(StringComparer.Ordinal)
    {
        ["wrn-28-10"] = new()
        {
            ["0.07"] = "92.86 / 89.18", ["0.1"] = "94.12 / 91.53", ["0.4"] = "95.75 / 95.49", ["0.7"] = "95.90 / 95.98", ["all"] = "96.10",
            ["1"] = "69.17 / 23.35", ["5"] = "84.43 / 66.47",
        },
        ["densenet-bc-100-12"] = new()
        {
            ["0.07"] = "85.76 / 30.90", ["0.1"] = "88.73 / 82.11", ["0.4"] = "93.33 / 92.46", ["0.7"] = "94.39 / 94.53", ["all"] = "95.35",
            ["1"] = "85.48 / 54.84", ["5"] = "91.82 / 87.63",
        },
        ["vgg19-bn"] = new()
        {
            ["0.07"] = "86.05 / ~77", ["0.1"] = "87.59 / 82.79", ["0.4"] = "91.50 / 91.20", ["0.7"] = "92.48 / 92.65", ["all"] = "92.85",
            ["1"] = "70.35 / 21.72", ["5"] = "80.38 / 63.29",
        },
        ["alexnet-cifar"] = new()
        {
            ["0.07"] = "59.5 / 10.00", ["0.1"] = "63.2 / 10.00", ["0.4"] = "71.83 / 51.99", ["0.7"] = "75.26 / 53.58", ["all"] = "72.80",
            ["1"] = "46.62 / 10.00", ["5"] = "58.12 / 10.00",
        },
    };

    /// <summary>Short protocol: random / zero / random with norms fixed ("–": not published).</summary>
    private static readonly Dictionary<string, Dictionary<string, string[]>> Short = new(StringComparer.Ordinal)
    {
        ["densenet-bc-100-12"] = new()
        {
            ["0.07"] = ["75", "25", "52"], ["0.08"] = ["74.5", "25.5", "55.5"], ["0.09"] = ["75", "65", "64.5"], ["0.1"] = ["77", "63.5", "61.5"],
            ["0.4"] = ["82", "81", "79"], ["0.7"] = ["84", "83", "83"], ["1"] = ["72.5", "43.5", "58.5"], ["5"] = ["79.5", "71", "73"],
            ["10"] = ["83", "78", "78.5"], ["all"] = ["83.5", None, None],
        },
        ["wrn-28-4"] = new()
        {
            ["0.07"] = ["72", "60", "49"], ["0.08"] = ["69", "60", "57"], ["0.09"] = ["70.5", "60.5", "61"], ["0.1"] = ["69", "62.5", "56"],
            ["0.4"] = ["77", "77", "75"], ["0.7"] = ["82", "80.5", "82"], ["1"] = ["50", "20.5", "25.5"], ["5"] = ["63.5", "49", "47"],
            ["10"] = ["69", "64", "54.5"], ["all"] = ["81", None, None],
        },
        ["vgg19-bn"] = new()
        {
            ["0.07"] = ["63", "62", None], ["0.08"] = ["65", "54", None], ["0.09"] = ["66", "61", None], ["0.1"] = ["68", "60", None],
            ["0.4"] = ["75", "75", None], ["0.7"] = ["79", "74", None], ["1"] = ["47.5", "21", None], ["5"] = ["57", "45", None], ["10"] = ["62", "58", None],
        },
        ["alexnet-cifar"] = new()
        {
            ["0.07"] = ["50", "10", None], ["0.08"] = ["50", "10", None], ["0.09"] = ["50.5", "10", None], ["0.1"] = ["49", "10", None],
            ["0.4"] = ["60", "47", None], ["0.7"] = ["60", "53", None], ["1"] = ["38.5", "10", None], ["5"] = ["47.5", "10", None], ["10"] = ["51", "10", None],
        },
    };

    /// <summary>Stands where the paper has no number.</summary>
    public const string None = "–";

    /// <summary>Full protocol, a share or number of filters: "random / zero".</summary>
    public static string FullOf(string net, string share) => Full.GetValueOrDefault(net)?.GetValueOrDefault(share) ?? None;

    /// <summary>Short protocol: "random / zero".</summary>
    public static string ShortOf(string net, string share) => Short.GetValueOrDefault(net)?.GetValueOrDefault(share) is { } found
        ? found[1] == None ? found[0] : $"{found[0]} / {found[1]}" : None;

    /// <summary>Short protocol: "norms learned / norms fixed".</summary>
    public static string NormsOf(string net, string share) => Short.GetValueOrDefault(net)?.GetValueOrDefault(share) is { } found && found[2] != None
        ? $"{found[0]} / {found[2]}" : None;

    /// <summary>One part and all norms, short protocol, the better of DenseNet-BC-100-12 and WRN-28-4, from input to output.</summary>
    public static IReadOnlyDictionary<string, string> Parts { get; } = new Dictionary<string, string>
    {
        ["first"] = "64.76 (conv1)", ["second"] = "73.02 / 76.32 (block1 / block2)", ["third"] = "76.33 (block3)", ["fc"] = "68.63", ["bn"] = "about 61 (DenseNet), 30 (WRN)",
        ["conv1"] = "64.76", ["block1"] = "73.02", ["block2"] = "76.32", ["block3"] = "76.33",
    };

    /// <summary>Axis of the slices at 0.1, DenseNet-BC-100-12, one epoch: "random / zero".</summary>
    public static IReadOnlyDictionary<string, string> Axes { get; } = new Dictionary<string, string>
    {
        ["out"] = "48.57 / 42.96", ["in"] = "39.92 / 13.52", ["rows"] = "59.63 / 53.91", ["cols"] = "56.07 / 51.14",
    };

    /// <summary>Ensembles of five, DenseNet-BC-100-12, one epoch each: (Adam, SGD), "mean single → ensemble".</summary>
    public static IReadOnlyDictionary<string, (string Adam, string Sgd)> Ensembles { get; } = new Dictionary<string, (string, string)>
    {
        ["fc"] = ("68.53 → 68.78", "68.25 → 70.25"), ["0.1"] = ("69.88 → 70.54", "68.89 → 71.14"), ["0.4"] = ("71.07 → 73.47", "67.79 → 73.54"),
        ["0.7"] = ("71.29 → 75.47", "68.59 → 73.90"), ["all"] = ("71.72 → 76.35", "66.62 → 74.73"),
    };

    /// <summary>Mean |w| per group of WRN-28-4 on ImageNet classes: fixed, and learned at 0.1, 0.4 and 0.7.</summary>
    public static IReadOnlyList<(string Layer, string Fixed, string Tenth, string FourTenths, string SevenTenths)> Magnitudes { get; } =
    [
        ("first convolution", "~0.09 to 0.098", "0.298", "0.229", "0.186"), ("group 1", "~0.047", "~0.039", "~0.035", "~0.035"),
        ("group 2", "~0.033", "~0.028", "~0.0245", "~0.0245"), ("group 3", "~0.0235", "~0.019", "~0.0173", "~0.0173"),
    ];
}

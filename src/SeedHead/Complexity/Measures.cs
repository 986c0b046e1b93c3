using System.Globalization;
using SeedHead.Data;

namespace SeedHead.Complexity;

/// <summary>The measures that have a word.</summary>
public static class Measures
{
    private static readonly Dictionary<string, Func<string[], IComplexityMeasure?>> Known = new(StringComparer.Ordinal)
    {
        ["fourier"] = options => Plain(options, new FourierBins()),
        ["fourier-radial"] = options => Plain(options, new FourierFrequency()),
        ["fourier-power"] = options => Plain(options, new FourierFrequency(weighByPower: true)),
        ["dct"] = options => Plain(options, new CosineFrequency()),
        ["chebyshev"] = options => Order(options) is { } rule ? new ChebyshevOrder(rule) : null,
        ["legendre"] = options => Order(options) is { } rule ? new LegendreOrder(rule) : null,
        ["lz76"] = options => Sequence(options, (levels, order) => new LempelZiv76(levels, order)),
        ["lz76-scaled"] = options => Sequence(options, (levels, order) => new LempelZiv76(levels, order, scaled: true)),
        ["lz78"] = options => Sequence(options, (levels, order) => new LempelZiv78(levels, order)),
        ["lzw"] = options => Sequence(options, (levels, order) => new LempelZivWelch(levels, order)),
        ["compressed"] = options => Sequence(options, (levels, order) => new CompressedSize(levels, order)),
        ["tv"] = options => options is [] or ["raw"] ? new TotalVariation(asPrinted: options.Length > 0) : null,
        ["sensitivity"] = options => Plain(options, new Sensitivity()),
        ["regions"] = options => Plain(options, new LinearRegions()),
        ["rank"] = options => Plain(options, new EffectiveRank()),
        [VolumeMeasure.Word] = options => Plain(options, new VolumeMeasure()),
        ["simba"] = options => Plain(options, new SimplicityScore()),
    };

    /// <summary>The words.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Keys];

    /// <summary>The measure of a text: a word, and its options behind colons, as in "lz78:100:snake".</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">Not a measure: names the nearest.</exception>
    public static IComplexityMeasure Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] words = text.Split(':');
        if (!Known.TryGetValue(words[0], out Func<string[], IComplexityMeasure?>? make))
        {
            throw new FormatException(
                $"\"{words[0]}\" is no measure. Did you mean \"{Nearest.Find(words[0], Names) ?? "fourier"}\"? Measures are {string.Join(", ", Names)}.");
        }

        return make(words[1..]) ?? throw new FormatException(
            $"\"{text}\": {words[0]} does not take that. Allowed are chebyshev:max, legendre:max, tv:raw, and levels and snake or columns for sequences, as in lz78:100:snake.");
    }

    private static IComplexityMeasure? Plain(string[] options, IComplexityMeasure measure) => options.Length == 0 ? measure : null;

    private static OrderRule? Order(string[] options) => options switch { [] => OrderRule.Sum, ["max"] => OrderRule.Largest, _ => null };

    private static IComplexityMeasure? Sequence(string[] options, Func<int, Traversal, IComplexityMeasure> make)
    {
        int levels = SequenceMeasure.UsualLevels;
        if (options.Length > 0 && int.TryParse(options[0], NumberStyles.None, CultureInfo.InvariantCulture, out int given))
        {
            (levels, options) = (given, options[1..]);
        }

        Traversal? order = options switch { [] => Traversal.RowMajor, ["snake"] => Traversal.Boustrophedon, ["columns"] => Traversal.ColumnMajor, _ => null };
        return levels >= 2 && order is { } traversal ? make(levels, traversal) : null;
    }
}

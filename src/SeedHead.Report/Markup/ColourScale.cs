using System.Globalization;
using System.Text;

namespace SeedHead.Report.Markup;

/// <summary>The colours of complexity and of functions, from dark (least) to bright (greatest): viridis, which keeps its order in grey and for the colour-blind.</summary>
/// <remarks>Source: van der Walt and Smith, matplotlib 1.5 (2015), sixteen of its 256 colours; those between are interpolated.</remarks>
internal static class ColourScale
{
    /// <summary>The colours heat0 … heat15 of the style sheets, as RRGGBB.</summary>
    public static IReadOnlyList<string> Levels { get; } =
    [
        "440154", "481a6c", "472f7d", "414487", "39568c", "31688e", "2a788e", "23888e", "1f988b", "22a884", "35b779", "54c568", "7ad151", "a5db36", "d2e21b", "fde725",
    ];

    /// <summary>The last level on which writing is white.</summary>
    public const int LastDark = 9;

    private const int Colours = 256;

    private static readonly byte[] Table = MakePalette();

    /// <summary>256 triples of red, green, blue.</summary>
    public static ReadOnlySpan<byte> Palette => Table;

    /// <summary>The level of a value between two ends.</summary>
    public static int Level(double value, double least, double greatest) =>
        greatest > least ? Math.Clamp((int)(Levels.Count * (value - least) / (greatest - least)), 0, Levels.Count - 1) : 0;

    /// <summary>Style rules: SELECTOR.heatN sets PROPERTY.</summary>
    public static string Css(string selector, string property)
    {
        var css = new StringBuilder();
        for (int i = 0; i < Levels.Count; i++)
        {
            css.Append(CultureInfo.InvariantCulture, $"{selector}.heat{i} {{ {property}: #{Levels[i]}; }}").Append(i + 1 < Levels.Count ? " " : "");
        }

        return css.ToString();
    }

    private static byte[] MakePalette()
    {
        byte[] anchors = [.. Levels.SelectMany(Convert.FromHexString)];
        var palette = new byte[3 * Colours];
        for (int i = 0; i < Colours; i++)
        {
            double at = i * (Levels.Count - 1.0) / (Colours - 1);
            int from = Math.Min((int)at, Levels.Count - 2);
            for (int k = 0; k < 3; k++)
            {
                int low = anchors[(3 * from) + k], high = anchors[(3 * from) + 3 + k];
                palette[(3 * i) + k] = (byte)Math.Round(low + ((at - from) * (high - low)));
            }
        }

        return palette;
    }
}

using SeedHead.Report.Markup;

namespace SeedHead.Report.Charts;

/// <summary>Sequences as strips: one a row, one square a token. Within a strip the tokens are coloured in the order in which they first appear.</summary>
internal static class SequencePicture
{
    private const int Colours = 24;

    /// <summary>The first tokens share few colours that lie far apart; from the 25th on colours come again.</summary>
    private static readonly byte[] Palette = [.. Enumerable.Range(0, Colours).SelectMany(Colour), 255, 255, 255];

    /// <summary>A PNG with a row for every sequence; white where there is none.</summary>
    public static byte[] Png(IReadOnlyList<int[]?> sequences, int length)
    {
        var pixels = new byte[sequences.Count * length];
        pixels.AsSpan().Fill(Colours);
        for (int row = 0; row < sequences.Count; row++)
        {
            var places = new Dictionary<int, int>();
            foreach ((int t, int token) in (sequences[row] ?? []).Index())
            {
                places.TryAdd(token, places.Count);
                pixels[(row * length) + t] = (byte)(places[token] % Colours);
            }
        }

        return PngWriter.WriteIndexed(pixels, sequences.Count, length, Palette);
    }

    /// <summary>Hues five steps of 24 apart, so that neighbours differ; every other one darker.</summary>
    private static IEnumerable<byte> Colour(int i)
    {
        double hue = i * 5 % Colours * 6.0 / Colours, light = i % 2 == 0 ? 0.95 : 0.62;
        foreach (double shift in (double[])[0, 4, 2])
        {
            double ramp = Math.Clamp(Math.Abs(((hue + shift) % 6) - 3) - 1, 0, 1);
            yield return (byte)(255 * light * (0.25 + (0.75 * ramp)));
        }
    }
}

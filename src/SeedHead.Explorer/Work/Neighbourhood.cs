using System.IO.Compression;
using SeedHead.Complexity;
using SeedHead.Compute;
using SeedHead.Report.Markup;

namespace SeedHead.Explorer.Work;

/// <summary>One place of the map.</summary>
/// <param name="Row">Which scale.</param>
/// <param name="Column">Which depth.</param>
/// <param name="Value">The measure there.</param>
/// <param name="Shades">The function as a small picture.</param>
internal sealed record Neighbour(int Row, int Column, ComplexityValue Value, byte[] Shades);

/// <summary>The networks around a state: the same one at nine weight scales and all depths.</summary>
internal static class Neighbourhood
{
    /// <summary>Pixels a side of a small picture.</summary>
    public const int Side = 32;

    /// <summary>Scales of the rows, evenly spaced on the logarithm, three significant digits.</summary>
    public static IReadOnlyList<double> Scales { get; } = [0.1, 0.237, 0.562, 1.33, 3.16, 7.5, 17.8, 42.2, 100];

    /// <summary>Depths of the columns.</summary>
    public static IReadOnlyList<int> Depths { get; } = [.. Enumerable.Range(1, NetworkState.MostDepth)];

    /// <summary>The network at a place.</summary>
    public static NetworkState At(NetworkState state, int row, int column) => state with { Scale = Scales[row], Depth = Depths[column] };

    /// <summary>All places, those next to the state first.</summary>
    public static IEnumerable<(int Row, int Column)> Order(NetworkState state)
    {
        int row = Nearest(state.Scale);
        return from i in Enumerable.Range(0, Scales.Count)
               from j in Enumerable.Range(0, Depths.Count)
               orderby Math.Max(Math.Abs(i - row), Math.Abs(Depths[j] - state.Depth)), i, j
               select (i, j);
    }

    /// <summary>Looks at one place.</summary>
    public static Neighbour Look(NetworkState state, int row, int column, string measure, Team team)
    {
        NetworkState there = At(state, row, column);
        return new(row, column, Functions.Measure(there, measure, team), Functions.Shades(there, Side, team));
    }

    /// <summary>The small pictures of all places side by side, as a PNG file.</summary>
    public static byte[] Sheet(IEnumerable<Neighbour> neighbours)
    {
        int width = Depths.Count * Side;
        var shades = new byte[Scales.Count * Side * width];
        foreach (Neighbour one in neighbours)
        {
            for (int i = 0; i < Side; i++)
            {
                one.Shades.AsSpan(i * Side, Side).CopyTo(shades.AsSpan((((one.Row * Side) + i) * width) + (one.Column * Side)));
            }
        }

        return PngWriter.WriteIndexed(shades, Scales.Count * Side, width, ColourScale.Palette, CompressionLevel.Fastest);
    }

    private static int Nearest(double scale) =>
        Enumerable.Range(0, Scales.Count).MinBy(i => Scales[i] > scale ? Scales[i] / scale : scale / Scales[i]);
}

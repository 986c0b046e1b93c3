using System.IO.Compression;
using SeedHead.Complexity;
using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Report.Markup;

namespace SeedHead.Explorer.Work;

/// <summary>Function 0 of a state: its picture, its measures, its spectrum. Everything is a function of the state alone.</summary>
internal static class Functions
{
    /// <summary>Points of an axis at which measures are taken: what `seedhead complexity` takes where nothing is said.</summary>
    public const int MeasuredSide = 128;

    /// <summary>The words of the measures shown.</summary>
    public static IReadOnlyList<string> MeasureNames { get; } = ["fourier", "dct", "chebyshev", "lz78", "compressed", "tv", "sensitivity"];

    private const double HalfShade = 0.5 / 256;

    private static readonly IComplexityMeasure[] Measured = [.. MeasureNames.Select(Measures.Parse)];

    /// <summary>Shades [side × side] of the function on the square: 0 at its least value, 255 at its greatest.</summary>
    /// <remarks>Values whose rounding in float32 would be seen are computed in double. What is not finite has shade 255.</remarks>
    public static byte[] Shades(NetworkState state, int side, Team team)
    {
        FunctionValues values = At(state, Sampling.UniformGrid, side, team).Within(HalfShade);
        double range = values.Greatest - values.Least;
        var shades = new byte[values.Span.Length];
        for (int i = 0; i < shades.Length; i++)
        {
            double share = values.AreConstant ? 0 : (values.Span[i] - values.Least) / range;
            shades[i] = double.IsNaN(share) ? byte.MaxValue : (byte)((255 * Math.Clamp(share, 0, 1)) + 0.5);
        }

        return shades;
    }

    /// <summary>The picture of <see cref="Shades"/> as a PNG file.</summary>
    public static byte[] Picture(NetworkState state, int side, Team team) =>
        PngWriter.WriteIndexed(Shades(state, side, team), side, side, ColourScale.Palette, CompressionLevel.Fastest);

    /// <summary>All measures and the spectrum.</summary>
    public static FunctionFacts Facts(NetworkState state, Team team)
    {
        var values = new ComplexityValue[Measured.Length];
        Spectra spectra = default;
        IGrouping<Sampling, int>[] groups = [.. Enumerable.Range(0, Measured.Length).GroupBy(m => Measured[m].Sampling)];
        team.For(groups.Length, g =>
        {
            SampledFunction function = At(state, groups[g].Key, MeasuredSide, team);
            foreach (int m in groups[g]) // in this order: what one measure needs in double, the next ones read in double too
            {
                values[m] = function.By(Measured[m]);
            }

            if (groups[g].Key == Sampling.UniformGrid)
            {
                spectra = Spectra.Of(function.Values);
            }
        });
        return new(values, spectra);
    }

    /// <summary>One measure.</summary>
    public static ComplexityValue Measure(NetworkState state, string measure, Team team)
    {
        IComplexityMeasure one = Measures.Parse(measure);
        return At(state, one.Sampling, MeasuredSide, team).By(one);
    }

    private static SampledFunction At(NetworkState state, Sampling sampling, int side, Team team)
    {
        var functions = new NetworkFunctions(Architecture.Parse(state.Net), state.Law, state.Seed);
        return functions.At(team, Places.Of(sampling, side, functions.Inputs, state.Seed, 0), 0);
    }
}

/// <summary>What is known of one function.</summary>
/// <param name="Values">In the order of <see cref="Functions.MeasureNames"/>.</param>
/// <param name="Spectra">Its spectra.</param>
internal sealed record FunctionFacts(IReadOnlyList<ComplexityValue> Values, Spectra Spectra);

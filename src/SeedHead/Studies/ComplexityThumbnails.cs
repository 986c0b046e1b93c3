using SeedHead.Complexity;

namespace SeedHead.Studies;

/// <summary>Pictures of network 0 at every other scale and depth.</summary>
internal static class ComplexityThumbnails
{
    private const int Side = 40;
    private const int MostAcross = 8;

    private static readonly FourierBins Judge = new();

    public static IEnumerable<FunctionThumbnail> Of(ComplexityQuestion question, int?[] depths, Execution run)
    {
        double[] scales = [.. EverySoOften(question.Scales)];
        foreach (int? depth in EverySoOften(depths))
        {
            foreach (double scale in scales)
            {
                if (One(question, depth, scale, run) is not { } picture)
                {
                    yield break;
                }

                yield return picture;
            }
        }
    }

    /// <summary>The picture of network 0 at a depth (null: as written) and a scale; null for functions of one input.</summary>
    public static FunctionThumbnail? One(ComplexityQuestion question, int? depth, double scale, Execution run)
    {
        RandomFunctions functions = ComplexityNets.Functions(question, depth, scale);
        if (functions.Inputs < 2)
        {
            return null;
        }

        byte[] pixels = [];
        Places places = Places.Of(Sampling.UniformGrid, Side, functions.Inputs, question.Seed, 0);
        functions.ForEach(run.Team, places, 0, 1, (network, function) =>
        {
            _ = function.By(Judge); // in double where rounding would be seen
            pixels = Pixels(function.Values);
        });
        return new(scale, ComplexityNets.Depth(question, depth), Side, pixels);
    }

    private static IEnumerable<T> EverySoOften<T>(IReadOnlyList<T> values)
    {
        int step = Math.Max(values.Count > 3 ? 2 : 1, (values.Count + MostAcross - 1) / MostAcross);
        return values.Where((_, i) => i % step == 0);
    }

    private static byte[] Pixels(FunctionValues values)
    {
        double range = values.Greatest - values.Least;
        byte[] pixels = new byte[values.Span.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            double share = (values.Span[i] - values.Least) / range;
            pixels[i] = double.IsNaN(share) ? byte.MaxValue : (byte)Math.Round(255 * Math.Clamp(share, 0, 1));
        }

        return pixels;
    }
}

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
                RandomFunctions functions = ComplexityNets.Functions(question, depth, scale);
                if (functions.Inputs < 2)
                {
                    yield break;
                }

                int layers = ComplexityNets.Depth(question, depth);
                byte[] pixels = [];
                Places places = Places.Of(Sampling.UniformGrid, Side, functions.Inputs, question.Seed, 0);
                functions.ForEach(run.Team, places, 0, 1, (network, function) =>
                {
                    _ = function.By(Judge); // in double where rounding would be seen
                    pixels = Pixels(function.Values);
                });
                yield return new(scale, layers, Side, pixels);
            }
        }
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

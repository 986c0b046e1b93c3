using System.Text.Json;
using SeedHead.Heads;

namespace SeedHead.Tests.Heads;

public class RidgeGoldenTests
{
    private const int Rows = 5000, Inputs = 16, Features = 96;

    public static TheoryData<double> Budgets => [0, 1e12]; // products in float32, in float64

    [Theory, MemberData(nameof(Budgets))]
    public void Coefficients_equal_those_of_SciPy_in_double_precision_to_1e_5(double doublePrecisionBudget)
    {
        var problem = Made();
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "ridge.json")));
        foreach (var answer in golden.RootElement.GetProperty("answers").EnumerateArray()) // from Golden/ridge.py
        {
            double penalty = answer.GetProperty("penalty").GetDouble();
            var fit = problem.Fit(new() { Penalties = [penalty], DoublePrecisionBudget = doublePrecisionBudget }, threads: 2);
            double absolute = answer.GetProperty("absolute").GetDouble();
            Assert.Equal(absolute, fit.AbsolutePenalty, 1e-6 * absolute);
            Assert.InRange(RelativeError(answer.GetProperty("weights"), fit.Weights), 0, 1e-5);
            Assert.InRange(RelativeError(answer.GetProperty("intercepts"), fit.Intercepts), 0, 1e-5);
        }
    }

    // ‖actual − expected‖ / ‖expected‖
    private static double RelativeError(JsonElement expected, float[] actual)
    {
        double[] e = [.. expected.EnumerateArray().Select(value => value.GetDouble())];
        Assert.Equal(e.Length, actual.Length);
        return Math.Sqrt(e.Zip(actual, (a, b) => (a - b) * (a - b)).Sum() / e.Sum(a => a * a));
    }

    private static Problem Made()
    {
        double[] x = Grid(1, Rows * Inputs), w = Grid(2, Inputs * Features), noise = Grid(3, Rows);
        var features = new float[Rows][];
        var targets = new float[Rows][];
        for (int i = 0; i < Rows; i++)
        {
            var row = x.AsSpan(i * Inputs, Inputs).ToArray();
            features[i] = [.. Enumerable.Range(0, Features).Select(j => (float)Math.Max(row.Select((value, p) => value * w[(p * Features) + j]).Sum(), 0))];
            targets[i] = [(float)((row[0] * row[1]) + (noise[i] / 4)), (float)Math.Max(row[2], row[3])];
        }

        return new(features, targets);
    }

    // Multiples of 1/128 in [−1, 1) from SplitMix64, as in Golden/ridge.py: products and sums of a few are exact.
    private static double[] Grid(ulong seed, int count)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++)
        {
            ulong z = seed += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            values[i] = ((z ^ (z >> 31)) >> 56) / 128.0 - 1;
        }

        return values;
    }
}

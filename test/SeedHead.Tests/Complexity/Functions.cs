using SeedHead.Complexity;
using SeedHead.Random;

namespace SeedHead.Tests.Complexity;

/// <summary>Functions with known complexity.</summary>
internal static class Functions
{
    public static string[] Names { get; } = ["x", "x+y", "2x+y", "xy", "x²", "x²+y²", "|x|", "relu", "sign", "impulse", "noise", "exp"];

    public static FunctionValues On(Sampling sampling, int side, string name)
    {
        if (name is "impulse" or "noise")
        {
            var values = new double[side * side];
            var stream = new WeightStream(11);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = name == "noise" ? stream.Normal(new(0, 0, i / side, i % side)) : 0;
            }

            values[(side / 2 * side) + (side / 3)] += name == "impulse" ? 1 : 0;
            return new(sampling, side, side, values);
        }

        return FunctionValues.Of(sampling, side, name switch
        {
            "x" => (x, _) => x,
            "x+y" => (x, y) => x + y,
            "2x+y" => (x, y) => 2 * x + y,
            "xy" => (x, y) => x * y,
            "x²" => (x, _) => x * x,
            "x²+y²" => (x, y) => x * x + y * y,
            "|x|" => (x, _) => Math.Abs(x),
            "relu" => (x, _) => Math.Max(0, x),
            "sign" => (x, _) => x > 0 ? 1 : -1,
            "exp" => (x, y) => SeedHead.Compute.Elementary.Exp(x + y),
            "T5" => (x, _) => Chebyshev(5, x),
            "T3T4" => (x, y) => Chebyshev(3, x) * Chebyshev(4, y),
            "P5" => (x, _) => Legendre(5, x),
            "P3P4" => (x, y) => Legendre(3, x) * Legendre(4, y),
            _ => throw new ArgumentException($"No function {name}."),
        });
    }

    private static double Chebyshev(int n, double x) => n == 0 ? 1 : n == 1 ? x : 2 * x * Chebyshev(n - 1, x) - Chebyshev(n - 2, x);

    private static double Legendre(int n, double x) => n == 0 ? 1 : n == 1 ? x : ((2 * n - 1) * x * Legendre(n - 1, x) - (n - 1) * Legendre(n - 2, x)) / n;
}

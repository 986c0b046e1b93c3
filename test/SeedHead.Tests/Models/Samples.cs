namespace SeedHead.Tests.Models;

/// <summary>Small generated problems.</summary>
internal static class Samples
{
    public static (float[][] X, string[] Y) Circle(int rows, uint state = 1)
    {
        var x = new float[rows][];
        var y = new string[rows];
        for (int i = 0; i < rows; i++)
        {
            x[i] = [(float)Next(ref state), (float)Next(ref state)];
            y[i] = (x[i][0] * x[i][0]) + (x[i][1] * x[i][1]) < 0.6 ? "inside" : "outside";
        }

        return (x, y);
    }

    public static (float[][] X, double[] Y) Wave(int rows, double noise = 0.1, uint state = 1)
    {
        var x = new float[rows][];
        var y = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            x[i] = [(float)Next(ref state), (float)Next(ref state)];
            y[i] = 5 + (100 * (Math.Sin(3 * x[i][0]) + (x[i][1] * x[i][1]) + (noise * Next(ref state))));
        }

        return (x, y);
    }

    /// <summary>Uniform in [−1, 1): a linear congruential generator with Numerical Recipes' constants is enough to make test data.</summary>
    public static double Next(ref uint state)
    {
        state = unchecked((state * 1664525) + 1013904223);
        return ((state >> 8) / (double)(1 << 23)) - 1;
    }
}

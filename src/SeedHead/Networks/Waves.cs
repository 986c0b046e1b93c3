using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>The loops of <see cref="EncodingLayer"/>.</summary>
internal static unsafe class Waves
{
    /// <summary>2⁰, 2¹, …, 2¹⁵.</summary>
    private static readonly Vector512<float> Octaves = Vector512.Create(1f, 2f, 4f, 8f, 16f, 32f, 64f, 128f, 256f, 512f, 1024f, 2048f, 4096f, 8192f, 16384f, 32768f);

    /// <summary>sin(2ᵏπx) and cos(2ᵏπx) for k = 0 … 15.</summary>
    /// <remarks>2ᵏx less the nearest even number is exact, so the angle is right to a rounding for every x.</remarks>
    public static void Of(float x, out Vector512<float> sines, out Vector512<float> cosines)
    {
        var turns = Octaves * Vector512.Create(x);
        var half = turns * Vector512.Create(0.5f);
        var angle = (turns - (Vector512.Round(half) * Vector512.Create(2f))) * Vector512.Create(MathF.PI);
        Elementary.SinCos(angle, out sines, out cosines);
    }

    /// <summary>y [n × d·(1 + 2L)] of x [n × d].</summary>
    public static void Apply(Strided<float> x, Strided<float> y, int octaves)
    {
        for (long row = 0; row < x.Rows; row++)
        {
            for (long j = 0; j < x.Columns; j++)
            {
                y[row, j] = x[row, j];
                Of(x[row, j], out var sines, out var cosines);
                long at = x.Columns + (2 * octaves * j);
                for (int k = 0; k < octaves; k++)
                {
                    (y[row, at + k], y[row, at + octaves + k]) = (sines[k], cosines[k]);
                }
            }
        }
    }

    /// <summary>The same in double, row after row.</summary>
    public static double[] Apply(ReadOnlySpan<double> x, int inputs, int octaves)
    {
        int width = inputs * (1 + (2 * octaves)), rows = x.Length / inputs;
        var y = new double[rows * width];
        for (int i = 0; i < x.Length; i++)
        {
            int row = i / inputs, j = i % inputs, at = (row * width) + inputs + (2 * octaves * j);
            y[(row * width) + j] = x[i];
            for (int k = 0; k < octaves; k++)
            {
                double turns = Math.ScaleB(x[i], k), angle = (turns - (2 * Math.Round(turns / 2))) * Math.PI;
                (y[at + k], y[at + octaves + k]) = (Elementary.Sin(angle), Elementary.Cos(angle));
            }
        }

        return y;
    }
}

using SeedHead.Complexity;

namespace SeedHead.Explorer.Work;

/// <summary>Mean amplitude by frequency, over the largest; empty where the function has none.</summary>
/// <param name="Fourier">Of |F(i, j)| with round(√(i² + j²)) = m, m = 1 … n/2 periods of the grid; edges that differ leave a tail.</param>
/// <param name="Cosine">Of the cosine transform, m = 1 … n/2 periods likewise (two half-waves each), without such a tail.</param>
internal readonly record struct Spectra(IReadOnlyList<double> Fourier, IReadOnlyList<double> Cosine)
{
    /// <summary>The spectra of values on a square grid.</summary>
    public static Spectra Of(FunctionValues values)
    {
        if (!values.AreFinite || values.AreConstant)
        {
            return new([], []);
        }

        int n = values.Columns, half = n / 2;
        return new(
            Rings(Spectrum.Fourier(values), n, half + 1, i => Math.Min(i, n - i), half),
            Rings(Spectrum.Cosine(values), n, n, i => 0.5 * i, half, columnStep: 0.5));
    }

    private static double[] Rings(double[] sizes, int rows, int columns, Func<int, double> rowFrequency, int most, double columnStep = 1)
    {
        double[] sums = new double[most + 1], counts = new double[most + 1];
        for (int i = 0; i < rows; i++)
        {
            double first = rowFrequency(i);
            for (int j = 0; j < columns; j++)
            {
                double second = columnStep * j;
                int ring = (int)(Math.Sqrt((first * first) + (second * second)) + 0.5);
                if (ring <= most)
                {
                    sums[ring] += Math.Abs(sizes[(i * columns) + j]);
                    counts[ring]++;
                }
            }
        }

        double[] means = [.. sums.Zip(counts, (sum, count) => sum / count).Skip(1)];
        double largest = means.Max();
        return largest > 0 ? Array.ConvertAll(means, mean => mean / largest) : [];
    }
}

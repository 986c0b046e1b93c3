using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Tests.Random;

/// <summary>2²⁴ numbers of one layer against their laws; every bound is five standard errors of the statistic itself.</summary>
public class WeightStreamStatisticsTests
{
    private const int Inputs = 4096;
    private const int Outputs = 4096;
    private const long Count = (long)Inputs * Outputs;

    [Theory] // moments 1 to 4 of the law, and the variance of each power: E z²ᵏ − (E zᵏ)²
    [InlineData("normal", 0, 1, 0, 3, 15, 105)]
    [InlineData("uniform", 0, 0.083333333333, 0, 0.0125, 0.00223214285714, 0.00043402777778)] // less ½: E = 2⁻ᵏ/(k + 1) for even k
    [InlineData("sign", 0, 1, 0, 1, 1, 1)]
    [InlineData("truncated", 0, 1, 0, 2.3655367171296, 7.4711933006109, 27.189591165477)]
    public void Moments_are_those_of_the_law(string law, double m1, double m2, double m3, double m4, double m6, double m8)
    {
        using NativeBuffer<float> numbers = Fill(law);
        double shift = law == "uniform" ? 0.5 : 0;
        double s1 = 0, s2 = 0, s3 = 0, s4 = 0;
        foreach (float number in numbers.Span(0, (int)Count))
        {
            double z = number - shift, square = z * z;
            s1 += z;
            s2 += square;
            s3 += square * z;
            s4 += square * square;
        }

        AssertMean(s1 / Count, m1, m2 - m1 * m1);
        AssertMean(s2 / Count, m2, m4 - m2 * m2);
        AssertMean(s3 / Count, m3, m6 - m3 * m3);
        AssertMean(s4 / Count, m4, m8 - m4 * m4);
    }

    [Theory]
    [InlineData("normal")]
    [InlineData("uniform")]
    [InlineData("truncated")]
    public void Numbers_fall_evenly_into_1024_equally_likely_bins(string law)
    {
        const int bins = 1024;
        var counts = new int[bins];
        using NativeBuffer<float> numbers = Fill(law);
        double[] ends = [.. Enumerable.Range(1, bins - 1).Select(i => Quantile(law, i / (double)bins))];
        float[] edges = [.. ends.Select(end => (float)end)];
        foreach (float number in numbers.Span(0, (int)Count))
        {
            int index = Array.BinarySearch(edges, number);
            counts[index < 0 ? ~index : index + 1]++;
        }

        // χ² has mean 1023 and standard deviation √2046; the distribution function is off nowhere by more than Kolmogorov's 1.95/√n (p = 0.001).
        double expected = Count / (double)bins;
        double chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.InRange(chiSquare, 1023 - 5 * Math.Sqrt(2046), 1023 + 5 * Math.Sqrt(2046));
        double below = 0, largest = 0;
        foreach (int count in counts)
        {
            below += count - expected;
            largest = Math.Max(largest, Math.Abs(below) / Count);
        }

        Assert.InRange(largest, 0, 1.95 / Math.Sqrt(Count));
    }

    [Theory] // 2·Φ(−t) by 50-digit arithmetic
    [InlineData(1, 0.31731050786291410)]
    [InlineData(2, 0.045500263896358414)]
    [InlineData(3, 0.0026997960632601890)]
    [InlineData(4, 6.3342483666239843e-05)]
    [InlineData(4.5, 6.7953462494601208e-06)]
    [InlineData(5, 5.7330314375838782e-07)]
    public void Normals_beyond_t_are_as_many_as_expected(double t, double probability)
    {
        using NativeBuffer<float> numbers = Fill("normal");
        long beyond = 0;
        foreach (float z in numbers.Span(0, (int)Count))
        {
            beyond += Math.Abs(z) > t ? 1 : 0;
        }

        AssertMean(beyond / (double)Count, probability, probability * (1 - probability));
    }

    [Fact] // 2·Φ(−t) by 50-digit arithmetic
    public void A_hundred_million_normals_have_the_moments_and_the_tails_of_the_law()
    {
        const int layers = 6;
        double[] limits = [5, 5.5, 6], probabilities = [5.7330314375838782e-07, 3.7979124934655366e-08, 1.9731752900753963e-09];
        var beyond = new long[limits.Length];
        double s1 = 0, s2 = 0, s3 = 0, s4 = 0;
        using var numbers = new NativeBuffer<float>(Count);
        for (int layer = 0; layer < layers; layer++)
        {
            new WeightStream(8).FillNormal(0, layer, WeightKind.Weight, Strided<float>.RowMajor(numbers, Inputs, Outputs));
            foreach (float number in numbers.Span(0, (int)Count))
            {
                double z = number, square = z * z;
                s1 += z;
                s2 += square;
                s3 += square * z;
                s4 += square * square;
                for (int i = 0; i < limits.Length && Math.Abs(z) > limits[i]; i++)
                {
                    beyond[i]++;
                }
            }
        }

        const long n = layers * Count;
        AssertMean(s1 / n, 0, 1, n);
        AssertMean(s2 / n, 1, 2, n);
        AssertMean(s3 / n, 0, 15, n);
        AssertMean(s4 / n, 3, 96, n);
        for (int i = 0; i < limits.Length; i++)
        {
            double expected = probabilities[i] * n;
            Assert.InRange(beyond[i], Math.Max(0, expected - (5 * Math.Sqrt(expected))), expected + (5 * Math.Sqrt(expected)) + 3);
        }
    }

    [Theory] // neighbours in a row are the cosine and the sine of one radius, or come from other words or another counter
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 0)]
    [InlineData(0, 1)]
    [InlineData(0, 16)]
    [InlineData(1, 1)]
    public void Neighbours_and_their_squares_are_uncorrelated(int columns, int rows)
    {
        using NativeBuffer<float> numbers = Fill("normal");
        var z = Strided<float>.RowMajor(numbers, Inputs, Outputs);
        double products = 0, squares = 0;
        long pairs = 0;
        for (int c = 0; c + columns < Inputs; c++)
        {
            Span<float> here = z.Row(c), there = z.Row(c + columns);
            for (int r = 0; r + rows < Outputs; r++)
            {
                double a = here[r], b = there[r + rows];
                products += a * b;
                squares += (a * a - 1) * (b * b - 1);
                pairs++;
            }
        }

        AssertMean(products / pairs, 0, 1, pairs);
        AssertMean(squares / pairs, 0, 4, pairs); // Var(z² − 1) = 2
    }

    [Theory]
    [InlineData(42UL, 1, 0, WeightKind.Weight)]
    [InlineData(42UL, 0, 1, WeightKind.Weight)]
    [InlineData(42UL, 0, 0, WeightKind.Bias)]
    [InlineData(43UL, 0, 0, WeightKind.Weight)]
    public void Other_seeds_networks_layers_and_kinds_are_independent(ulong seed, int network, int layer, WeightKind kind)
    {
        const int inputs = 1024, outputs = 1024;
        using var first = new NativeBuffer<float>(inputs * outputs);
        using var second = new NativeBuffer<float>(inputs * outputs);
        new WeightStream(42).FillNormal(0, 0, WeightKind.Weight, Strided<float>.RowMajor(first, inputs, outputs));
        new WeightStream(seed).FillNormal(network, layer, kind, Strided<float>.RowMajor(second, inputs, outputs));
        double products = 0, squares = 0;
        for (int i = 0; i < inputs * outputs; i++)
        {
            double a = first.Span(i, 1)[0], b = second.Span(i, 1)[0];
            products += a * b;
            squares += (a * a - 1) * (b * b - 1);
        }

        AssertMean(products / (inputs * outputs), 0, 1, inputs * outputs);
        AssertMean(squares / (inputs * outputs), 0, 4, inputs * outputs);
    }

    private static NativeBuffer<float> Fill(string law)
    {
        var numbers = new NativeBuffer<float>(Count);
        var destination = Strided<float>.RowMajor(numbers, Inputs, Outputs);
        var stream = new WeightStream(42);
        switch (law)
        {
            case "normal": stream.FillNormal(0, 0, WeightKind.Weight, destination); break;
            case "uniform": stream.FillUniform(0, 0, WeightKind.Weight, destination); break;
            case "truncated": stream.FillTruncatedNormal(0, 0, WeightKind.Weight, destination); break;
            default: stream.FillSign(0, 0, WeightKind.Weight, destination); break;
        }

        return numbers;
    }

    private static double Quantile(string law, double p) => law switch
    {
        "uniform" => p,
        "normal" => Elementary.NormalQuantile(p),
        _ => Elementary.NormalQuantile(0.5 + (p - 0.5) * 0.95449973610364158) / Math.Sqrt(0.77374130354992325),
    };

    private static void AssertMean(double mean, double exact, double variance, long count = Count)
    {
        double bound = 5 * Math.Sqrt(variance / count) + 1e-9; // 10⁻⁹: numbers are floats
        Assert.InRange(mean, exact - bound, exact + bound);
    }
}

using SeedHead.Compute;

namespace SeedHead.Tests.Reference;

/// <summary>Fourier and cosine transforms as the sums that define them, in decimal numbers of 28 digits; angles are reduced as fractions of a turn.</summary>
internal static class FourierReference
{
    private const decimal Pi = 3.1415926535897932384626433833m;

    /// <summary>Σ x[j]·e^(−2πi·jk/n) for k &lt; n.</summary>
    public static (double[] Re, double[] Im) Transform(double[] xr, double[] xi)
    {
        int n = xr.Length;
        decimal[] re = Exact(xr), im = Exact(xi);
        (decimal Cos, decimal Sin)[] roots = [.. Enumerable.Range(0, n).Select(k => CosSin(k, n))];
        double[] yr = new double[n], yi = new double[n];
        for (int k = 0; k < n; k++)
        {
            decimal sumRe = 0, sumIm = 0;
            for (int j = 0; j < n; j++)
            {
                (decimal cos, decimal sin) = roots[(long)j * k % n];
                sumRe += re[j] * cos + im[j] * sin;
                sumIm += im[j] * cos - re[j] * sin;
            }

            (yr[k], yi[k]) = ((double)sumRe, (double)sumIm);
        }

        return (yr, yi);
    }

    /// <summary>The definition of <see cref="CosineTransform{T}"/>.</summary>
    public static double[] Cosines(double[] values)
    {
        int n = values.Length;
        decimal[] x = Exact(values);
        double[] y = new double[n];
        for (int k = 0; k < n; k++)
        {
            decimal sum = 0;
            for (int j = 0; j < n; j++)
            {
                sum += x[j] * CosSin((2L * j + 1) * k % (4L * n), 4L * n).Cos;
            }

            y[k] = (double)sum * Math.Sqrt((k == 0 ? 1.0 : 2.0) / n);
        }

        return y;
    }

    /// <summary>cos and sin of 2πk/n by their power series, an eighth of a turn at most.</summary>
    public static (decimal Cos, decimal Sin) CosSin(long k, long n)
    {
        long quarters = (8 * k + n) / (2 * n);
        decimal x = Pi / 2 * (4 * k - quarters * n) / n, cos = 0, sin = 0, term = 1;
        for (int power = 0; power < 30; power++)
        {
            (cos, sin) = (power % 4) switch
            {
                0 => (cos + term, sin),
                1 => (cos, sin + term),
                2 => (cos - term, sin),
                _ => (cos, sin - term),
            };
            term = term * x / (power + 1);
        }

        return (quarters % 4) switch
        {
            0 => (cos, sin),
            1 => (-sin, cos),
            2 => (-cos, -sin),
            _ => (sin, -cos),
        };
    }

    /// <summary>A number of at most 2³⁰ as a decimal, without the rounding to 15 digits that a conversion makes.</summary>
    public static decimal Exact(double value)
    {
        double high = Math.Floor(Math.ScaleB(value, 30)), low = Math.ScaleB(value, 30) - high;
        return ((decimal)(long)high + (decimal)(long)Math.ScaleB(low, 62) / (1L << 62)) / (1L << 30);
    }

    private static decimal[] Exact(double[] x) => [.. x.Select(Exact)];
}

namespace SeedHead.Tests.Features;

/// <summary>Compares sums of independent products of features with the kernel they estimate, by their own standard error.</summary>
internal static class KernelEstimate
{
    /// <summary>
    /// Checks that the terms' sum lies within 5 standard errors of the exact value. A term is the products of <paramref name="group"/> features that
    /// are not independent of each other.
    /// </summary>
    public static void IsUnbiased(float[] x, float[] y, double exact, int group)
    {
        Assert.Equal(0, x.Length % group);
        double[] terms = [.. Enumerable.Range(0, x.Length / group).Select(g =>
            Enumerable.Range(g * group, group).Sum(j => (double)x[j] * y[j]))];
        int n = terms.Length;
        double mean = terms.Average();
        double error = Math.Sqrt(terms.Sum(term => (term - mean) * (term - mean)) / (n - 1.0) * n);
        Assert.InRange(terms.Sum(), exact - (5 * error), exact + (5 * error));
        Assert.True(error < 0.2 * Math.Abs(terms.Sum()) + 0.05, $"standard error {error}: the test would see no difference");
    }
}

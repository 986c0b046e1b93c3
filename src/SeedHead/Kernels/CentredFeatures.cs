using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>Rows of features in float64, less their means.</summary>
internal static class CentredFeatures
{
    /// <summary>result ← Φ less the mean of each column, which is returned.</summary>
    /// <exception cref="ArgumentException">No row, or a number is not finite.</exception>
    public static double[] Centred(Team team, Strided<float> features, Strided<double> result)
    {
        double[] means = Means(features);
        int wrong = Array.FindIndex(means, mean => !double.IsFinite(mean));
        if (wrong >= 0)
        {
            throw new ArgumentException($"Column {wrong} of the features holds a number that is not finite.", nameof(features));
        }

        team.For((int)features.Rows, i =>
        {
            for (int j = 0; j < means.Length; j++)
            {
                result[i, j] = features[i, j] - means[j];
            }
        });
        return means;
    }

    /// <summary>result ← points less the means.</summary>
    public static void Shift(Team team, Strided<double> points, double[] means, Strided<double> result) => team.For((int)points.Rows, i =>
    {
        for (int j = 0; j < means.Length; j++)
        {
            result[i, j] = points[i, j] - means[j];
        }
    });

    /// <summary>The mean of each column, rows added in order.</summary>
    private static double[] Means(Strided<float> features)
    {
        if (features.Rows == 0)
        {
            throw new ArgumentException("There are no rows to learn from.", nameof(features));
        }

        var sums = new double[features.Columns];
        for (long i = 0; i < features.Rows; i++)
        {
            for (int j = 0; j < sums.Length; j++)
            {
                sums[j] += features[i, j];
            }
        }

        return Array.ConvertAll(sums, sum => sum / features.Rows);
    }
}

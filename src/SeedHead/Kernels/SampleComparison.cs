using SeedHead.Compute;
using SeedHead.Data;

namespace SeedHead.Kernels;

/// <summary>A sampled kernel beside the closed form at infinite width, on the first rows.</summary>
/// <param name="Rows">Rows compared.</param>
/// <param name="RelativeError">‖sampled − exact‖/‖exact‖ in the Frobenius norm.</param>
/// <param name="MeanZ">Mean of |z| over entries i ≥ j, z the difference in standard errors; null for one network.</param>
/// <param name="LargestZ">The largest |z|; null for one network.</param>
internal sealed record SampleComparison(int Rows, double RelativeError, double? MeanZ, double? LargestZ)
{
    private const int MostRows = 512;
    private const double MostPairs = 1 << 27; // pairs of pixels in the exact kernel: some seconds

    /// <summary>How many rows are compared: fewer for images, far fewer with pooling, whose exact kernels need all pairs of pixels.</summary>
    public static int RowsFor(Networks.Architecture net, int points)
    {
        double pixels = net.InputShape is { } image ? (double)image.Height * image.Width : 1;
        double pairs = net.Layers.Any(layer => layer is Networks.PoolingLayer) ? pixels * pixels : pixels;
        return (int)Math.Min(points, Math.Clamp(Math.Sqrt(2 * MostPairs / pairs), 2, MostRows));
    }

    /// <summary>Compares sums with the exact kernel.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="exact">The closed form.</param>
    /// <param name="points">The points of the sums.</param>
    /// <param name="tangent">Whether the sums are of tangent kernels.</param>
    /// <param name="run">Threads and cancellation.</param>
    public static SampleComparison Of(KernelSums sums, LimitKernel exact, Numbers points, bool tangent, Execution run)
    {
        int rows = RowsFor(exact.Net, points.Count);
        using LimitGram gram = exact.Gram((Numbers)points.Select([.. Enumerable.Range(0, rows)]), tangent, run);
        Strided<double> kernel = (gram.Tangent ?? gram.Nngp).Values;
        (double difference, double norm, double sum, double largest, long count) = (0, 0, 0, 0, 0);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double gap = sums.Mean(i, j) - kernel[i, j], weight = i == j ? 1 : 2, error = sums.StandardError(i, j);
                difference += weight * gap * gap;
                norm += weight * kernel[i, j] * kernel[i, j];
                if (error > 0)
                {
                    double z = Math.Abs(gap) / error;
                    (sum, largest, count) = (sum + z, Math.Max(largest, z), count + 1);
                }
            }
        }

        return new(rows, norm > 0 ? Math.Sqrt(difference / norm) : Math.Sqrt(difference), count > 0 ? sum / count : null, count > 0 ? largest : null);
    }
}

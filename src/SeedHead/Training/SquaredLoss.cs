using SeedHead.Compute;

namespace SeedHead.Training;

/// <summary>L = Σ over rows and outputs ½(s − t)²/n, and dL/ds = (s − t)/n; in float64, row after row, output after output.</summary>
internal static class SquaredLoss
{
    /// <summary>The mean loss of a batch, and the gradient.</summary>
    /// <param name="scores">s [n × K].</param>
    /// <param name="targets">t [n × K].</param>
    /// <param name="gradient">Takes dL/ds [n × K], rounded to float32.</param>
    public static double Of(Strided<float> scores, Strided<float> targets, Strided<float> gradient)
    {
        double loss = 0, n = scores.Rows;
        for (long row = 0; row < scores.Rows; row++)
        {
            ReadOnlySpan<float> s = scores.Row(row), t = targets.Row(row);
            Span<float> to = gradient.Row(row);
            for (int k = 0; k < to.Length; k++)
            {
                double error = (double)s[k] - t[k];
                loss += error * error / 2;
                to[k] = (float)(error / n);
            }
        }

        return loss / n;
    }
}

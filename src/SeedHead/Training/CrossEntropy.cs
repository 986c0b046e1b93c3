using SeedHead.Compute;

namespace SeedHead.Training;

/// <summary>L = −Σ over rows ln softmax(s)[truth] / n, and dL/ds = (softmax(s) − one-hot)/n; in float64, row after row.</summary>
internal static class CrossEntropy
{
    /// <summary>The mean loss of a batch, how many rows have their truth as the largest score, and the gradient [n × K].</summary>
    public static (double Loss, int Right) Of(Strided<float> scores, ReadOnlySpan<int> truth, Strided<float> gradient)
    {
        var (loss, right) = OfMixed(scores, truth, truth, 1, gradient);
        return (loss, (int)right);
    }

    /// <summary>λ times the loss of one class a row and 1 − λ times that of another: the loss of inputs that were mixed in these shares.</summary>
    /// <remarks>dL/ds = (softmax(s) − λ·one-hot(first) − (1 − λ)·one-hot(second))/n. Source: Zhang, Cissé, Dauphin &amp; Lopez-Paz, "mixup", ICLR 2018.</remarks>
    /// <param name="scores">s [n × K].</param>
    /// <param name="first">The classes of share λ [n].</param>
    /// <param name="second">The classes of share 1 − λ [n].</param>
    /// <param name="share">λ, 0 to 1.</param>
    /// <param name="gradient">Takes dL/ds [n × K], rounded to float32.</param>
    /// <returns>The mean loss, and the shares of the classes that have the largest score, added over rows.</returns>
    public static (double Loss, double Right) OfMixed(Strided<float> scores, ReadOnlySpan<int> first, ReadOnlySpan<int> second, double share, Strided<float> gradient)
    {
        double loss = 0, right = 0, n = scores.Rows;
        var exponentials = new double[scores.Columns];
        for (int row = 0; row < scores.Rows; row++)
        {
            ReadOnlySpan<float> s = scores.Row(row);
            int largest = LargestOf(s), a = first[row], b = second[row];
            double sum = 0;
            for (int k = 0; k < s.Length; k++)
            {
                exponentials[k] = Elementary.Exp((double)s[k] - s[largest]);
                sum += exponentials[k];
            }

            right += (largest == a ? share : 0) + (largest == b ? 1 - share : 0);
            loss += Elementary.Log(sum) - ((share * ((double)s[a] - s[largest])) + ((1 - share) * ((double)s[b] - s[largest])));
            Span<float> to = gradient.Row(row);
            for (int k = 0; k < s.Length; k++)
            {
                double wanted = (k == a ? share : 0) + (k == b ? 1 - share : 0);
                to[k] = (float)(((exponentials[k] / sum) - wanted) / n);
            }
        }

        return (loss / n, right);
    }

    private static int LargestOf(ReadOnlySpan<float> s)
    {
        int largest = 0;
        for (int k = 1; k < s.Length; k++)
        {
            largest = s[k] > s[largest] ? k : largest;
        }

        return largest;
    }
}

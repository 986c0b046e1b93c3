using SeedHead.Compute;

namespace SeedHead.Training;

/// <summary>L = −Σ over rows ln softmax(s)[truth] / n, and dL/ds = (softmax(s) − one-hot)/n; in float64, row after row.</summary>
internal static unsafe class CrossEntropy
{
    /// <summary>The mean loss of a batch, how many rows have their truth as the largest score, and the gradient [n × K].</summary>
    public static (double Loss, int Right) Of(Strided<float> scores, ReadOnlySpan<int> truth, Strided<float> gradient)
    {
        double loss = 0, n = scores.Rows;
        int right = 0, classes = (int)scores.Columns;
        var exponentials = new double[classes];
        for (int row = 0; row < scores.Rows; row++)
        {
            ReadOnlySpan<float> s = scores.Row(row);
            int largest = 0;
            for (int k = 1; k < classes; k++)
            {
                largest = s[k] > s[largest] ? k : largest;
            }

            double sum = 0;
            for (int k = 0; k < classes; k++)
            {
                exponentials[k] = Elementary.Exp((double)s[k] - s[largest]);
                sum += exponentials[k];
            }

            right += largest == truth[row] ? 1 : 0;
            loss += Elementary.Log(sum) - ((double)s[truth[row]] - s[largest]);
            Span<float> to = gradient.Row(row);
            for (int k = 0; k < classes; k++)
            {
                to[k] = (float)(((exponentials[k] / sum) - (k == truth[row] ? 1 : 0)) / n);
            }
        }

        return (loss / n, right);
    }
}

using SeedHead.Compute;
using SeedHead.Training;

namespace SeedHead.Tests.Training;

public unsafe class LossTests
{
    private const int Rows = 4, Classes = 3;
    private static readonly float[] Scores = [0.5f, -1, 2, 3, 0.25f, -2, 0, 0, 0, 40, -40, 1];
    private static readonly int[] First = [2, 1, 0, 0], Second = [0, 1, 2, 1];

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.3)]
    [InlineData(0.0)]
    public void Mixed_cross_entropy_is_the_sum_of_its_shares(double share)
    {
        var (loss, right, gradient) = Mixed(share);
        double expected = 0, count = 0;
        for (int row = 0; row < Rows; row++)
        {
            double[] s = [.. Scores.Skip(row * Classes).Take(Classes).Select(v => (double)v)], e = [.. s.Select(v => Math.Exp(v - s.Max()))], p = [.. e.Select(v => v / e.Sum())];
            double Of(int k) => -(s[k] - s.Max() - Math.Log(e.Sum()));
            expected += ((share * Of(First[row])) + ((1 - share) * Of(Second[row]))) / Rows;
            int largest = Array.IndexOf(s, s.Max());
            count += (largest == First[row] ? share : 0) + (largest == Second[row] ? 1 - share : 0);
            for (int k = 0; k < Classes; k++)
            {
                double wanted = (k == First[row] ? share : 0) + (k == Second[row] ? 1 - share : 0);
                Assert.Equal((p[k] - wanted) / Rows, gradient[(row * Classes) + k], 1e-7);
            }
        }

        Assert.Equal(expected, loss, 1e-12);
        Assert.Equal(count, right, 1e-12);
    }

    [Fact]
    public void Of_one_class_a_row_it_is_plain_cross_entropy()
    {
        fixed (float* s = Scores, to = new float[Scores.Length])
        {
            var (loss, right) = CrossEntropy.Of(Strided<float>.RowMajor(s, Rows, Classes), First, Strided<float>.RowMajor(to, Rows, Classes));
            var (mixed, _, gradient) = Mixed(1);
            Assert.Equal(mixed, loss);
            Assert.Equal(3, right); // rows 0 and 3, and row 2, whose equal scores count for the first class
            Assert.Equal(gradient, new ReadOnlySpan<float>(to, Scores.Length).ToArray());
        }
    }

    [Fact]
    public void Squared_loss_is_half_the_squared_error_a_row()
    {
        float[] targets = [0, 0, 1, 1, 0, 0, 0, 1, 0, 40, -40, 0];
        var gradient = new float[targets.Length];
        fixed (float* s = Scores, t = targets, to = gradient)
        {
            double loss = SquaredLoss.Of(Strided<float>.RowMajor(s, Rows, Classes), Strided<float>.RowMajor(t, Rows, Classes), Strided<float>.RowMajor(to, Rows, Classes));
            Assert.Equal(((0.25 + 1 + 1) + (4 + 0.0625 + 4) + 1 + 1) / 2 / 4, loss); // by hand
        }

        Assert.Equal(Scores.Zip(targets, (s, t) => (s - t) / 4), gradient);
    }

    private static (double Loss, double Right, float[] Gradient) Mixed(double share)
    {
        var gradient = new float[Scores.Length];
        fixed (float* s = Scores, to = gradient)
        {
            var (loss, right) = CrossEntropy.OfMixed(Strided<float>.RowMajor(s, Rows, Classes), First, Second, share, Strided<float>.RowMajor(to, Rows, Classes));
            return (loss, right, gradient);
        }
    }
}

using SeedHead.Compute;
using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

public class RedshiftModuloTests
{
    [Theory] // shares of class 1 computed independently, section 4.1 of the specification
    [InlineData(10, false, 0.6016)]
    [InlineData(7, false, 0.5781)]
    [InlineData(4, false, 0.7500)]
    [InlineData(10, true, 0.4922)]
    [InlineData(7, true, 0.5781)]
    [InlineData(4, true, 0.5000)]
    public void Classes_have_the_shares_computed_elsewhere(int modulus, bool strict, double share) =>
        Assert.Equal(share, RedshiftModulo.Task(modulus, strict, 2).Labels.Average(), 4);

    [Fact]
    public void Rows_are_all_pairs_from_minus_one_to_one()
    {
        var (rows, labels) = RedshiftModulo.Task(4, false, 2);
        Assert.Equal(256, labels.Length);
        Assert.Equal([-1, -1, -1, (float)((2.0 / 15) - 1)], rows[..4]);
        Assert.Equal([1, 1], rows[^2..]);
        Assert.Equal([1, 1, 1, 0, 1], labels[..5]); // 0 + 3 leaves 3 of 4, 4 leaves 0
    }

    [Fact]
    public void Training_learns_the_task_and_has_the_same_bits_on_any_threads()
    {
        var cell = new RedshiftModulo { Modulus = 10, Activation = "tanh", Prefactor = 2, Seed = 1, Steps = 300, Side = 16, Width = 32 };
        var one = cell.Run(new() { Threads = 1 }).ToDictionary(number => number.Name, number => number.Value);
        Assert.Equal(one, cell.Run(new() { Threads = 2 }).ToDictionary(number => number.Name, number => number.Value));
        Assert.InRange(one["train"], 0.95, 1);
        Assert.InRange(one["test"], 0.85, 1); // the rate of the larger class is 0.60
    }

    [Fact]
    public void The_logistic_gradient_is_the_slope_of_the_loss()
    {
        float[] scores = [-3, 0.5f, 100, -0.25f], gradient = new float[4];
        using var objective = new LogisticObjective([1, 0, 1, 1]);
        Assert.Equal((Math.Log(1 + Math.Exp(3)) + Math.Log(1 + Math.Exp(0.5)) + Math.Log(1 + Math.Exp(0.25))) / 4, Loss(objective, scores, gradient), 12); // e^−100 is nothing
        for (int i = 0; i < 4; i++)
        {
            float[] above = [.. scores], below = [.. scores];
            above[i] += 0.01f;
            below[i] -= 0.01f;
            Assert.Equal((Loss(objective, above, new float[4]) - Loss(objective, below, new float[4])) / 0.02, gradient[i], 4);
        }
    }

    private static unsafe double Loss(LogisticObjective objective, float[] scores, float[] gradient)
    {
        fixed (float* s = scores, g = gradient)
        {
            return objective.Loss([0, 1, 2, 3], 1, Strided<float>.RowMajor(s, 4, 1), Strided<float>.RowMajor(g, 4, 1)).Loss;
        }
    }
}

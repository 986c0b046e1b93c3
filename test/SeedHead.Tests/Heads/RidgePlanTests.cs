using SeedHead.Heads;

namespace SeedHead.Tests.Heads;

public class RidgePlanTests
{
    [Fact]
    public void Fewer_rows_than_features_make_it_dual_unless_sums_are_kept()
    {
        Assert.True(new RidgePlan(99, 100, 3, new()).Dual);
        Assert.False(new RidgePlan(100, 100, 3, new()).Dual);
        Assert.False(new RidgePlan(99, 100, 3, new() { KeepSums = true }).Dual);
        Assert.True(new RidgePlan(1_000_000, 3000, 1, new() { KeepSums = true }).DoublePrecision);
    }

    [Fact]
    public void Rows_left_out_are_all_while_the_budget_lasts()
    {
        var held = new RidgePlan(8192, 4000, 10, new());
        Assert.Equal((8192, true), (held.LeftOut, held.Holds));
        var streamed = new RidgePlan(60000, 2000, 10, new()); // 60,000 · 2 · 2,000² = 4.8e11 operations for one decomposition
        Assert.Equal((60000, false, 2), (streamed.LeftOut, streamed.Holds, streamed.FeaturePasses));
        var sampled = new RidgePlan(60000, 8192, 10, new()); // 11 factors: 2e12/(11 · 8,192²) rows
        Assert.Equal((2709, true, 2), (sampled.LeftOut, sampled.Holds, sampled.FeaturePasses));
        Assert.Equal(1024, new RidgePlan(60000, 8192, 10, new() { LeaveOneOutBudget = 0 }).LeftOut);
        Assert.Equal(1, new RidgePlan(60000, 8192, 10, new() { Refine = false }).FeaturePasses);
        Assert.Equal(1, new RidgePlan(60000, 2000, 10, RidgeOptions.OnePass).FeaturePasses);
        Assert.Equal(0, new RidgePlan(1, 1, 1, new()).LeftOut);
    }

    [Fact]
    public void One_decomposition_serves_three_penalties_and_more()
    {
        Assert.True(new RidgePlan(5000, 2048, 1, new()).Decomposes);
        Assert.False(new RidgePlan(5000, 2049, 1, new()).Decomposes);
        Assert.False(new RidgePlan(5000, 100, 1, new() { Penalties = [1, 2] }).Decomposes);
        Assert.False(new RidgePlan(50, 100, 1, new()).Decomposes);
    }

    [Fact]
    public void The_forecast_counts_the_matrices()
    {
        // D = 8,192: sums and factor 512 MiB, 2,709 rows held 85 MiB, a block of 4,096 rows 128 MiB, coefficients 16 MiB
        Assert.InRange(new RidgePlan(60000, 8192, 10, new()).Bytes, 700L << 20, 800L << 20);

        // n = 1,000, D = 50,000: rows 191 MiB, kernel 8 MiB, weights 4 MiB
        Assert.InRange(new RidgePlan(1000, 50000, 10, new()).Bytes, 200L << 20, 212L << 20);
        Assert.InRange(new RidgePlan(60000, 2000, 10, new()).Operations, 5e11, 2e12);
        Assert.InRange(new RidgePlan(1000, 50000, 10, new()).Operations, 1e11, 2e11);
    }
}

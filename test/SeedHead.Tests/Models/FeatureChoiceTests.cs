using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Features;
using SeedHead.Heads;
using SeedHead.Models;
using SeedHead.Networks;
using SeedHead.Tests.Features;

namespace SeedHead.Tests.Models;

public unsafe class FeatureChoiceTests
{
    [Fact]
    public void A_rough_function_asks_for_a_smaller_bandwidth_than_a_smooth_one()
    {
        Rows rows = Rows.Normal(400, 2);
        double rough = Choose(rows, x => MathF.Sin(9 * x[0]), new()).Bandwidth!.Value;
        double smooth = Choose(rows, x => x[0] - (0.5f * x[1]), new()).Bandwidth!.Value;
        Assert.Equal((0.5, 2), (rough, smooth));
    }

    [Fact]
    public void The_choice_does_not_depend_on_threads()
    {
        Rows rows = Rows.Normal(300, 3);
        static float Wanted(float[] x) => MathF.Cos(3 * x[0]) + x[1];
        Assert.Equal(Choose(rows, Wanted, new(), threads: 1), Choose(rows, Wanted, new(), threads: 4));
    }

    [Fact]
    public void What_a_user_named_is_not_changed()
    {
        Rows rows = Rows.Normal(100, 2);
        var options = new FeatureOptions { Net = Architecture.Parse("2-1-relu"), Bandwidth = 1.5 };
        Assert.Same(options, Choose(rows, x => x[0], options));
        FeatureOptions fourier = Choose(rows, x => x[0], new() { Features = "fourier", Kernel = "laplace" });
        Assert.Equal(("fourier", "laplace", null), (fourier.Features, fourier.Kernel, fourier.Net));
    }

    [Fact]
    public void A_choice_is_told()
    {
        (_, string? note) = Of(Rows.Normal(100, 2), x => x[0], new(), 1);
        Assert.Matches("^Features: (erf|cos) units and bandwidth (0.5|1|2) have the smallest leave-one-out error of 6 choices on 100 rows.$", note);
        Assert.StartsWith("Features: tanh units and bandwidth ", Of(Rows.Normal(100, 2), x => x[0], new() { Net = Architecture.Parse("2-9-tanh-1") }, 1).Note);
        Assert.Null(Of(Rows.Normal(100, 2), x => x[0], new() { Features = "raw" }, 1).Note);
    }

    private static FeatureOptions Choose(Rows rows, Func<float[], float> wanted, FeatureOptions options, int threads = 2) =>
        Of(rows, wanted, options, threads).Options;

    private static (FeatureOptions Options, string? Note) Of(Rows rows, Func<float[], float> wanted, FeatureOptions options, int threads)
    {
        using var targets = new NativeBuffer<float>(rows.Count);
        for (int i = 0; i < rows.Count; i++)
        {
            targets.Pointer[i] = wanted(rows[i]);
        }

        return FeatureChoice.Of(options, 128, rows, Strided<float>.RowMajor(targets, rows.Count, 1), new RidgeOptions(), new Execution { Threads = threads });
    }
}

using SeedHead.Compute;
using SeedHead.Heads;

namespace SeedHead.Tests.Heads;

public unsafe class SoftmaxRegressionTests
{
    private const int Rows = 60, Features = 5, Classes = 3;
    private const string Codes = "022011011222012001222111001202011002222011101222021001220011"; // Golden/softmax-regression.py prints them and the numbers below
    private static readonly double[] Known =
    [
        -0.440988, -0.90984564, 1.35083364, -1.00175945, 0.66926774, 0.33249171, 0.50876369, -0.26766182, -0.24110187, -0.36927477, 0.50996599, -0.14069122, -0.09717759, 0.67147621,
        -0.57429862, -0.04126357, 0.10091737, -0.0596538,
    ];

    [Fact]
    public void Weights_are_those_that_scipy_finds()
    {
        using var rows = new Sines();
        using SoftmaxRegression fit = SoftmaxRegression.Fit(Team.Single, rows.All, Sines.Truth, Classes, 0.01);
        Assert.InRange(fit.Slope, 0, 1e-5);
        Assert.Equal(Known.Length, fit.Parameters.Length);
        for (int i = 0; i < Known.Length; i++)
        {
            Assert.Equal(Known[i], fit.Parameters[i], 1e-3); // slopes of 1e-5 over curvatures of at least 0.01
        }

        Assert.Equal(51, fit.Predict(Team.Single, rows.All).Zip(Sines.Truth).Count(pair => pair.First == pair.Second));
    }

    [Fact]
    public void Threads_change_no_bit_and_a_start_elsewhere_ends_at_the_same_place()
    {
        using var rows = new Sines();
        using SoftmaxRegression one = SoftmaxRegression.Fit(Team.Single, rows.All, Sines.Truth, Classes, 0.01), many = SoftmaxRegression.Fit(new Team(3), rows.All, Sines.Truth, Classes, 0.01);
        using SoftmaxRegression loose = SoftmaxRegression.Fit(Team.Single, rows.All, Sines.Truth, Classes, 1), from = SoftmaxRegression.Fit(Team.Single, rows.All, Sines.Truth, Classes, 0.01, loose);
        Assert.True(one.Parameters.SequenceEqual(many.Parameters));
        Assert.True(Size(loose.Parameters) < Size(one.Parameters));
        for (int i = 0; i < Known.Length; i++)
        {
            Assert.Equal(one.Parameters[i], from.Parameters[i], 2e-3);
        }
    }

    [Fact]
    public void A_constant_feature_gets_no_weight_and_wrong_shapes_are_refused()
    {
        using var rows = new Sines(constant: true);
        using SoftmaxRegression fit = SoftmaxRegression.Fit(Team.Single, rows.All, Sines.Truth, Classes, 0.01);
        Assert.All(fit.Parameters.Slice(4 * Classes, Classes).ToArray(), weight => Assert.Equal(0, weight));
        Assert.Throws<ArgumentException>(() => SoftmaxRegression.Fit(Team.Single, rows.All, [0, 1], Classes, 0.01));
        Assert.Throws<ArgumentException>(() => SoftmaxRegression.Fit(Team.Single, rows.All, Sines.Truth, Classes, 0));
    }

    private static double Size(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        foreach (double weight in weights[..^Classes])
        {
            sum += weight * weight;
        }

        return sum;
    }

    /// <summary>x(i, j) = sin(0.7·(i + 1)·(j + 1)) in float32.</summary>
    private sealed class Sines : IDisposable
    {
        private readonly NativeBuffer<float> numbers = new(Rows * Features);

        public Sines(bool constant = false)
        {
            for (int i = 0; i < Rows; i++)
            {
                for (int j = 0; j < Features; j++)
                {
                    numbers.Pointer[(i * Features) + j] = constant && j == 4 ? 0.3f : (float)Math.Sin((i + 1) * (j + 1) * 0.7);
                }
            }
        }

        public static int[] Truth => [.. Codes.Select(code => code - '0')];

        public Strided<float> All => Strided<float>.RowMajor(numbers, Rows, Features);

        public void Dispose() => numbers.Dispose();
    }
}

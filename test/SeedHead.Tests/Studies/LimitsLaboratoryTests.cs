using SeedHead.Compute;
using SeedHead.Random;
using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

/// <summary>The triangle wave, exact fits, boxes, tangent features and descent on one neuron.</summary>
public sealed class LimitsLaboratoryTests
{
    [Theory]
    [InlineData(2, 25)]
    [InlineData(3, 55)]
    [InlineData(4, 97)]
    public void The_sum_of_neurons_is_a_triangle_wave(int dimension, int reach)
    {
        Assert.Equal(reach, TriangleWave.Reach(dimension));
        ForAll.Draws(200, draw =>
        {
            double z = draw.Double(-reach - 3.0, reach + 3.0), sum = Math.Max(0, z + reach) - 1;
            for (int n = 1; n <= reach; n++)
            {
                sum += (n % 2 == 0 ? 2 : -2) * Math.Max(0, z + reach - (2 * n));
            }

            Assert.Equal(sum, TriangleWave.Value(z, reach), 1e-10);
        });
        Assert.Equal(0, TriangleWave.Value(reach + 1, reach), 1e-12);
        Assert.Equal(-1, TriangleWave.Value(reach + 2, reach), 1e-12);
        Assert.Equal(0.3 * (reach % 4 == 1 ? 1 : -1), TriangleWave.Value(0.3, reach), 1e-12);
    }

    [Theory]
    [InlineData(0.5, 0.21604)]
    [InlineData(1, 0.33042)]
    [InlineData(2, 0.33333)]
    public void Its_energy_has_its_known_values(double radius, double expected) => Assert.Equal(expected, TriangleWave.Energy(radius, 25), 5.1e-6);

    [Theory] // R = √d, b = 1, δ = ½, ε = half of the floor
    [InlineData(5, .0778, .01816, 3.8e-3, .23)]
    [InlineData(10, .0454, .00619, 7.7e-4, 1.6)]
    [InlineData(15, .0361, .00390, 3.5e-4, 16)]
    [InlineData(20, .0308, .00285, 2.0e-4, 168)]
    [InlineData(25, .0274, .00225, 1.3e-4, 1.8e3)]
    [InlineData(30, .0249, .00186, 9e-5, 2.0e4)]
    [InlineData(40, .0214, .00137, 5e-5, 2.6e6)]
    public void The_certificate_has_its_known_values(int dimension, double product, double floor, double share, double size)
    {
        double radius = Math.Sqrt(dimension), energy = dimension * ReluPair.Energy(1 / radius);
        double found = TriangleWave.Floor(dimension, radius, 1);
        Assert.Equal(product, Math.Abs(TriangleWave.WithRelu(1, radius, TriangleWave.Reach(dimension))), 5.1e-5);
        Assert.Equal(floor, found, 5.1e-6);
        Assert.Equal(1, found / energy / share, 0.1);
        Assert.Equal(1, Elementary.Exp(TriangleWave.LogWeightsNeeded(dimension, radius, 1, found / 2, 0.5)) / size, 0.04);
    }

    [Fact]
    public void The_error_of_exact_fits_is_that_of_least_squares()
    {
        // f₁ = (z)₊, f₂ = (−z)₊ span |z| and z: the target z is met, z² − 1 is not.
        double[] gram = [0.5, 0, 0, 0.5];
        LimitsFit fit = LimitsFit.Of(gram, 2, 2, new Execution { Threads = 1 });
        Assert.Equal(0, fit.Error([0.5, -0.5], 1), 1e-15);
        double product = 0.5 * 0.7978845608028654; // E (z)₊·(z² − 1) = φ(0)
        Assert.Equal(2 - (4 * product * product), fit.Error([product, product], 2), 1e-14);
        Assert.Equal(2, fit.Rank);
    }

    [Fact]
    public void Equal_features_are_left_out_and_change_nothing()
    {
        double[] gram = [1, 1, 0.5, 1, 1, 0.5, 0.5, 0.5, 1];
        LimitsFit fit = LimitsFit.Of(gram, 3, 3, new Execution { Threads = 1 }), two = LimitsFit.Of([1, 0.5, 0.5, 1], 2, 2, new Execution { Threads = 1 });
        Assert.Equal(2, fit.Rank);
        Assert.Equal(two.Error([0.3, 0.6], 1), fit.Error([0.3, 0.3, 0.6], 1), 1e-14);
    }

    [Fact]
    public void A_ridge_path_trades_error_for_size()
    {
        (double[] gram, double[] products) = Case(24);
        LimitsFit fit = LimitsFit.Of(gram, 24, 24, new Execution { Threads = 1 });
        LimitsWeights[] path = [.. new[] { 0, 1e-6, 1e-4, 1e-2, 1 }.Select(penalty => fit.Ridge(products, 0.5, penalty))];
        Assert.Equal(fit.Error(products, 0.5), path[0].Error, 1e-9);
        for (int i = 1; i < path.Length; i++)
        {
            Assert.True(path[i].Error >= path[i - 1].Error - 1e-12);
            Assert.True(Norm(path[i]) <= Norm(path[i - 1]));
        }

        static double Norm(LimitsWeights weights) => weights.Weights.Sum(u => u * u);
    }

    [Fact]
    public void A_box_is_kept_and_no_worse_than_ridge_of_the_same_size()
    {
        (double[] gram, double[] products) = Case(24);
        LimitsFit fit = LimitsFit.Of(gram, 24, 24, new Execution { Threads = 1 });
        LimitsWeights ridge = fit.Ridge(products, 0.5, 0.01), box = LimitsBox.Solve(gram, products, 0.5, ridge.Size / 24, 1e-8);
        Assert.True(box.Size <= ridge.Size * (1 + 1e-12));
        Assert.InRange(box.Error, 0, ridge.Error);
        Assert.InRange(box.Gap, 0, 0.5e-8);
        LimitsWeights? smallest = LimitsBox.Smallest(gram, products, 0.5, ridge.Error);
        Assert.NotNull(smallest);
        Assert.InRange(smallest.Size, 0, ridge.Size * 1.02);
        Assert.Null(LimitsBox.Smallest(gram, products, 0.5, fit.Error(products, 0.5) / 2));
    }

    [Theory] // F₀ = 0.3408 at a right angle; steps below 1e-3, 1e-6 and 1e-9
    [InlineData(1.5707963267948966, 7, 12, 17)]
    [InlineData(2.8, 10, 15, 20)]
    [InlineData(3.1, 13, 18, 23)]
    public void Descent_on_the_expectation_takes_the_known_steps(double angle, int first, int second, int third)
    {
        double[] losses = NeuronDescent.Population(angle, 1, 1, 1, 30);
        int Below(double level) => Array.FindIndex(losses, loss => loss < level);
        Assert.Equal((first, second, third), (Below(1e-3), Below(1e-6), Below(1e-9)));
        if (angle < 2)
        {
            Assert.Equal(0.3408, losses[0], 5e-5);
        }
    }

    [Fact]
    public void Online_descent_needs_samples_in_proportion_to_the_dimension()
    {
        double Samples(int dimension) => Enumerable.Range(0, 6).Average(draw => (double)NeuronDescent.Online(dimension, 0.5, [1e-3], 100L * dimension, 1, draw)[0]);
        double small = Samples(20), large = Samples(160);
        double slope = Math.Log2(large / small) / 3;
        Assert.InRange(slope, 0.85, 1.15);
        Assert.InRange(large / 160, 10, 40); // about 20·d
    }

    [Fact]
    public void Tangent_blocks_are_means_over_rows()
    {
        var weights = new WeightStream(3);
        double[] u = LimitsDraws.Direction(weights, 0, 0, 0, 3), v = LimitsDraws.Direction(weights, 0, 0, 1, 3), x = new double[3];
        double[] block = new double[9], square = new double[9];
        const int rows = 40_000;
        for (int row = 0; row < rows; row++)
        {
            LimitsDraws.Normals(weights, 0, 5, row, x);
            if (LimitsDraws.Dot(u, x) > 0 && LimitsDraws.Dot(v, x) > 0)
            {
                for (int i = 0; i < 9; i++)
                {
                    double value = x[i / 3] * x[i % 3];
                    (block[i], square[i]) = (block[i] + value, square[i] + (value * value));
                }
            }
        }

        var exact = new double[9];
        TangentFeatures.Block(u, v, exact);
        for (int i = 0; i < 9; i++)
        {
            double mean = block[i] / rows, error = Math.Sqrt(((square[i] / rows) - (mean * mean)) / rows);
            Assert.InRange(mean, exact[i] - (5 * error), exact[i] + (5 * error));
        }
    }

    private static (double[] Gram, double[] Products) Case(int features)
    {
        var weights = new WeightStream(5);
        double[][] w = LimitsDraws.Directions(weights, 0, LimitsDraws.FeatureLayer, features, 5);
        double[] v = LimitsDraws.Direction(weights, 0, LimitsDraws.TargetLayer, 0, 5);
        var gram = new double[features * features];
        for (int i = 0; i < gram.Length; i++)
        {
            gram[i] = ReluPair.Expectation(0, 0, LimitsDraws.Cosine(w[i / features], w[i % features]));
        }

        return (gram, [.. w.Select(direction => ReluPair.Expectation(0, 0, LimitsDraws.Cosine(direction, v)))]);
    }
}

using SeedHead.Complexity;
using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Tests.Complexity;

public class RandomFunctionsTests
{
    [Theory]
    [InlineData("2-16-tanh-16-tanh-1", "flat:3")]
    [InlineData("1-16-sin-1", "glorot-alpha:3")]
    [InlineData("5-2*(gated(16-ln-relu))-1", "glorot-alpha")]
    [InlineData("2-3*(16-res(gaussian))-1", "flat")]
    public void Values_are_those_of_the_measures_on_each_network_whatever_the_threads(string text, string prior)
    {
        var functions = new NetworkFunctions(Architecture.Parse(text), WeightPrior.Parse(prior), 7);
        IComplexityMeasure[] measures = [new FourierBins(), new ChebyshevOrder(), new LempelZiv78(), new TotalVariation()];
        ComplexityValue[][] one = functions.Measure(Team.Single, measures, 24, 7, 6), three = functions.Measure(new Team(3), measures, 24, 7, 6);
        Assert.Equal(one, three);
        Assert.All(one.SelectMany(row => row), value => Assert.True(value.IsDefined));
        for (int i = 0; i < 6; i++)
        {
            Places places = Places.Of(Sampling.UniformGrid, 24, functions.Inputs, 7, functions.Inputs > 2 ? i : 0);
            double[] precise = Precise(text, prior, i).Run(Team.Single, places.Positions);
            double expected = new FunctionValues(places.Sampling, places.Rows, places.Columns, precise).By(measures[0]).Value;
            Assert.Equal(expected, one[0][i].Value, SampledFunction.Tolerance * expected);
        }
    }

    [Fact]
    public void One_function_shared_out_to_threads_has_the_bits_of_the_same_one_of_many()
    {
        var functions = new NetworkFunctions(Architecture.Parse("2-3*(16-res(tanh))-1"), WeightPrior.Parse("flat:2"), 7);
        Places places = Places.Of(Sampling.UniformGrid, 131, 2, 7, 0); // 17,161 points: two whole shares and a part of one
        double[][] many = new double[3][];
        functions.ForEach(Team.Single, places, 0, 3, (i, function) => many[i] = function.Values.Span.ToArray());
        foreach (int threads in (int[])[1, 3])
        {
            Assert.Equal(many[2], functions.At(new Team(threads), places, 2).Values.Span.ToArray());
        }
    }

    [Fact]
    public void Values_to_look_at_are_computed_in_double_where_float32_would_be_seen()
    {
        Places places = Places.Of(Sampling.UniformGrid, 64, 2, 1, 0);
        SampledFunction Of(string prior) => new NetworkFunctions(Architecture.Parse("2-7*(64-sigmoid)-1"), WeightPrior.Parse(prior), 1).At(Team.Single, places, 0);
        SampledFunction flat = Of("flat:0.1"), rough = Of("flat:5");
        Assert.InRange(flat.Within(1e-3).By(new FourierBins()).Value, 0.192, 0.196); // a linear function's is 0.194, float32 shows 0.3 to 0.6
        Assert.Same(rough.Values, rough.Within(1e-3));
        Assert.False(rough.WasRefined);
    }

    [Fact] // float32 noise looks like 0.46 at this cell, the true functions are nearly linear
    public void Rounding_of_nearly_constant_networks_is_not_taken_for_complexity()
    {
        const string text = "2-7*(64-sigmoid)-1", prior = "flat:0.1";
        Places places = Places.Of(Sampling.UniformGrid, 64, 2, 1, 0);
        var functions = new NetworkFunctions(Architecture.Parse(text), WeightPrior.Parse(prior), 1);
        var (usual, believed, refined) = (0.0, 0.0, false);
        functions.ForEach(Team.Single, places, 0, 1, (_, function) =>
        {
            usual = function.Values.By(new FourierBins()).Value;
            believed = function.By(new FourierBins()).Value;
            refined = function.WasRefined;
        });
        Assert.True(refined);
        Assert.InRange(usual, 0.3, 0.6);
        Assert.Equal(0.193956, believed, 0.002); // a linear function's, n = 64
    }

    [Fact]
    public void A_function_below_rounding_in_double_is_undefined_and_says_so()
    {
        var functions = new NetworkFunctions(Architecture.Parse("2-40*(8-sigmoid)-1"), WeightPrior.Parse("flat:0.001"), 1);
        ComplexityValue[] values = functions.Measure(Team.Single, [new FourierBins()], 16, 1, 2)[0];
        Assert.All(values, value => Assert.Contains(value.Cause, new[] { UndefinedCause.BelowRounding, UndefinedCause.Constant }));
    }

    [Fact]
    public void An_overflow_in_float32_is_measured_in_double_and_one_in_double_is_counted()
    {
        ComplexityValue Of(string prior) => new NetworkFunctions(Architecture.Parse("2-6*(8-square)-1"), WeightPrior.Parse(prior), 1)
            .Measure(Team.Single, [new FourierBins()], 16, 1, 1)[0][0];
        Assert.True(Of("flat:10").IsDefined);
        Assert.Equal(UndefinedCause.NotFinite, Of("flat:100000").Cause);
    }

    [Fact]
    public void Linear_pieces_of_relu_networks_are_those_of_their_kinks()
    {
        // One hidden layer: along a path every unit whose pre-activation changes sign is a kink.
        const string text = "2-12-relu-1", prior = "flat";
        var regions = new LinearRegions();
        Places places = Places.Of(regions.Sampling, 4097, 2, 3, 0);
        var functions = new NetworkFunctions(Architecture.Parse(text), WeightPrior.Parse(prior), 3);
        double found = functions.Measure(Team.Single, [regions], 4097, 3, 1)[0][0].Value;
        double[] hidden = Precise("2-12", prior, 0, 3).Run(Team.Single, places.Positions);
        int kinks = 0;
        for (int path = 0; path < places.Rows; path++)
        {
            for (int unit = 0; unit < 12; unit++)
            {
                int first = path * places.Columns * 12 + unit, last = first + (places.Columns - 1) * 12;
                kinks += hidden[first] > 0 != hidden[last] > 0 ? 1 : 0;
            }
        }

        Assert.Equal(1 + kinks / (double)places.Rows, found, 1e-12);
    }

    [Fact]
    public void The_unbiased_model_is_its_defining_sum_and_looks_like_noise_at_any_scale()
    {
        var functions = new FourierFunctions(2, 32, 3.0, 5);
        double at64 = 0;
        functions.ForEach(Team.Single, Places.Of(Sampling.UniformGrid, 64, 2, 5, 0), 0, 1, (_, function) => at64 = function.By(new FourierBins()).Value);
        double scaled = 0;
        new FourierFunctions(2, 32, 0.01, 5).ForEach(Team.Single, Places.Of(Sampling.UniformGrid, 64, 2, 5, 0), 0, 1, (_, function) => scaled = function.By(new FourierBins()).Value);
        Assert.Equal(at64, scaled, 1e-9);
        Assert.InRange(at64, 0.5, 0.58);
        var line = new FourierFunctions(1, 3, 1, 5);
        line.ForEach(Team.Single, Places.Of(Sampling.UniformGrid, 5, 1, 5, 0), 2, 1, (_, function) =>
        {
            var stream = new SeedHead.Random.WeightStream(5);
            for (int i = 0; i < 5; i++)
            {
                double x = -1 + i / 2.0, sum = 0;
                for (int k = 1; k <= 3; k++)
                {
                    double a = 2.0 * stream.Uniform(new(2, 3, 0, k, SeedHead.Random.WeightKind.Phase)) - 1;
                    double p = Math.PI * (2.0 * stream.Uniform(new(2, 4, 0, k, SeedHead.Random.WeightKind.Phase)) - 1);
                    sum += a * Elementary.Sin(Math.PI * k * x + p);
                }

                Assert.Equal(sum, function.Values.Span[i], 1e-12);
            }
        });
    }

    [Fact]
    public void A_plane_of_many_inputs_has_right_angles_and_the_mean_square_of_a_grid()
    {
        Places plane = Places.Of(Sampling.UniformGrid, 5, 7, 3, 2), other = Places.Of(Sampling.UniformGrid, 5, 7, 3, 1);
        double[] At(int i) => plane.Positions[(i * 7)..(i * 7 + 7)];
        double[] first = At(22), second = At(14); // (1, 0) and (0, 1)
        Assert.Equal(3.5, first.Sum(x => x * x), 1e-12);
        Assert.Equal(3.5, second.Sum(x => x * x), 1e-12);
        Assert.Equal(0, first.Zip(second, (a, b) => a * b).Sum(), 1e-12);
        Assert.NotEqual(plane.Positions, other.Positions);
    }

    [Fact]
    public void More_outputs_than_one_are_refused() =>
        Assert.Contains("End the network in -1", Assert.Throws<ArgumentException>(() => new NetworkFunctions(Architecture.Parse("2-4-relu-3"), WeightPrior.Parse("flat"), 1)).Message, StringComparison.Ordinal);

    private static PreciseNetwork Precise(string text, string prior, int number, ulong seed = 7)
    {
        IReadOnlyList<StagePlan> plans = StagePlan.Of(Architecture.Parse(text));
        return new(plans, NetworkDraw.Of(plans, WeightPrior.Parse(prior), seed, number));
    }
}

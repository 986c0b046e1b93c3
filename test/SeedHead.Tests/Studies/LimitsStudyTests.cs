using System.Text.Json.Nodes;
using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

/// <summary>The studies against the reference values of their specification.</summary>
public sealed class LimitsStudyTests
{
    private static readonly Execution Run = new() { Threads = 2 };

    [Theory] // mean of 200 targets over 100 draws: within 15 % or three standard errors
    [InlineData(3, 16, 1.48e-2)]
    [InlineData(3, 128, 3.40e-4)]
    [InlineData(5, 32, 2.73e-2)]
    [InlineData(5, 256, 3.13e-3)]
    public void Errors_of_one_neuron_have_their_known_means(int dimension, int width, double expected)
    {
        LimitsPoint point = Ask("E1", [dimension], [width], 200, 40).Curves[0].Points[0];
        Assert.InRange(point.Mean, expected - Allowed(point), expected + Allowed(point));
        Assert.True(point.Mean > point.Bound);

        double Allowed(LimitsPoint found) => Math.Max(0.15 * expected, 3 * found.StandardError!.Value);
    }

    [Theory] // one draw each: within 30 %
    [InlineData(9, 64, 5.1e-2)]
    [InlineData(15, 256, 3.5e-2)]
    [InlineData(25, 64, 0.24)]
    public void Errors_of_one_neuron_are_near_the_single_draws_known(int dimension, int width, double expected) =>
        Assert.InRange(Ask("E1", [dimension], [width], 200, 1).Curves[0].Points[0].Mean, 0.7 * expected, 1.3 * expected);

    [Fact]
    public void Errors_fall_at_the_expected_rate_and_stay_above_the_bound()
    {
        LimitsAnswer answer = Ask("E1", [3, 5], [128, 256, 512, 1024], 200, 2);
        Assert.All(answer.Curves, curve => Assert.Equal(curve.ExpectedSlope!.Value, curve.Slope!.Value, 0.1));
        Assert.All(answer.Curves.SelectMany(curve => curve.Points), point => Assert.True(point.Mean > point.Bound && point.Mean < 5 * point.Bound));
    }

    [Theory] // relative errors of h_1 … h_4: within 0.03 or 15 %
    [InlineData(5, 32, .011, .211, .799, .935)]
    [InlineData(5, 256, .0001, .009, .130, .408)]
    [InlineData(10, 32, .075, .697, .970, .995)]
    [InlineData(10, 256, .0011, .064, .627, .903)]
    [InlineData(20, 256, .0047, .367, .943, .994)]
    public void Polynomials_have_their_known_errors(int dimension, int width, params double[] expected)
    {
        LimitsAnswer answer = Ask("E6", [dimension], [width], 40, 2);
        Assert.All(answer.Curves.Zip(expected), pair => Assert.Equal(pair.Second, pair.First.Points[0].Mean, Math.Max(0.03, 0.15 * pair.Second)));
        Assert.All(answer.Curves, curve => Assert.True(curve.Points[0].Mean >= curve.Points[0].Bound));
    }

    [Theory] // tangent features: within 0.03 or 15 %
    [InlineData(5, 32, 1.1e-2)]
    [InlineData(10, 32, 3.5e-2)]
    [InlineData(20, 32, 5.7e-2)]
    public void Tangent_features_have_their_known_errors(int dimension, int width, double expected)
    {
        LimitsPoint point = Ask("E9", [dimension], [width], 60, 8).Curves[0].Points[0];
        Assert.Equal(expected, point.Mean, Math.Max(0.03, 0.15 * expected));
        Assert.True(point.Mean > point.Bound);
    }

    [Theory] // printed values of one draw of few features, which spreads: within three deviations of a draw
    [InlineData("E6", 20, 32, .198)]
    [InlineData("E9", 20, 8, .21)]
    public void Single_draws_of_few_features_lie_within_the_spread_of_draws(string study, int dimension, int width, double expected)
    {
        const int draws = 24;
        LimitsPoint point = Ask(study, [dimension], [width], 50, draws).Curves[0].Points[0];
        double deviation = point.StandardError!.Value * Math.Sqrt(draws);
        Assert.InRange(expected, point.Mean - (3 * deviation), point.Mean + (3 * deviation));
        Assert.InRange(deviation / point.Mean, 0, 0.3);
    }

    [Theory] // the limit of h_2 without biases
    [InlineData(5, .2369)]
    [InlineData(10, .1319)]
    [InlineData(20, .0701)]
    public void Without_biases_odd_degrees_stay_and_even_ones_keep_their_radius(int dimension, double limit)
    {
        LimitsAnswer answer = Ask("E10", [dimension], [16, 256], 20, 1);
        LimitsCurve second = answer.Curves[0], third = answer.Curves[2];
        Assert.Equal(limit, second.Points[^1].Bound!.Value, 5.1e-5);
        Assert.True(second.Points[^1].Mean >= limit - 5e-5);
        Assert.All(third.Points, point => Assert.Equal(1, point.Mean, 1e-12));
        Assert.True(answer.Curves[3].Points[^1].Mean < 0.99);
    }

    [Fact]
    public void Features_that_lean_towards_the_target_escape_the_limit()
    {
        IReadOnlyList<LimitsPoint> points = Ask("E5", [20], [64], 1, 8).Curves[0].Points;
        Assert.True(points[0].Mean > points[0].Bound);
        Assert.True(points.Zip(points.Skip(1)).All(pair => pair.Second.Mean < pair.First.Mean));
        Assert.True(points[^1].Mean < points[0].Mean / 1000);
    }

    [Fact]
    public void Descent_needs_samples_in_proportion_to_the_dimension()
    {
        LimitsAnswer answer = Ask("E8", [10, 30, 100], [32], 20, 3);
        Assert.Equal(1, answer.Curves[0].Slope!.Value, 0.1);
        Assert.True(answer.Curves[2].Points[^1].Mean > 0.3); // random features of the same width stay
    }

    [Fact]
    public void No_feature_correlates_with_a_random_sine_more_than_the_bound()
    {
        LimitsAnswer answer = Ask("E3", [2, 10, 20, 40], [], 60, 2);
        Assert.All(answer.Curves.SelectMany(curve => curve.Points).Where(point => point.Bound is not null), point => Assert.True(point.Mean <= point.Bound));
        Assert.Equal(9, answer.Curves.Count(curve => curve.Points.All(point => point.Bound is not null))); // 4 features at 2 lengths, and deep networks
        Assert.Equal(-1, answer.Curves[0].Slope!.Value, 0.03); // the bound itself: e^(−1.00·d)
    }

    [Fact]
    public void Weights_are_at_least_as_large_as_certified_and_grow_with_the_dimension()
    {
        LimitsAnswer answer = Ask("E4", [3, 6, 10], [64], 1, 2);
        Assert.All(answer.Curves.SelectMany(curve => curve.Points).Where(point => point.Bound is not null), point => Assert.True(point.Mean >= point.Bound));
        IReadOnlyList<LimitsPoint> loose = answer.Curves[0].Points;
        Assert.Equal([3.0, 6, 10], loose.Select(point => point.At));
        Assert.True(loose[2].Mean > loose[0].Mean);
        Assert.Contains(answer.Notes, note => note.StartsWith("d = 10, half of the floor", StringComparison.Ordinal)); // out of reach for 64 features
    }

    [Fact]
    public void The_wave_of_the_proof_is_a_triangle_wave_and_its_degrees_are_Poisson()
    {
        LimitsAnswer answer = Ask("E12", [2], [], 1, 1);
        Assert.All(answer.Curves[0].Points, point => Assert.Equal(point.Bound!.Value, point.Mean, 1e-12));
        Assert.Equal(1, answer.Curves[1].Points.Sum(point => point.Mean), 1e-3); // 1 − e^(−2s), less what lies beyond six deviations
    }

    [Fact]
    public void Rare_neurons_are_harder()
    {
        LimitsAnswer answer = Ask("E11", [5], [64], 20, 1);
        double[] means = [.. answer.Curves.Select(curve => curve.Points[0].Mean)]; // β = 0, ½, 1, −1, −2
        Assert.True(means[2] < means[1] && means[1] < means[0] && means[0] < means[3] && means[3] < means[4]);
        Assert.All(answer.Curves, curve => Assert.True(curve.Points[0].Mean > curve.Points[0].Bound));
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        LimitsQuestion question = new() { Study = "E1", Dimensions = [4], Widths = [8, 40], Targets = 7, Draws = 3 };
        LimitsAnswer one = question.Run(new Execution { Threads = 1 }), five = question.Run(new Execution { Threads = 5 });
        Assert.Equal(LimitsCsv.Write(one), LimitsCsv.Write(five));
    }

    [Fact]
    public void Json_names_the_axis_and_keeps_all_numbers()
    {
        LimitsAnswer answer = Ask("e1", [3], [16], 5, 2);
        JsonNode json = JsonNode.Parse(AnswerJson.Write(answer))!;
        JsonNode point = json["curves"]![0]!["points"]![0]!;
        Assert.Equal("E1", (string)json["study"]!);
        Assert.Equal(16, (double)point["features"]!);
        Assert.Equal(answer.Curves[0].Points[0].Mean, (double)point["mean"]!);
        Assert.Equal(answer.Curves[0].Points[0].Bound, (double)point["bound"]!);
    }

    [Fact]
    public void A_rank_deficient_Gram_matrix_is_said()
    {
        LimitsAnswer answer = Ask("E1", [2], [400], 3, 1);
        Assert.Contains(answer.Notes, note => note.Contains("eigenvalues below 1e-13", StringComparison.Ordinal));
        Assert.True(answer.Curves[0].Points[0].Mean < 1e-4);
    }

    private static LimitsAnswer Ask(string study, int[] dimensions, int[] widths, int targets, int draws) =>
        new LimitsQuestion { Study = study, Dimensions = dimensions, Widths = widths, Targets = targets, Draws = draws, Seed = 1 }.Run(Run);
}

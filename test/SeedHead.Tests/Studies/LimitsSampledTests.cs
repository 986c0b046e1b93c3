using SeedHead.Compute;
using SeedHead.Random;
using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

/// <summary>Descent on both layers, kernel regression, waves, parities, other laws and other features.</summary>
public sealed class LimitsSampledTests
{
    private static readonly Execution Run = new() { Threads = 2 };

    [Theory]
    [InlineData(TwoLayerStart.Zero, 1)]
    [InlineData(TwoLayerStart.Pairs, 2)]
    internal void The_exact_loss_is_the_mean_over_rows(TwoLayerStart start, int power)
    {
        const int d = 3, width = 8, rows = 20_000;
        var descent = new TwoLayerDescent(5, 0, d, width, power, start, 0.2, false);
        Assert.Equal(1, descent.Loss(), 1e-10); // f = 0
        Assert.Equal(0, descent.Movement);
        descent.RunTo(30, CancellationToken.None);
        Assert.True(descent.Movement > 0);
        (double mean, double error) = descent.LossOn(rows);
        Assert.InRange(descent.Loss(), mean - (4 * error), mean + (4 * error));
    }

    [Fact]
    public void A_fixed_first_layer_stays_and_its_network_learns_less()
    {
        var free = new TwoLayerDescent(5, 0, 4, 16, 2, TwoLayerStart.Pairs, 0.5, false);
        var still = new TwoLayerDescent(5, 0, 4, 16, 2, TwoLayerStart.Pairs, 0.5, true);
        free.RunTo(300, CancellationToken.None);
        still.RunTo(300, CancellationToken.None);
        Assert.Equal(0, still.Movement);
        Assert.True(free.Loss() < still.Loss() && still.Loss() < 1);
    }

    [Fact]
    public void Movement_falls_like_the_root_of_the_width()
    {
        LimitsCurve movement = Ask("E7", [3], [8, 32, 128], 1, 1).Curves[^1];
        Assert.Equal(movement.ExpectedSlope!.Value, movement.Slope!.Value, 0.15);
    }

    [Fact]
    public void Rows_teach_one_degree_after_the_other_and_respect_the_bound()
    {
        LimitsAnswer answer = Ask("E13", [6], [8, 32, 128, 512], 4, 2);
        Assert.All(answer.Curves.SelectMany(curve => curve.Points), point => Assert.True(point.Mean >= point.Bound));
        foreach (LimitsCurve[] kernel in answer.Curves.Chunk(3))
        {
            Assert.True(kernel[0].Points[1].Mean < 0.1 && kernel[1].Points[1].Mean > 5 * kernel[0].Points[1].Mean); // 32 rows: degree 1 learned, degree 2 (20 polynomials) not yet
            Assert.True(kernel[1].Points[3].Mean < 0.1 && kernel[2].Points[3].Mean > 3 * kernel[1].Points[3].Mean);
        }
    }

    [Theory] // P₂ = (d·t² − 1)/(d − 1); P₃ = ((d + 2)·t³ − 3t)/(d − 1)
    [InlineData(3, 2, 0.4, -0.26)]
    [InlineData(5, 2, 0.4, -0.05)]
    [InlineData(3, 3, 0.4, -0.44)]
    [InlineData(5, 3, 0.4, -0.188)]
    public void Polynomials_on_the_sphere_are_those_of_Legendre(int dimension, int degree, double t, double expected)
    {
        Assert.Equal(expected, LimitsRows.Legendre(dimension, degree, t), 1e-14);
        Assert.Equal(1, LimitsRows.Legendre(dimension, degree, 1), 1e-14);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(3)]
    public void Waves_are_the_sum_of_their_Hermite_polynomials(double omega)
    {
        double[] a = LimitsWaves.Coefficients(omega);
        Assert.Equal(1, a.Sum(value => value * value), 1e-12);
        foreach (double z in new[] { -1.3, 0.2, 0.9 })
        {
            double expected = Math.Sqrt(2) * Elementary.Cos((omega * z) + (Math.PI / 4));
            Assert.Equal(expected, a.Select((value, k) => value * LimitsRows.Hermite(k, z)).Sum(), 1e-6);
        }
    }

    [Fact]
    public void The_bound_of_a_series_of_one_term_is_that_of_the_power()
    {
        foreach (double features in new[] { 0, 3, 20, 60.0 })
        {
            Assert.Equal(ZonalKernel.PowerBound(5, 3, features), ZonalKernel.SeriesBound(5, [0, 0, 0, 1], features), 1e-12);
        }
    }

    [Fact]
    public void Quicker_waves_are_harder_and_none_falls_below_the_bound()
    {
        LimitsAnswer answer = Ask("E14", [4], [16, 64], 20, 2);
        Assert.All(answer.Curves.SelectMany(curve => curve.Points), point => Assert.True(point.Mean >= point.Bound));
        double[] last = [.. answer.Curves.Select(curve => curve.Points[^1].Mean)];
        Assert.Equal(last.Order(), last);
    }

    [Fact]
    public void Parities_of_more_bits_are_harder_and_as_many_features_as_corners_know_all()
    {
        LimitsAnswer answer = Ask("E15", [6], [4, 16, 64], 20, 2);
        Assert.All(answer.Curves.SelectMany(curve => curve.Points), point => Assert.True(point.Mean >= point.Bound - 1e-9));
        double[] middle = [.. answer.Curves.Select(curve => curve.Points[1].Mean)];
        Assert.Equal(middle.Order(), middle);
        Assert.True(answer.Curves[0].Points[1].Mean < 0.3);
        Assert.Contains("at most 14", Assert.Throws<ArgumentException>(() => Ask("E15", [20], [4], 2, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_linear_part_is_all_that_tangent_features_share_with_a_sine()
    {
        // d = 2, s = (π/2)²·2; the tangent feature along its own neuron is the ReLU itself
        LimitsPoint point = Ask("E3", [2], [], 20, 2).Curves.First(curve => curve.Label.StartsWith("tangent, ‖w‖ = √d", StringComparison.Ordinal)).Points[0];
        double s = Math.PI * Math.PI / 2, sum = 0;
        const int angles = 4000;
        for (int i = 0; i < angles; i++)
        {
            // E z·1{z > 0}·√2·sin(a·z) = a·e^(−a²/2)/√2 for the part along u, times e^(−(s − a²)/2) for the rest; a = √s·cos of a uniform angle
            double cos = Elementary.Cos(2 * Math.PI * (i + 0.5) / angles), product = Math.Sqrt(s) * cos * Elementary.Exp(-s / 2) / Math.Sqrt(2);
            sum += product * product / angles;
        }

        Assert.Equal(sum / 0.5, point.Mean, 1e-4 * point.Mean);
    }

    [Fact]
    public void Laws_of_coordinates_have_mean_0_and_variance_1()
    {
        var weights = new WeightStream(9);
        foreach (LimitsLaw law in LimitsSampled.Laws)
        {
            double[] values = [.. law.Rows(weights, 0, 3, 20_000, 2).SelectMany(row => row)];
            Assert.Equal(0, values.Average(), 0.03);
            Assert.Equal(1, values.Average(value => value * value), 0.06);
        }
    }

    [Fact]
    public void The_exact_error_lies_between_that_of_fitted_and_that_of_fresh_rows()
    {
        LimitsPoint exact = Ask("E1", [5], [32], 30, 24).Curves[0].Points[0];
        LimitsAnswer rows = Ask("E16", [5], [32], 12, 12);
        LimitsPoint fresh = rows.Curves[0].Points[0], fitted = rows.Curves[1].Points[0];
        Assert.True(fitted.Mean < fresh.Mean);
        Assert.InRange(exact.Mean, fitted.Mean - (3 * Error(fitted)), fresh.Mean + (3 * Error(fresh)));

        double Error(LimitsPoint point) => Math.Sqrt((point.StandardError!.Value * point.StandardError.Value) + (exact.StandardError!.Value * exact.StandardError.Value));
    }

    [Fact]
    public void No_family_of_features_falls_below_the_bound()
    {
        LimitsAnswer answer = Ask("E17", [5], [30, 60], 8, 2);
        LimitsCurve[] fresh = [.. answer.Curves.Where(curve => curve.Label.EndsWith("fresh rows", StringComparison.Ordinal))];
        Assert.Equal(LimitsSampled.Families.Count, fresh.Length);
        Assert.All(fresh.SelectMany(curve => curve.Points), point => Assert.True(point.Mean > point.Bound));
        Assert.Contains(answer.Notes, note => note.Contains("960 rows are fitted", StringComparison.Ordinal));
    }

    private static LimitsAnswer Ask(string study, int[] dimensions, int[] widths, int targets, int draws) =>
        new LimitsQuestion { Study = study, Dimensions = dimensions, Widths = widths, Targets = targets, Draws = draws, Seed = 1 }.Run(Run);
}

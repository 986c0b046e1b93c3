using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

public class RedshiftTrainingTests
{
    [Fact]
    public void A_network_interpolates_a_smooth_target_that_the_unbiased_model_learns_by_heart()
    {
        var network = Numbers(new RedshiftFit { Highest = 0, Seed = 1, Points = 40, Steps = 1000 });
        var unbiased = Numbers(new RedshiftFit { Highest = 10, Seed = 1, Points = 40, Steps = 1000 });
        Assert.InRange(network["test"], 0.9, 1);
        Assert.InRange(unbiased["train"], 0.99, 1);
        Assert.InRange(unbiased["test"], double.NegativeInfinity, 0.3); // 40 equations for 440 coefficients say little
    }

    [Fact]
    public void Random_functions_without_bias_that_fit_four_signs_are_right_elsewhere_by_chance_and_as_often_as_chance_says()
    {
        const int tries = 4000;
        var found = Numbers(new RedshiftGuess { Net = "fourier:8", Prior = "flat", Points = [4], Tries = tries });
        double kept = found[RedshiftGuess.At(4, "signs", "kept")], expected = tries / 16.0;
        Assert.InRange(kept, expected - (5 * Math.Sqrt(expected)), expected + (5 * Math.Sqrt(expected)));
        double error = found[RedshiftGuess.At(4, "signs", "sd")] / Math.Sqrt(kept);
        Assert.InRange(found[RedshiftGuess.At(4, "signs", "test")], 0.5 - (5 * error) - 0.01, 0.5 + (5 * error) + 0.01);
        Assert.True(found[RedshiftGuess.At(4, "squared", "kept")] < kept);
    }

    [Fact]
    public void Digits_and_bands_agree_in_training_and_not_in_the_test()
    {
        var found = Numbers(new RedshiftShortcut { Data = "digits", Activation = "relu", Prefactor = 1, Seed = 1, Rows = 200, Steps = 150, Options = new() });
        Assert.True(found["train"] > 0.5); // both features tell
        Assert.True(found["colour"] > found["digit"]); // one number against sixty-four
        Assert.InRange(found["digit"], 0, 0.35);
    }

    [Fact]
    public void A_network_that_fits_a_picture_of_high_frequencies_is_more_complex_than_at_its_start()
    {
        RedshiftStart usual = new() { Activation = "tanh", FromPicture = false, Seed = 1, Steps = 400, Measured = 32 };
        var before = Numbers(usual);
        var picture = Numbers(usual with { FromPicture = true });
        Assert.True(picture["before/chebyshev"] > before["before/chebyshev"] + 1);
        Assert.True(picture["picture"] < 0.5); // half of the picture's variance is what its mean leaves
        Assert.False(before.ContainsKey("picture"));
    }

    private static Dictionary<string, double> Numbers(RedshiftCell cell) => cell.Run(new() { Threads = 2 }).ToDictionary(number => number.Name, number => number.Value);
}

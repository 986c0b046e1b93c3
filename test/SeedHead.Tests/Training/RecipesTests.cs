using SeedHead.Training;

namespace SeedHead.Tests.Training;

public class RecipesTests
{
    // Rosenfeld & Tsotsos (2018), the published training scripts: batch, weight decay, epochs of lower rates, factor, epochs.
    [Theory]
    [InlineData("wrn", 128, 5e-4, new[] { 60, 120, 160 }, 0.2, 200)]
    [InlineData("densenet-bc", 64, 1e-4, new[] { 150, 225 }, 0.1, 300)]
    [InlineData("vgg19-bn", 128, 1e-4, new[] { 81, 122 }, 0.1, 164)]
    [InlineData("alexnet-cifar", 128, 1e-4, new[] { 81, 122 }, 0.1, 164)]
    [InlineData("imagenet-small", 128, 1e-4, new[] { 41, 71 }, 0.1, 80)]
    public void Recipes_are_those_published(string name, int batch, double decay, int[] drops, double factor, int epochs)
    {
        TrainOptions recipe = Recipes.Parse(name);
        Assert.Equal((batch, decay, factor, epochs, 0.1, 0.9), (recipe.Batch, recipe.WeightDecay, recipe.Factor, recipe.Epochs, recipe.Rate, recipe.Momentum));
        Assert.Equal(drops, recipe.Drops);
        Assert.Equal("shift4+mirror", recipe.Augmentation.ToString());
        Assert.Equal(0.1 * Math.Pow(factor, drops.Length), recipe.RateOf(epochs - 1), 1e-12);
    }

    [Fact]
    public void Short_ones_have_ten_epochs_at_one_rate()
    {
        TrainOptions recipe = Recipes.Parse("wrn-short");
        Assert.Equal((10, 0.1, 5e-4), (recipe.Epochs, recipe.RateOf(9), recipe.WeightDecay));
    }

    [Fact]
    public void A_name_that_is_none_is_refused_with_the_names() =>
        Assert.Contains("densenet-bc", Assert.Throws<FormatException>(() => Recipes.Parse("resnet")).Message, StringComparison.Ordinal);
}

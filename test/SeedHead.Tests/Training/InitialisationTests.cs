using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Tests.Training;

public class InitialisationTests
{
    [Theory]
    [InlineData("he-normal")]
    [InlineData("he-fan-out,fc=uniform-fan-in")]
    [InlineData("he-fan-out:2+bias-normal:0.1,fc=lecun-uniform:0.5")]
    public void A_text_form_reads_as_itself(string text) => Assert.Equal(text, Initialisation.Parse(text).ToString());

    [Theory]
    [InlineData("he-normal,fc=")]
    [InlineData("he-normal,fc=sign,fc=sign")]
    [InlineData("he-normal,conv1=sign")]
    [InlineData(",fc=sign")]
    public void Other_texts_are_refused(string text) => Assert.Throws<FormatException>(() => Initialisation.Parse(text));

    [Theory] // the bounds of 2.7: amplitude or deviation of weights, amplitude of biases; first a convolution, then the output layer
    [InlineData("densenet-bc-40-12", 0, 0.0962250448649376, 0.08703882797784892, 0.08703882797784892)] // √(2/(9·24)); 1/√132
    [InlineData("wrn-10-1", 0.19245008972987526, 0, 0.125, 0)] // 1/√27; 1/√64
    [InlineData("alexnet-cifar", 0.052486388108147798, 0, 0.0625, 0.0625)] // 1/√363; 1/√256
    public void Published_beginnings_have_their_bounds(string preset, double amplitude, double deviation, double outputs, double biases)
    {
        Architecture net = Architecture.Parse(preset + "/10");
        using var built = new Built(net, "all", prior: Initialisation.Published(preset).ToString());
        float[] first = Built.Of(built.Modules.Parameters.First()), last = Built.Of(built.Modules.Parameters.First(p => p.Name == "fc/weights"));
        if (amplitude > 0)
        {
            Assert.InRange(first.Max(Math.Abs), amplitude * 0.97, amplitude * 1.000001);
        }
        else
        {
            Assert.InRange(first.Average(w => (double)w * w), deviation * deviation * 0.7, deviation * deviation * 1.3); // 648 numbers: five standard errors are 0.28
        }

        Assert.InRange(last.Max(Math.Abs), outputs * 0.97, outputs * 1.000001);
        float[] b = Built.Of(built.Modules.Parameters.First(p => p.Name == "fc/biases"));
        Assert.InRange(b.Max(Math.Abs), biases * 0.5, biases * 1.000001);
        Assert.Equal(biases > 0, b.Any(value => value != 0));
    }

    [Fact]
    public void The_output_layer_of_vgg_has_deviation_one_hundredth()
    {
        WeightPrior output = Initialisation.Published("vgg19-bn").Output!;
        Assert.Equal(1e-4, output.WeightVariance(512, 10), 1e-12);
        Assert.Equal(0, output.BiasVariance(512));
    }
}

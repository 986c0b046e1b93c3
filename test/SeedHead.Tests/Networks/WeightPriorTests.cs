using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Random;

namespace SeedHead.Tests.Networks;

public class WeightPriorTests
{
    private const int FanIn = 300;
    private const int FanOut = 500;

    [Theory] // variance of a weight, of a bias, and the law's kurtosis E w⁴ / (E w²)²
    [InlineData("he-normal", 2.0 / FanIn, 0, 3)]
    [InlineData("he-uniform", 2.0 / FanIn, 0, 1.8)]
    [InlineData("he-fan-out", 2.0 / FanOut, 0, 3)]
    [InlineData("lecun-normal", 1.0 / FanIn, 0, 3)]
    [InlineData("lecun-uniform", 1.0 / FanIn, 0, 1.8)]
    [InlineData("glorot-normal", 2.0 / (FanIn + FanOut), 0, 3)]
    [InlineData("glorot-uniform", 2.0 / (FanIn + FanOut), 0, 1.8)]
    [InlineData("truncated-normal", 1.0 / FanIn, 0, 2.3655)]
    [InlineData("sign", 1.0 / FanIn, 0, 1)]
    [InlineData("uniform-fan-in", 1.0 / 3 / FanIn, 1.0 / 3 / FanIn, 1.8)]
    [InlineData("ntk", 1, 0, 3)]
    [InlineData("flat:13.89", 13.89 * 13.89 / 3, 13.89 * 13.89 / 3, 1.8)]
    [InlineData("he-normal:1.5", 2.25 * 2 / FanIn, 0, 3)]
    [InlineData("uniform-fan-in:2", 4.0 / 3 / FanIn, 1.0 / 3 / FanIn, 1.8)] // a scale is for weights alone
    [InlineData("glorot-uniform:3+bias-uniform:1", 18.0 / (FanIn + FanOut), 1.0 / 3, 1.8)]
    [InlineData("sign+bias-normal:0.1", 1.0 / FanIn, 0.01, 1)]
    [InlineData("flat:2+bias-normal:0.5", 4.0 / 3, 0.25, 1.8)]
    [InlineData("glorot-alpha:3", 18.0 / (FanIn + FanOut), 1.0 / 3, 1.8)]
    [InlineData("glorot-laplace:2", 8.0 / (FanIn + FanOut), 0, 6)]
    [InlineData("flat-normal:2", 4.0 / 3, 4.0 / 3, 3)]
    [InlineData("flat-laplace:2+bias-uniform:1", 4.0 / 3, 1.0 / 3, 6)]
    public void Weights_and_biases_have_the_variance_stated(string text, double weightVariance, double biasVariance, double kurtosis)
    {
        WeightPrior prior = WeightPrior.Parse(text);
        Assert.Equal(weightVariance, prior.WeightVariance(FanIn, FanOut), 12);
        Assert.Equal(biasVariance, prior.BiasVariance(FanIn), 12);
        double sum = 0, squares = 0, biasSquares = 0;
        const int networks = 8;
        for (int network = 0; network < networks; network++)
        {
            using NativeBuffer<float> weights = Draw(prior, network, FanIn, FanOut, out float[] biases);
            foreach (float w in weights.Span(0, FanIn * FanOut))
            {
                sum += w;
                squares += w * (double)w;
            }

            biasSquares += biases.Sum(b => b * (double)b);
        }

        const double count = networks * (double)FanIn * FanOut;
        AssertNear(sum / count, 0, Math.Sqrt(weightVariance / count));
        AssertNear(squares / count, weightVariance, weightVariance * Math.Sqrt((kurtosis - 1) / count));
        AssertNear(biasSquares / (networks * FanOut), biasVariance, biasVariance * Math.Sqrt(2.0 / (networks * FanOut))); // kurtosis at most 3
    }

    [Theory]
    [InlineData("uniform-fan-in", 0.05773502691896258, 0.05773502691896258)] // 1/√300
    [InlineData("flat:2", 2, 2)]
    [InlineData("he-uniform+bias-uniform:0.5", 0.1414213562373095, 0.5)] // √(6/300)
    public void Uniform_weights_and_biases_fill_their_amplitude_and_stay_inside(string text, double amplitude, double biasAmplitude)
    {
        using NativeBuffer<float> weights = Draw(WeightPrior.Parse(text), 0, FanIn, FanOut, out float[] biases);
        float[] all = weights.Span(0, FanIn * FanOut).ToArray();
        Assert.InRange(all.Max(), amplitude * 0.9999, amplitude * (1 + 1e-7));
        Assert.InRange(all.Min(), -amplitude * (1 + 1e-7), -amplitude * 0.9999);
        Assert.InRange(biases.Max(), biasAmplitude * 0.98, biasAmplitude * (1 + 1e-7));
        Assert.InRange(biases.Min(), -biasAmplitude * (1 + 1e-7), -biasAmplitude * 0.98);
    }

    [Theory] // a window of 3 × 3 over 20 channels, 30 filters
    [InlineData("he-fan-out", 2.0 / (9 * 30))]
    [InlineData("he-normal", 2.0 / (9 * 20))]
    [InlineData("glorot-normal", 2.0 / (9 * (20 + 30)))]
    [InlineData("ntk:2", 4.0 / (9 * 20))]
    public void The_fan_out_of_a_convolution_counts_its_window(string text, double variance)
    {
        using var signs = new NativeBuffer<float>(180 * 30);
        using var weights = new NativeBuffer<float>(180 * 30);
        var shape = new LayerShape(0, 180, 30) { Places = 9 };
        WeightPrior prior = WeightPrior.Parse(text);
        prior.FillSigns(new WeightStream(9), 0, shape, Strided<float>.RowMajor(signs, 180, 30));
        Assert.All(signs.Span(0, 5400).ToArray(), sign => Assert.Equal(Math.Sqrt(variance), Math.Abs(sign), 1e-6));
        Assert.InRange(signs.Span(0, 5400).ToArray().Count(sign => sign > 0), 2700 - 184, 2700 + 184); // five standard errors
        prior.FillWeights(new WeightStream(9), 0, shape, Strided<float>.RowMajor(weights, 180, 30));
        double own = variance / Math.Pow(prior.ForwardScale(180), 2);
        AssertNear(weights.Span(0, 5400).ToArray().Average(w => (double)w * w), own, own * Math.Sqrt(2.0 / 5400));
    }

    [Fact]
    public void Sign_weights_are_plus_or_minus_one_amplitude()
    {
        using NativeBuffer<float> weights = Draw(WeightPrior.Parse("sign"), 0, FanIn, FanOut, out _);
        Assert.All(weights.Span(0, FanIn * FanOut).ToArray(), w => Assert.Equal((float)Math.Sqrt(1.0 / FanIn), Math.Abs(w)));
    }

    [Theory]
    [InlineData("ntk", 0.05773502691896258)] // 1/√300
    [InlineData("ntk:2", 0.11547005383792516)]
    [InlineData("he-normal:2", 1)]
    [InlineData("flat:3", 1)]
    public void Only_ntk_leaves_its_scale_to_the_forward_pass(string text, double scale) =>
        Assert.Equal((float)scale, WeightPrior.Parse(text).ForwardScale(FanIn));

    [Fact]
    public void Laplace_numbers_exceed_t_with_the_probability_of_their_law()
    {
        using NativeBuffer<float> weights = Draw(WeightPrior.Parse("flat-laplace:1.7320508"), 0, FanIn, FanOut, out _); // variance 1
        foreach (double t in (double[])[0.5, 1, 2, 4, 6])
        {
            double p = Math.Exp(-Math.Sqrt(2) * t), n = FanIn * FanOut; // P(|x| > t)
            AssertNear(weights.Span(0, FanIn * FanOut).ToArray().Count(w => Math.Abs(w) > t) / n, p, Math.Sqrt(p * (1 - p) / n));
        }
    }

    [Theory]
    [InlineData("flat-ball", 3)] // the ball's D are 2 weights and a bias
    [InlineData("glorot-ball", 2)]
    public void A_ball_is_filled_evenly(string text, int dimension)
    {
        WeightPrior prior = WeightPrior.Parse(text);
        LayerShape[] shapes = [new(0, 1, 1), new(1, 1, 1)];
        const int networks = 20_000;
        var radii = new double[networks];
        var stream = new WeightStream(9);
        for (int network = 0; network < networks; network++)
        {
            LayerShape[] own = dimension == 3 ? [new(0, 2, 1)] : shapes; // one layer of 2 + 1 numbers, or two weights in two layers
            double factor = prior.BallFactor(stream, network, own), squares = 0;
            foreach (LayerShape shape in own)
            {
                for (int i = 0; i < shape.FanIn; i++)
                {
                    squares += Math.Pow(stream.Normal(new(network, shape.Layer, 0, i)), 2);
                }

                squares += dimension == 3 ? Math.Pow(stream.Normal(new(network, shape.Layer, 0, 0, WeightKind.Bias)), 2) : 0;
            }

            radii[network] = factor * Math.Sqrt(squares / (dimension + 2)); // of a point of the unit ball
        }

        Assert.InRange(radii.Max(), 0.999, 1);
        double[] powers = [.. radii.Select(r => Math.Pow(r, dimension))]; // uniform in (0, 1)
        AssertNear(powers.Average(), 0.5, Math.Sqrt(1.0 / 12 / networks));
        AssertNear(powers.Average(u => u * u), 1.0 / 3, Math.Sqrt(4.0 / 45 / networks));
    }

    [Fact]
    public void Only_ball_priors_have_a_factor() => Assert.All(WeightPrior.Names, name => Assert.Equal(
        !name.EndsWith("-ball", StringComparison.Ordinal),
        WeightPrior.Parse(name).BallFactor(new WeightStream(9), 0, [new(0, 2, 2)]) == 1));

    [Fact]
    public void Some_units_of_a_layer_are_those_of_the_whole_layer() => Assert.All(WeightPrior.Names.Select(WeightPrior.Parse).Where(prior => !prior.DrawsWholeLayers), prior =>
    {
        using NativeBuffer<float> whole = Draw(prior, 3, 21, 50, out _), some = new(21 * 13);
        Strided<float> all = Strided<float>.RowMajor(whole, 21, 50), part = Strided<float>.RowMajor(some, 21, 13);
        prior.FillWeights(new WeightStream(9), 3, new(2, 21, 50), part, firstUnit: 37);
        Assert.All(Enumerable.Range(0, 21), i => Assert.Equal(all.Row(i)[37..].ToArray(), part.Row(i).ToArray()));
    });

    [Fact]
    public void Weights_stand_at_their_addresses()
    {
        var stream = new WeightStream(9);
        using NativeBuffer<float> weights = Draw(WeightPrior.Parse("he-normal+bias-normal:0.5"), 4, FanIn, FanOut, out float[] biases);
        Strided<float> w = Strided<float>.RowMajor(weights, FanIn, FanOut);
        Assert.Equal(stream.Normal(new(4, 2, 17, 250)) * (float)Math.Sqrt(2.0 / FanIn), w[250, 17]);
        Assert.Equal(stream.Normal(new(4, 2, 17, 0, WeightKind.Bias)) * 0.5f, biases[17]);
    }

    [Theory]
    [InlineData("lecun-normal")]
    [InlineData("lecun-uniform")]
    [InlineData("truncated-normal")]
    [InlineData("sign")]
    [InlineData("orthogonal")]
    [InlineData("uniform-fan-in")]
    public void A_narrower_layer_is_the_corner_of_a_wider_one(string text)
    {
        WeightPrior prior = WeightPrior.Parse(text);
        using NativeBuffer<float> wide = Draw(prior, 0, 20, 50, out float[] wideBiases);
        using NativeBuffer<float> narrow = Draw(prior, 0, 20, 33, out float[] narrowBiases);
        Strided<float> w = Strided<float>.RowMajor(wide, 20, 50), n = Strided<float>.RowMajor(narrow, 20, 33);
        for (int c = 0; c < 20; c++)
        {
            Assert.Equal(w.Row(c)[..33].ToArray(), n.Row(c).ToArray());
        }

        Assert.Equal(wideBiases[..33], narrowBiases);
    }

    [Theory]
    [InlineData(20, 7)]
    [InlineData(20, 20)]
    [InlineData(20, 50)] // two whole blocks and half of one
    [InlineData(1, 3)]
    public void Orthogonal_rows_are_orthonormal_in_blocks(int fanIn, int fanOut)
    {
        using NativeBuffer<float> weights = Draw(WeightPrior.Parse("orthogonal:1.5"), 0, fanIn, fanOut, out _);
        Strided<float> w = Strided<float>.RowMajor(weights, fanIn, fanOut);
        for (int i = 0; i < fanOut; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                if (i / fanIn == j / fanIn)
                {
                    double product = Enumerable.Range(0, fanIn).Sum(c => w[c, i] * (double)w[c, j]);
                    Assert.Equal(i == j ? 2.25 : 0, product, 5);
                }
            }
        }
    }

    [Fact]
    public void The_first_orthogonal_row_is_the_normal_row_of_its_addresses_made_unit()
    {
        using NativeBuffer<float> weights = Draw(WeightPrior.Parse("orthogonal"), 0, 30, 4, out _);
        float[] normals = [.. Enumerable.Range(0, 30).Select(c => new WeightStream(9).Normal(new(0, 2, 0, c)))];
        double length = Math.Sqrt(normals.Sum(z => z * (double)z));
        Strided<float> w = Strided<float>.RowMajor(weights, 30, 4);
        for (int c = 0; c < 30; c++)
        {
            Assert.Equal(normals[c] / length, w[c, 0], 6);
        }
    }

    [Theory]
    [InlineData("he-normal")]
    [InlineData("he-uniform:0.5")]
    [InlineData("flat:13.89")]
    [InlineData("ntk:1.25+bias-normal:0.1")]
    [InlineData("glorot-uniform:3+bias-uniform:1")]
    [InlineData("uniform-fan-in")]
    public void The_text_form_is_read_back(string text)
    {
        WeightPrior prior = WeightPrior.Parse(text);
        Assert.Equal(text, prior.ToString());
        Assert.Equal(prior, WeightPrior.Parse(prior.ToString()));
    }

    [Fact]
    public void Every_name_is_read_back() => Assert.All(WeightPrior.Names, name => Assert.Equal(name, WeightPrior.Parse(name).ToString()));

    [Fact]
    public void Scaled_multiplies_the_scale() => Assert.Equal("he-normal:3+bias-normal:0.1", WeightPrior.Parse("he-normal:1.5+bias-normal:0.1").Scaled(2).ToString());

    [Theory]
    [InlineData("he-norml", "he-normal")]
    [InlineData("", "allowed")]
    [InlineData("he-normal:", "scale")]
    [InlineData("he-normal:-1", "above 0")]
    [InlineData("he-normal:0", "above 0")]
    [InlineData("he-normal:1e999", "above 0")]
    [InlineData("he-normal:NaN", "above 0")]
    [InlineData("he-normal:1,5", "above 0")]
    [InlineData("he-normal+bias", "bias-normal")]
    [InlineData("he-normal+bias-normal", "bias-normal:0.1")]
    [InlineData("he-normal+bias-normal:1+bias-uniform:1", "more than one +")]
    public void A_text_that_is_no_prior_is_refused_with_what_is_allowed(string text, string said) =>
        Assert.Contains(said, Assert.Throws<FormatException>(() => WeightPrior.Parse(text)).Message, StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("relu", "he-normal")]
    [InlineData("leaky0.1", "he-normal")]
    [InlineData("gelu", "he-normal")]
    [InlineData("tanh", "lecun-normal")]
    [InlineData("erf", "lecun-normal")]
    [InlineData("selu", "lecun-normal")]
    public void The_default_follows_the_activation(string activation, string prior) =>
        Assert.Equal(prior, WeightPrior.DefaultFor(Activation.Parse(activation)).ToString());

    [Fact]
    public void Without_activation_the_default_is_lecun_normal() => Assert.Equal("lecun-normal", WeightPrior.DefaultFor(null).ToString());

    private static NativeBuffer<float> Draw(WeightPrior prior, int network, int fanIn, int fanOut, out float[] biases)
    {
        var weights = new NativeBuffer<float>((long)fanIn * fanOut);
        biases = new float[fanOut];
        prior.Fill(new WeightStream(9), network, 2, fanIn, fanOut, Strided<float>.RowMajor(weights, fanIn, fanOut), biases);
        return weights;
    }

    private static void AssertNear(double value, double exact, double standardError)
    {
        double bound = 5 * standardError + 1e-6 * exact; // 10⁻⁶: weights are floats
        Assert.InRange(value, exact - bound, exact + bound);
    }
}

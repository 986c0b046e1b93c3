using SeedHead.Complexity;
using SeedHead.Kernels;
using SeedHead.Networks;
using SeedHead.Studies;

namespace SeedHead.Tests.Complexity;

public class PowerSpectrumTests
{
    [Theory]
    [InlineData(1, 17)]
    [InlineData(1, 32)]
    [InlineData(2, 9)]
    [InlineData(2, 16)]
    public void A_network_without_hidden_layers_has_the_spectrum_of_its_coordinates(int inputs, int side)
    {
        Places grid = Places.Of(Sampling.UniformGrid, side, inputs, 1, 0);
        double[] limit = PowerSpectrum.Shares(PowerSpectrum.OfLimit(new LimitKernel(Architecture.Parse($"{inputs}-1"), WeightPrior.Parse("lecun-normal")), grid, new Execution { Threads = 2 }));
        double[] coordinate = PowerSpectrum.Shares(PowerSpectrum.Of(new(grid.Sampling, grid.Rows, grid.Columns, [.. Enumerable.Range(0, grid.Count).Select(i => (double)(float)grid.Positions[i * inputs])])));
        Assert.Equal(coordinate.Length, limit.Length);
        Assert.All(coordinate, (share, m) => Assert.Equal(share, limit[m], 1e-12)); // kernels read float32
    }

    [Fact]
    public void All_power_together_is_the_variance_about_the_mean_over_the_grid()
    {
        Places grid = Places.Of(Sampling.UniformGrid, 11, 2, 1, 0);
        double[] values = [.. Enumerable.Range(0, grid.Count).Select(i => Math.Sin(3 * grid.Positions[2 * i]) + (grid.Positions[(2 * i) + 1] * grid.Positions[2 * i]))];
        double mean = values.Average(), power = PowerSpectrum.Of(new(grid.Sampling, 11, 11, values)).Sum();
        Assert.Equal(values.Sum(value => (value - mean) * (value - mean)) * values.Length, power, 1e-8); // Parseval
    }

    [Theory]
    [InlineData("2-24-erf-1", "lecun-normal:3+bias-normal:1")]
    [InlineData("2-24-relu-1", "he-normal+bias-normal:0.5")]
    [InlineData("1-24-sin-1", "lecun-normal:9")]
    public void Networks_with_one_hidden_layer_have_the_spectrum_of_their_limit_within_their_standard_errors(string net, string prior)
    {
        PowerShares spectrum = new ComplexityQuestion { Net = net, Prior = WeightPrior.Parse(prior), Networks = 600, Side = 16, Spectra = true, Thumbnails = false }
            .Run(new Execution { Threads = 2 }).Spectra.Single();
        double[] z = [.. spectrum.Sampled.Select((share, m) => (share - spectrum.Limit![m]) / spectrum.StandardErrors[m]).Where(double.IsFinite)];
        Assert.True(z.Length >= 8);
        Assert.InRange(z.Max(Math.Abs), 0, 4.5); // shares of one sum hang together, so their mean |z| says no more than one of them
    }

    [Theory]
    [InlineData("2-2*(64-erf)-1", 9)]
    [InlineData("2-64-relu-1", 10)]
    [InlineData("1-64-gaussian-1", 12)]
    public void Points_that_mirrors_turn_into_each_other_need_one_row_of_the_kernel(string net, int side)
    {
        var parsed = Architecture.Parse(net);
        Places grid = Places.Of(Sampling.UniformGrid, side, parsed.InputCount, 1, 0);
        var prior = WeightPrior.Parse("glorot-alpha:3");
        double[] folded = PowerSpectrum.OfLimit(new LimitKernel(parsed, prior), grid, new Execution { Threads = 1 });
        double[] all = PowerSpectrum.OfLimit(new LimitKernel(Architecture.Parse(net.Insert(1, "-scale1")), prior), grid, new Execution { Threads = 1 }); // a scale first: no folding
        Assert.All(all, (power, m) => Assert.Equal(power, folded[m], 1e-10 * all.Sum()));
    }

    [Fact]
    public void The_limit_has_the_same_bits_on_any_number_of_threads()
    {
        Places grid = Places.Of(Sampling.UniformGrid, 10, 2, 1, 0);
        var kernel = new LimitKernel(Architecture.Parse("2-2*(64-tanh)-1"), WeightPrior.Parse("glorot-alpha:3"));
        double[] alone = PowerSpectrum.OfLimit(kernel, grid, new Execution { Threads = 1 });
        Assert.Equal(alone, PowerSpectrum.OfLimit(kernel, grid, new Execution { Threads = 5 }));
    }

    [Fact]
    public void A_network_without_a_closed_form_says_why_and_keeps_its_own_spectrum()
    {
        PowerShares spectrum = new ComplexityQuestion { Net = "2-encode2-8-relu-1", Networks = 3, Side = 8, Spectra = true, Thumbnails = false }.Run(new Execution { Threads = 1 }).Spectra.Single();
        Assert.Null(spectrum.Limit);
        Assert.Contains("encode2", spectrum.NoLimit, StringComparison.Ordinal);
        Assert.Equal(1, spectrum.Sampled.Sum(), 1e-12);
    }

    [Fact]
    public void Networks_with_three_inputs_have_no_spectrum() =>
        Assert.Contains("one or two", Assert.Throws<ArgumentException>(() => new ComplexityQuestion { Net = "3-8-relu-1", Networks = 2, Side = 8, Spectra = true }.Run(new Execution { Threads = 1 })).Message, StringComparison.Ordinal);
}

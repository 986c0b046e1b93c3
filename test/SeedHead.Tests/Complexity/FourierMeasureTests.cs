using SeedHead.Complexity;
using SeedHead.Random;

namespace SeedHead.Tests.Complexity;

/// <summary>Golden values: an independent computation of the published recipe in double (linear functions at n = 300 agree with the published pictures to their 0.002).</summary>
public class FourierMeasureTests
{
    public static TheoryData<string, double, double, double> Golden => new()
    {
        { "x", 0.141658, 0.165007, 0.193956 },
        { "x+y", 0.141658, 0.165007, 0.193956 },
        { "2x+y", 0.141658, 0.165007, 0.193956 },
        { "xy", 0.244329, 0.277542, 0.317685 },
        { "x²", 0.015176, 0.029885, 0.051704 },
        { "x²+y²", 0.015176, 0.029885, 0.051704 },
        { "|x|", 0.011427, 0.022943, 0.040500 },
        { "relu", 0.137239, 0.159266, 0.186660 },
        { "sign", 0.126509, 0.144630, 0.166571 },
        { "impulse", 0.541924, 0.539359, 0.546650 },
    };

    [Theory, MemberData(nameof(Golden))]
    public void Recipe_of_the_published_code_has_its_golden_values(string name, double at300, double at128, double at64)
    {
        foreach ((int n, double expected) in new[] { (300, at300), (128, at128), (64, at64) })
        {
            Assert.Equal(expected, Functions.On(Sampling.UniformGrid, n, name).By(new FourierBins()).Value, 5e-7);
        }
    }

    [Theory]
    [InlineData(300, 212)]
    [InlineData(128, 91)]
    [InlineData(64, 45)]
    public void Pure_frequencies_score_their_radius(int n, int most)
    {
        Assert.Equal(4.0 / most, Of(n, (i, j) => Turn(4 * i, n)), 1e-9);
        Assert.Equal(5.0 / most, Of(n, (i, j) => Turn(3 * i + 4 * j, n)), 1e-9); // 3, 4, 5
        Assert.Equal(1.0, Of(n, (i, j) => (i + j) % 2 == 0 ? 1 : -1), 1e-9);
    }

    [Theory]
    [InlineData(300, 0.542)]
    [InlineData(128, 0.540)]
    [InlineData(64, 0.545)]
    public void White_noise_scores_the_same_for_any_law(int n, double expected)
    {
        var stream = new WeightStream(3);
        const int pictures = 24; // one picture's standard deviation is 0.005 at n = 64
        Assert.Equal(expected, Enumerable.Range(0, pictures).Average(k => Of(n, (i, j) => stream.Normal(new(k, 0, i, j)))), 0.003);
        Assert.Equal(expected, Enumerable.Range(0, pictures).Average(k => Of(n, (i, j) => stream.Uniform(new(k, 0, i, j)))), 0.003);
    }

    [Fact]
    public void Exact_radius_differs_little_from_bins_unless_axes_and_inside_share_the_spectrum()
    {
        foreach (string name in Functions.Names.Except(["exp"]))
        {
            FunctionValues values = Functions.On(Sampling.UniformGrid, 128, name);
            Assert.Equal(values.By(new FourierBins()).Value, values.By(new FourierFrequency()).Value, 0.003);
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void Exact_radius_is_that_of_the_defining_sum(int n)
    {
        FunctionValues values = Functions.On(Sampling.UniformGrid, n, "xy"), line = FunctionValues.Of(Sampling.UniformGrid, n, x => x * x * x);
        Assert.Equal(Reference.FourierMeasureReference.Radial(values), values.By(new FourierFrequency()).Value, 1e-12);
        Assert.Equal(Reference.FourierMeasureReference.Radial(line), line.By(new FourierFrequency()).Value, 1e-12);
    }

    [Theory]
    [InlineData("x", 0.0234)]
    [InlineData("x²", 0.0522)]
    [InlineData("|x|", 0.0409)]
    [InlineData("sign", 0.148)]
    [InlineData("noise", 0.543)]
    public void Cosine_form_has_its_golden_values_and_no_leakage(string name, double expected)
    {
        double digits = name switch { "noise" => 0.006, "sign" => 0.0005, _ => 0.00005 };
        Assert.Equal(expected, Functions.On(Sampling.UniformGrid, 64, name).By(new CosineFrequency()).Value, digits);
    }

    [Fact]
    public void One_input_has_the_order_of_its_cosine()
    {
        var cosine = FunctionValues.Of(Sampling.UniformGrid, 32, x => x);
        double[] wave = [.. Enumerable.Range(0, 32).Select(i => SeedHead.Compute.Elementary.Cos(Math.PI * (i + 0.5) * 5 / 32))];
        Assert.Equal(5.0 / 31, new FunctionValues(Sampling.UniformGrid, 1, 32, wave).By(new CosineFrequency()).Value, 1e-12);
        double[] periodic = [.. Enumerable.Range(0, 32).Select(i => Turn(5 * i, 32))];
        Assert.Equal(5.0 / 16, new FunctionValues(Sampling.UniformGrid, 1, 32, periodic).By(new FourierBins()).Value, 1e-12);
        Assert.InRange(cosine.By(new CosineFrequency()).Value, 0.05, 0.06); // Σ 1/k over Σ 1/k², k odd, over 31
    }

    [Fact]
    public void Simplicity_score_is_one_over_the_mean_frequency()
    {
        var samba = new SimplicityScore();
        double[] wave = new double[64 * 64];
        for (int i = 0; i < wave.Length; i++)
        {
            wave[i] = Turn(3 * (i / 64) + 4 * (i % 64), 64);
        }

        Assert.Equal(1.0 / 5, new FunctionValues(samba.Sampling, 64, 64, wave).By(samba).Value, 1e-9);
    }

    private static double Turn(long k, int n) => SeedHead.Compute.Elementary.CosSinOfTurn(k, n).Cos;

    private static double Of(int n, Func<int, int, double> f)
    {
        double[] values = new double[n * n];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = f(i / n, i % n);
        }

        return new FunctionValues(Sampling.UniformGrid, n, n, values).By(new FourierBins()).Value;
    }
}

using System.Text.Json;
using SeedHead.Compute;
using SeedHead.Kernels;

namespace SeedHead.Tests.Kernels;

public class KernelSpectrumTests
{
    private static readonly double[] Values = [5, 3, 1, 0.5, 0.25, 0.125, 0.125, 0];

    [Fact]
    public void Dimensions_are_those_of_NumPy()
    {
        JsonElement golden = KernelRows.Golden(); // Golden/kernel-pca.py
        using NativeBuffer<float> x = KernelRows.Grid(1, 40 * 6);
        using NativeBuffer<double> kernel = KernelRows.Polynomial(x, x, 6, 1, 6, 3);
        using KernelPca pca = KernelPca.OfGram(Team.Single, Strided<double>.RowMajor(kernel, 40, 40), 1);
        KernelSpectrum spectrum = pca.Spectrum;
        Assert.True(spectrum.IsComplete);
        Assert.Equal(golden.GetProperty("effectiveRank").GetDouble(), spectrum.EffectiveRank().Low, 1e-10);
        Assert.Equal(golden.GetProperty("participationRatio").GetDouble(), spectrum.ParticipationRatio, 1e-11);
        Assert.Equal(golden.GetProperty("stableRank").GetDouble(), spectrum.StableRank, 1e-11);
        Assert.Equal(golden.GetProperty("effectiveDimension").GetDouble(), spectrum.EffectiveDimension(0.1).High, 1e-10);
        Assert.Equal(golden.GetProperty("errorOfRank3").GetDouble(), spectrum.ErrorOfRank(3), 1e-10);
    }

    [Fact]
    public void Equal_eigenvalues_count_themselves()
    {
        var spectrum = new KernelSpectrum([2, 2, 2, 2], 4, 8, 16);
        Assert.Equal(4, spectrum.EffectiveRank().High, 1e-14);
        Assert.Equal(4, spectrum.ParticipationRatio);
        Assert.Equal(4, spectrum.StableRank);
        Assert.Equal(2, spectrum.EffectiveDimension(2).Low);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public void Bounds_from_leading_eigenvalues_hold_the_whole_answer(int known)
    {
        double trace = Values.Sum(), squares = Values.Sum(value => value * value);
        var whole = new KernelSpectrum(Values, Values.Length, trace, squares);
        var part = new KernelSpectrum(Values[..known], Values.Length, trace, squares);
        Assert.False(part.IsComplete);
        Assert.Equal(whole.ParticipationRatio, part.ParticipationRatio);
        Assert.Equal(whole.ErrorOfRank(known), part.ErrorOfRank(known), 1e-14);
        AssertWithin(whole.EffectiveRank(), part.EffectiveRank());
        AssertWithin(whole.EffectiveDimension(0.3), part.EffectiveDimension(0.3));
    }

    [Fact]
    public void Rounding_below_0_is_taken_as_0_and_more_is_refused()
    {
        Assert.Equal(0, new KernelSpectrum([1, -1e-12], 2, 1, 1).Values[1]);
        Assert.Contains("-0.001", Assert.Throws<ArgumentException>(() => new KernelSpectrum([1, -1e-3], 2, 1, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new KernelSpectrum([1], 1, 1, 1).EffectiveDimension(0));
    }

    private static void AssertWithin(Bounds whole, Bounds part)
    {
        Assert.Equal(whole.Low, whole.High);
        Assert.InRange(whole.Low, part.Low - 1e-12, part.High + 1e-12);
    }
}

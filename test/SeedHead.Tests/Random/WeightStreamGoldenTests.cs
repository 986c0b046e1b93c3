using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Tests.Random;

/// <summary>A failure here means another stream: it needs a new version, an entry under Bits, and new golden values.</summary>
public class WeightStreamGoldenTests
{
    [Fact] // test/SeedHead.Tests/Golden/stream-1.csv: 40-digit arithmetic from the definition, made by stream-1.py beside it
    public void Numbers_are_those_of_the_definition_in_40_digit_arithmetic()
    {
        Assert.Equal(1, RandomStream.Version);
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "stream-1.csv")))
        {
            string[] f = line.Split(',');
            int[] index = [.. f[1..6].Select(field => int.Parse(field, CultureInfo.InvariantCulture))];
            double[] exact = [.. f[7..10].Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
            var stream = new WeightStream(ulong.Parse(f[0], CultureInfo.InvariantCulture));
            var address = new WeightAddress(index[0], index[1], index[2], index[3], (WeightKind)index[4]);
            Assert.Equal(uint.Parse(f[6], CultureInfo.InvariantCulture), stream.Word(address));
            Assert.Equal(stream.Word(address) < 0x80000000 ? 1f : -1f, stream.Sign(address));
            Assert.Equal((float)exact[0], stream.Uniform(address));
            AssertNear(exact[1], stream.Normal(address), address);
            AssertNear(exact[2], stream.TruncatedNormal(address), address);
        }
    }

    [Theory] // frozen with stream version 1
    [InlineData("normal", "a9cf009c2943d5965ddeb086d51d4e5e")]
    [InlineData("uniform", "bac2f36109a5e80a24f5d39c67deb18e")]
    [InlineData("truncated", "9940d27adea1fea57ddf3fcd2d912b23")]
    [InlineData("sign", "ff250b8e7746275bd224537f90939dee")]
    public void The_bits_of_stream_version_1_are_frozen(string law, string sha256Begins)
    {
        const int inputs = 97, outputs = 211;
        using var buffer = new NativeBuffer<float>(inputs * outputs);
        var stream = new WeightStream(42);
        var weights = Strided<float>.RowMajor(buffer, inputs, outputs);
        switch (law)
        {
            case "normal": stream.FillNormal(3, 1, WeightKind.Weight, weights); break;
            case "uniform": stream.FillUniform(3, 1, WeightKind.Weight, weights); break;
            case "truncated": stream.FillTruncatedNormal(3, 1, WeightKind.Weight, weights); break;
            default: stream.FillSign(3, 1, WeightKind.Weight, weights); break;
        }

        Assert.Equal(sha256Begins, Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(buffer.Span(0, inputs * outputs))))[..32]);
    }

    private static void AssertNear(double exact, float value, WeightAddress address) =>
        Assert.True(Math.Abs(value - exact) <= 4 * (MathF.BitIncrement(Math.Abs((float)exact)) - Math.Abs((float)exact)), $"{value:R} at {address}, exactly {exact:R}");
}

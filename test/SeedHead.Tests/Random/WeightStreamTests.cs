using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Tests.Random;

public class WeightStreamTests
{
    private static readonly WeightStream Stream = new(0x0123456789ABCDEF);

    public static TheoryData<string> Laws => ["Normal", "Uniform", "TruncatedNormal", "Sign"];

    [Theory, MemberData(nameof(Laws))]
    public void A_fill_has_the_bits_of_the_numbers_at_its_addresses(string law)
    {
        foreach (var (inputs, outputs, firstRow, firstColumn) in ((int, int, int, int)[])[(1, 1, 0, 0), (4, 16, 0, 0), (9, 37, 3, 0), (13, 33, 0, 5), (6, 16, 16, 2)])
        {
            using var buffer = new NativeBuffer<float>((long)inputs * outputs);
            foreach (bool transposed in (bool[])[false, true])
            {
                var destination = transposed ? Strided<float>.RowMajor(buffer, outputs, inputs).Transpose : Strided<float>.RowMajor(buffer, inputs, outputs);
                Fill(law, destination, firstRow, firstColumn);
                for (int c = 0; c < inputs; c++)
                {
                    for (int r = 0; r < outputs; r++)
                    {
                        Assert.Equal(Bits(Value(law, new(2, 3, firstRow + r, firstColumn + c))), Bits(destination[c, r]));
                    }
                }
            }
        }
    }

    [Fact]
    public void Word_is_the_word_of_the_documented_counter()
    {
        var (w0, w1, w2, w3) = Philox.Words(Stream.Seed, c0: 62, c1: 3, c2: 7, c3: 1 | 1 << 16);
        Assert.Equal([w0, w1, w2, w3], Enumerable.Range(248, 4).Select(column => Stream.Word(new(7, 1, 3, column, WeightKind.Bias))));
    }

    [Fact]
    public void An_address_outside_the_counter_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Stream.Word(new(0, 65536, 0, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Stream.Word(new(0, -1, 0, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Stream.Normal(new(-1, 0, 0, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Stream.Sign(new(0, 0, -1, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Stream.Uniform(new(0, 0, 0, -1)));
    }

    private static void Fill(string law, Strided<float> destination, int firstRow, int firstColumn)
    {
        switch (law)
        {
            case "Normal": Stream.FillNormal(2, 3, WeightKind.Weight, destination, firstRow, firstColumn); break;
            case "Uniform": Stream.FillUniform(2, 3, WeightKind.Weight, destination, firstRow, firstColumn); break;
            case "TruncatedNormal": Stream.FillTruncatedNormal(2, 3, WeightKind.Weight, destination, firstRow, firstColumn); break;
            default: Stream.FillSign(2, 3, WeightKind.Weight, destination, firstRow, firstColumn); break;
        }
    }

    private static float Value(string law, WeightAddress address) => law switch
    {
        "Normal" => Stream.Normal(address),
        "Uniform" => Stream.Uniform(address),
        "TruncatedNormal" => Stream.TruncatedNormal(address),
        _ => Stream.Sign(address),
    };

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);
}

using SeedHead.Complexity;
using SeedHead.Random;

namespace SeedHead.Tests.Complexity;

public class LempelZivTests
{
    private static readonly int[] Numbers = [1, 2, 3, 1, 2, 4, 5, 1, 2, 3, 4, 5];

    [Theory] // the tests of the published code
    [InlineData("1001111011000010", 8)]
    [InlineData("1010101010101010", 7)]
    [InlineData("1001111011000010000010", 9)]
    [InlineData("100111101100001000001010", 10)]
    public void Phrases_of_1978_are_those_of_the_published_code(string text, int expected) => Assert.Equal(expected, LempelZiv78.Phrases(Symbols(text)));

    [Fact] // the tests of the published code
    public void Numbers_are_parsed_as_by_the_published_code()
    {
        Assert.Equal(8, LempelZiv78.Phrases(Numbers));
        Assert.Equal(13, LempelZivWelch.DictionarySize(Numbers));
        Assert.Equal(45, LempelZivWelch.DictionarySize(new int[1024]));
        Assert.Equal(13, LempelZivWelch.DictionarySize(Symbols("abcabcasdabcd")));
    }

    [Theory]
    [InlineData(51, 9)]
    [InlineData(101, 13)]
    [InlineData(4096, 90)]
    [InlineData(1, 1)]
    public void A_constant_sequence_has_as_many_phrases_as_its_length_allows(int length, int expected)
    {
        Assert.Equal(expected, LempelZiv78.Phrases(new int[length])); // 1 + 2 + … + c ≤ L
        Assert.Equal(length == 1 ? 1 : 2, LempelZiv76.Phrases(new int[length]));
    }

    [Theory] // Kaspar & Schuster 1987, sec. II: 0·001·10·100·1000·101; the others by hand
    [InlineData("0001101001000101", 6)]
    [InlineData("0", 1)]
    [InlineData("01", 2)]
    [InlineData("0101010101", 3)]
    [InlineData("", 0)]
    public void Phrases_of_1976_have_known_counts(string text, int expected) => Assert.Equal(expected, LempelZiv76.Phrases(Symbols(text)));

    [Fact]
    public void Phrases_of_1976_are_those_of_the_definition() => ForAll.Draws(300, draw =>
    {
        int[] sequence = Sequence(draw, 120);
        Assert.Equal(Reference.LempelZivReference.Phrases76(sequence), LempelZiv76.Phrases(sequence));
    });

    [Fact]
    public void Scaled_form_averages_both_directions()
    {
        int[] sequence = Symbols("0001101001000101"); // reverse 1·0·100·0100·1011·000: 6 phrases by the definition
        int back = Reference.LempelZivReference.Phrases76([.. sequence.Reverse()]);
        Assert.Equal(4.0 * (6 + back) / 2, LempelZiv76.Scaled(sequence), 1e-12);
    }

    [Fact]
    public void Codes_can_be_undone_and_counted() => ForAll.Draws(100, draw =>
    {
        int[] sequence = Sequence(draw, 200);
        (List<int> codes, long bits) = Reference.LempelZivReference.Encode(sequence);
        Assert.Equal(sequence, Reference.LempelZivReference.Decode(codes, [.. sequence.Distinct()]));
        Assert.Equal(bits, LempelZivWelch.CodeBits(sequence));
    });

    [Theory] // random sequences of 50 symbols: means 0.765 and 0.682 of the published bounds
    [InlineData(51, 0.765)]
    [InlineData(101, 0.682)]
    public void Random_sequences_have_the_known_number_of_phrases(int length, double share)
    {
        var stream = new WeightStream(5);
        double mean = Enumerable.Range(0, 400).Average(i =>
            LempelZiv78.Phrases([.. Enumerable.Range(0, length).Select(j => (int)(stream.Word(new(i, 0, 0, j)) % 50))]) / (double)length);
        Assert.Equal(share, mean, 0.006);
    }

    [Fact]
    public void Levels_reach_from_the_least_to_the_greatest_value_in_the_order_asked_for()
    {
        var values = new FunctionValues(Sampling.UniformGrid, 2, 2, [0, 0.5, 1, 0.24]);
        Assert.Equal([0, 2, 3, 0], Quantisation.Levels(values, 4, Traversal.RowMajor));
        Assert.Equal([0, 2, 0, 3], Quantisation.Levels(values, 4, Traversal.Boustrophedon));
        Assert.Equal([0, 3, 2, 0], Quantisation.Levels(values, 4, Traversal.ColumnMajor));
    }

    [Fact] // an independent computation, 64 × 64, 10 levels
    public void Known_pictures_have_known_counts()
    {
        Assert.Equal(287, Functions.On(Sampling.UniformGrid, 64, "x").By(new LempelZiv78()).Value);
        double[] axis = [.. Enumerable.Range(0, 64).Select(i => -1 + i * (2.0 / 63))]; // the roundings of its points decide ties between levels
        Assert.Equal(450, new FunctionValues(Sampling.UniformGrid, 64, 64, [.. from x in axis from y in axis select x + y]).By(new LempelZiv78()).Value);
        double[] noise = [.. Enumerable.Range(0, 30).Select(k => new FunctionValues(Sampling.UniformGrid, 64, 64, Normals(k)).By(new LempelZiv78()).Value)];
        double mean = noise.Average(), deviation = Math.Sqrt(noise.Average(count => (count - mean) * (count - mean)));
        Assert.InRange(1068, mean - 3 * deviation, mean + 3 * deviation); // one picture of white noise: its extremes set the levels
    }

    private static int[] Sequence(Draw draw, int longest)
    {
        int symbols = draw.Int(1, 6);
        return [.. Enumerable.Range(0, draw.Int(1, longest)).Select(_ => draw.Int(1, symbols))];
    }

    private static double[] Normals(int picture) => [.. Enumerable.Range(0, 64 * 64).Select(i => (double)new WeightStream(1).Normal(new(picture, 0, 0, i)))];

    private static int[] Symbols(string text) => [.. text.Select(letter => (int)letter)];
}

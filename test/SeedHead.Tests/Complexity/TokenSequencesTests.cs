using SeedHead.Complexity;
using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Random;
using SeedHead.Studies;
using SeedHead.Tests.Reference;
using Xunit;

namespace SeedHead.Tests.Complexity;

public class TokenSequencesTests
{
    private const ulong Seed = 11;

    [Theory]
    [InlineData("gpt2-2-4-16/37", 9)]
    [InlineData("gpt2-1-3-24/50", 19)] // more positions than lanes
    [InlineData("tokens20x40-embed12-pos-res(ln-scale3-attn2)-res(ln-scale3-30-sin-12)-ln-unembed", 7)]
    [InlineData("tokens20x40-embed8-res(res(attn2)-ln-8-selu)-unembed", 6)]
    public void Sequences_have_the_bits_of_the_reference_without_cache(string text, int length)
    {
        Architecture net = Architecture.Parse(text);
        int[]?[] sequences = new TokenSequences(net, length, Seed).Generate(Team.Single, 3);
        for (int network = 0; network < 3; network++)
        {
            var reference = new TokenReference(net, Seed, network);
            var expected = new List<int> { TokenSequences.FirstToken(Seed, network, net.InputTokens!.Value.Vocabulary) };
            while (expected.Count <= length)
            {
                float[] logits = reference.Logits(expected)[^1];
                expected.Add(Array.IndexOf(logits, logits.Max()));
            }

            Assert.Equal(expected, sequences[network]!);
        }
    }

    [Theory]
    [InlineData("gpt2-2-4-16/37")]
    [InlineData("tokens20x1100-embed4-pos-res(ln-attn2)-ln-unembed", 1030)] // more positions than one chain of the matrix product
    public void Logits_have_the_bits_of_the_reference_without_cache(string text, int length = 12)
    {
        Architecture net = Architecture.Parse(text);
        int[] tokens = [.. Enumerable.Range(0, length).Select(t => (t * t) + (3 * t))];
        int vocabulary = net.InputTokens!.Value.Vocabulary;
        tokens = [.. tokens.Select(token => token % vocabulary)];
        uint[][] expected = [.. new TokenReference(net, Seed, 5).Logits(tokens).Select(Bits)];
        Assert.Equal(expected, Read(net, 5, tokens).Select(Bits));
    }

    [Fact]
    public void Later_tokens_never_change_earlier_logits()
    {
        Architecture net = Architecture.Parse("gpt2-2-4-16/37");
        float[][] one = Read(net, 0, [3, 1, 4, 1, 5]), other = Read(net, 0, [3, 1, 4, 2, 6]);
        Assert.Equal(one[..3].Select(Bits), other[..3].Select(Bits));
        Assert.NotEqual(Bits(one[3]), Bits(other[3]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Threads_change_nothing(bool shared)
    {
        var sequences = new TokenSequences(Architecture.Parse("gpt2-2-2-16/40"), 30, Seed, shared);
        int[]?[] alone = sequences.Generate(Team.Single, 23);
        Assert.Equal(alone, sequences.Generate(new(2), 23));
        Assert.Equal(alone, sequences.Generate(new(5), 23));
        Assert.True(alone.SelectMany(sequence => sequence!).Distinct().Count() > 3);
    }

    [Fact]
    public void Sequences_are_those_of_their_number_however_many_are_made()
    {
        var sequences = new TokenSequences(Architecture.Parse("gpt2-1-2-16/40"), 12, Seed);
        Assert.Equal(sequences.Generate(Team.Single, 9)[..4], sequences.Generate(Team.Single, 4));
    }

    [Fact]
    public void Shared_weights_begin_with_every_token_in_turn()
    {
        int[]?[] sequences = new TokenSequences(Architecture.Parse("gpt2-1-2-16/40"), 5, Seed, sharesWeights: true).Generate(Team.Single, 40);
        Assert.Equal(Enumerable.Range(0, 40), sequences.Select(sequence => sequence![0]));
        float[][] logits = Read(Architecture.Parse("gpt2-1-2-16/40"), 0, sequences[17]![..5]);
        Assert.Equal(sequences[17]![1..], logits.Select(row => Array.IndexOf(row, row.Max())));
    }

    [Fact]
    public void Shared_weights_have_no_more_sequences_than_tokens() =>
        Assert.Contains("41 are too many", Assert.Throws<ArgumentException>(
            () => new TokenSequences(Architecture.Parse("gpt2-1-2-16/40"), 5, Seed, sharesWeights: true).Generate(Team.Single, 41)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("tanh")]
    [InlineData("gelu")]
    public void Blocks_scaled_to_nothing_leave_the_network_without_blocks(string activation)
    {
        Architecture net = TransformerNets.Of(Architecture.Parse("gpt2-2-4-32/64"), null, Activation.Parse(activation), 1e-30); // φ(0) = 0
        int[]?[] bare = new TokenSequences(Architecture.Parse("tokens64x1024-embed32-pos-ln-unembed"), 20, Seed).Generate(Team.Single, 5);
        Assert.Equal(bare, new TokenSequences(net, 20, Seed).Generate(Team.Single, 5));
    }

    [Fact]
    public void Without_positions_and_blocks_every_token_follows_itself()
    {
        // the logit of the token itself is about √D = 16 deviations of the others
        int[]?[] sequences = new TokenSequences(Architecture.Parse("tokens64x99-embed256-ln-unembed"), 20, Seed).Generate(Team.Single, 5);
        Assert.All(sequences, sequence => Assert.Single(sequence!.Distinct()));
        Assert.Equal(6 / 21.0, TokenSequences.Complexity(sequences[0]).Value, 15); // 21 = 1 + … + 6: phrases of 1 to 6 tokens
    }

    [Fact]
    public void A_logit_that_is_not_finite_leaves_no_sequence()
    {
        Architecture net = Architecture.Parse("tokens16x9-embed8-scale1000000000000000000000000000000-64-square-8-square-8-unembed");
        Assert.All(new TokenSequences(net, 4, Seed).Generate(Team.Single, 3), Assert.Null);
        Assert.Equal(UndefinedCause.NotFinite, TokenSequences.Complexity(null).Cause);
    }

    [Fact]
    public void Weights_have_the_deviations_of_gpt2()
    {
        TokenPlan plan = TokenPlan.Of(Architecture.Parse("gpt2"), 100);
        Assert.Equal(124_439_808 - (924 * 768) - 121_344, plan.Tensors.Sum(tensor => (long)tensor.Inputs * tensor.Outputs)); // GPT-2 small: 124,439,808 with biases and norms
        Assert.Equal([0.02, 0.02, 0.02, 0.02 / Math.Sqrt(24), 0.02, 0.02 / Math.Sqrt(24)], plan.Tensors.Take(6).Select(tensor => tensor.Deviation));
        Assert.Equal(0.02 * Math.Sqrt(6), TokenPlan.Of(Architecture.Parse("gpt2-2-4-128/512"), 9).Tensors[2].Deviation, 15);
    }

    [Fact]
    public void Drawn_weights_spread_as_stated()
    {
        TokenPlan plan = TokenPlan.Of(Architecture.Parse("gpt2-2-4-64/100"), 10);
        using var weights = new TokenWeights(plan);
        weights.Draw(Seed, 0);
        Assert.All(plan.Tensors, tensor =>
        {
            double n = (double)tensor.Inputs * tensor.Outputs, sum = 0;
            for (int i = 0; i < tensor.Inputs; i++)
            {
                foreach (float weight in weights.Matrix(tensor).Row(i))
                {
                    sum += (double)weight * weight;
                }
            }

            double ratio = sum / n / (tensor.Deviation * tensor.Deviation);
            Assert.InRange(ratio, 1 - (5 * Math.Sqrt(2 / n)), 1 + (5 * Math.Sqrt(2 / n))); // variance of a mean of squares: 2/n
        });
    }

    [Fact]
    public void First_tokens_are_spread_evenly()
    {
        const int Draws = 4000, Vocabulary = 10;
        int[] counts = new int[Vocabulary];
        for (int i = 0; i < Draws; i++)
        {
            counts[TokenSequences.FirstToken(Seed, i, Vocabulary)]++;
        }

        double error = Math.Sqrt(Draws * 0.1 * 0.9);
        Assert.All(counts, count => Assert.InRange(count, 400 - (5 * error), 400 + (5 * error)));
    }

    [Fact]
    public void Memory_of_gpt2_is_forecast()
    {
        long bytes = new TokenSequences(Architecture.Parse("gpt2"), 100, Seed).Bytes(threads: 2);
        Assert.InRange(bytes, 2 * 4 * 123_000_000L, 2 * 4 * 130_000_000L); // weights, and 2·12·768·100 keys and values a thread
        Assert.InRange(new TokenSequences(Architecture.Parse("gpt2"), 100, Seed, sharesWeights: true).Bytes(threads: 2), 4 * 123_000_000L, 4 * 130_000_000L);
    }

    [Theory]
    [InlineData("2-64-1", 5, "must read tokens")]
    [InlineData("tokens9x9-embed4-ln", 5, "end in \"unembed\"")]
    [InlineData("tokens9x9-embed4-unembed", 10, "at most 9 tokens, not 10")]
    [InlineData("tokens9x9-embed4-gated(4-tanh)-unembed", 5, "gated(4-tanh) cannot stand")]
    public void Other_networks_are_refused(string text, int length, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => new TokenSequences(Architecture.Parse(text), length, Seed)).Message, StringComparison.Ordinal);

    private static float[][] Read(Architecture net, int network, IReadOnlyList<int> tokens)
    {
        TokenPlan plan = TokenPlan.Of(net, tokens.Count);
        using var weights = new TokenWeights(plan);
        weights.Draw(Seed, network);
        using var state = new TokenState(plan, weights);
        return [.. tokens.Select(token => state.Next(token).ToArray())];
    }

    private static uint[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToUInt32Bits)];
}

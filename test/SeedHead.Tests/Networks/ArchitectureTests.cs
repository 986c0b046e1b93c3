using SeedHead.Networks;

namespace SeedHead.Tests.Networks;

public class ArchitectureTests
{
    [Theory]
    [InlineData("2-64-elu-64-elu-1", 2, 1, 2)]
    [InlineData("784-2048-relu-10", 784, 10, 1)]
    [InlineData("28x28x1-512-sin-10", 784, 10, 1)]
    [InlineData("2-3*(64-relu)-1", 2, 1, 3)]
    [InlineData("2-2*(3*(8-relu)-4)-1", 2, 1, 8)]
    [InlineData("2-scale2.5-64-relu", 2, 64, 1)]
    [InlineData("784-10", 784, 10, 0)]
    [InlineData("784-10-scale2", 784, 10, 0)]
    [InlineData("7", 7, 7, 0)]
    [InlineData("3-leaky0.1-4-leaky0.25", 3, 4, 1)]
    [InlineData("2-3*(64-ln-res(tanh))-1", 2, 1, 3)]
    [InlineData("2-gated(64-scale2-tanh)-gated(8)-1", 2, 1, 2)]
    [InlineData("2-gated(64-tanh)", 2, 64, 1)]
    [InlineData("5-res(64-relu-5)", 5, 5, 2)]
    [InlineData("tokens37x9-embed8-pos-3*(res(ln-scale2-attn2)-res(ln-32-tanh-8))-ln-unembed", 9, 37, 3)]
    [InlineData("tokens37x9-embed8-64-relu", 9, 64, 0)]
    [InlineData("5-res(64-relu-8|8)-2*(res(8-res(tanh)))-1", 5, 1, 4)] // a shortcut's layer is not counted
    [InlineData("5-res(2*(8-relu)-5|scale2-ln)-ln-3", 5, 3, 3)]
    [InlineData("5-3-ln", 5, 3, 1)]
    public void A_text_is_read_and_written_alike(string text, int inputs, int outputs, int depth)
    {
        Architecture net = Architecture.Parse(text);
        Assert.Equal(text, net.ToString());
        Assert.Equal((inputs, outputs, depth), (net.InputCount, net.OutputCount, net.Depth));
    }

    [Fact]
    public void Any_architecture_is_read_back_from_its_text() => ForAll.Draws(500, draw =>
    {
        Architecture net = draw.Bool() ? Architectures.Random(draw, 6) : Architecture.Create([draw.Bool() ? Layer.Input(draw.Int(1, 5000)) : Layer.Input(draw.Int(1, 99), draw.Int(1, 99), draw.Int(1, 3)), .. Parts(draw, 2)]);
        Architecture read = Architecture.Parse(net.ToString());
        Assert.Equal(net, read);
        Assert.Equal(net.ToString(), read.ToString());
        Assert.Equal(net.GetHashCode(), read.GetHashCode());
        Assert.Equal(net.Layers, read.Layers);
    });

    [Fact]
    public void A_list_of_layers_is_an_architecture()
    {
        Architecture net = [Layer.Input(2), Layer.Dense(512), Activation.Parse("sin"), Layer.Repeat(2, Layer.Dense(8), Layer.Scale(0.5)), Layer.Dense(1)];
        Assert.Equal("2-512-sin-2*(8-scale0.5)-1", net.ToString());
        Assert.Equal(7, net.Layers.Count);
    }

    [Fact]
    public void Repeats_are_written_out_in_the_layers_that_run() =>
        Assert.Equal("8 relu 8 relu 1", string.Join(' ', Architecture.Parse("2-2*(8-relu)-1").Layers));

    [Fact]
    public void Architectures_of_other_layers_differ()
    {
        Architecture net = Architecture.Parse("2-2*(8-relu)-1");
        Assert.NotEqual(net, Architecture.Parse("2-2*(8-relu)-2"));
        Assert.NotEqual(net, Architecture.Parse("2-3*(8-relu)-1"));
        Assert.NotEqual(net, Architecture.Parse("3-2*(8-relu)-1"));
        Assert.NotEqual(Architecture.Parse("4x2x1-8"), Architecture.Parse("2x4x1-8"));
    }

    [Theory]
    [InlineData("2-64-rleu-1", 6, "Did you mean 'relu'?")]
    [InlineData("2-64-Relu-1", 6, "Did you mean 'relu'?")]
    [InlineData("2-64-xyzzyplugh", 6, "relu")]
    [InlineData("2-3*(64-rellu)-1", 9, "Did you mean 'relu'?")]
    [InlineData("32x32x3-conv64", 9, "a convolution is written conv64@3")]
    [InlineData("32x32x3-conv64@4", 9, "A 4 × 4 kernel has no middle: give its padding, as in conv64@4p2.")]
    [InlineData("32x32x3-conv64@3x", 9, "\"conv64@3x\" is not understood")]
    [InlineData("32x32x3-conv0@3", 9, "\"conv0@3\" is not understood")]
    [InlineData("32x32x3-conv64@3g3", 9, "64 filters cannot be cut into 3 equal groups.")]
    [InlineData("32x32x3-conv6@3g2", 9, "3 channels cannot be cut into 2 equal groups.")]
    [InlineData("4x4x3-conv6@5p0", 7, "a 5 × 5 window does not fit into an image of 4x4x3. Give padding, such as p2.")]
    [InlineData("4x4x3-maxpool5", 7, "a 5 × 5 window does not fit")]
    [InlineData("4x4x3-maxpool", 7, "a pooling is written maxpool2")]
    [InlineData("4x4x3-8-gap", 9, "gap: reads an image, but 8 numbers come in.")]
    [InlineData("16-conv8@3", 4, "conv8@3: reads an image, but 16 numbers come in.")]
    [InlineData("8x8x4-res(conv8@3)", 7, "res(conv8@3) adds an image of 8x8x8 to 8x8x4. Let its branch end in 8x8x4, or give it a shortcut behind \"|\".")]
    [InlineData("8x8x4-cat(maxpool2)", 7, "an image of 8x8x4 and an image of 4x4x4 cannot be joined")]
    [InlineData("8x8x4-conv5000000@1-conv50000000@1", 21, "numbers would come out")]
    [InlineData("2-dropout1-1", 3, "at least 0 and less than 1")]
    [InlineData("2-cat", 3, "\"cat\" needs brackets")]
    [InlineData("2-attn8-1", 3, "attn8: reads a sequence of tokens, but 2 numbers come in.")]
    [InlineData("2-unembed", 3, "reads a sequence of tokens")]
    [InlineData("2-embed8-1", 3, "embed8: reads tokens, but 2 numbers come in.")]
    [InlineData("tokens9x9-embed8-embed8", 18, "embed8: reads tokens, but 8 numbers a token come in.")]
    [InlineData("tokens9x9-embed8-attn3", 18, "attn3: 8 numbers cannot be cut into 3 equal heads.")]
    [InlineData("tokens9x9-embed8-attn0", 18, "an attention is written attn4")]
    [InlineData("tokens9x9-embed-pos", 11, "an embedding is written embed128")]
    [InlineData("tokens9x9-embed8-conv8@3", 18, "reads an image, but 8 numbers a token come in.")]
    [InlineData("tokens9-embed8", 1, "tokens are written tokens512x1024")]
    [InlineData("tokens0x9-embed8", 1, "tokens are written tokens512x1024")]
    [InlineData("2-res(64-relu)-1", 3, "res(64-relu) adds 64 numbers to 2. Let its branch end in 2, or give it a shortcut: res(64-relu|64).")]
    [InlineData("2-2*(8-res(64|9))-1", 8, "res(64|9) adds 64 numbers to 9. Let its branch end in 9, or its shortcut in 64.")]
    [InlineData("2-4-res(res(3)-4)", 9, "res(3) adds 3 numbers to 4")]
    [InlineData("2-res", 3, "\"res\" needs brackets")]
    [InlineData("2-gated64-1", 3, "Did you mean 'gated'?")]
    [InlineData("2-gated(tanh)-1", 3, "begins with its width")]
    [InlineData("2-gated(8-16)-1", 3, "not \"16\"")]
    [InlineData("2-gated(8|tanh)", 10, "expected \")\" but found \"|\"")]
    [InlineData("2-8|4", 4, "expected \"-\" but found \"|\"")]
    [InlineData("2-res(|4)", 7, "a part is missing")]
    [InlineData("2-res(4|)", 9, "a part is missing")]
    [InlineData("2-res()", 7, "a part is missing")]
    [InlineData("2-res(4-tanh", 13, "expected \")\" but found the end")]
    [InlineData("2-lnn", 3, "Did you mean 'ln'?")]
    [InlineData("tokens50257x1024-64", 18, "64: reads numbers, but tokens (tokens50257x1024) come in. Put an embedding first")]
    [InlineData("", 1, "starts with its input")]
    [InlineData("relu-64", 1, "\"relu\" is no input")]
    [InlineData("28x28-64", 1, "\"28x28\" is no input")]
    [InlineData("-2-64", 1, "starts with its input")]
    [InlineData("2--64", 3, "a part is missing")]
    [InlineData("2-64-", 6, "a part is missing")]
    [InlineData("2-0-1", 3, "between 1 and 2147483647")]
    [InlineData("0-64-1", 1, "between 1 and 2147483647")]
    [InlineData("2-99999999999-1", 3, "between 1 and 2147483647")]
    [InlineData("2147483647x2147483647x2147483647-1", 1, "too large")]
    [InlineData("2-3*(64-relu-1", 15, "expected \")\" but found the end")]
    [InlineData("2-64)-1", 5, "expected \"-\" but found \")\"")]
    [InlineData("2-(64)-1", 3, "a part is missing")]
    [InlineData("2-64-scale-1", 6, "\"scale\" needs a positive number")]
    [InlineData("2-64-scale1e5", 6, "\"scale1e5\" needs a positive number")]
    [InlineData("2-64-scale0", 6, "\"scale0\" needs a positive number")]
    [InlineData("2-9999*(9999*(64))-1", 3, "At most 10000")]
    [InlineData("2-9999*(64)-2*(64)", 1, "that makes 10001 layers")]
    [InlineData("2-1*(1*(1*(1*(1*(1*(1*(1*(1*(1*(1*(1*(1*(1*(1*(1*(1*(8", 51, "nested deeper than 16")]
    public void A_wrong_text_names_the_part_and_its_position(string text, int position, string message)
    {
        var error = Assert.Throws<FormatException>(() => Architecture.Parse(text));
        Assert.StartsWith($"Architecture \"{text}\", position {position}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpt2", "tokens50257x1024-embed768-pos-12*(res(ln-attn12)-res(ln-3072-gelutanh-768))-ln-unembed", 12)]
    [InlineData("gpt2/1000", "tokens1000x1024-embed768-pos-12*(res(ln-attn12)-res(ln-3072-gelutanh-768))-ln-unembed", 12)]
    [InlineData("gpt2-2-4-128/512", "tokens512x1024-embed128-pos-2*(res(ln-attn4)-res(ln-512-gelutanh-128))-ln-unembed", 2)]
    public void A_preset_of_tokens_is_its_network_written_out(string preset, string text, int depth)
    {
        Architecture net = Architecture.Parse(preset);
        Assert.Equal(text, net.ToString());
        Assert.Equal(net, Architecture.Parse(text));
        Assert.Equal(depth, net.Depth);
    }

    [Theory]
    [InlineData("gpt2-2-4")]
    [InlineData("gpt2-2-4-128-9")]
    [InlineData("gpt2-0-4-128")]
    [InlineData("gpt2/0")]
    [InlineData("gpt2/9/9")]
    public void A_wrong_preset_of_tokens_says_how_it_is_written(string text) =>
        Assert.Contains("gpt2-2-4-128/512", Assert.Throws<FormatException>(() => Architecture.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_network_of_tokens_is_a_list_of_layers_too()
    {
        Architecture net = [Layer.Input(new TokenShape(9, 5)), Layer.Embedding(8), Layer.Position(), Layer.Residual(Layer.Norm(), Layer.Attention(2)), Layer.Unembedding()];
        Assert.Equal("tokens9x5-embed8-pos-res(ln-attn2)-unembed", net.ToString());
        Assert.Equal(new TokenShape(9, 5), net.InputTokens);
        Assert.Throws<ArgumentOutOfRangeException>(() => Layer.Input(new TokenShape(9, 0)));
    }

    [Fact]
    public void Only_the_first_layer_can_be_an_input()
    {
        Assert.Throws<ArgumentException>(() => Architecture.Create());
        Assert.Throws<ArgumentException>(() => Architecture.Create(Layer.Dense(3)));
        Assert.Throws<ArgumentException>(() => Architecture.Create(Layer.Input(2), Layer.Input(2)));
        Assert.Throws<ArgumentException>(() => Layer.Repeat(2, Layer.Input(2)));
        Assert.Throws<ArgumentException>(() => Layer.Repeat(2));
        Assert.Throws<ArgumentException>(() => Layer.Residual(Layer.Input(2)));
        Assert.Throws<ArgumentException>(() => Layer.Residual());
        Assert.Throws<ArgumentException>(() => Layer.Residual([Layer.Dense(2)], [Layer.Input(2)]));
        Assert.Throws<ArgumentException>(() => Layer.Gated(2, Layer.Dense(2)));
        Assert.Throws<ArgumentException>(() => Layer.Gated(2, Layer.Input(2)));
    }

    [Fact]
    public void A_residual_adds_equal_widths() =>
        Assert.Contains("adds 3 numbers to 2", Assert.Throws<ShapeException>(() => Architecture.Create(Layer.Input(2), Layer.Residual(Layer.Dense(3)))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("2-64-res(tanh)-1", "tanh")]
    [InlineData("2-gated(64-sin)-relu", "sin")]
    [InlineData("2-2*(res(2-elu-2))", "elu")]
    [InlineData("2-64-ln", null)]
    public void The_first_activation_is_found_inside_of_other_layers(string text, string? activation) =>
        Assert.Equal(activation, Architecture.Parse(text).FirstActivation?.Text);

    [Fact]
    public void Layers_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Layer.Input(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Layer.Input(28, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Layer.Input(65536, 65536, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Layer.Dense(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Layer.Repeat(0, Layer.Dense(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Layer.Gated(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Layer.Scale(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Layer.Scale(double.PositiveInfinity));
    }

    [Theory]
    [InlineData("784-2048-relu-10", "784-2048-relu")]
    [InlineData("784-2048-relu", "784-2048-relu")]
    [InlineData("2-2*(8-relu)-1-scale3", "2-8-relu-8-relu")]
    [InlineData("2-2*(relu-8)", "2-relu-8-relu")]
    [InlineData("2-8-scale2-sin-1", "2-8-scale2-sin")]
    [InlineData("2-gated(8-tanh)-res(relu)-1", "2-gated(8-tanh)-res(relu)")]
    [InlineData("2-8-ln-1-ln", "2-8-ln-1-ln")]
    public void The_hidden_part_ends_with_the_last_hidden_layer(string text, string hidden) =>
        Assert.Equal(hidden, Architecture.Parse(text).HiddenPart().ToString());

    [Fact]
    public void A_network_without_hidden_layer_has_no_hidden_part() =>
        Assert.Contains("784-64-relu-10", Assert.Throws<ArgumentException>(() => Architecture.Parse("784-10").HiddenPart()).Message, StringComparison.Ordinal);

    [Fact]
    public void The_last_width_can_be_replaced()
    {
        Assert.Equal("2-64-relu-5", Architecture.Parse("2-64-relu-1").WithLastWidth(5).ToString());
        Assert.Equal("2-8-relu-5-relu", Architecture.Parse("2-2*(8-relu)").WithLastWidth(5).ToString());
        Assert.Equal("2-8-gated(5-relu)-ln", Architecture.Parse("2-8-gated(8-relu)-ln").WithLastWidth(5).ToString());
        Assert.Equal("2-5-res(tanh)", Architecture.Parse("2-8-res(tanh)").WithLastWidth(5).ToString());
        Assert.Throws<ArgumentException>(() => Architecture.Parse("2-relu").WithLastWidth(5));
        Assert.Throws<ShapeException>(() => Architecture.Parse("2-8-res(8-relu-8)").WithLastWidth(5));
    }

    private static Layer[] Parts(Draw draw, int nesting) => [.. Enumerable.Range(0, draw.Int(1, 4)).Select(_ => draw.Int(0, nesting > 0 ? 3 : 2) switch
    {
        0 => Layer.Dense(draw.Int(1, 10_000)),
        1 => Layer.FromActivation(Activation.Parse(draw.Of("relu", "leaky0.1", "elu", "id", "sin"))),
        2 => Layer.Scale(Math.ScaleB(draw.Double(0.5, 1), draw.Int(-60, 60))),
        _ => Layer.Repeat(draw.Int(1, 5), Parts(draw, nesting - 1)),
    })];
}

using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Tests.Training;

public class LearnedPartTests
{
    private const string Images = "8x8x3-conv4@3b-bn-relu-conv6@3-bn-relu-flatten-3";
    private const string Vectors = "20-30-relu-gated(10-tanh)-5";

    [Theory]
    [InlineData("layer:conv9", "layer:conv9: matches nothing that could be learned. Layers: conv1, fc.")]
    [InlineData("fc+layers:3..4", "layers:3..4: matches nothing")]
    [InlineData("fc+layer:block1", "layer:block1: matches nothing that could be learned. Layers: conv1, fc.")]
    [InlineData("filters:all+fc+mask:0.5", "mask:0.5: every tensor of weights is learned by another part already")]
    [InlineData("filters:all+subspace:772", "subspace:772: 771 numbers are left for a subspace, so it can have at most 771 dimensions.")]
    [InlineData("bn", "nothing would be learned")]
    [InlineData("filters:0.05", "filters:0.05: matches nothing")]
    public void A_part_that_matches_nothing_is_refused(string part, string message)
    {
        var tensors = ParameterTensor.Of(Architecture.Parse("8x8x1-conv4@3b-relu-flatten-3"));
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => LearnedPart.Parse(part).Of(tensors)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("filters")]
    [InlineData("filters:")]
    [InlineData("filters:1.5")]
    [InlineData("filters:-1")]
    [InlineData("filters:0.1@depth")]
    [InlineData("bn:1")]
    [InlineData("layers:2")]
    [InlineData("layers:3..2")]
    [InlineData("layers:0..2")]
    [InlineData("")]
    [InlineData("bn+")]
    [InlineData("everything")]
    [InlineData("layer:conv1:")]
    [InlineData("layer:conv1:1.5")]
    [InlineData("layer:conv1:0.5@depth")]
    [InlineData("mask")]
    [InlineData("mask:0")]
    [InlineData("mask:1.01")]
    [InlineData("mask:NaN")]
    [InlineData("mask:0.5+mask:0.3")]
    [InlineData("subspace:0")]
    [InlineData("subspace:0.5")]
    [InlineData("subspace:10+fc+subspace:20")]
    public void A_text_that_is_no_part_is_refused(string part) => Assert.Throws<FormatException>(() => LearnedPart.Parse(part));

    [Theory]
    [InlineData(Images, "layer:conv1:0.5", 2 * 28)] // two filters of 27 weights, with their biases
    [InlineData(Images, "layer:conv1:1@in+layer:conv2:1", (9 * 4) + (9 * 4))] // no bias along the inputs
    [InlineData(Images, "layer:conv2:0.5@rows", 3 * 4 * 6)]
    [InlineData(Images, "layer:fc:0.4+layer:bn2", 384 + 1 + 12)] // ⌊0.4·3⌋ = 1 output
    [InlineData(Images, "layers:1..2", (27 * 4) + 4 + (36 * 6))]
    [InlineData(Vectors, "filters:0.1", (3 * 21) + (2 * 31))] // without convolutions: outputs of hidden layers, those of a gate too
    [InlineData(Vectors, "filters:0.1+fc", (3 * 21) + (2 * 31) + 55)]
    [InlineData(Vectors, "filters:2+bias", (2 * 20) + 30 + (2 * 2 * 30) + 20 + 5)]
    [InlineData(Images, "mask:0.5", (27 * 4) + (36 * 6) + (384 * 3))] // a score a weight
    [InlineData(Images, "mask:0.5+fc+bn", (27 * 4) + (36 * 6) + (385 * 3) + 20)]
    [InlineData(Images, "subspace:100", 100)]
    [InlineData(Images, "subspace:100+bn+fc", 100 + 20 + (385 * 3))]
    [InlineData(Images, "subspace:5+mask:0.1", 5 + (27 * 4) + (36 * 6) + (384 * 3))]
    public void A_part_learns_so_many_numbers(string net, string part, long learned)
    {
        var tensors = ParameterTensor.Of(Architecture.Parse(net));
        Assert.Equal(learned, LearnedPart.Parse(part).Of(tensors).LearnedCount(tensors));
    }

    [Fact]
    public void What_a_mask_or_a_subspace_leaves_to_other_parts_is_learned_by_them()
    {
        var tensors = ParameterTensor.Of(Architecture.Parse(Images)); // conv1 with biases, bn1, conv2, bn2, fc with biases
        (LearnedBy v, LearnedBy m, LearnedBy s) = (LearnedBy.Values, LearnedBy.Mask, LearnedBy.Subspace);
        Assert.Equal([m, v, v, v, m, v, v, m, v], LearnedPart.Parse("mask:0.5").Of(tensors).Ways);
        Assert.Equal([s, s, v, v, s, v, v, v, v], LearnedPart.Parse("subspace:9+bn+fc").Of(tensors).Ways);
        Assert.Equal([m, s, s, s, v, s, s, m, s], LearnedPart.Parse("subspace:9+mask:0.5+layer:conv2:1").Of(tensors).Ways);
    }

    [Fact]
    public void Blocks_are_runs_of_residuals_of_one_shape()
    {
        string[] Blocks(string net) => [.. ParameterTensor.Of(Architecture.Parse(net)).Where(tensor => tensor.IsWeights).Select(tensor => tensor.Block ?? "-")];
        Assert.Equal(["-", "block1", "block1", "block2", "block3", "-"], Blocks("8-6-relu-2*(res(6-tanh))-cat(3)-res(9)-2"));
        Assert.Equal(["-", "block1", "-", "block2", "-"], Blocks("8-6-res(6)-6-res(6)-2")); // weights between them part them
        string[] resnet = Blocks("resnet-18/10");
        Assert.Equal([4, 5, 5, 5], Enumerable.Range(1, 4).Select(block => resnet.Count(name => name == $"block{block}")));
        Assert.Equal("-", resnet[0]);
        string[] wide = Blocks("wrn-16-1/10"); // its first group does not change the shape
        Assert.Equal([4, 5, 5], Enumerable.Range(1, 3).Select(block => wide.Count(name => name == $"block{block}")));
    }

    [Fact]
    public void An_error_lists_the_parts_with_their_numbers_put_together()
    {
        var tensors = ParameterTensor.Of(Architecture.Parse("wrn-28-4/10"));
        string message = Assert.Throws<ArgumentException>(() => LearnedPart.Parse("layer:block4").Of(tensors)).Message;
        Assert.Equal("layer:block4: matches nothing that could be learned. Layers: conv1 to conv28, bn1 to bn25, fc; blocks: block1 to block3.", message);
    }

    [Fact]
    public void What_a_network_does_not_have_is_remarked()
    {
        IReadOnlyList<string> Notes(string net, string part) => LearnedPart.Parse(part).Of(ParameterTensor.Of(Architecture.Parse(net))).Notes;
        Assert.Equal(["bn: the network has none."], Notes(Vectors, "bn+fc"));
        Assert.Equal(["ln: layer norms have no parameters, so it adds nothing."], Notes("6-ln-3", "ln+fc"));
        Assert.Equal(["filters:0.05+fc: no output is learned in 1 dense layers (dense2), because the share rounds down to 0 there."], Notes(Vectors, "filters:0.05+fc"));
    }

    [Fact]
    public void Every_tensor_has_a_name_of_its_own()
    {
        foreach (string net in new[] { "wrn-28-4/10", "densenet-bc-100-12/10", "resnet-18/10", "vgg19-bn/10", Vectors })
        {
            string[] names = [.. ParameterTensor.Of(Architecture.Parse(net)).Select(tensor => tensor.Name)];
            Assert.Equal(names.Length, names.Distinct().Count());
        }

        Assert.Equal(
            ["dense1/weights", "dense1/biases", "dense2/weights", "dense2/biases", "dense2/gate-weights", "dense2/gate-biases", "fc/weights", "fc/biases"],
            ParameterTensor.Of(Architecture.Parse(Vectors)).Select(tensor => tensor.Name));
        Assert.Equal(["conv1/filters", "conv1/biases", "bn1/gain", "bn1/offset"], ParameterTensor.Of(Architecture.Parse(Images)).Take(4).Select(tensor => tensor.Name));
    }
}

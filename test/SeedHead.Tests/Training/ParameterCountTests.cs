using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Tests.Training;

/// <summary>Numbers of parameters as Rosenfeld and Tsotsos (2018) count them in the result notebooks of their published code.</summary>
public class ParameterCountTests
{
    [Theory]
    [InlineData("densenet-bc-100-12", 769_162, 23_988, 3_430)]
    [InlineData("wrn-28-10", 36_479_194, 17_952, 6_410)]
    [InlineData("wrn-28-4", 5_849_050, 7_200, 2_570)]
    [InlineData("vgg19-bn", 20_040_522, 11_008, 5_130)]
    [InlineData("alexnet-cifar", 2_472_266, 0, 2_570)]
    [InlineData("resnet-18", 11_173_962, 9_600, 5_130)] // the count of the ResNet-18 for small images that is commonly used
    [InlineData("lenet", 44_426, 0, 850)] // Li et al. 2018, MNIST
    public void All_parameters_of_the_named_networks(string preset, long total, long norms, long classifier)
    {
        var tensors = ParameterTensor.Of(Architecture.Parse(preset + "/10"));
        Assert.Equal(total, tensors.Sum(tensor => tensor.Count));
        Assert.Equal(norms, tensors.Where(tensor => tensor.Kind is ParameterKind.Gain or ParameterKind.Offset).Sum(tensor => tensor.Count));
        Assert.Equal(classifier, tensors.Where(tensor => tensor.Layer == "fc").Sum(tensor => tensor.Count));
    }

    [Fact]
    public void Lenet_on_larger_images_has_the_published_count() =>
        Assert.Equal(62_006, ParameterTensor.Of(Architecture.Parse("lenet", new(32, 32, 3), 10)).Sum(tensor => tensor.Count)); // Li et al. 2018, CIFAR-10

    [Theory]
    [InlineData("densenet-bc-100-12", "0.07", 58_453)]
    [InlineData("densenet-bc-100-12", "0.1", 90_196)]
    [InlineData("densenet-bc-100-12", "0.4", 305_701)]
    [InlineData("densenet-bc-100-12", "0.7", 532_894)]
    [InlineData("densenet-bc-100-12", "1", 57_529)]
    [InlineData("densenet-bc-100-12", "5", 177_973)]
    [InlineData("densenet-bc-100-12", "10", 328_528)]
    [InlineData("wrn-28-10", "0.07", 2_530_629)]
    [InlineData("wrn-28-10", "0.1", 3_669_829)]
    [InlineData("wrn-28-10", "0.4", 14_606_284)]
    [InlineData("wrn-28-10", "0.7", 25_542_739)]
    [InlineData("wrn-28-10", "1", 99_909)]
    [InlineData("wrn-28-10", "5", 402_097)]
    [InlineData("wrn-28-10", "10", 779_832)]
    [InlineData("wrn-28-4", "0.07", 392_133)]
    [InlineData("wrn-28-4", "0.1", 574_597)]
    [InlineData("wrn-28-4", "0.4", 2_334_252)]
    [InlineData("wrn-28-4", "0.7", 4_085_203)]
    [InlineData("wrn-28-4", "1", 40_101)]
    [InlineData("wrn-28-4", "5", 161_425)]
    [InlineData("wrn-28-4", "10", 313_080)]
    [InlineData("vgg19-bn", "0.07", 1_379_434)]
    [InlineData("vgg19-bn", "0.1", 2_005_196)]
    [InlineData("vgg19-bn", "0.4", 7_994_301)]
    [InlineData("vgg19-bn", "0.7", 14_016_244)]
    [InlineData("vgg19-bn", "1", 61_109)]
    [InlineData("vgg19-bn", "5", 240_993)]
    [InlineData("vgg19-bn", "10", 465_848)]
    [InlineData("alexnet-cifar", "0.07", 167_747)]
    [InlineData("alexnet-cifar", "0.1", 244_925)]
    [InlineData("alexnet-cifar", "0.4", 985_607)]
    [InlineData("alexnet-cifar", "0.7", 1_727_890)]
    [InlineData("alexnet-cifar", "1", 12_026)]
    [InlineData("alexnet-cifar", "5", 49_850)]
    [InlineData("alexnet-cifar", "10", 97_130)]
    public void Learned_filters_norms_and_classifier(string preset, string filters, long learned)
    {
        Assert.Equal(learned, Learned(preset + "/10", $"filters:{filters}+bn+fc"));
        int inputs = ParameterTensor.Of(Architecture.Parse(preset + "/10")).Last(tensor => tensor.Kind == ParameterKind.Dense).Inputs;
        Assert.Equal(learned + (90 * (inputs + 1)), Learned(preset + "/100", $"filters:{filters}+bn+fc"));
    }

    [Theory]
    [InlineData("0.1", 829_027)]
    [InlineData("0.4", 2_588_682)]
    [InlineData("0.7", 4_339_633)]
    [InlineData("all", 6_103_480)]
    public void A_thousand_classes(string filters, long learned) => Assert.Equal(learned, Learned("wrn-28-4/1000", $"filters:{filters}+bn+fc"));

    [Theory] // along other axes than filters at least one place is learned
    [InlineData("0.1", "out", 90_196)]
    [InlineData("0.1", "in", 96_610)]
    [InlineData("0.4", "in", 322_090)]
    [InlineData("0.7", "in", 542_554)] // published: 542,410, because ⌊0.7·C⌋ was taken without rounding slack: one input less in three convolutions of 48 filters
    [InlineData("1", "in", 35_380)]
    [InlineData("5", "in", 66_796)]
    [InlineData("0.1", "rows", 602_842)]
    [InlineData("0.1", "cols", 602_842)]
    public void Other_axes_of_a_densely_connected_network(string share, string axis, long learned) =>
        Assert.Equal(learned, Learned("densenet-bc-100-12/10", $"filters:{share}@{axis}+bn+fc"));

    [Theory]
    [InlineData("densenet-bc-100-12/10", "layer:conv1+bn", 24_636)]
    [InlineData("densenet-bc-100-12/10", "layer:block1+bn", 194_484)]
    [InlineData("densenet-bc-100-12/10", "layer:block2+bn", 258_996)]
    [InlineData("densenet-bc-100-12/10", "layer:block3+bn", 291_252)]
    [InlineData("densenet-bc-100-12/10", "fc+bn", 27_418)]
    [InlineData("wrn-28-4/10", "layer:conv1+bn", 7_632)]
    [InlineData("wrn-28-4/10", "layer:block1+bn", 275_488)]
    [InlineData("wrn-28-4/10", "layer:block2+bn", 1_121_312)]
    [InlineData("wrn-28-4/10", "layer:block3+bn", 4_463_648)]
    [InlineData("wrn-28-4/10", "fc+bn", 9_770)]
    [InlineData("wrn-28-4/10", "bn", 7_200)]
    public void One_part_and_the_norms(string net, string part, long learned) => Assert.Equal(learned, Learned(net, part));

    [Fact]
    public void The_narrow_convolutions_of_a_densely_connected_network_learn_nothing_below_one_twelfth_and_this_is_said()
    {
        var tensors = ParameterTensor.Of(Architecture.Parse("densenet-bc-100-12/10"));
        int Empty(string part) => LearnedPart.Parse(part).Of(tensors).Selections.Where((selection, i) => tensors[i].Kind == ParameterKind.Filters && selection.Count(tensors[i]) == 0).Count();
        Assert.Equal(48, Empty("filters:0.08+bn+fc")); // ⌊0.08·12⌋ = 0
        Assert.Equal(0, Empty("filters:0.09+bn+fc")); // ⌊0.09·12⌋ = 1
        Assert.Contains("no filter is learned in 48 convolutions", Assert.Single(LearnedPart.Parse("filters:0.08+bn+fc").Of(tensors).Notes), StringComparison.Ordinal);
        Assert.Empty(LearnedPart.Parse("filters:0.09+bn+fc").Of(tensors).Notes);
    }

    [Fact]
    public void What_a_union_learns_is_counted_once()
    {
        var tensors = ParameterTensor.Of(Architecture.Parse("8x8x3-conv4@3b-bn-relu-flatten-3"));
        long total = tensors.Sum(tensor => tensor.Count);
        Assert.Equal((27 * 4) + 4 + 8 + (256 * 3) + 3, total);
        Assert.Equal(total, Learned("8x8x3-conv4@3b-bn-relu-flatten-3", "all+fc+bn+filters:2"));
        Assert.Equal((4 * 27) - (3 * 2 * 9) + 1, Learned("8x8x3-conv4@3b-bn-relu-flatten-3", "filters:1+filters:1@in")); // all but 3 filters × 2 channels, and a bias
    }

    private static long Learned(string net, string part)
    {
        var tensors = ParameterTensor.Of(Architecture.Parse(net));
        return LearnedPart.Parse(part).Of(tensors).LearnedCount(tensors);
    }
}

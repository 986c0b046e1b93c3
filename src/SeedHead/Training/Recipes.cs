namespace SeedHead.Training;

/// <summary>Ways to train that have a name: those of Rosenfeld &amp; Tsotsos (2018) and of their neighbours.</summary>
/// <remarks>All: stochastic gradient descent, momentum 0.9, rate 0.1, images moved by up to 4 pixels and mirrored. "NAME-short" is the same for 10 epochs at a constant rate.</remarks>
internal static class Recipes
{
    private const string Short = "-short";

    private static readonly TrainOptions Common = new()
    {
        Rate = 0.1, Momentum = 0.9, Batch = 128, WeightDecay = 1e-4, Schedule = RateSchedule.Steps, Factor = 0.1, Augmentation = new(4, Mirror: true),
    };

    private static readonly Dictionary<string, TrainOptions> All = new(StringComparer.Ordinal)
    {
        ["wrn"] = Common with { Epochs = 200, WeightDecay = 5e-4, Drops = [60, 120, 160], Factor = 0.2 },
        ["densenet-bc"] = Common with { Epochs = 300, Batch = 64, Drops = [150, 225] },
        ["vgg19-bn"] = Common with { Epochs = 164, Drops = [81, 122] },
        ["alexnet-cifar"] = Common with { Epochs = 164, Drops = [81, 122] },
        ["imagenet-small"] = Common with { Epochs = 80, Drops = [41, 71] },
        ["bn-only"] = Common with { Epochs = 160, Drops = [80, 120] },
    };

    /// <summary>The names.</summary>
    public static IEnumerable<string> Names => All.Keys;

    /// <summary>The recipe of a name.</summary>
    /// <exception cref="FormatException">There is none: lists the names.</exception>
    public static TrainOptions Parse(string name)
    {
        bool isShort = name.EndsWith(Short, StringComparison.Ordinal);
        return All.TryGetValue(isShort ? name[..^Short.Length] : name, out TrainOptions? recipe)
            ? isShort ? recipe with { Epochs = 10, Schedule = RateSchedule.Constant, Drops = [] } : recipe
            : throw new FormatException($"There is no recipe \"{name}\". Give one of {string.Join(", ", Names)}, with -short behind it for 10 epochs at a constant rate.");
    }
}

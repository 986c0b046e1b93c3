using SeedHead.Data;
using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>What is trained when nothing is said.</summary>
internal static class TrainDefaults
{
    /// <summary>A tenth of the filters, all batch norms, the output layer.</summary>
    public const string Learn = "filters:0.1+bn+fc";

    /// <summary>Steps without a recipe. Measured on Fashion-MNIST in docs/training.md.</summary>
    public static TrainOptions Adam { get; } = new() { Optimiser = OptimiserKind.Adam, Rate = 0.003, WeightDecay = 0 };

    /// <summary>The same by stochastic gradient descent.</summary>
    public static TrainOptions Sgd { get; } = new() { Optimiser = OptimiserKind.Sgd, Rate = 0.02, WeightDecay = 5e-4 };

    private const int Blocks = 3, LeastSide = 4, Filters = 32;

    /// <summary>Images: up to three blocks of convolution, norm, ReLU and pooling, of 32, 64, 128 filters; tables: two hidden layers of 256.</summary>
    /// <param name="images">The shape of the images, or null.</param>
    /// <param name="columns">d, preprocessed numbers a row.</param>
    /// <param name="outputs">K.</param>
    public static Architecture Net(ImageShape? images, int columns, int outputs)
    {
        if (images is not { } shape)
        {
            return Architecture.Parse($"{columns}-256-relu-256-relu-{outputs}");
        }

        var text = new System.Text.StringBuilder(shape.ToString());
        for (int block = 0, side = Math.Min(shape.Height, shape.Width); block < Blocks && side >= LeastSide; block++, side /= 2)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"-conv{Filters << block}@3-bn-relu-maxpool2");
        }

        return Architecture.Parse(text.Append(System.Globalization.CultureInfo.InvariantCulture, $"-flatten-{outputs}").ToString());
    }
}

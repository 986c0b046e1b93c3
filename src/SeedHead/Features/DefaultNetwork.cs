using SeedHead.Networks;

namespace SeedHead.Features;

/// <summary>What stands behind "hidden" and "outputs" where the user named no network, prior, or scale.</summary>
internal static class DefaultNetwork
{
    /// <summary>One hidden layer; the width of the features replaces its width.</summary>
    public static Architecture Hidden(int inputs) => [Layer.Input(inputs), Layer.Dense(1), Activation.Parse("relu")];

    /// <summary>One hidden layer of 64 units and one output.</summary>
    public static Architecture Outputs(int inputs) => [Layer.Input(inputs), Layer.Dense(64), Activation.Parse("relu"), Layer.Dense(1)];

    /// <summary>The default weights of the first activation, and normal biases of variance 1, so that functions need not be homogeneous.</summary>
    public static WeightPrior Prior(Architecture net)
    {
        Activation? first = net.Layers.OfType<ActivationLayer>().FirstOrDefault()?.Activation;
        return WeightPrior.Parse($"{WeightPrior.DefaultFor(first)}+bias-normal:1");
    }

    /// <summary>√(2d)/(m·bandwidth), m the median distance of training rows.</summary>
    public static double InputScale(FeatureOptions options, IInputRows rows, ulong seed) =>
        Math.Sqrt(2.0 * rows.Columns) / (MedianDistance.Of(rows, seed) * options.Bandwidth);

    /// <exception cref="ArgumentException">The network reads another number of columns.</exception>
    public static void RequireInputs(Architecture net, IInputRows rows)
    {
        if (net.InputCount != rows.Columns)
        {
            throw new ArgumentException(
                $"{net} reads {net.InputCount} numbers but the preprocessed inputs have {rows.Columns} columns. Write {rows.Columns} at its beginning.");
        }
    }
}

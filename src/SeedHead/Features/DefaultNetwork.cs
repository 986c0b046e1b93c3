using SeedHead.Networks;

namespace SeedHead.Features;

/// <summary>What stands behind "hidden" and "outputs" where the user named no network or prior, and the scale of their inputs.</summary>
/// <remarks>
/// Images: ReLU without biases. Tables: a bounded activation, so that a value far outside of the training rows cannot throw a prediction far off,
/// with biases, so that functions need not be odd or homogeneous. Measurements: <c>docs/math/features.md</c>.
/// </remarks>
internal static class DefaultNetwork
{
    /// <summary>Activations and priors to choose from for tables, the one to take unseen first.</summary>
    public static IReadOnlyList<(string Activation, string Prior)> ForTables { get; } =
    [
        ("erf", "lecun-normal+bias-normal:1"),
        ("cos", "lecun-normal:0.70710678+bias-uniform:3.14159265"), // at bandwidth 1 the Gaussian kernel whose scale is the median distance
    ];

    /// <summary>A network of one hidden layer of that activation; the features replace its width.</summary>
    public static Architecture Hidden(int inputs, string activation) => [Layer.Input(inputs), Layer.Dense(1), Activation.Parse(activation)];

    /// <summary>The network and the prior to use: those asked for, where missing the default for the data.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="outputs">Whether the network needs an output layer behind its 64 hidden units.</param>
    /// <exception cref="ArgumentException">The network reads another number of columns.</exception>
    public static (Architecture Net, WeightPrior Prior) For(FeatureOptions options, IInputRows rows, bool outputs)
    {
        bool table = rows.Shape is null && options.Net is null && options.Prior is null;
        string activation = table ? ForTables[0].Activation : "relu";
        Architecture net = options.Net?.ReadingNumbers("features are made by")
            ?? (outputs ? [Layer.Input(rows.Columns), Layer.Dense(64), Activation.Parse(activation), Layer.Dense(1)] : Hidden(rows.Columns, activation));
        if (net.InputCount != rows.Columns)
        {
            throw new ArgumentException(
                $"{net} reads {net.InputCount} numbers but the preprocessed inputs have {rows.Columns} columns. Write {rows.Columns} at its beginning.");
        }

        return (net, options.Prior ?? (table ? WeightPrior.Parse(ForTables[0].Prior) : WeightPrior.DefaultFor(net.FirstActivation)));
    }

    /// <summary>√(2d)/(m·bandwidth), m the median distance of training rows.</summary>
    public static double InputScale(FeatureOptions options, IInputRows rows, ulong seed) =>
        Math.Sqrt(2.0 * rows.Columns) / (MedianDistance.Of(rows, seed) * (options.Bandwidth ?? 1));
}

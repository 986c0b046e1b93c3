using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>The priors of a network: one for all layers, or another for the output layer. A value with a text form: "he-fan-out", "he-fan-out,fc=uniform-fan-in".</summary>
/// <param name="Layers">The prior of all layers that have no other.</param>
/// <param name="Output">The prior of the output layer, or null for that of the others.</param>
internal sealed record Initialisation(WeightPrior Layers, WeightPrior? Output = null)
{
    private const string Separator = "," + ParameterTensor.Classifier + "=";

    /// <summary>The same prior everywhere.</summary>
    public static implicit operator Initialisation(WeightPrior prior) => new(prior);

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">Not one or two priors.</exception>
    public static Initialisation Parse(string text)
    {
        string[] parts = text.Split(Separator);
        return parts.Length <= 2
            ? new(WeightPrior.Parse(parts[0]), parts.Length == 2 ? WeightPrior.Parse(parts[1]) : null)
            : throw new FormatException($"\"{text}\" gives the output layer's prior twice. Write prior{Separator}prior.");
    }

    /// <summary>
    /// What the experiments of Rosenfeld &amp; Tsotsos (2018) on CIFAR started from with part of the filters learned: he-fan-out for densely connected networks,
    /// ±1/√n with biases alike elsewhere; the output layer ±1/√n, of wide residual networks without biases, of VGG-19 normal with deviation 0.01.
    /// </summary>
    /// <param name="preset">The network's name, such as "wrn-28-4"; null for the law of other networks.</param>
    public static Initialisation Published(string? preset) => Parse(preset?.Split('-')[0] switch
    {
        "densenet" => $"he-fan-out{Separator}uniform-fan-in",
        "wrn" => $"uniform-fan-in{Separator}lecun-uniform:{OneThird}",
        "vgg19" => $"uniform-fan-in{Separator}lecun-normal:{Hundredth}",
        _ => "uniform-fan-in",
    });

    private const string OneThird = "0.5773502691896258"; // √⅓: lecun-uniform has variance 1/n, ±1/√n a third of it
    private const string Hundredth = "0.22627416997969523"; // 0.01·√512, as 512 numbers go in

    /// <summary>The prior of a tensor.</summary>
    public WeightPrior Of(ParameterTensor tensor) => tensor.Layer == ParameterTensor.Classifier ? Output ?? Layers : Layers;

    /// <inheritdoc/>
    public override string ToString() => Output is null ? $"{Layers}" : $"{Layers}{Separator}{Output}";
}

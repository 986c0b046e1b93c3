using System.Globalization;
using SeedHead.Networks;

namespace SeedHead.Explorer.Work;

/// <summary>What the controls of the page say: one network with two inputs and one output. Immutable; equal when all controls are.</summary>
/// <param name="Activation">Its text form.</param>
/// <param name="Depth">Hidden layers; with residuals and gates together, the residual blocks behind the first layer.</param>
/// <param name="Width">Numbers of a hidden layer.</param>
/// <param name="Scale">What the prior's scale is multiplied by.</param>
/// <param name="Residual">Whether activations are added to what they read.</param>
/// <param name="Norm">Whether a layer norm stands before activations.</param>
/// <param name="Gating">Whether layers are gated.</param>
/// <param name="Prior">The name of the law of the weights.</param>
/// <param name="Seed">The seed.</param>
internal sealed record NetworkState(
    string Activation, int Depth, int Width, double Scale, bool Residual, bool Norm, bool Gating, string Prior, ulong Seed)
{
    public const int MostDepth = 8, MostWidth = 256;

    public const double LeastScale = 0.1, MostScale = 100;

    public static NetworkState Usual { get; } = new("tanh", 4, 64, 5.18, false, false, false, "flat", 42);

    /// <summary>The activations offered.</summary>
    public static IReadOnlyList<string> Activations { get; } =
        [.. Networks.Activation.Names.Select(name => name == "leaky" ? "leaky0.1" : name).Order(StringComparer.Ordinal)];

    /// <summary>The state of named values; what is not named is as usual.</summary>
    /// <exception cref="RefusedException">A value out of range, or no value at all.</exception>
    public static NetworkState Read(Asked asked) => new(
        asked.OneOf("activation", Activations, Usual.Activation),
        asked.Whole("depth", 1, MostDepth, Usual.Depth),
        asked.Whole("width", 1, MostWidth, Usual.Width),
        asked.Number("scale", LeastScale, MostScale, Usual.Scale),
        asked.Flag("residual"),
        asked.Flag("norm"),
        asked.Flag("gating"),
        asked.OneOf("prior", WeightPrior.Names, Usual.Prior),
        asked.Seed("seed", Usual.Seed));

    /// <summary>The network's text form with its hidden layers as one block, as `seedhead complexity --net` takes it.</summary>
    public string Net
    {
        get
        {
            string norm = Norm ? "ln-" : "";
            return (Residual, Gating) switch
            {
                (true, true) => $"2-{Width}-{Depth}*(res(gated({Width}-{norm}{Activation})))-1",
                (true, false) => $"2-{Depth}*({Width}-{norm}res({Activation}))-1",
                (false, true) => $"2-{Depth}*(gated({Width}-{norm}{Activation}))-1",
                _ => $"2-{Depth}*({Width}-{norm}{Activation})-1",
            };
        }
    }

    /// <summary>The law of the weights.</summary>
    public WeightPrior Law => WeightPrior.Parse(Prior).Scaled(Scale);

    /// <summary>The command that finds the same numbers.</summary>
    public string Command(IEnumerable<string> measures, int side) => string.Create(
        CultureInfo.InvariantCulture,
        $"seedhead complexity --net '{Net}' --prior {Prior} --scales {Scale} --networks 1 --grid {side} --seed {Seed} --measures {string.Join(',', measures)}");
}

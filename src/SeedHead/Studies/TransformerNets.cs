using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>A network of tokens with other blocks, another activation or other scales of its norms.</summary>
internal static class TransformerNets
{
    /// <summary>The network so changed.</summary>
    /// <param name="net">Reads tokens, e.g. gpt2-2-4-128/512.</param>
    /// <param name="blocks">Repeats of its one n*( … ) block; null: as written.</param>
    /// <param name="activation">What stands for every activation; null: as written.</param>
    /// <param name="normScale">What the outputs of layer norms inside of residuals are multiplied by; the last norm is none of them.</param>
    /// <exception cref="ArgumentException">It reads no tokens, or has not one block to repeat.</exception>
    public static Architecture Of(Architecture net, int? blocks = null, Activation? activation = null, double normScale = 1)
    {
        if (net.InputTokens is null)
        {
            throw new ArgumentException($"{net} reads no tokens. Give a network such as gpt2-2-4-128/512.");
        }

        if (blocks is not null && net.Parts.Count(part => part is RepeatLayer) != 1)
        {
            throw new ArgumentException($"--depths sets the repeat of one block, but {net} has {net.Parts.Count(part => part is RepeatLayer)}. Write it as in gpt2-1-4-128/512.");
        }

        IEnumerable<Layer> parts = net.Parts.Select(part => part is RepeatLayer repeat && blocks is { } count ? Layer.Repeat(count, repeat.Parts) : part);
        return Architecture.Create([net.First(), .. parts.SelectMany(part => Changed(part, activation, normScale, inside: false))]);
    }

    private static IEnumerable<Layer> Changed(Layer layer, Activation? activation, double normScale, bool inside)
    {
        Layer[] All(IReadOnlyList<Layer> parts, bool inResidual) => [.. parts.SelectMany(part => Changed(part, activation, normScale, inResidual))];
        return layer switch
        {
            ActivationLayer when activation is not null => [Layer.FromActivation(activation)],
            LayerNormLayer when inside && normScale != 1 => [layer, Layer.Scale(normScale)],
            RepeatLayer repeat => [Layer.Repeat(repeat.Count, All(repeat.Parts, inside))],
            ResidualLayer residual => [Layer.Residual(All(residual.Parts, true), All(residual.Shortcut, true))],
            _ => [layer],
        };
    }
}

namespace SeedHead.Networks;

/// <summary>How many numbers pass between the layers.</summary>
internal static class Widths
{
    /// <summary>The layers in the order they run, repeats written out; residuals stay one layer.</summary>
    public static IEnumerable<Layer> WrittenOut(IReadOnlyList<Layer> parts) => parts.SelectMany(part => part is RepeatLayer repeat
        ? Enumerable.Range(0, repeat.Count).SelectMany(_ => WrittenOut(repeat.Parts))
        : [part]);

    /// <summary>Numbers behind these parts when <paramref name="width"/> come in.</summary>
    /// <exception cref="WidthException">A residual adds unequal widths.</exception>
    public static int After(IReadOnlyList<Layer> parts, int width)
    {
        foreach (Layer part in WrittenOut(parts))
        {
            width = After(part, width);
        }

        return width;
    }

    /// <summary>Whether a layer draws random numbers.</summary>
    public static bool HasWeights(Layer layer) => layer switch
    {
        DenseLayer or GatedLayer => true,
        RepeatLayer repeat => repeat.Parts.Any(HasWeights),
        ResidualLayer residual => residual.Parts.Any(HasWeights) || residual.Shortcut.Any(HasWeights),
        _ => false,
    };

    private static int After(Layer part, int width)
    {
        switch (part)
        {
            case DenseLayer dense:
                return dense.Width;
            case GatedLayer gated:
                return gated.Width;
            case ResidualLayer residual:
                int added = After(residual.Parts, width), kept = After(residual.Shortcut, width);
                return added == kept ? added : throw new WidthException(residual, added, kept);
            default:
                return width;
        }
    }
}

/// <summary>A residual adds unequal widths.</summary>
internal sealed class WidthException(ResidualLayer residual, int added, int kept) : ArgumentException(
    $"{residual} adds {added} numbers to {kept}. Let its branch end in {kept}"
    + (residual.Shortcut.Count > 0 ? $", or its shortcut in {added}." : $", or give it a shortcut: res({string.Join('-', residual.Parts)}|{added})."))
{
    public ResidualLayer Residual { get; } = residual;
}

using SeedHead.Data;

namespace SeedHead.Networks;

/// <summary>What passes between two layers: so many numbers, which may be an image.</summary>
/// <param name="Count">Numbers.</param>
/// <param name="Shape">Their image shape, or null for a plain vector.</param>
internal readonly record struct Extent(int Count, ImageShape? Shape)
{
    /// <summary>What was read where there are such numbers for every position of a sequence of tokens; else null.</summary>
    public TokenShape? Tokens { get; init; }

    /// <summary>Whether these are the tokens themselves, which only an embedding reads.</summary>
    public bool AreIds { get; init; }

    /// <summary>The layers in the order they run, repeats written out; residuals and concatenations stay one layer.</summary>
    public static IEnumerable<Layer> WrittenOut(IReadOnlyList<Layer> parts) => parts.SelectMany(part => part is RepeatLayer repeat
        ? Enumerable.Range(0, repeat.Count).SelectMany(_ => WrittenOut(repeat.Parts))
        : [part]);

    /// <summary>What is behind these parts.</summary>
    /// <exception cref="ShapeException">A layer cannot read what comes in.</exception>
    public static Extent After(IReadOnlyList<Layer> parts, Extent input)
    {
        foreach (Layer part in WrittenOut(parts))
        {
            input = !input.AreIds || part is EmbeddingLayer
                ? part.After(input)
                : throw new ShapeException(part, $"{part}: reads numbers, but {input} come in. Put an embedding first, such as embed128.");
        }

        return input;
    }

    /// <summary>A result's image; no more than 2³¹ − 1 numbers.</summary>
    public static Extent Of(Layer layer, int height, int width, double channels)
    {
        Extent count = Of(layer, height * (double)width * channels);
        return count with { Shape = new(height, width, (int)channels) };
    }

    /// <summary>A result's plain vector; no more than 2³¹ − 1 numbers.</summary>
    public static Extent Of(Layer layer, double count) => count <= int.MaxValue
        ? new((int)count, null)
        : throw new ShapeException(layer, $"{layer}: {count:0} numbers would come out. At most {int.MaxValue} are allowed.");

    /// <summary>So many numbers, no image, where these are: for every position of a sequence, if there is one.</summary>
    public Extent Vector(int count) => this with { Count = count, Shape = null };

    /// <summary>The shape, or the count.</summary>
    public override string ToString() =>
        AreIds ? $"tokens ({Tokens})" : Shape is { } image ? $"an image of {image}" : $"{Count} numbers{(Tokens is null ? "" : " a token")}";
}

/// <summary>A layer cannot read what comes in.</summary>
internal sealed class ShapeException(Layer layer, string message) : ArgumentException(message)
{
    public Layer Layer { get; } = layer;
}

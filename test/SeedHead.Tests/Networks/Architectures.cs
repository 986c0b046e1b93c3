using SeedHead.Networks;

namespace SeedHead.Tests.Networks;

/// <summary>Random architectures of all kinds of layers.</summary>
internal static class Architectures
{
    private static readonly int[] Widths = [1, 2, 3, 7, 13, 16, 17, 31, 48, 61];

    /// <summary>An architecture of up to <paramref name="most"/> parts, each of which may hold more.</summary>
    public static Architecture Random(Draw draw, int most)
    {
        int inputs = draw.Of(1, 2, 3, 5, 17);
        int width = inputs;
        return Architecture.Create([Layer.Input(inputs), .. Parts(draw, most, 2, ref width)]);
    }

    private static Layer[] Parts(Draw draw, int most, int nesting, ref int width)
    {
        var parts = new Layer[draw.Int(1, most)];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = Part(draw, nesting, ref width);
        }

        return parts;
    }

    private static Layer Part(Draw draw, int nesting, ref int width)
    {
        switch (draw.Int(0, nesting > 0 ? 7 : 5))
        {
            case 0 or 1:
                return Layer.Dense(width = draw.Of(Widths));
            case 2:
                return Layer.Gated(width = draw.Of(Widths), [.. Enumerable.Range(0, draw.Int(0, 3)).Select(_ => Weightless(draw))]);
            case 6:
                return Residual(draw, nesting - 1, ref width);
            case 7:
                int same = width;
                return Layer.Repeat(draw.Int(1, 3), [.. Parts(draw, 2, 0, ref width), Layer.Dense(width = same)]);
            default:
                return Weightless(draw);
        }
    }

    private static Layer Weightless(Draw draw) => draw.Int(0, 4) switch
    {
        0 => Layer.Norm(),
        1 => Layer.Scale(draw.Of(0.5, 1.5, 3)),
        _ => Layer.FromActivation(Activation.Parse(draw.Of("relu", "tanh", "sin", "gaussian", "gelu", "silu", "leaky0.1", "abs"))),
    };

    private static Layer Residual(Draw draw, int nesting, ref int width)
    {
        int kept = width;
        if (draw.Bool())
        {
            return Layer.Residual(Layer.FromActivation(Activation.Parse(draw.Of("tanh", "relu"))));
        }

        Layer[] branch = Parts(draw, 2, nesting, ref width);
        if (width == kept && draw.Bool())
        {
            return Layer.Residual(branch);
        }

        if (draw.Bool())
        {
            Layer[] back = [.. branch, Layer.Dense(kept)];
            width = kept;
            return Layer.Residual(back);
        }

        Layer[] shortcut = [Weightless(draw), Layer.Dense(width)];
        return Layer.Residual(branch, shortcut);
    }
}

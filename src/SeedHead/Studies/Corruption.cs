using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Random;

namespace SeedHead.Studies;

/// <summary>Spoils images in a stated way, the same for the same seed and image number.</summary>
/// <param name="Name">noise: every value + Level·(full brightness)·normal, cut to what a pixel can hold. blur: Gaussian of Level pixels. occlusion: a square of
/// half brightness, whose side is Level·height, at a random place. none: nothing.</param>
/// <param name="Level">How strong.</param>
internal readonly record struct Corruption(string Name, double Level)
{
    private const int NoisePurpose = 410; // of Order
    private const int PlacePurpose = 411;

    /// <summary>Those that robustness is measured by, mild to strong.</summary>
    public static IReadOnlyList<Corruption> All { get; } =
    [
        new("none", 0), new("noise", 0.1), new("noise", 0.2), new("noise", 0.3), new("blur", 0.75), new("blur", 1.5), new("occlusion", 0.3), new("occlusion", 0.5),
    ];

    /// <summary>The images, spoiled.</summary>
    public Images Of(Images images, ulong seed)
    {
        ImageShape shape = images.Shape;
        var pixels = new byte[images.Count * shape.Size];
        double[]? weights = Name == "blur" ? Weights(Level) : null;
        for (int image = 0; image < images.Count; image++)
        {
            Span<byte> to = pixels.AsSpan(image * shape.Size, shape.Size);
            images[image].CopyTo(to);
            switch (Name)
            {
                case "noise":
                    AddNoise(to, images.Maximum, Order.Key(seed, NoisePurpose, image));
                    break;
                case "blur":
                    Blur(to, shape, weights!);
                    break;
                case "occlusion":
                    Occlude(to, shape, images.Maximum, Order.Key(seed, PlacePurpose, image));
                    break;
            }
        }

        return new Images(pixels, shape) { Maximum = images.Maximum };
    }

    private void AddNoise(Span<byte> pixels, byte maximum, ulong key)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            double uniform = ((Order.Key(key, NoisePurpose, i) >> 11) + 0.5) / (1L << 53);
            pixels[i] = Rounded(pixels[i] + (Level * maximum * Elementary.NormalQuantile(uniform)), maximum);
        }
    }

    private void Occlude(Span<byte> pixels, ImageShape shape, byte maximum, ulong key)
    {
        int side = Math.Max(1, (int)(Level * shape.Height));
        int top = (int)((uint)key % (uint)(shape.Height - side + 1)), left = (int)((uint)(key >> 32) % (uint)(shape.Width - side + 1));
        for (int row = top; row < top + side; row++)
        {
            pixels.Slice(((row * shape.Width) + left) * shape.Channels, side * shape.Channels).Fill((byte)(maximum / 2));
        }
    }

    // Along rows, then along columns; weights of places outside of the image are left out and the others scaled to sum 1.
    private static void Blur(Span<byte> pixels, ImageShape shape, double[] weights)
    {
        var between = new double[shape.Size];
        int stride = shape.Width * shape.Channels;
        for (int i = 0; i < shape.Size; i++)
        {
            int column = i / shape.Channels % shape.Width;
            between[i] = Weighted(pixels, weights, i, column, shape.Width, shape.Channels);
        }

        var result = new double[shape.Size];
        for (int i = 0; i < shape.Size; i++)
        {
            result[i] = Weighted(between, weights, i, i / stride, shape.Height, stride);
        }

        for (int i = 0; i < shape.Size; i++)
        {
            pixels[i] = Rounded(result[i], byte.MaxValue);
        }
    }

    private static double Weighted<T>(ReadOnlySpan<T> values, double[] weights, int at, int place, int count, int step)
        where T : struct, System.Numerics.INumberBase<T>
    {
        double sum = 0, weight = 0;
        for (int offset = -(weights.Length - 1); offset < weights.Length; offset++)
        {
            if (place + offset >= 0 && place + offset < count)
            {
                double w = weights[Math.Abs(offset)];
                sum += w * double.CreateChecked(values[at + (offset * step)]);
                weight += w;
            }
        }

        return sum / weight;
    }

    // exp(−k²/2σ²) for k = 0 … ⌈3σ⌉.
    private static double[] Weights(double sigma) =>
        [.. Enumerable.Range(0, (int)Math.Ceiling(3 * sigma) + 1).Select(k => Elementary.Exp(-(k * k) / (2 * sigma * sigma)))];

    private static byte Rounded(double value, byte maximum) => (byte)Math.Clamp(Math.Round(value), 0, maximum);
}

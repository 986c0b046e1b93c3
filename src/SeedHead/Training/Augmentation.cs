using SeedHead.Data;
using SeedHead.Random;

namespace SeedHead.Training;

/// <summary>What happens to an image before it is learned from: moved by up to so many pixels, black where nothing is left of it, and mirrored.</summary>
/// <param name="Shift">P: every image moves by a whole number of pixels in [−P, P] along both axes, each equally likely; the same as padding by P and cutting.</param>
/// <param name="Mirror">Whether left and right change places in half of the cases.</param>
/// <remarks>A function of (seed, epoch, row) alone: neither batches nor threads nor a stop in between change it.</remarks>
internal readonly record struct Augmentation(int Shift, bool Mirror)
{
    private const int EpochPurpose = 403; // of Order.Key
    private const int RowPurpose = 404;

    /// <summary>Images as they are.</summary>
    public static Augmentation None => default;

    /// <summary>Reads "none", "shift4", "mirror" or "shift4+mirror".</summary>
    /// <exception cref="FormatException">Another text.</exception>
    public static Augmentation Parse(string text)
    {
        Augmentation all = None;
        foreach (string word in text == "none" ? [] : text.Split('+'))
        {
            all = word == "mirror" ? all with { Mirror = true }
                : word.StartsWith("shift", StringComparison.Ordinal) && int.TryParse(word.AsSpan(5), System.Globalization.NumberStyles.None, null, out int pixels) && pixels is >= 1 and <= 1000
                ? all with { Shift = pixels }
                : throw new FormatException($"\"{word}\" is no way to vary images. Give none, shift4, mirror or shift4+mirror.");
        }

        return all;
    }

    /// <summary>The text form.</summary>
    public override string ToString() => this == None ? "none" : string.Join('+', new[] { Shift > 0 ? $"shift{Shift}" : "", Mirror ? "mirror" : "" }.Where(word => word.Length > 0));

    /// <summary>Writes the image as it is seen in an epoch.</summary>
    /// <param name="seed">The seed of training.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="row">The number of the image among all.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="image">Its numbers, channels last.</param>
    /// <param name="black">What a black pixel is, a number a channel.</param>
    /// <param name="seen">Receives it.</param>
    public void Apply(ulong seed, int epoch, int row, ImageShape shape, ReadOnlySpan<float> image, ReadOnlySpan<float> black, Span<float> seen)
    {
        ulong key = Order.Key(Order.Key(seed, EpochPurpose, epoch), RowPurpose, row);
        int down = Move((uint)(key & 0xFFFFF)), right = Move((uint)((key >> 20) & 0xFFFFF)), channels = shape.Channels, line = shape.Width * channels;
        bool mirrored = Mirror && key >> 63 == 1;
        for (int y = 0; y < shape.Height; y++)
        {
            int from = y - down;
            for (int x = 0; x < shape.Width; x++)
            {
                int column = (mirrored ? shape.Width - 1 - x : x) - right;
                bool inside = (uint)from < (uint)shape.Height && (uint)column < (uint)shape.Width;
                (inside ? image.Slice((from * line) + (column * channels), channels) : black).CopyTo(seen[((y * line) + (x * channels))..]);
            }
        }
    }

    private int Move(uint word20) => (int)(((ulong)word20 * (uint)((2 * Shift) + 1)) >> 20) - Shift;
}

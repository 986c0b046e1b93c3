using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace SeedHead.Data;

/// <summary>Images: byte / maximum − training mean of the pixel.</summary>
internal sealed class ImagesPlan : InputPlan
{
    public const string Kind = "images";
    private readonly ImageShape shape;
    private readonly byte maximum;
    private readonly float[] mean;
    private readonly byte[] least;
    private readonly byte[] most;

    private ImagesPlan(ImageShape shape, byte maximum, float[] mean, byte[] least, byte[] most)
    {
        (this.shape, this.maximum, this.mean, this.least, this.most) = (shape, maximum, mean, least, most);
        Ranges = new (float, float)[mean.Length];
        for (int i = 0; i < mean.Length; i++)
        {
            Ranges[i] = (Brightness(least[i], maximum) - mean[i], Brightness(most[i], maximum) - mean[i]);
        }
    }

    public override int Columns => shape.Size;

    public override int RawColumns => shape.Size;

    public override ImageShape? Shape => shape;

    public override (float Low, float High)[] Ranges { get; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ImagesPlan Learn(Images train)
    {
        int size = train.Shape.Size;
        var sums = new long[size];
        var least = new byte[size];
        var most = new byte[size];
        Array.Fill(least, byte.MaxValue);
        for (int row = 0; row < train.Count; row++)
        {
            ReadOnlySpan<byte> image = train[row];
            for (int i = 0; i < sums.Length; i++)
            {
                byte value = image[i];
                sums[i] += value;
                least[i] = Math.Min(least[i], value);
                most[i] = Math.Max(most[i], value);
            }
        }

        double whole = (double)train.Count * train.Maximum;
        return new ImagesPlan(train.Shape, train.Maximum, Array.ConvertAll(sums, sum => (float)(sum / whole)), least, most);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(Inputs inputs, int first, int count, Span<float> destination)
    {
        Images images = Fitting(inputs);
        Span<float> brightness = stackalloc float[256];
        for (int value = 0; value < brightness.Length; value++)
        {
            brightness[value] = Brightness(value, images.Maximum);
        }

        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<byte> image = images[first + row];
            Span<float> written = destination.Slice(row * mean.Length, mean.Length);
            for (int i = 0; i < written.Length; i++)
            {
                written[i] = brightness[image[i]] - mean[i];
            }
        }
    }

    public override void ApplyRow(ReadOnlySpan<float> raw, Span<float> destination)
    {
        for (int i = 0; i < raw.Length; i++)
        {
            float value = raw[i];
            destination[i] = float.IsFinite(value)
                ? (value / maximum) - mean[i]
                : throw new DataException($"Pixel value {i} of the row is {value}. Give numbers from 0 to {maximum}.");
        }
    }

    public override IReadOnlyList<string> Check(Inputs inputs)
    {
        Fitting(inputs);
        return [];
    }

    public override JsonObject ToJson() => new()
    {
        ["kind"] = Kind,
        ["shape"] = new JsonArray(shape.Height, shape.Width, shape.Channels),
        ["maximum"] = (int)maximum,
        ["mean"] = ToBase64(mean),
        ["least"] = ToBase64(least),
        ["most"] = ToBase64(most),
    };

    public static ImagesPlan FromJson(JsonObject json)
    {
        int[] sizes = [.. json["shape"]!.AsArray().Select(size => (int)size!)];
        ImageShape shape = sizes is [int height, int width, int channels] ? new(height, width, channels) : throw new FormatException("a shape has three sizes");
        byte maximum = checked((byte)(int)json["maximum"]!);
        return new ImagesPlan(shape, maximum, FromBase64<float>(json["mean"], shape.Size), FromBase64<byte>(json["least"], shape.Size),
            FromBase64<byte>(json["most"], shape.Size));
    }

    private static float Brightness(int value, byte maximum) => (float)value / maximum;

    private Images Fitting(Inputs inputs) => inputs is Images images && images.Shape == shape ? images : throw OtherKind($"images of {shape}", inputs);
}

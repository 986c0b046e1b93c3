using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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

    public static ImagesPlan Learn(Images train)
    {
        const int rowsTogether = ushort.MaxValue / byte.MaxValue; // whose sums 16 bits hold
        int size = train.Shape.Size;
        var sums = new long[size];
        var some = new ushort[size];
        var least = new byte[size];
        var most = new byte[size];
        Array.Fill(least, byte.MaxValue);
        for (int first = 0; first < train.Count; first += rowsTogether)
        {
            Array.Clear(some);
            for (int row = first; row < Math.Min(first + rowsTogether, train.Count); row++)
            {
                Learn(train[row], some, least, most);
            }

            for (int i = 0; i < size; i++)
            {
                sums[i] += some[i];
            }
        }

        double whole = (double)train.Count * train.Maximum;
        return new ImagesPlan(train.Shape, train.Maximum, Array.ConvertAll(sums, sum => (float)(sum / whole)), least, most);
    }

    public override void Apply(Inputs inputs, int first, int count, Span<float> destination)
    {
        Images images = Fitting(inputs);
        for (int row = 0; row < count; row++)
        {
            Centre(images[first + row], images.Maximum, mean, destination.Slice(row * mean.Length, mean.Length));
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Learn(ReadOnlySpan<byte> image, Span<ushort> sums, Span<byte> least, Span<byte> most)
    {
        int i = 0;
        for (; i + Vector256<byte>.Count <= image.Length; i += Vector256<byte>.Count)
        {
            var values = Vector256.Create(image[i..]);
            Vector256.Min(Vector256.Create<byte>(least[i..]), values).CopyTo(least[i..]);
            Vector256.Max(Vector256.Create<byte>(most[i..]), values).CopyTo(most[i..]);
            (Vector256<ushort> low, Vector256<ushort> high) = Vector256.Widen(values);
            (Vector256.Create<ushort>(sums[i..]) + low).CopyTo(sums[i..]);
            (Vector256.Create<ushort>(sums[(i + Vector256<ushort>.Count)..]) + high).CopyTo(sums[(i + Vector256<ushort>.Count)..]);
        }

        for (; i < image.Length; i++)
        {
            (sums[i], least[i], most[i]) = ((ushort)(sums[i] + image[i]), Math.Min(least[i], image[i]), Math.Max(most[i], image[i]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Centre(ReadOnlySpan<byte> image, byte maximum, ReadOnlySpan<float> mean, Span<float> destination)
    {
        int i = 0;
        for (; i + Vector512<float>.Count <= image.Length; i += Vector512<float>.Count)
        {
            var values = Vector128.Create(image[i..]);
            var words = Vector256.Create(Vector128.WidenLower(values), Vector128.WidenUpper(values));
            var numbers = Vector512.ConvertToSingle(Vector512.Create(Vector256.WidenLower(words), Vector256.WidenUpper(words)).AsInt32());
            ((numbers / (float)maximum) - Vector512.Create(mean[i..])).CopyTo(destination[i..]);
        }

        for (; i < image.Length; i++)
        {
            destination[i] = Brightness(image[i], maximum) - mean[i];
        }
    }

    private static float Brightness(int value, byte maximum) => (float)value / maximum;

    private Images Fitting(Inputs inputs) => inputs is Images images && images.Shape == shape ? images : throw OtherKind($"images of {shape}", inputs);
}

using System.Text.Json.Nodes;

namespace SeedHead.Data;

/// <summary>Images for networks that read neighbourhoods: (byte / maximum − m)/s, with m and s the mean and deviation of the channel over all training pixels.</summary>
/// <remarks>A place's value does not depend on where it lies, so shifted and mirrored images mean what they show. A channel of one value keeps s = 1.</remarks>
internal sealed class ChannelsPlan : InputPlan
{
    public const string Kind = "channels";
    private readonly ImageShape shape;
    private readonly byte maximum;
    private readonly double[] means, deviations;
    private readonly float[] table; // value · channels + channel

    private ChannelsPlan(ImageShape shape, byte maximum, double[] means, double[] deviations)
    {
        (this.shape, this.maximum, this.means, this.deviations) = (shape, maximum, means, deviations);
        table = Table(maximum);
        Ranges = [.. Enumerable.Range(0, shape.Size).Select(i => (Value(0, maximum, i % shape.Channels), Value(maximum, maximum, i % shape.Channels)))];
    }

    public override int Columns => shape.Size;

    public override int RawColumns => shape.Size;

    public override ImageShape? Shape => shape;

    public override (float Low, float High)[] Ranges { get; }

    public static ChannelsPlan Learn(Images train)
    {
        int channels = train.Shape.Channels;
        var counts = new long[channels, 256];
        for (int row = 0; row < train.Count; row++)
        {
            ReadOnlySpan<byte> image = train[row];
            for (int i = 0; i < image.Length; i += channels)
            {
                for (int c = 0; c < channels; c++)
                {
                    counts[c, image[i + c]]++;
                }
            }
        }

        double[] means = new double[channels], deviations = new double[channels];
        double n = (double)train.Count * train.Shape.Size / channels;
        for (int c = 0; c < channels; c++)
        {
            double squares = 0;
            means[c] = Enumerable.Range(0, 256).Sum(value => (double)counts[c, value] * value) / (n * train.Maximum);
            for (int value = 0; value < 256; value++)
            {
                double from = ((double)value / train.Maximum) - means[c];
                squares += counts[c, value] * from * from;
            }

            deviations[c] = squares > 0 ? Math.Sqrt(squares / n) : 1;
        }

        return new(train.Shape, train.Maximum, means, deviations);
    }

    public override void Apply(Inputs inputs, int first, int count, Span<float> destination)
    {
        Images images = inputs is Images given && given.Shape == shape ? given : throw OtherKind($"images of {shape}", inputs);
        int channels = shape.Channels;
        float[] values = images.Maximum == maximum ? table : Table(images.Maximum);
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<byte> image = images[first + row];
            Span<float> written = destination.Slice(row * shape.Size, shape.Size);
            for (int i = 0, c = 0; i < written.Length; i++, c = c + 1 == channels ? 0 : c + 1)
            {
                written[i] = values[(image[i] * channels) + c];
            }
        }
    }

    public override void ApplyRow(ReadOnlySpan<float> raw, Span<float> destination)
    {
        for (int i = 0; i < raw.Length; i++)
        {
            destination[i] = float.IsFinite(raw[i])
                ? Value(raw[i], maximum, i % shape.Channels)
                : throw new DataException($"Pixel value {i} of the row is {raw[i]}. Give numbers from 0 to {maximum}.");
        }
    }

    public override IReadOnlyList<string> Check(Inputs inputs) =>
        inputs is Images images && images.Shape == shape ? [] : throw OtherKind($"images of {shape}", inputs);

    public override JsonObject ToJson() => new()
    {
        ["kind"] = Kind,
        ["shape"] = new JsonArray(shape.Height, shape.Width, shape.Channels),
        ["maximum"] = (int)maximum,
        ["means"] = ToBase64(means),
        ["deviations"] = ToBase64(deviations),
    };

    public static ChannelsPlan FromJson(JsonObject json)
    {
        int[] sizes = [.. json["shape"]!.AsArray().Select(size => (int)size!)];
        ImageShape shape = sizes is [int height, int width, int channels] ? new(height, width, channels) : throw new FormatException("a shape has three sizes");
        byte maximum = checked((byte)(int)json["maximum"]!);
        return new(shape, maximum, FromBase64<double>(json["means"], shape.Channels), FromBase64<double>(json["deviations"], shape.Channels));
    }

    private float[] Table(byte of) => [.. Enumerable.Range(0, 256 * shape.Channels).Select(i => Value(i / shape.Channels, of, i % shape.Channels))];

    private float Value(float value, byte of, int channel) => (float)((((double)value / of) - means[channel]) / deviations[channel]);
}

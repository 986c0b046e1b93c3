using SeedHead.Data;

namespace SeedHead.Models;

/// <summary>Arrays as the bytes of npy files.</summary>
internal static class NpyBytes
{
    public static byte[] Of(ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        using var stream = new MemoryStream();
        Npy.Write(stream, values, shape);
        return stream.ToArray();
    }

    public static byte[] Of(ReadOnlySpan<double> values, params ReadOnlySpan<long> shape)
    {
        using var stream = new MemoryStream();
        Npy.Write(stream, values, shape);
        return stream.ToArray();
    }
}

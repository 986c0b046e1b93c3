namespace SeedHead.Data;

/// <summary>Images stored one channel after the other.</summary>
internal static class Planes
{
    /// <summary>Writes one image with the channels of each pixel side by side.</summary>
    /// <param name="planes">channels · area bytes, one plane after the other.</param>
    /// <param name="pixels">area · channels bytes.</param>
    /// <param name="area">Height · width.</param>
    /// <param name="channels">Number of planes.</param>
    public static void ToPixels(ReadOnlySpan<byte> planes, Span<byte> pixels, int area, int channels)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            ReadOnlySpan<byte> plane = planes.Slice(channel * area, area);
            for (int i = 0, to = channel; i < plane.Length; i++, to += channels)
            {
                pixels[to] = plane[i];
            }
        }
    }
}

namespace SeedHead.Compute;

/// <summary>
/// Images whose channels are picked, or repeated, so that lane c of a vector holds what column c of a result with narrow groups reads:
/// [pixels × channels.Length].
/// </summary>
internal sealed unsafe class TapExpansion(Scratch.Slot slot, Strided<float> images, long pixels, int[] channels)
{
    /// <summary>
    /// For each of the channels of a group, which are summed, a row with one lane a column of the result; lanes beyond the columns repeat some
    /// channel that exists.
    /// </summary>
    public static int[] Channels(int groups, int sums, int columns, int padded) =>
        [.. Enumerable.Range(0, sums * padded).Select(i => Math.Min(i % padded / columns, groups - 1) * sums + i / padded)];

    /// <summary>The channels of some images, valid until this thread asks for others.</summary>
    public float* Of(long firstImage, int count)
    {
        float* to = Scratch.Get<float>(slot, count * pixels * channels.Length);
        float* next = to;
        for (long pixel = firstImage * pixels; pixel < (firstImage + count) * pixels; pixel++)
        {
            float* from = images.Pointer + pixel * images.RowStride;
            foreach (int channel in channels)
            {
                *next++ = from[channel];
            }
        }

        return to;
    }
}

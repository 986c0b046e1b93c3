using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>How the pixels that tiles read lie in memory, in elements.</summary>
/// <param name="PixelStride">From a pixel to the next of its row, and from the last of a row to the first of the next.</param>
/// <param name="TapSteps">Multiply-adds of one tap: the channels that are summed.</param>
/// <param name="StepStride">From one channel that is summed to the next.</param>
/// <param name="GroupStride">From a group's first channel to the next group's.</param>
internal readonly record struct TapSource(nint PixelStride, int TapSteps, nint StepStride, nint GroupStride)
{
    /// <summary>Whether the taps of a filter's row lie side by side, so that they are one run of steps.</summary>
    public bool Adjacent => PixelStride == TapSteps * StepStride;
}

/// <summary>Images as tiles read them: where they lie, or copied so that what is summed lies side by side.</summary>
internal abstract unsafe class TapImages(Strided<float> images, long pixels)
{
    private const int LongRun = 128; // steps of one tap from which on runs of their own cost nothing

    public required TapSource Layout { get; init; }

    protected Strided<float> Images => images;

    /// <summary>Pixels of one image.</summary>
    protected long Pixels => pixels;

    /// <summary>
    /// For columns that share their channels, <paramref name="sums"/> of each group; at most <paramref name="together"/> images are asked for at once.
    /// </summary>
    public static TapImages Shared(Strided<float> images, long pixels, int groups, int sums, int together, bool oneTap) =>
        oneTap || images.RowStride == sums || sums >= LongRun
            ? new InPlace(images, pixels) { Layout = new((nint)images.RowStride, sums, 1, sums) }
            : new ByGroup(images, pixels, groups) { Layout = new(sums, sums, 1, (nint)(together * pixels * sums)) };

    /// <summary>
    /// For columns in lanes, each with channels of its own: step k of the lane l reads channel channels[k·lanes + l] of a pixel, for a whole number
    /// of vectors of lanes.
    /// </summary>
    public static TapImages Lanes(Scratch.Slot slot, Strided<float> images, long pixels, int[] channels, int sums)
    {
        int lanes = channels.Length / sums;
        return sums == 1 && lanes > 0 && channels.SequenceEqual(Enumerable.Range(channels[0], lanes))
            ? new InPlace(images.Block(0, channels[0], images.Rows, lanes), pixels)
            {
                Layout = new((nint)images.RowStride, 1, (nint)images.RowStride, 0),
            }
            : new Picked(images, pixels, slot, channels) { Layout = new(channels.Length, sums, lanes, 0) };
    }

    /// <summary>Where some images lie, valid until this thread asks for others.</summary>
    public abstract float* Of(long firstImage, int count);

    private sealed class InPlace(Strided<float> images, long pixels) : TapImages(images, pixels)
    {
        public override float* Of(long firstImage, int count) => Images.Pointer + firstImage * Pixels * Images.RowStride;
    }

    /// <summary>[groups × pixels × channels of a group].</summary>
    private sealed class ByGroup(Strided<float> images, long pixels, int groups) : TapImages(images, pixels)
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override float* Of(long firstImage, int count)
        {
            int sums = Layout.TapSteps;
            float* to = Scratch.Get<float>(Scratch.Slot.TapSource, groups * Layout.GroupStride);
            for (int group = 0; group < groups; group++)
            {
                float* from = Images.Pointer + firstImage * Pixels * Images.RowStride + (nint)group * sums;
                float* next = to + group * Layout.GroupStride;
                for (long pixel = 0; pixel < count * Pixels; pixel++, from += Images.RowStride, next += sums)
                {
                    Copy(from, next, sums);
                }
            }

            return to;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Copy(float* from, float* to, int count)
        {
            int i = 0;
            for (; i + 8 <= count; i += 8)
            {
                Vector256.Store(Vector256.Load(from + i), to + i);
            }

            for (; i < count; i++)
            {
                to[i] = from[i];
            }
        }
    }

    /// <summary>[pixels × channels.Length].</summary>
    private sealed class Picked(Strided<float> images, long pixels, Scratch.Slot slot, int[] channels) : TapImages(images, pixels)
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override float* Of(long firstImage, int count)
        {
            float* to = Scratch.Get<float>(slot, count * Pixels * channels.Length);
            float* next = to;
            for (long pixel = firstImage * Pixels; pixel < (firstImage + count) * Pixels; pixel++)
            {
                float* from = Images.Pointer + pixel * Images.RowStride;
                foreach (int channel in channels)
                {
                    *next++ = from[channel];
                }
            }

            return to;
        }
    }
}

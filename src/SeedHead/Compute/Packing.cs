using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

/// <summary>Copies a strip of a matrix into a panel: the strip's lanes side by side for each step, so that a tile reads it from end to end.</summary>
internal static unsafe class Packing
{
    /// <summary>
    /// target[step·width + lane] = source[lane·laneStride + step·stepStride] for lane &lt; lanes, and 0 for lanes ≤ lane &lt; width.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Panel<T>(T* source, nint laneStride, nint stepStride, int lanes, int width, nint steps, T* target)
        where T : unmanaged
    {
        if (laneStride == 1)
        {
            CopyLanes(source, stepStride, lanes, width, steps, target);
        }
        else if (stepStride == 1 && sizeof(T) == 4 && Sse.IsSupported)
        {
            TransposeFours((float*)source, laneStride, lanes, width, steps, (float*)target);
        }
        else if (stepStride == 1 && sizeof(T) == 8 && Sse2.IsSupported)
        {
            TransposeTwos((double*)source, laneStride, lanes, width, steps, (double*)target);
        }
        else
        {
            for (int lane = 0; lane < width; lane++)
            {
                CopyLane(source + lane * laneStride, stepStride, lane < lanes, steps, target + lane, width);
            }
        }
    }

    private static void CopyLane<T>(T* source, nint stepStride, bool present, nint steps, T* target, int width)
        where T : unmanaged
    {
        for (nint step = 0; step < steps; step++)
        {
            target[step * width] = present ? source[step * stepStride] : default;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyLanes<T>(T* source, nint stepStride, int lanes, int width, nint steps, T* target)
        where T : unmanaged
    {
        int quads = lanes * sizeof(T) / 16;
        int done = quads * 16 / sizeof(T);
        for (nint step = 0; step < steps; step++, source += stepStride, target += width)
        {
            for (int q = 0; q < quads; q++)
            {
                Vector128.Store(Vector128.Load((byte*)source + 16 * q), (byte*)target + 16 * q);
            }

            for (int lane = done; lane < width; lane++)
            {
                target[lane] = lane < lanes ? source[lane] : default;
            }
        }
    }

    /// <summary>Steps lie side by side in memory: squares of 4 × 4 are turned in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeFours(float* source, nint laneStride, int lanes, int width, nint steps, float* target)
    {
        int lane = 0;
        for (; lane + 4 <= lanes; lane += 4)
        {
            float* s0 = source + lane * laneStride, s1 = s0 + laneStride, s2 = s1 + laneStride, s3 = s2 + laneStride;
            float* to = target + lane;
            nint step = 0;
            for (; step + 4 <= steps; step += 4, to += 4 * width)
            {
                var r0 = Vector128.Load(s0 + step);
                var r1 = Vector128.Load(s1 + step);
                var r2 = Vector128.Load(s2 + step);
                var r3 = Vector128.Load(s3 + step);
                var low01 = Sse.UnpackLow(r0, r1);
                var low23 = Sse.UnpackLow(r2, r3);
                var high01 = Sse.UnpackHigh(r0, r1);
                var high23 = Sse.UnpackHigh(r2, r3);
                Sse.MoveLowToHigh(low01, low23).Store(to);
                Sse.MoveHighToLow(low23, low01).Store(to + width);
                Sse.MoveLowToHigh(high01, high23).Store(to + 2 * width);
                Sse.MoveHighToLow(high23, high01).Store(to + 3 * width);
            }

            for (; step < steps; step++, to += width)
            {
                to[0] = s0[step];
                to[1] = s1[step];
                to[2] = s2[step];
                to[3] = s3[step];
            }
        }

        for (; lane < width; lane++)
        {
            CopyLane(source + lane * laneStride, 1, lane < lanes, steps, target + lane, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeTwos(double* source, nint laneStride, int lanes, int width, nint steps, double* target)
    {
        int lane = 0;
        for (; lane + 4 <= lanes; lane += 4)
        {
            double* s0 = source + lane * laneStride, s1 = s0 + laneStride, s2 = s1 + laneStride, s3 = s2 + laneStride;
            double* to = target + lane;
            nint step = 0;
            for (; step + 2 <= steps; step += 2, to += 2 * width)
            {
                var r0 = Vector128.Load(s0 + step);
                var r1 = Vector128.Load(s1 + step);
                var r2 = Vector128.Load(s2 + step);
                var r3 = Vector128.Load(s3 + step);
                Sse2.UnpackLow(r0, r1).Store(to);
                Sse2.UnpackLow(r2, r3).Store(to + 2);
                Sse2.UnpackHigh(r0, r1).Store(to + width);
                Sse2.UnpackHigh(r2, r3).Store(to + width + 2);
            }

            for (; step < steps; step++, to += width)
            {
                to[0] = s0[step];
                to[1] = s1[step];
                to[2] = s2[step];
                to[3] = s3[step];
            }
        }

        for (; lane < width; lane++)
        {
            CopyLane(source + lane * laneStride, 1, lane < lanes, steps, target + lane, width);
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

/// <summary>Copies strips of a matrix into panels: a strip's lanes side by side for each step, so that a tile reads its panel from end to end.</summary>
internal static unsafe class Packing
{
    /// <summary>
    /// Cuts lanes into panels of <paramref name="width"/>; the last panel is <paramref name="lastWidth"/> wide, filled up with zeros.
    /// Panel p starts at target + p·width·steps and holds source[lane·laneStride + step·stepStride] at step·(its width) + lane − p·width.
    /// </summary>
    public static void Panels<T>(
        T* source, nint laneStride, nint stepStride, nint lanes, int width, int lastWidth, nint steps, T* target)
        where T : unmanaged
    {
        if (laneStride == 1)
        {
            nint whole = lanes / width;
            CopyWhole((byte*)source, stepStride * sizeof(T), whole, width * sizeof(T), steps, (byte*)target);
            if (whole * width < lanes)
            {
                CopyLast(source + whole * width, stepStride, (int)(lanes - whole * width), lastWidth, steps, target + whole * width * steps);
            }

            return;
        }

        for (nint first = 0; first < lanes; first += width)
        {
            int present = (int)Math.Min(width, lanes - first);
            int to = lanes - first > width ? width : lastWidth;
            Panel(source + first * laneStride, laneStride, stepStride, present, to, steps, target + first * steps);
        }
    }

    /// <summary>Writes a panel of numbers back to its lanes, whose steps lie side by side.</summary>
    public static void Unpack(float* panel, int width, nint steps, float* target, nint laneStride, int lanes)
    {
        nint fours = Sse.IsSupported ? steps / 4 * 4 : 0;
        for (int lane = 0; lane < lanes && fours > 0; lane += 4)
        {
            TransposeFours(panel + lane, width, fours, laneStride, Math.Min(4, lanes - lane), target + lane * laneStride);
        }

        for (nint step = fours; step < steps; step++)
        {
            CopyLane(panel + step * width, 1, true, lanes, target + step, laneStride);
        }
    }

    /// <summary>The same.</summary>
    public static void Unpack(double* panel, int width, nint steps, double* target, nint laneStride, int lanes)
    {
        nint twos = Sse2.IsSupported ? steps / 2 * 2 : 0;
        for (int lane = 0; lane < lanes && twos > 0; lane += 2)
        {
            TransposeTwos(panel + lane, width, twos, laneStride, Math.Min(2, lanes - lane), target + lane * laneStride);
        }

        for (nint step = twos; step < steps; step++)
        {
            CopyLane(panel + step * width, 1, true, lanes, target + step, laneStride);
        }
    }

    private static void Panel<T>(T* source, nint laneStride, nint stepStride, int lanes, int width, nint steps, T* target)
        where T : unmanaged
    {
        int done = 0;
        if (stepStride == 1 && sizeof(T) == 4 && Sse.IsSupported)
        {
            done = lanes / 4 * 4;
            TransposeFours((float*)source, laneStride, done, width, steps, (float*)target);
        }
        else if (stepStride == 1 && sizeof(T) == 8 && Sse2.IsSupported)
        {
            done = lanes / 2 * 2;
            TransposeTwos((double*)source, laneStride, done, width, steps, (double*)target);
        }

        for (int lane = done; lane < width; lane++)
        {
            CopyLane(source + lane * laneStride, stepStride, lane < lanes, steps, target + lane, width);
        }
    }

    /// <summary>Whole panels of lanes that lie side by side: step by step, so that a row of the source is read once from left to right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyWhole(byte* source, nint stepBytes, nint panels, int widthBytes, nint steps, byte* target)
    {
        nint ahead = 12 * stepBytes; // rows far apart are not foreseen by the processor
        for (nint step = 0; step < steps; step++)
        {
            byte* from = source + step * stepBytes;
            for (nint panel = 0; panel < panels; panel++, from += widthBytes)
            {
                byte* to = target + (panel * steps + step) * widthBytes;
                int at = 0;
                if (Sse.IsSupported)
                {
                    Sse.Prefetch0(from + ahead);
                    Sse.Prefetch0(from + ahead + widthBytes - 64);
                }

                for (; at + 32 <= widthBytes; at += 32)
                {
                    Vector256.Store(Vector256.Load(from + at), to + at);
                }

                for (; at < widthBytes; at += 8)
                {
                    *(ulong*)(to + at) = *(ulong*)(from + at); // widths are even
                }
            }
        }
    }

    private static void CopyLast<T>(T* source, nint stepStride, int lanes, int width, nint steps, T* target)
        where T : unmanaged
    {
        for (nint step = 0; step < steps; step++, source += stepStride, target += width)
        {
            for (int lane = 0; lane < width; lane++)
            {
                target[lane] = lane < lanes ? source[lane] : default;
            }
        }
    }

    private static void CopyLane<T>(T* source, nint stepStride, bool present, nint steps, T* target, nint width)
        where T : unmanaged
    {
        for (nint step = 0; step < steps; step++)
        {
            target[step * width] = present ? source[step * stepStride] : default;
        }
    }

    /// <summary>Steps lie side by side in memory: squares of 4 × 4 are turned in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeFours(float* source, nint laneStride, nint lanes, nint width, nint steps, float* target)
    {
        for (nint lane = 0; lane < lanes; lane += 4)
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
    }

    /// <summary>Steps lie side by side in memory: squares of 2 × 2 are turned in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeTwos(double* source, nint laneStride, nint lanes, nint width, nint steps, double* target)
    {
        for (nint lane = 0; lane < lanes; lane += 2)
        {
            double* s0 = source + lane * laneStride, s1 = s0 + laneStride;
            double* to = target + lane;
            nint step = 0;
            for (; step + 2 <= steps; step += 2, to += 2 * width)
            {
                var r0 = Vector128.Load(s0 + step);
                var r1 = Vector128.Load(s1 + step);
                Sse2.UnpackLow(r0, r1).Store(to);
                Sse2.UnpackHigh(r0, r1).Store(to + width);
            }

            if (step < steps)
            {
                to[0] = s0[step];
                to[1] = s1[step];
            }
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>A <see cref="ChannelLine"/> followed by the largest of windows 2×2 side by side: both in one pass, and back in another.</summary>
/// <remarks>
/// The largest of a window is the first one in (row, column) order that no other exceeds; a NaN exceeds every number. A last row or column that fills no
/// window is in none. Bits are those of the line and <see cref="Pooling.Max"/> one behind the other, there and back.
/// </remarks>
internal static unsafe class PooledLine
{
    /// <summary>Writes y [images·⌊h/2⌋·⌊w/2⌋ × channels], and the x of every largest number to <paramref name="peaks"/>, of the same shape.</summary>
    public static void Forward(Team team, ChannelLine line, int height, int width, long images, Strided<float> x, Strided<float> y, float* peaks)
    {
        int outHeight = height / 2, outWidth = width / 2, channels = line.A.Length;
        ChannelLine.ForRows(team, images * outHeight, 2L * width * channels, (first, end) =>
        {
            fixed (float* a = line.A, b = line.B)
            {
                for (long row = first; row < end; row++)
                {
                    float* from = x.Pointer + (((row / outHeight * height) + (row % outHeight * 2)) * width * channels);
                    ForwardRow(a, b, line.Floor, from, (nint)width * channels, outWidth, channels, y.Pointer + (row * outWidth * channels), peaks + (row * outWidth * channels));
                }
            }
        });
    }

    /// <summary>Writes dx [images·h·w × channels], which may be x.</summary>
    public static void Backward(
        Team team, ChannelLine line, int height, int width, long images, Strided<float> dy, Strided<float> x, ChannelSlope slope, Strided<float> dx)
    {
        int outHeight = height / 2, outWidth = width / 2, channels = line.A.Length, rows = (height + 1) / 2;
        ChannelLine.ForRows(team, images * rows, 2L * width * channels, (first, end) =>
        {
            fixed (float* a = line.A, b = line.B, p = slope.P, q = slope.Q, t = slope.T)
            {
                var numbers = new Numbers(a, b, line.Floor, p, q, t, channels);
                for (long row = first; row < end; row++)
                {
                    (long image, long i) = Math.DivRem(row, rows);
                    long start = ((image * height) + (2 * i)) * width * channels;
                    float* from = x.Pointer + start, to = dx.Pointer + start;
                    nint below = (nint)width * channels;
                    if (i < outHeight)
                    {
                        BackwardRow(numbers, dy.Pointer + (((image * outHeight) + i) * outWidth * channels), from, to, below, outWidth);
                        if (width % 2 == 1)
                        {
                            Without(numbers, from + below - channels, to + below - channels, 1);
                            Without(numbers, from + below + below - channels, to + below + below - channels, 1);
                        }
                    }
                    else
                    {
                        Without(numbers, from, to, width);
                    }
                }
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardRow(float* a, float* b, float floor, float* x, nint below, int windows, int channels, float* y, float* peaks)
    {
        var floors = Vector256.Create(floor);
        float* places = stackalloc float[4];
        for (int j = 0; j < windows; j++, x += 2 * channels, y += channels, peaks += channels)
        {
            int c = 0;
            for (; Vector256.IsHardwareAccelerated && c + 8 <= channels; c += 8)
            {
                float* at = x + c;
                FetchWindow(at, channels, below);
                Vector256<float> factor = Vector256.Load(a + c), term = Vector256.Load(b + c);
                var peak = Vector256.Load(at);
                var best = ChannelLine.AtLeast(Vector256.FusedMultiplyAdd(factor, peak, term), floors);
                Larger(Vector256.Load(at + channels), factor, term, floors, ref best, ref peak);
                Larger(Vector256.Load(at + below), factor, term, floors, ref best, ref peak);
                Larger(Vector256.Load(at + below + channels), factor, term, floors, ref best, ref peak);
                best.Store(y + c);
                peak.Store(peaks + c);
            }

            for (; c < channels; c++)
            {
                (places[0], places[1], places[2], places[3]) = (x[c], x[c + channels], x[c + below], x[c + below + channels]);
                (int place, y[c]) = Largest(places, a[c], b[c], floor);
                peaks[c] = places[place];
            }
        }
    }

    /// <summary>The four numbers of a window that comes soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchWindow(float* x, int channels, nint below)
    {
        Fetch.Line(x + Fetch.Ahead);
        Fetch.Line(x + Fetch.Ahead + channels);
        Fetch.Line(x + Fetch.Ahead + below);
        Fetch.Line(x + Fetch.Ahead + below + channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Larger(
        Vector256<float> x, Vector256<float> factor, Vector256<float> term, Vector256<float> floors, ref Vector256<float> best, ref Vector256<float> peak)
    {
        var value = ChannelLine.AtLeast(Vector256.FusedMultiplyAdd(factor, x, term), floors);
        var exceeds = Exceeds(value, best);
        best = Vector256.ConditionalSelect(exceeds, value, best);
        peak = Vector256.ConditionalSelect(exceeds, x, peak);
    }

    /// <summary>Whether a value is larger; a NaN is, but a NaN that was found stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Exceeds(Vector256<float> value, Vector256<float> best) => Vector256.AndNot(Vector256.Equals(best, best), Vector256.LessThanOrEqual(value, best));

    private static (int Place, float Value) Largest(float* x, float a, float b, float floor)
    {
        (int place, float best) = (0, ChannelLine.AtLeast(float.FusedMultiplyAdd(a, x[0], b), floor));
        for (int i = 1; i < 4; i++)
        {
            float value = ChannelLine.AtLeast(float.FusedMultiplyAdd(a, x[i], b), floor);
            (place, best) = !(value <= best) && !float.IsNaN(best) ? (i, value) : (place, best);
        }

        return (place, best);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardRow(Numbers n, float* dy, float* x, float* dx, nint below, int windows)
    {
        int channels = n.Channels;
        var floors = Vector256.Create(n.Floor);
        float* places = stackalloc float[4];
        for (int j = 0; j < windows; j++, x += 2 * channels, dx += 2 * channels, dy += channels)
        {
            int c = 0;
            for (; Vector256.IsHardwareAccelerated && c + 8 <= channels; c += 8)
            {
                FetchWindow(x + c, channels, below);
                Vector256<float> a = Vector256.Load(n.A + c), b = Vector256.Load(n.B + c), gradient = Vector256.Load(dy + c);
                Vector256<float> x0 = Vector256.Load(x + c), x1 = Vector256.Load(x + c + channels);
                Vector256<float> x2 = Vector256.Load(x + c + below), x3 = Vector256.Load(x + c + below + channels);
                Vector256<float> z0 = Vector256.FusedMultiplyAdd(a, x0, b), z1 = Vector256.FusedMultiplyAdd(a, x1, b);
                Vector256<float> z2 = Vector256.FusedMultiplyAdd(a, x2, b), z3 = Vector256.FusedMultiplyAdd(a, x3, b);
                var best = ChannelLine.AtLeast(z0, floors);
                var is1 = Next(ChannelLine.AtLeast(z1, floors), ref best);
                var is2 = Next(ChannelLine.AtLeast(z2, floors), ref best);
                var is3 = Next(ChannelLine.AtLeast(z3, floors), ref best);
                Vector256<float> p = Vector256.Load(n.P + c), q = Vector256.Load(n.Q + c), t = Vector256.Load(n.T + c);
                var from = gradient & Vector256.GreaterThanOrEqual(z3, floors) & is3;
                Vector256.FusedMultiplyAdd(p, from, Vector256.FusedMultiplyAdd(q, x3, t)).Store(dx + c + below + channels);
                from = Vector256.AndNot(gradient & Vector256.GreaterThanOrEqual(z2, floors) & is2, is3);
                Vector256.FusedMultiplyAdd(p, from, Vector256.FusedMultiplyAdd(q, x2, t)).Store(dx + c + below);
                var later = is2 | is3;
                from = Vector256.AndNot(gradient & Vector256.GreaterThanOrEqual(z1, floors) & is1, later);
                Vector256.FusedMultiplyAdd(p, from, Vector256.FusedMultiplyAdd(q, x1, t)).Store(dx + c + channels);
                from = Vector256.AndNot(gradient & Vector256.GreaterThanOrEqual(z0, floors), is1 | later);
                Vector256.FusedMultiplyAdd(p, from, Vector256.FusedMultiplyAdd(q, x0, t)).Store(dx + c);
            }

            for (; c < channels; c++)
            {
                (places[0], places[1], places[2], places[3]) = (x[c], x[c + channels], x[c + below], x[c + below + channels]);
                int largest = Largest(places, n.A[c], n.B[c], n.Floor).Place;
                for (int i = 0; i < 4; i++)
                {
                    float g = i == largest && float.FusedMultiplyAdd(n.A[c], places[i], n.B[c]) >= n.Floor ? dy[c] : 0;
                    dx[c + (i / 2 * below) + (i % 2 * channels)] = float.FusedMultiplyAdd(n.P[c], g, float.FusedMultiplyAdd(n.Q[c], places[i], n.T[c]));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Next(Vector256<float> value, ref Vector256<float> best)
    {
        var exceeds = Exceeds(value, best);
        best = Vector256.ConditionalSelect(exceeds, value, best);
        return exceeds;
    }

    /// <summary>Pixels of no window: dx = p·0 + (q·x + t).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Without(Numbers n, float* x, float* dx, int pixels)
    {
        for (int i = 0; i < pixels; i++, x += n.Channels, dx += n.Channels)
        {
            for (int c = 0; c < n.Channels; c++)
            {
                dx[c] = float.FusedMultiplyAdd(n.P[c], 0, float.FusedMultiplyAdd(n.Q[c], x[c], n.T[c]));
            }
        }
    }

    private readonly struct Numbers(float* a, float* b, float floor, float* p, float* q, float* t, int channels)
    {
        public readonly float* A = a, B = b, P = p, Q = q, T = t;
        public readonly float Floor = floor;
        public readonly int Channels = channels;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>y = max(z, floor), z = a·x + b with an a and a b for every channel: a norm and a rectifier in one pass. A floor of −∞ leaves z as it is.</summary>
/// <remarks>
/// x and y are [pixels × channels]. z is fused; a NaN stays one. Back: g = dy where z ≥ floor, else 0, and dx = p·g + (q·x + t), fused from the right,
/// with p, q and t for every channel. Every number depends on its own operands alone, so bits depend on neither threads nor processor.
/// </remarks>
/// <param name="A">a [channels].</param>
/// <param name="B">b [channels].</param>
/// <param name="Floor">The least y.</param>
internal readonly unsafe record struct ChannelLine(float[] A, float[] B, float Floor)
{
    private const int TaskNumbers = 1 << 15; // of a task: worth handing to another thread

    /// <summary>Calls body(first, end) for stretches of rows, side by side.</summary>
    internal static void ForRows(Team team, long rows, long rowNumbers, Action<long, long> body)
    {
        long each = Math.Max(1, TaskNumbers / rowNumbers);
        team.For(checked((int)((rows + each - 1) / each)), task => body(task * each, Math.Min(rows, (task + 1) * each)));
    }

    /// <summary>Writes y.</summary>
    public void Forward(Team team, Strided<float> x, Strided<float> y)
    {
        ChannelLine line = this;
        ForRows(team, x.Rows, x.Columns, (first, end) =>
        {
            fixed (float* a = line.A, b = line.B)
            {
                for (long row = first; row < end; row++)
                {
                    ForwardRow(a, b, line.Floor, x.Pointer + (row * x.RowStride), y.Pointer + (row * y.RowStride), line.A.Length);
                }
            }
        });
    }

    /// <summary>Writes dx, which may be x.</summary>
    public void Backward(Team team, Strided<float> dy, Strided<float> x, ChannelSlope slope, Strided<float> dx)
    {
        ChannelLine line = this;
        ForRows(team, x.Rows, x.Columns, (first, end) =>
        {
            fixed (float* a = line.A, b = line.B, p = slope.P, q = slope.Q, t = slope.T)
            {
                for (long row = first; row < end; row++)
                {
                    BackwardRow(
                        a, b, line.Floor, p, q, t, dy.Pointer + (row * dy.RowStride), x.Pointer + (row * x.RowStride), dx.Pointer + (row * dx.RowStride), line.A.Length);
                }
            }
        });
    }

    /// <summary>max(z, floor), or NaN where z is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> AtLeast(Vector256<float> z, Vector256<float> floor) =>
        Vector256.ConditionalSelect(Vector256.LessThan(z, floor), floor, z);

    internal static float AtLeast(float z, float floor) => z < floor ? floor : z;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardRow(float* a, float* b, float floor, float* x, float* y, int count)
    {
        int i = 0;
        var floors = Vector256.Create(floor);
        for (; Vector256.IsHardwareAccelerated && i + 8 <= count; i += 8)
        {
            Fetch.Line(x + i + Fetch.Ahead);
            AtLeast(Vector256.FusedMultiplyAdd(Vector256.Load(a + i), Vector256.Load(x + i), Vector256.Load(b + i)), floors).Store(y + i);
        }

        for (; i < count; i++)
        {
            y[i] = AtLeast(float.FusedMultiplyAdd(a[i], x[i], b[i]), floor);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardRow(float* a, float* b, float floor, float* p, float* q, float* t, float* dy, float* x, float* dx, int count)
    {
        int i = 0;
        var floors = Vector256.Create(floor);
        for (; Vector256.IsHardwareAccelerated && i + 8 <= count; i += 8)
        {
            Fetch.Line(x + i + Fetch.Ahead);
            Fetch.Line(dy + i + Fetch.Ahead);
            var value = Vector256.Load(x + i);
            var passes = Vector256.GreaterThanOrEqual(Vector256.FusedMultiplyAdd(Vector256.Load(a + i), value, Vector256.Load(b + i)), floors);
            var inner = Vector256.FusedMultiplyAdd(Vector256.Load(q + i), value, Vector256.Load(t + i));
            Vector256.FusedMultiplyAdd(Vector256.Load(p + i), Vector256.Load(dy + i) & passes, inner).Store(dx + i);
        }

        for (; i < count; i++)
        {
            float g = float.FusedMultiplyAdd(a[i], x[i], b[i]) >= floor ? dy[i] : 0;
            dx[i] = float.FusedMultiplyAdd(p[i], g, float.FusedMultiplyAdd(q[i], x[i], t[i]));
        }
    }
}

/// <summary>The way back through a norm: dx = p·g + (q·x + t), with an own p, q and t for every channel.</summary>
/// <param name="P">p [channels].</param>
/// <param name="Q">q [channels].</param>
/// <param name="T">t [channels].</param>
internal readonly record struct ChannelSlope(float[] P, float[] Q, float[] T);

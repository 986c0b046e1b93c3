using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using SeedHead.Compute;

namespace SeedHead.Tests.Compute;

/// <summary>Matrices for tests: every layout a <see cref="Strided{T}"/> can have, values from a fixed hash, bits to compare.</summary>
internal static unsafe class Matrices
{
    public enum Layout
    {
        RowMajor,
        ColumnMajor,
        Spread,
    }

    /// <summary>A matrix whose last element lies at the very end of the memory one may touch; what lies between its elements is NaN.</summary>
    public static Strided<T> Create<T>(List<IDisposable> owner, long rows, long columns, Layout layout = Layout.RowMajor, int gap = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (long rowStride, long columnStride) = layout switch
        {
            Layout.RowMajor => (columns + gap, 1L),
            Layout.ColumnMajor => (1L, rows + gap),
            _ => (2 * columns + 3 + gap, 2L),
        };
        long length = rows == 0 || columns == 0 ? 0 : (rows - 1) * rowStride + (columns - 1) * columnStride + 1;
        var memory = new GuardedMemory((nint)length * sizeof(T));
        owner.Add(memory);
        var pointer = (T*)memory.Pointer;
        for (long i = 0; i < length; i++)
        {
            pointer[i] = T.NaN;
        }

        return new(pointer, rows, columns, rowStride, columnStride);
    }

    public static Strided<T> Filled<T>(List<IDisposable> owner, long rows, long columns, ulong seed, Layout layout = Layout.RowMajor, int gap = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Strided<T> matrix = Create<T>(owner, rows, columns, layout, gap);
        for (long i = 0; i < rows; i++)
        {
            for (long j = 0; j < columns; j++)
            {
                matrix[i, j] = T.CreateTruncating(Value(seed, i, j));
            }
        }

        return matrix;
    }

    public static Strided<T> Copy<T>(List<IDisposable> owner, Strided<T> source)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Strided<T> copy = Create<T>(owner, source.Rows, source.Columns);
        for (long i = 0; i < source.Rows; i++)
        {
            for (long j = 0; j < source.Columns; j++)
            {
                copy[i, j] = source[i, j];
            }
        }

        return copy;
    }

    /// <summary>A number in [−1, 1) with 53 random bits that depends on the seed and the place only.</summary>
    public static double Value(ulong seed, long row, long column)
    {
        ulong x = seed * 0x9E3779B97F4A7C15 + (ulong)row * 0xBF58476D1CE4E5B9 + (ulong)column * 0x94D049BB133111EB;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return (long)((x ^ (x >> 31)) >> 11) * (2.0 / (1L << 53)) - 1;
    }

    /// <summary>Fails at the first element whose bits differ; NaNs equal each other, since which NaN comes out is not promised.</summary>
    public static void AssertSameBits<T>(Strided<T> expected, Strided<T> actual, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long i = 0; i < expected.Rows; i++)
        {
            for (long j = 0; j < expected.Columns; j++)
            {
                T e = expected[i, j], a = actual[i, j];
                if (!(T.IsNaN(e) && T.IsNaN(a)) && !Bits(e).SequenceEqual(Bits(a)))
                {
                    Assert.Fail($"{what}: element ({i}, {j}) of [{expected.Rows} × {expected.Columns}] is {a:R}, not {e:R}.");
                }
            }
        }
    }

    /// <summary>The tiles that this processor can run, the slow ones included.</summary>
    public static IEnumerable<TileSet<T>> Tiles<T>()
        where T : unmanaged
    {
        if (Avx512F.IsSupported)
        {
            yield return (TileSet<T>)(typeof(T) == typeof(float) ? FloatTiles512.Set : (object)DoubleTiles512.Set);
        }

        if (Fma.IsSupported)
        {
            yield return (TileSet<T>)(typeof(T) == typeof(float) ? FloatTiles256.Set : (object)DoubleTiles256.Set);
        }

        yield return (TileSet<T>)(typeof(T) == typeof(float) ? FloatTiles128.Set : (object)DoubleTiles128.Set);
    }

    private static ReadOnlySpan<byte> Bits<T>(in T value)
        where T : unmanaged => new(Unsafe.AsPointer(ref Unsafe.AsRef(in value)), sizeof(T));
}

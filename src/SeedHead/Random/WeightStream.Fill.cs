using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Random;

// Sixteen rows (output units) are the lanes, and the four words of a counter are four columns (input units).
public readonly partial record struct WeightStream
{
    /// <summary>destination[c, r] = factor · the standard normal at row firstRow + r, column firstColumn + c.</summary>
    /// <param name="network">Index of the network.</param>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="kind">What the numbers are used for.</param>
    /// <param name="destination">[inputs × outputs], of any strides.</param>
    /// <param name="firstRow">Output unit of the destination's column 0.</param>
    /// <param name="firstColumn">Input unit of the destination's row 0.</param>
    /// <param name="factor">What every number is multiplied by.</param>
    internal void FillNormal(
        int network, int layer, WeightKind kind, Strided<float> destination, int firstRow = 0, int firstColumn = 0, float factor = 1) =>
        Fill<NormalDraw>(network, layer, kind, destination, firstRow, firstColumn, 0, factor);

    /// <summary>As <see cref="FillNormal"/>, factor·(u + shift) with u uniform in (0, 1).</summary>
    internal void FillUniform(
        int network, int layer, WeightKind kind, Strided<float> destination, int firstRow = 0, int firstColumn = 0, float shift = 0, float factor = 1) =>
        Fill<UniformDraw>(network, layer, kind, destination, firstRow, firstColumn, shift, factor);

    /// <summary>As <see cref="FillNormal"/>, normal cut off at two standard deviations and scaled to variance 1.</summary>
    internal void FillTruncatedNormal(
        int network, int layer, WeightKind kind, Strided<float> destination, int firstRow = 0, int firstColumn = 0, float factor = 1) =>
        Fill<TruncatedNormalDraw>(network, layer, kind, destination, firstRow, firstColumn, 0, factor);

    /// <summary>As <see cref="FillNormal"/>, Laplace with variance 1.</summary>
    internal void FillLaplace(
        int network, int layer, WeightKind kind, Strided<float> destination, int firstRow = 0, int firstColumn = 0, float factor = 1) =>
        Fill<LaplaceDraw>(network, layer, kind, destination, firstRow, firstColumn, 0, factor);

    /// <summary>As <see cref="FillNormal"/>, −1 or 1.</summary>
    internal void FillSign(
        int network, int layer, WeightKind kind, Strided<float> destination, int firstRow = 0, int firstColumn = 0, float factor = 1) =>
        Fill<SignDraw>(network, layer, kind, destination, firstRow, firstColumn, 0, factor);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // fast from the first call: one call may be a whole layer
    private unsafe void Fill<TDraw>(
        int network, int layer, WeightKind kind, Strided<float> destination, int firstRow, int firstColumn, float shift, float factor)
        where TDraw : struct, IDraw
    {
        Debug.Assert(network >= 0 && firstRow >= 0 && firstColumn >= 0);
        uint layerWord = LayerWord(layer, kind);
        float* lanes = stackalloc float[64];
        for (long r = 0; r < destination.Columns; r += 16)
        {
            var rows = Vector512.Create((uint)(firstRow + r)) + Vector512<uint>.Indices;
            int rowCount = (int)Math.Min(16, destination.Columns - r);
            for (long counter = (long)firstColumn >> 2; counter << 2 < firstColumn + destination.Rows; counter++)
            {
                Philox.Words(Seed, (uint)counter, rows, (uint)network, layerWord, out var words);
                TDraw.Draw(words, out var v0, out var v1, out var v2, out var v3);
                v0 = (v0 + Vector512.Create(shift)) * factor; // no number is −0: adding 0 changes none
                v1 = (v1 + Vector512.Create(shift)) * factor;
                v2 = (v2 + Vector512.Create(shift)) * factor;
                v3 = (v3 + Vector512.Create(shift)) * factor;
                long column = (counter << 2) - firstColumn; // may begin before the destination and end after it
                if (rowCount == 16 && destination.ColumnStride == 1 && column >= 0 && column + 4 <= destination.Rows)
                {
                    float* target = destination.Pointer + column * destination.RowStride + r;
                    v0.Store(target);
                    v1.Store(target + destination.RowStride);
                    v2.Store(target + 2 * destination.RowStride);
                    v3.Store(target + 3 * destination.RowStride);
                    continue;
                }

                v0.Store(lanes);
                v1.Store(lanes + 16);
                v2.Store(lanes + 32);
                v3.Store(lanes + 48);
                CopyInside(lanes, destination, column, r, rowCount);
            }
        }
    }

    private static unsafe void CopyInside(float* lanes, Strided<float> destination, long column, long row, int rowCount)
    {
        for (int word = 0; word < 4; word++)
        {
            if (column + word < 0 || column + word >= destination.Rows)
            {
                continue;
            }

            for (int lane = 0; lane < rowCount; lane++)
            {
                destination[column + word, row + lane] = lanes[word * 16 + lane];
            }
        }
    }

    /// <summary>The values of the four words of 16 counters.</summary>
    private interface IDraw
    {
        static abstract void Draw(in Words w, out Vector512<float> v0, out Vector512<float> v1, out Vector512<float> v2, out Vector512<float> v3);
    }

    private readonly struct NormalDraw : IDraw
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Draw(in Words w, out Vector512<float> v0, out Vector512<float> v1, out Vector512<float> v2, out Vector512<float> v3)
        {
            Distributions.Normals(w.W0, w.W1, out v0, out v1);
            Distributions.Normals(w.W2, w.W3, out v2, out v3);
        }
    }

    private readonly struct UniformDraw : IDraw
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Draw(in Words w, out Vector512<float> v0, out Vector512<float> v1, out Vector512<float> v2, out Vector512<float> v3)
        {
            v0 = Distributions.Uniform(w.W0);
            v1 = Distributions.Uniform(w.W1);
            v2 = Distributions.Uniform(w.W2);
            v3 = Distributions.Uniform(w.W3);
        }
    }

    private readonly struct TruncatedNormalDraw : IDraw
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Draw(in Words w, out Vector512<float> v0, out Vector512<float> v1, out Vector512<float> v2, out Vector512<float> v3)
        {
            v0 = Distributions.TruncatedNormal(w.W0);
            v1 = Distributions.TruncatedNormal(w.W1);
            v2 = Distributions.TruncatedNormal(w.W2);
            v3 = Distributions.TruncatedNormal(w.W3);
        }
    }

    private readonly struct LaplaceDraw : IDraw
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Draw(in Words w, out Vector512<float> v0, out Vector512<float> v1, out Vector512<float> v2, out Vector512<float> v3)
        {
            v0 = Distributions.Laplace(w.W0);
            v1 = Distributions.Laplace(w.W1);
            v2 = Distributions.Laplace(w.W2);
            v3 = Distributions.Laplace(w.W3);
        }
    }

    private readonly struct SignDraw : IDraw
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Draw(in Words w, out Vector512<float> v0, out Vector512<float> v1, out Vector512<float> v2, out Vector512<float> v3)
        {
            v0 = Distributions.Sign(w.W0);
            v1 = Distributions.Sign(w.W1);
            v2 = Distributions.Sign(w.W2);
            v3 = Distributions.Sign(w.W3);
        }
    }
}

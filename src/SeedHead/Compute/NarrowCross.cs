using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>C += ΦᵀY for few targets: the bits of <see cref="GramProduct"/> with Φ read once, from left to right, at the speed of memory.</summary>
/// <remarks>A task is a strip of features; its chains, one a feature and target, stay in the first-level cache while eight rows at a time pass.</remarks>
internal static unsafe class NarrowCross
{
    /// <summary>Beyond this many targets tiles are faster.</summary>
    public const int MostTargets = 16;

    private const int Together = 8;
    private const int Strip = 256;

    public static void Add(Team team, Strided<float> features, Strided<float> targets, Strided<double> cross)
    {
        int strips = (int)((features.Columns + Strip - 1) / Strip);
        if (team.Alone || strips == 1)
        {
            for (int strip = 0; strip < strips; strip++)
            {
                team.Cancellation.ThrowIfCancellationRequested();
                AddStrip(features, targets, cross, strip);
            }
        }
        else
        {
            Share(team, features, targets, cross, strips);
        }
    }

    private static void Share(Team team, Strided<float> features, Strided<float> targets, Strided<double> cross, int strips) =>
        team.For(strips, strip => AddStrip(features, targets, cross, strip));

    private static void AddStrip(Strided<float> features, Strided<float> targets, Strided<double> cross, int strip)
    {
        long from = (long)strip * Strip;
        int columns = (int)Math.Min(Strip, features.Columns - from), outputs = (int)targets.Columns;
        float* chains = Scratch.Get<float>(Scratch.Slot.Row, (Strip + GramProduct.RowBlock) * outputs);
        float* y = chains + Strip * outputs;
        for (long first = 0; first < features.Rows; first += GramProduct.RowBlock)
        {
            int rows = (int)Math.Min(GramProduct.RowBlock, features.Rows - first);
            new Span<float>(chains, Strip * outputs).Clear();
            CopyRows(targets.Block(first, 0, rows, outputs), y);
            float* phi = &features.Pointer[first * features.RowStride + from];
            int r = 0;
            for (; r + Together <= rows; r += Together)
            {
                AddEight(phi + r * features.RowStride, (nint)features.RowStride, columns, y + r * outputs, outputs, chains);
            }

            for (; r < rows; r++)
            {
                AddOne(phi + r * features.RowStride, columns, y + r * outputs, outputs, chains);
            }

            AddChains(chains, cross.Block(from, 0, columns, outputs));
        }
    }

    private static void CopyRows(Strided<float> from, float* to)
    {
        for (long i = 0; i < from.Rows; i++)
        {
            for (long j = 0; j < from.Columns; j++)
            {
                *to++ = from[i, j];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddEight(float* phi, nint stride, int columns, float* y, int outputs, float* chains)
    {
        nint j = 0;
        for (; j + 8 <= columns; j += 8)
        {
            float* at = phi + j;
            var p0 = Vector256.Load(at);
            var p1 = Vector256.Load(at += stride);
            var p2 = Vector256.Load(at += stride);
            var p3 = Vector256.Load(at += stride);
            var p4 = Vector256.Load(at += stride);
            var p5 = Vector256.Load(at += stride);
            var p6 = Vector256.Load(at += stride);
            var p7 = Vector256.Load(at + stride);
            float* chain = chains + j;
            for (nint k = 0; k < outputs; k++, chain += Strip)
            {
                float* factor = y + k;
                var sum = Vector256.FusedMultiplyAdd(p0, Vector256.Create(*factor), Vector256.Load(chain));
                sum = Vector256.FusedMultiplyAdd(p1, Vector256.Create(*(factor += outputs)), sum);
                sum = Vector256.FusedMultiplyAdd(p2, Vector256.Create(*(factor += outputs)), sum);
                sum = Vector256.FusedMultiplyAdd(p3, Vector256.Create(*(factor += outputs)), sum);
                sum = Vector256.FusedMultiplyAdd(p4, Vector256.Create(*(factor += outputs)), sum);
                sum = Vector256.FusedMultiplyAdd(p5, Vector256.Create(*(factor += outputs)), sum);
                sum = Vector256.FusedMultiplyAdd(p6, Vector256.Create(*(factor += outputs)), sum);
                Vector256.FusedMultiplyAdd(p7, Vector256.Create(*(factor + outputs)), sum).Store(chain);
            }
        }

        for (int r = 0; j < columns && r < Together; r++)
        {
            AddRest(phi + r * stride, j, columns, y + r * outputs, outputs, chains);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddOne(float* phi, int columns, float* y, int outputs, float* chains)
    {
        nint j = 0;
        for (; j + 8 <= columns; j += 8)
        {
            var p = Vector256.Load(phi + j);
            for (nint k = 0; k < outputs; k++)
            {
                float* chain = chains + k * Strip + j;
                Vector256.FusedMultiplyAdd(p, Vector256.Create(y[k]), Vector256.Load(chain)).Store(chain);
            }
        }

        AddRest(phi, j, columns, y, outputs, chains);
    }

    /// <summary>The columns of one row that fill no vector.</summary>
    private static void AddRest(float* phi, nint from, int columns, float* y, int outputs, float* chains)
    {
        for (nint j = from; j < columns; j++)
        {
            for (nint k = 0; k < outputs; k++)
            {
                chains[k * Strip + j] = float.FusedMultiplyAdd(phi[j], y[k], chains[k * Strip + j]);
            }
        }
    }

    private static void AddChains(float* chains, Strided<double> cross)
    {
        for (long i = 0; i < cross.Rows; i++)
        {
            for (long k = 0; k < cross.Columns; k++)
            {
                cross[i, k] += chains[k * Strip + i];
            }
        }
    }
}

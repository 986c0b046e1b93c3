using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Heads;

namespace SeedHead.Kernels;

/// <summary>Tiles of a limit kernel, computed in float64 at each reading and rounded.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="points">The rows.</param>
/// <param name="tangent">Whether the tangent kernel is meant.</param>
internal sealed unsafe class LimitKernelTiles(LimitKernel kernel, Numbers points, bool tangent) : IKernelTiles
{
    private const int Side = IKernelTiles.Side;
    private static readonly Execution Alone = new() { Threads = 1 };

    public int Rows => points.Count;

    /// <summary>Bytes that threads need to compute a tile each, the points included.</summary>
    public static long Bytes(LimitKernel kernel, int rows, bool tangent, int threads) =>
        (threads * (kernel.Bytes(Side, Side, tangent, 1) + ((long)Side * Side * sizeof(float)))) + ((long)rows * kernel.Net.InputCount * sizeof(float));

    public float* Tile(int row, int column, float* buffer)
    {
        Numbers rows = Band(row), columns = row == column ? rows : Band(column);
        using LimitGram gram = kernel.Gram(rows, columns, tangent, Alone);
        Strided<double> values = (gram.Tangent ?? gram.Nngp).Values;
        for (long i = 0; i < values.Rows; i++)
        {
            for (long j = 0; j < values.Columns; j++)
            {
                buffer[(i * Side) + j] = (float)values[i, j];
            }
        }

        return buffer;
    }

    public void Dispose()
    {
        // The points belong to the caller.
    }

    private Numbers Band(int band)
    {
        int first = band * Side, count = Math.Min(Side, Rows - first);
        return new(points.Values.Slice(first * points.Columns, count * points.Columns), points.Columns);
    }
}

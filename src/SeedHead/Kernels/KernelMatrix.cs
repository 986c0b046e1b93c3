using SeedHead.Compute;
using SeedHead.Data;

namespace SeedHead.Kernels;

/// <summary>Kernel values [rows × columns] in float64, outside the managed heap; dispose it when done.</summary>
public sealed unsafe class KernelMatrix : IDisposable
{
    private readonly NativeBuffer<double> values;

    internal KernelMatrix(int rows, int columns)
    {
        (Rows, Columns) = (rows, columns);
        values = new((long)rows * columns);
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>The kernel of row point i and column point j.</summary>
    /// <param name="row">i, in [0, Rows).</param>
    /// <param name="column">j, in [0, Columns).</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside of the matrix.</exception>
    public double this[int row, int column] => Row(row)[column];

    internal Strided<double> Values => Strided<double>.RowMajor(values, Rows, Columns);

    /// <summary>One row, in place.</summary>
    /// <param name="row">Its number, in [0, Rows).</param>
    /// <exception cref="ArgumentOutOfRangeException">No such row.</exception>
    public ReadOnlySpan<double> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        return values.Span((long)row * Columns, Columns);
    }

    /// <summary>Writes an npy array of float64, row after row.</summary>
    /// <param name="stream">Where to.</param>
    public void WriteNpy(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Npy.WriteHeader(stream, "<f8", Rows, Columns);
        for (int i = 0; i < Rows; i++)
        {
            stream.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(Row(i)));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => values.Dispose();

    /// <summary>Copies the lower triangle to the upper one.</summary>
    internal void Mirror(Team team)
    {
        const int side = 64;
        Strided<double> all = Values;
        team.For((Rows + side - 1) / side, block =>
        {
            int from = block * side, to = Math.Min(from + side, Rows);
            for (int column = 0; column < to; column += side)
            {
                for (int i = from; i < to; i++)
                {
                    for (int j = column; j < Math.Min(column + side, i); j++)
                    {
                        all[j, i] = all[i, j];
                    }
                }
            }
        });
    }
}

/// <summary>Limit kernels of two sets of points.</summary>
/// <param name="Nngp">The covariance of the outputs, the neural network Gaussian process kernel.</param>
/// <param name="Tangent">The neural tangent kernel, or null when it was not asked for.</param>
public sealed record LimitGram(KernelMatrix Nngp, KernelMatrix? Tangent) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Nngp.Dispose();
        Tangent?.Dispose();
    }
}

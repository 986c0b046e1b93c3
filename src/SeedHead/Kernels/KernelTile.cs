using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>
/// Covariances on their way through a network, of one point with <see cref="Count"/> others: element (q, j) at q·Count + j, where q counts pairs of pixels
/// (p·P + p′), pixels (p, p), or is 0 for plain vectors.
/// </summary>
internal sealed unsafe class KernelTile(VarianceTable rows, VarianceTable columns, bool recording) : IDisposable
{
    private readonly Dictionary<long, Stack<nint>> free = [];
    private readonly List<NativeBuffer<double>> owned = [];
    private readonly Dictionary<nint, long> lengths = [];

    /// <summary>Covariances, over which steps write.</summary>
    public double* Covariance { get; set; }

    /// <summary>Tangent kernel, or null where nobody asked.</summary>
    public double* Tangent { get; set; }

    /// <summary>Points beside the one.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the tile is of a point with itself, to learn its variances.</summary>
    public bool Recording => recording;

    private int Row { get; set; }

    private int FirstColumn { get; set; }

    public void Begin(int row, int firstColumn, int count, double* covariance, double* tangent)
    {
        (Row, FirstColumn, Count) = (row, firstColumn, count);
        Covariance = covariance;
        Tangent = tangent;
    }

    public void Record(int slot, int place, double variance) => rows.Row(slot, place)[Row] = variance;

    public double RowVariance(int slot, int place) => rows.Row(slot, place)[Row];

    public ReadOnlySpan<double> ColumnVariances(int slot, int place) => columns.Row(slot, place).Slice(FirstColumn, Count);

    public Span<double> Covariances(long pair) => new(Covariance + (pair * Count), Count);

    public Span<double> Tangents(long pair) => new(Tangent + (pair * Count), Count);

    /// <summary>Room for numbers, their values left from earlier.</summary>
    public double* Take(long length)
    {
        if (free.TryGetValue(length, out Stack<nint>? stack) && stack.Count > 0)
        {
            return (double*)stack.Pop();
        }

        var buffer = new NativeBuffer<double>(length);
        owned.Add(buffer);
        lengths[(nint)buffer.Pointer] = length;
        return buffer.Pointer;
    }

    /// <summary>Gives room back; memory of others is left alone.</summary>
    public void Give(double* room)
    {
        if (room != null && lengths.TryGetValue((nint)room, out long length))
        {
            if (!free.TryGetValue(length, out Stack<nint>? stack))
            {
                free[length] = stack = [];
            }

            stack.Push((nint)room);
        }
    }

    public double* Copy(double* from, long length)
    {
        if (from == null)
        {
            return null;
        }

        double* copy = Take(length);
        Vectors.Copy(from, copy, (nint)length);
        return copy;
    }

    /// <summary>Replaces covariances and tangents by what a function makes of each, of another length.</summary>
    public void Replace(long length, Action<nint, nint> make)
    {
        double* covariance = Take(length);
        make((nint)Covariance, (nint)covariance);
        Give(Covariance);
        Covariance = covariance;
        if (Tangent != null)
        {
            double* tangent = Take(length);
            make((nint)Tangent, (nint)tangent);
            Give(Tangent);
            Tangent = tangent;
        }
    }

    public void Dispose()
    {
        foreach (NativeBuffer<double> buffer in owned)
        {
            buffer.Dispose();
        }
    }
}

/// <summary>Variances of every point wherever a network needs them: one row of points for each slot and place.</summary>
internal sealed class VarianceTable(IReadOnlyList<int> places, int points)
{
    private readonly double[][][] rows = [.. places.Select(count => Enumerable.Range(0, count).Select(_ => new double[points]).ToArray())];

    public Span<double> Row(int slot, int place) => rows[slot][place];
}

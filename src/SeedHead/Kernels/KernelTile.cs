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

    /// <summary>The pairs of pixels at one offset that are kept, or null for all that steps keep.</summary>
    public PixelPlane? Plane { get; set; }

    /// <summary>Whether the tile is of a point with itself, to learn its variances.</summary>
    public bool Recording => recording && (Plane is null or { Down: 0, Right: 0 });

    private int Row { get; set; }

    private int FirstColumn { get; set; }

    public void Begin(int row, int firstColumn, int count, double* covariance, double* tangent)
    {
        (Row, FirstColumn, Count) = (row, firstColumn, count);
        Covariance = covariance;
        Tangent = tangent;
    }

    /// <summary>Which of the pairs are in this tile.</summary>
    public PixelPairs Kept(PixelPairs pairs) => Plane is { } plane ? new(plane.Height * plane.Width, false) : pairs;

    /// <summary>The pixel of the row's image in the tile's pair p.</summary>
    public int RowPixel(int p) => Plane is { } plane ? plane.Pixel(p, plane.Top, plane.Left) : p;

    /// <summary>The pixel of the columns' images in the tile's pair p.</summary>
    public int ColumnPixel(int p) => Plane is { } plane ? plane.Pixel(p, plane.Top + plane.Down, plane.Left + plane.Right) : p;

    public void Record(int slot, int place, double variance) => rows.Row(slot, place)[Row] = variance;

    public double RowVariance(int slot, int place) => rows.Row(slot, place)[Row];

    public ReadOnlySpan<double> ColumnVariances(int slot, int place) => columns.Row(slot, place).Slice(FirstColumn, Count);

    public Span<double> Covariances(long pair) => new(Covariance + (pair * Count), Count);

    public Span<double> Tangents(long pair) => new(Tangent + (pair * Count), Count);

    /// <summary>Room for numbers, their values left from earlier.</summary>
    public double* Take(long length)
    {
        if (Plane is { } plane)
        {
            length = Math.Max(length, (long)plane.Image.Height * plane.Image.Width * Count); // one size for all offsets
        }

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

/// <summary>Pairs (p, p + offset) of pixels of two images of one size, both inside: a rectangle of pixels p.</summary>
/// <param name="Down">Rows of the offset.</param>
/// <param name="Right">Columns of the offset.</param>
/// <param name="Image">The images' size.</param>
internal readonly record struct PixelPlane(int Down, int Right, Data.ImageShape Image)
{
    public int Top => Math.Max(0, -Down);

    public int Left => Math.Max(0, -Right);

    public int Height => Image.Height - Math.Abs(Down);

    public int Width => Image.Width - Math.Abs(Right);

    public int Pixel(int p, int top, int left) => ((top + (p / Width)) * Image.Width) + left + (p % Width);
}

/// <summary>Variances of every point wherever a network needs them: one row of points for each slot and place.</summary>
internal sealed class VarianceTable(IReadOnlyList<int> places, int points)
{
    private readonly double[][][] rows = [.. places.Select(count => Enumerable.Range(0, count).Select(_ => new double[points]).ToArray())];

    public Span<double> Row(int slot, int place) => rows[slot][place];
}

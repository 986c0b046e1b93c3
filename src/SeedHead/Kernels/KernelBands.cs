using System.Runtime.InteropServices;
using SeedHead.Compute;
using SeedHead.Data;

namespace SeedHead.Kernels;

/// <summary>Writes the Gram matrix of a limit kernel to an npy file that is never held whole: square tiles on and below the diagonal, each with its mirror.</summary>
/// <remarks>The file has the bytes of <see cref="KernelMatrix.WriteNpy"/>, whatever the side of the tiles.</remarks>
internal static class KernelBands
{
    private const int Most = 4096, Least = 64;

    /// <summary>The largest side of tiles, halved from 4,096, that fits into what is allowed.</summary>
    /// <exception cref="ForecastException">Not even the smallest one does.</exception>
    public static int Side(LimitKernel kernel, int rows, bool tangent, int threads, long allowed)
    {
        long points = (long)rows * kernel.Net.InputCount * sizeof(float), needed = 0;
        for (int side = Math.Min(rows, Most); side >= Math.Min(rows, Least); side = side == Least ? 0 : Math.Max(side / 2, Least))
        {
            needed = points + kernel.Bytes(side, side, tangent, threads);
            if (needed <= allowed)
            {
                return side;
            }
        }

        throw new ForecastException(
            $"The kernel of {rows} rows needs {needed} bytes even when it is written by tiles of {Math.Min(rows, Least)} rows, but --max-memory allows {allowed}. Give fewer rows, fewer threads or more memory.");
    }

    /// <summary>Fails when the disk of a file has not so many bytes.</summary>
    /// <exception cref="DataException">Says how many it has.</exception>
    public static void RequireDisk(string path, int rows)
    {
        string full = Path.GetFullPath(path);
        Int128 needed = (Int128)rows * rows * sizeof(double);
        long room = full.StartsWith("/dev/", StringComparison.Ordinal) ? long.MaxValue : KernelStore.Room(Path.GetDirectoryName(full)!);
        if (room > 0 && needed > room) // 0: it could not be told
        {
            throw new DataException($"{path}: the kernel of {rows} rows is a file of {needed} bytes, but its disk has {room} free. Free some space, give fewer rows, or choose another --out.");
        }
    }

    /// <summary>Writes the npy file.</summary>
    /// <param name="stream">A new file that can be written anywhere.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="points">The rows.</param>
    /// <param name="tangent">Whether the tangent kernel is meant.</param>
    /// <param name="side">Rows of a tile.</param>
    /// <param name="run">Threads, cancellation, progress.</param>
    public static void WriteNpy(Stream stream, LimitKernel kernel, Numbers points, bool tangent, int side, Execution run)
    {
        int rows = points.Count, bands = (rows + side - 1) / side, done = 0;
        Npy.WriteHeader(stream, "<f8", rows, rows);
        long start = stream.Position;
        stream.SetLength(start + ((long)rows * rows * sizeof(double)));
        var mirrored = new double[side];
        for (int band = 0; band < bands; band++)
        {
            Numbers own = Band(points, band, side);
            for (int column = 0; column <= band; column++)
            {
                run.Report("kernel", done++, (long)bands * (bands + 1) / 2);
                using LimitGram gram = kernel.Gram(own, column == band ? own : Band(points, column, side), tangent, run);
                KernelMatrix tile = gram.Tangent ?? gram.Nngp;
                for (int i = 0; i < tile.Rows; i++)
                {
                    Put((band * side) + i, column * side, tile.Row(i));
                }

                for (int j = 0; j < tile.Columns && column < band; j++)
                {
                    Put((column * side) + j, band * side, Column(tile.Values, j, mirrored));
                }
            }
        }

        stream.Seek(0, SeekOrigin.End);

        void Put(int row, int column, ReadOnlySpan<double> numbers)
        {
            stream.Position = start + ((((long)row * rows) + column) * sizeof(double));
            stream.Write(MemoryMarshal.AsBytes(numbers));
        }
    }

    private static ReadOnlySpan<double> Column(Strided<double> tile, int column, double[] to)
    {
        for (int i = 0; i < tile.Rows; i++)
        {
            to[i] = tile[i, column];
        }

        return to.AsSpan(0, (int)tile.Rows);
    }

    private static Numbers Band(Numbers points, int band, int side)
    {
        int first = band * side, count = Math.Min(side, points.Count - first);
        return new(points.Values.Slice(first * points.Columns, count * points.Columns), points.Columns);
    }
}

using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using SeedHead.Compute;
using SeedHead.Heads;

namespace SeedHead.Kernels;

/// <summary>Tiles of a kernel matrix in a temporary file, in float32, band after band; the file goes when this is disposed or the process ends.</summary>
internal sealed unsafe class KernelFile : IKernelTiles
{
    /// <summary>Numbers of a tile; all have room for as many.</summary>
    public const int TileNumbers = IKernelTiles.Side * IKernelTiles.Side;

    private static int files;
    private readonly SafeFileHandle handle;

    /// <summary>Writes all tiles of a source.</summary>
    /// <param name="run">Threads, cancellation, progress.</param>
    /// <param name="source">The tiles.</param>
    /// <param name="folder">Where the file lies.</param>
    /// <exception cref="DataException">The file cannot be written: says why.</exception>
    public KernelFile(Execution run, IKernelTiles source, string folder)
    {
        Rows = source.Rows;
        Path = System.IO.Path.Combine(folder, $"seedhead-kernel-{Environment.ProcessId}-{Interlocked.Increment(ref files)}.tiles");
        try
        {
            handle = File.OpenHandle(Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
            if (!OperatingSystem.IsWindows())
            {
                File.Delete(Path); // the open file stays, and nothing is left when the process is killed
            }

            Visit(run, Rows, (row, column) =>
            {
                float* made = source.Tile(row, column, Scratch.Get<float>(Scratch.Slot.KernelTile, TileNumbers));
                RandomAccess.Write(handle, MemoryMarshal.AsBytes(new ReadOnlySpan<float>(made, TileNumbers)), Start(row, column) * sizeof(float));
            });
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            handle?.Dispose();
            throw new DataException($"{Path}: the kernel matrix ({Bytes(Rows)} bytes) cannot be kept there: {fault.Message.TrimEnd('.')}. Free some space, or give more --max-memory.", fault);
        }
        catch
        {
            handle?.Dispose();
            throw;
        }
    }

    public int Rows { get; }

    /// <summary>Where the file was made; elsewhere than on Windows it has no name any more.</summary>
    public string Path { get; }

    /// <summary>Bytes of all tiles of n rows.</summary>
    public static long Bytes(int rows) => Numbers(rows) * sizeof(float);

    /// <summary>Numbers of all tiles of n rows.</summary>
    public static long Numbers(int rows) => Start(Bands(rows), 0);

    /// <summary>The place of a tile's first number.</summary>
    public static long Start(int row, int column) => (((long)row * (row + 1) / 2) + column) * TileNumbers;

    /// <summary>Calls for every tile, some at once.</summary>
    public static void Visit(Execution run, int rows, Action<int, int> tile)
    {
        int bands = Bands(rows), done = 0, all = bands * (bands + 1) / 2;
        for (int band = 0; band < bands; band++)
        {
            int own = band;
            run.Team.For(own + 1, column =>
            {
                tile(own, column);
                run.Report("kernel", Interlocked.Increment(ref done), all);
            });
        }
    }

    public float* Tile(int row, int column, float* buffer)
    {
        Span<byte> to = MemoryMarshal.AsBytes(new Span<float>(buffer, TileNumbers));
        long offset = Start(row, column) * sizeof(float);
        while (to.Length > 0)
        {
            int read = RandomAccess.Read(handle, to, offset);
            if (read == 0)
            {
                throw new DataException($"{Path}: the kernel's file ends at byte {offset}. It was cut while it was read; run the command again.");
            }

            to = to[read..];
            offset += read;
        }

        return buffer;
    }

    public void Dispose() => handle.Dispose();

    private static int Bands(int rows) => (rows + IKernelTiles.Side - 1) / IKernelTiles.Side;
}

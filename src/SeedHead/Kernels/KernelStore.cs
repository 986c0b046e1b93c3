using SeedHead.Heads;

namespace SeedHead.Kernels;

/// <summary>Where the tiles of a kernel matrix are kept.</summary>
internal enum KernelPlace
{
    /// <summary>In memory.</summary>
    Memory,

    /// <summary>In a temporary file.</summary>
    Disk,

    /// <summary>Nowhere: computed at each reading.</summary>
    Nowhere,
}

/// <summary>Chooses where tiles are kept; it never changes a bit of them.</summary>
internal static class KernelStore
{
    private const double Reserve = 1.05; // of the disk

    /// <summary>In memory where they fit into what is allowed, else on a disk with room, else nowhere.</summary>
    /// <param name="rows">n.</param>
    /// <param name="allowed">Bytes for tiles.</param>
    /// <param name="folder">The folder of temporary files.</param>
    public static KernelPlace Choose(int rows, long allowed, string folder) =>
        KernelFile.Bytes(rows) <= allowed ? KernelPlace.Memory
        : KernelFile.Bytes(rows) * Reserve <= Room(folder) ? KernelPlace.Disk
        : KernelPlace.Nowhere;

    /// <summary>The tiles in their place; of those kept, the source is not needed any more.</summary>
    public static IKernelTiles Keep(Execution run, IKernelTiles source, KernelPlace place, string folder) => place switch
    {
        KernelPlace.Memory => new HeldKernelTiles(run, source),
        KernelPlace.Disk => new KernelFile(run, source, folder),
        _ => source,
    };

    /// <summary>Free bytes of the disk that holds a folder; 0 where that cannot be told.</summary>
    public static long Room(string folder)
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return 0;
        }
    }
}

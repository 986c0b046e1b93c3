using SeedHead.Compute;
using SeedHead.Heads;

namespace SeedHead.Kernels;

/// <summary>Tiles of a kernel matrix in memory, in float32.</summary>
internal sealed unsafe class HeldKernelTiles : IKernelTiles
{
    private readonly NativeBuffer<float> numbers;

    /// <summary>Copies all tiles of a source.</summary>
    public HeldKernelTiles(Execution run, IKernelTiles source)
    {
        Rows = source.Rows;
        numbers = new(KernelFile.Numbers(Rows));
        try
        {
            KernelFile.Visit(run, Rows, (row, column) =>
            {
                float* own = numbers.Pointer + KernelFile.Start(row, column), made = source.Tile(row, column, own);
                if (made != own)
                {
                    new Span<float>(made, KernelFile.TileNumbers).CopyTo(new(own, KernelFile.TileNumbers));
                }
            });
        }
        catch
        {
            numbers.Dispose();
            throw;
        }
    }

    public int Rows { get; }

    public float* Tile(int row, int column, float* buffer) => numbers.Pointer + KernelFile.Start(row, column);

    public void Dispose() => numbers.Dispose();
}

using SeedHead.Heads;

namespace SeedHead.Tests.Heads;

/// <summary>Tiles of a kernel given by a function, rounded to float32.</summary>
internal sealed unsafe class ArrayTiles(int rows, Func<int, int, double> kernel) : IKernelTiles
{
    public int Rows => rows;

    public int Readings { get; private set; }

    public float* Tile(int row, int column, float* buffer)
    {
        Readings++;
        const int side = IKernelTiles.Side;
        for (int i = row * side; i < Math.Min((row + 1) * side, rows); i++)
        {
            for (int j = column * side; j < Math.Min((column + 1) * side, rows); j++)
            {
                buffer[((i % side) * side) + (j % side)] = (float)kernel(i, j);
            }
        }

        return buffer;
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}

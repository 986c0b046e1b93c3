using SeedHead.Compute;

namespace SeedHead.Heads;

/// <summary>K times a few vectors, tile by tile: every tile is read once and used for its mirror too.</summary>
/// <remarks>
/// Within a band of rows, sums along columns go to their own places and sums along rows are kept a tile, then added in order of the tiles; bands follow one
/// another. So neither threads nor where the tiles lie change a bit.
/// </remarks>
internal sealed unsafe class KernelProduct : IDisposable
{
    private const int Side = IKernelTiles.Side;

    private readonly Team team;
    private readonly IKernelTiles tiles;
    private readonly NativeBuffer<double> partials;
    private readonly int vectors;

    /// <param name="team">The threads.</param>
    /// <param name="tiles">K.</param>
    /// <param name="vectors">Vectors at once.</param>
    public KernelProduct(Team team, IKernelTiles tiles, int vectors)
    {
        (this.team, this.tiles, this.vectors) = (team, tiles, vectors);
        Bands = RowBlocks.Chunks(tiles.Rows, Side);
        partials = new((long)Bands * vectors * Side);
    }

    public int Bands { get; }

    /// <summary>y ← K·v, vectors as rows [K × n].</summary>
    public void Multiply(Strided<double> v, Strided<double> y)
    {
        for (long k = 0; k < y.Rows; k++)
        {
            y.Row(k).Clear();
        }

        for (int band = 0; band < Bands; band++)
        {
            int own = band;
            team.For(own + 1, column => MultiplyTile(own, column, v, y));
            Gather(own, y);
        }
    }

    /// <summary>Rows of a band.</summary>
    public int Height(int band) => Math.Min(Side, tiles.Rows - (band * Side));

    public void Dispose() => partials.Dispose();

    private Strided<double> Partial(int column, int height) => new(partials.Pointer + ((long)column * vectors * Side), vectors, height, Side, 1);

    private Strided<double> Part(Strided<double> all, int band) => all.Block(0, (long)band * Side, vectors, Height(band));

    private void MultiplyTile(int band, int column, Strided<double> v, Strided<double> y)
    {
        float* tile = tiles.Tile(band, column, Scratch.Get<float>(Scratch.Slot.KernelTile, (long)Side * Side));
        Strided<double> forward = Partial(column, Height(band));
        if (column == band)
        {
            TileVectors.Multiply(tile, Side, Part(v, column), forward);
        }
        else
        {
            TileVectors.MultiplyBoth(tile, Side, Part(v, column), forward, Part(v, band), Part(y, column));
        }
    }

    private void Gather(int band, Strided<double> y)
    {
        int height = Height(band);
        Strided<double> to = Part(y, band);
        team.For(vectors, k =>
        {
            for (int column = 0; column <= band; column++)
            {
                Vectors.Add(1, Partial(column, height).Pointer + ((long)k * Side), to.Pointer + (k * to.RowStride), height);
            }
        });
    }
}

namespace SeedHead.Heads;

/// <summary>A symmetric kernel matrix K [n × n] in float32, by square tiles on and below its diagonal: in memory, on disk, or computed at each reading.</summary>
/// <remarks>
/// Wherever tiles lie, their numbers have the same bits, and so has all that is computed from them. Rounding to float32 changes an element by at most 6·10⁻⁸
/// of itself, and no eigenvalue by more than 6·10⁻⁸ of the largest row sum, typically by 6·10⁻⁸·√n of the mean diagonal.
/// </remarks>
internal unsafe interface IKernelTiles : IDisposable
{
    /// <summary>Rows and columns of a tile; the last ones may have fewer.</summary>
    const int Side = 1024;

    /// <summary>n.</summary>
    int Rows { get; }

    /// <summary>The tile of rows row·Side … and columns column·Side …, column ≤ row, its rows <see cref="Side"/> apart; those on the diagonal are whole. May be called from several threads.</summary>
    /// <param name="row">Number of the tile along rows.</param>
    /// <param name="column">Number of the tile along columns.</param>
    /// <param name="buffer">Side² numbers to write to, if the tile lies nowhere yet.</param>
    /// <returns>Where the tile lies: <paramref name="buffer"/>, or memory of its own.</returns>
    float* Tile(int row, int column, float* buffer);
}

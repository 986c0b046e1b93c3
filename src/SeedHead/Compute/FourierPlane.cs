using System.Numerics;

namespace SeedHead.Compute;

/// <summary>Fourier transforms in two dimensions: of every row, then of every column. Rows and columns are shared out to the threads.</summary>
/// <remarks>
/// Two real rows go as one complex row z = x + i·y: X[k] = (Z[k] + Z̄[n − k])/2, Y[k] = (Z[k] − Z̄[n − k])/2i, of which the first ⌊n/2⌋ + 1 are kept.
/// Rows 2l and 2l + 1 are such a pair. Error: as <see cref="Fourier{T}"/> with log₂ of m·n.
/// </remarks>
internal sealed unsafe class FourierPlane<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Fourier<T> alongRows, alongColumns;

    /// <param name="rows">m ≥ 0, the length of a column.</param>
    /// <param name="columns">n ≥ 0, the length of a row.</param>
    public FourierPlane(int rows, int columns)
    {
        alongRows = new(columns);
        alongColumns = new(rows);
    }

    public int Rows => alongColumns.Length;

    public int Columns => alongRows.Length;

    /// <summary>Columns of the transform of a real matrix: ⌊n/2⌋ + 1, none of none.</summary>
    public int HalfColumns => Columns == 0 ? 0 : Columns / 2 + 1;

    /// <summary>Transforms [m × n] complex numbers in place.</summary>
    public void Forward(Team team, Strided<T> re, Strided<T> im)
    {
        alongRows.ForwardColumns(team, re.Transpose, im.Transpose);
        alongColumns.ForwardColumns(team, re, im);
    }

    /// <summary>The inverse of <see cref="Forward"/>, 1/mn included.</summary>
    public void Inverse(Team team, Strided<T> re, Strided<T> im)
    {
        alongColumns.InverseColumns(team, re, im);
        alongRows.InverseColumns(team, re.Transpose, im.Transpose);
    }

    /// <summary>re, im [m × (⌊n/2⌋ + 1)] ← the transform of the real x [m × n], which is only read.</summary>
    public void ForwardReal(Team team, Strided<T> x, Strided<T> re, Strided<T> im)
    {
        Require(x, re, im);
        ForPairs(team, (first, rows) =>
        {
            int lanes = (rows + 1) / 2;
            (nint zr, nint zi) = Gather(x.Block(first, 0, rows, Columns), lanes);
            alongRows.Forward((T*)zr, (T*)zi, lanes);
            for (int l = 0; l < rows; l++)
            {
                Split((T*)zr + l / 2, (T*)zi + l / 2, lanes, l % 2 == 1, re.Block(first + l, 0, 1, HalfColumns), im.Block(first + l, 0, 1, HalfColumns));
            }
        });
        alongColumns.ForwardColumns(team, re, im);
    }

    /// <summary>
    /// x [m × n] ← the real matrix whose transform begins with re, im [m × (⌊n/2⌋ + 1)], which are overwritten. What no real matrix can have as imaginary
    /// parts in columns 0 and n/2 is left out.
    /// </summary>
    public void InverseReal(Team team, Strided<T> re, Strided<T> im, Strided<T> x)
    {
        Require(x, re, im);
        alongColumns.InverseColumns(team, re, im);
        ForPairs(team, (first, rows) =>
        {
            int lanes = (rows + 1) / 2;
            T* zr = Scratch.Get<T>(Scratch.Slot.FourierLines, 2L * Columns * lanes), zi = zr + (nint)Columns * lanes;
            for (int l = 0; l < lanes; l++)
            {
                bool second = 2 * l + 1 < rows;
                Join(re.Block(first + 2 * l, 0, second ? 2 : 1, HalfColumns), im.Block(first + 2 * l, 0, second ? 2 : 1, HalfColumns), zr + l, zi + l, lanes);
            }

            alongRows.Inverse(zr, zi, lanes);
            for (int l = 0; l < rows; l++)
            {
                T* from = (l % 2 == 0 ? zr : zi) + l / 2;
                for (int k = 0; k < Columns; k++)
                {
                    x[first + l, k] = from[(nint)k * lanes];
                }
            }
        });
    }

    public void Dispose()
    {
        alongRows.Dispose();
        alongColumns.Dispose();
    }

    /// <summary>Calls body(first row, rows) for rows that go together; their number is even but at the end.</summary>
    private void ForPairs(Team team, Action<int, int> body)
    {
        int together = 2 * alongRows.Together;
        if (Columns > 0)
        {
            team.For((Rows + together - 1) / together, task => body(task * together, Math.Min(together, Rows - task * together)));
        }
    }

    /// <summary>Even rows as real parts, odd rows as imaginary parts; zeros where the last one has no partner.</summary>
    private (nint Re, nint Im) Gather(Strided<T> x, int lanes)
    {
        T* zr = Scratch.Get<T>(Scratch.Slot.FourierLines, 2L * Columns * lanes), zi = zr + (nint)Columns * lanes;
        for (int l = 0; l < lanes; l++)
        {
            bool second = 2 * l + 1 < x.Rows;
            for (int j = 0; j < Columns; j++)
            {
                zr[(nint)j * lanes + l] = x[2 * l, j];
                zi[(nint)j * lanes + l] = second ? x[2 * l + 1, j] : T.Zero;
            }
        }

        return ((nint)zr, (nint)zi);
    }

    private void Split(T* zr, T* zi, int lanes, bool second, Strided<T> re, Strided<T> im)
    {
        T half = T.CreateTruncating(0.5);
        for (int k = 0; k < HalfColumns; k++)
        {
            nint a = (nint)k * lanes, b = (nint)(k == 0 ? 0 : Columns - k) * lanes;
            re[0, k] = half * (second ? zi[a] + zi[b] : zr[a] + zr[b]);
            im[0, k] = half * (second ? zr[b] - zr[a] : zi[a] - zi[b]);
        }
    }

    private void Join(Strided<T> re, Strided<T> im, T* zr, T* zi, int lanes)
    {
        for (int k = 0; k < HalfColumns; k++)
        {
            bool own = k == 0 || 2 * k == Columns; // its own mirror: real
            T xr = re[0, k], xi = own ? T.Zero : im[0, k];
            T yr = re.Rows > 1 ? re[1, k] : T.Zero, yi = own || re.Rows == 1 ? T.Zero : im[1, k];
            nint a = (nint)k * lanes, b = (nint)(k == 0 ? 0 : Columns - k) * lanes;
            (zr[b], zi[b]) = (xr + yi, yr - xi);
            (zr[a], zi[a]) = (xr - yi, xi + yr);
        }
    }

    private void Require(Strided<T> x, Strided<T> re, Strided<T> im)
    {
        bool fits = x.Rows == Rows && x.Columns == Columns && re.Rows == Rows && re.Columns == HalfColumns && im.Rows == Rows && im.Columns == HalfColumns;
        if (!fits)
        {
            throw new ArgumentException(
                $"x [{x.Rows} × {x.Columns}] must be [{Rows} × {Columns}], its transform [{Rows} × {HalfColumns}], not [{re.Rows} × {re.Columns}].");
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace SeedHead.Compute;

/// <summary>Fourier transforms in two dimensions: of every row, then of every column. Rows and columns are shared out to the threads.</summary>
/// <remarks>
/// Two real rows go as one complex row z = x + i·y: X[k] = (Z[k] + Z̄[n − k])/2, Y[k] = (Z[k] − Z̄[n − k])/2i, of which the first ⌊n/2⌋ + 1 are kept.
/// Of 2·<see cref="Fourier{T}.Together"/> rows (or those that are left) row l and row l + ⌈half⌉ are such a pair. Error: as <see cref="Fourier{T}"/>
/// with log₂ of m·n.
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
        ForPairs(team, (first, rows, lanes) =>
        {
            T* zr = Lines(lanes), zi = zr + (nint)Columns * lanes;
            FourierLines.GatherPairs(x.Block(first, 0, rows, Columns).Transpose, zr, zi, lanes);
            alongRows.Forward(zr, zi, lanes);
            nint size = (nint)HalfColumns * lanes;
            T* half = Scratch.Get<T>(Scratch.Slot.FourierSpare, 4 * size); // the transform is done with it
            nint done = Split<Lanes256<T>>(zr, zi, half, size, lanes, 0);
            Split<OneLane<T>>(zr, zi, half, size, lanes, done);
            FourierLines.ScatterPairs(half, half + size, lanes, re.Block(first, 0, rows, HalfColumns).Transpose);
            FourierLines.ScatterPairs(half + 2 * size, half + 3 * size, lanes, im.Block(first, 0, rows, HalfColumns).Transpose);
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
        ForPairs(team, (first, rows, lanes) =>
        {
            nint size = (nint)HalfColumns * lanes;
            T* half = Scratch.Get<T>(Scratch.Slot.FourierSpare, 4 * size), zr = Lines(lanes), zi = zr + (nint)Columns * lanes;
            FourierLines.GatherPairs(re.Block(first, 0, rows, HalfColumns).Transpose, half, half + size, lanes);
            FourierLines.GatherPairs(im.Block(first, 0, rows, HalfColumns).Transpose, half + 2 * size, half + 3 * size, lanes);
            nint done = Join<Lanes256<T>>(half, size, zr, zi, lanes, 0);
            Join<OneLane<T>>(half, size, zr, zi, lanes, done);
            alongRows.Inverse(zr, zi, lanes);
            FourierLines.ScatterPairs(zr, zi, lanes, x.Block(first, 0, rows, Columns).Transpose);
        });
    }

    public void Dispose()
    {
        alongRows.Dispose();
        alongColumns.Dispose();
    }

    /// <summary>Calls body(first row, rows, pairs) for rows that go together.</summary>
    private void ForPairs(Team team, Action<int, int, int> body)
    {
        int together = 2 * alongRows.Together;
        if (Columns > 0)
        {
            team.For((Rows + together - 1) / together, task =>
            {
                int rows = Math.Min(together, Rows - task * together);
                body(task * together, rows, (rows + 1) / 2);
            });
        }
    }

    private T* Lines(int lanes) => Scratch.Get<T>(Scratch.Slot.FourierLines, 2L * Columns * lanes);

    /// <summary>half ← real parts of X, of Y, imaginary parts of X, of Y, each <paramref name="size"/> numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private nint Split<TLanes>(T* zr, T* zi, T* half, nint size, nint lanes, nint from)
        where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes factor = TLanes.All(T.CreateTruncating(0.5));
        nint to = from + (lanes - from) / TLanes.Count * TLanes.Count;
        for (nint k = 0; k < HalfColumns; k++)
        {
            nint mirror = (k == 0 ? 0 : Columns - k) * lanes;
            for (nint l = from; l < to; l += TLanes.Count)
            {
                T* y = half + k * lanes + l;
                TLanes ar = TLanes.Load(zr + k * lanes + l), ai = TLanes.Load(zi + k * lanes + l);
                TLanes br = TLanes.Load(zr + mirror + l), bi = TLanes.Load(zi + mirror + l);
                (factor * (ar + br)).Store(y);
                (factor * (ai + bi)).Store(y + size);
                (factor * (ai - bi)).Store(y + 2 * size);
                (factor * (br - ar)).Store(y + 3 * size);
            }
        }

        return to;
    }

    /// <summary>Z[k] = X[k] + i·Y[k] and Z[n − k] = X̄[k] + i·Ȳ[k].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private nint Join<TLanes>(T* half, nint size, T* zr, T* zi, nint lanes, nint from)
        where TLanes : struct, ILanes<TLanes, T>
    {
        nint to = from + (lanes - from) / TLanes.Count * TLanes.Count;
        for (nint k = 0; k < HalfColumns; k++)
        {
            TLanes imaginary = TLanes.All(k == 0 || 2 * k == Columns ? T.Zero : T.One); // its own mirror: real
            nint mirror = (k == 0 ? 0 : Columns - k) * lanes;
            for (nint l = from; l < to; l += TLanes.Count)
            {
                T* y = half + k * lanes + l;
                TLanes xr = TLanes.Load(y), yr = TLanes.Load(y + size), xi = imaginary * TLanes.Load(y + 2 * size), yi = imaginary * TLanes.Load(y + 3 * size);
                (xr + yi).Store(zr + mirror + l);
                (yr - xi).Store(zi + mirror + l);
                (xr - yi).Store(zr + k * lanes + l);
                (xi + yr).Store(zi + k * lanes + l);
            }
        }

        return to;
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

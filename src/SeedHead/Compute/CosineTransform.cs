using System.Numerics;
using System.Runtime.CompilerServices;

namespace SeedHead.Compute;

/// <summary>The orthonormal cosine transform of length n (DCT-II) and its inverse (DCT-III), of lines and of both dimensions of a matrix.</summary>
/// <remarks>
/// <para>X[k] = s[k]·Σ x[j]·cos(π·(2j + 1)·k/2n) over j, s[0] = √(1/n), s[k] = √(2/n); x[j] = Σ s[k]·X[k]·cos(π·(2j + 1)·k/2n) over k.</para>
/// <para>By one Fourier transform V of v = (x[0], x[2], x[4], …, x[5], x[3], x[1]): X[k] = s[k]·Re(e^(−iπk/2n)·V[k]), and back by V[k] =
/// √(n/2)·e^(iπk/2n)·(X[k] − i·X[n − k]), V[0] = √n·X[0]. Two lines go as one complex line: V = (Z[k] + Z̄[n − k])/2 and (Z[k] − Z̄[n − k])/2i; of
/// 2·<see cref="Fourier{T}.Together"/> columns (or those that are left) column l and column l + ⌈half⌉, a single line with zeros. Source: J. Makhoul,
/// "A fast cosine transform in one and two dimensions", IEEE Trans. ASSP 28 (1980).</para>
/// <para>Error: as <see cref="Fourier{T}"/>, with 2 + log₂ n instead of 1 + log₂ n, beside the larger of the two lines of a pair.</para>
/// </remarks>
internal sealed unsafe class CosineTransform<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Fourier<T> inner;
    private readonly NativeBuffer<T> roots; // s[k]/2·cos πk/2n, s[k]/2·sin πk/2n, then cos and sin divided by s[k]

    /// <param name="length">n ≥ 0.</param>
    public CosineTransform(int length)
    {
        inner = new(length);
        roots = new(4L * length);
        for (int k = 0; k < length; k++)
        {
            (double cos, double sin) = Elementary.CosSinOfTurn(k, 4L * length);
            double scale = Math.Sqrt((k == 0 ? 1.0 : 2.0) / length) / 2, back = Math.Sqrt(k == 0 ? length : length / 2.0);
            T* root = roots.Pointer + k;
            (root[0], root[length]) = (T.CreateTruncating(scale * cos), T.CreateTruncating(scale * sin));
            (root[2 * length], root[3 * length]) = (T.CreateTruncating(back * cos), T.CreateTruncating(back * sin));
        }
    }

    public int Length => inner.Length;

    /// <summary>
    /// DCT-II of both dimensions of a [m × n] in place: columns by <paramref name="rows"/> of length m, rows by <paramref name="columns"/> of length
    /// n.
    /// </summary>
    public static void ForwardPlane(Team team, CosineTransform<T> rows, CosineTransform<T> columns, Strided<T> a)
    {
        columns.ForwardColumns(team, a.Transpose);
        rows.ForwardColumns(team, a);
    }

    /// <summary>The inverse of <see cref="ForwardPlane"/>: DCT-III of both dimensions.</summary>
    public static void InversePlane(Team team, CosineTransform<T> rows, CosineTransform<T> columns, Strided<T> a)
    {
        rows.InverseColumns(team, a);
        columns.InverseColumns(team, a.Transpose);
    }

    /// <summary>DCT-II of x [n] in place.</summary>
    public void Forward(T* x) => ForwardColumns(Team.Single, Strided<T>.RowMajor(x, Length, 1));

    /// <summary>DCT-III of x [n] in place.</summary>
    public void Inverse(T* x) => InverseColumns(Team.Single, Strided<T>.RowMajor(x, Length, 1));

    /// <summary>DCT-II of every column of a [n × any] in place.</summary>
    public void ForwardColumns(Team team, Strided<T> a) => ForPairs(team, a, (columns, zr, zi, lanes) =>
    {
        (Strided<T> even, Strided<T> odd) = Folded(columns);
        nint middle = (nint)even.Rows * lanes;
        FourierLines.GatherPairs(even, (T*)zr, (T*)zi, lanes);
        FourierLines.GatherPairs(odd, (T*)zr + middle, (T*)zi + middle, lanes);
        inner.Forward((T*)zr, (T*)zi, lanes);
        nint done = Turn<Lanes256<T>>((T*)zr, (T*)zi, lanes, 0);
        Turn<OneLane<T>>((T*)zr, (T*)zi, lanes, done);
        FourierLines.ScatterPairs((T*)zr, (T*)zi, lanes, columns);
    });

    /// <summary>DCT-III of every column of a [n × any] in place.</summary>
    public void InverseColumns(Team team, Strided<T> a) => ForPairs(team, a, (columns, zr, zi, lanes) =>
    {
        FourierLines.GatherPairs(columns, (T*)zr, (T*)zi, lanes);
        nint done = TurnBack<Lanes256<T>>((T*)zr, (T*)zi, lanes, 0);
        TurnBack<OneLane<T>>((T*)zr, (T*)zi, lanes, done);
        inner.Inverse((T*)zr, (T*)zi, lanes);
        (Strided<T> even, Strided<T> odd) = Folded(columns);
        nint middle = (nint)even.Rows * lanes;
        FourierLines.ScatterPairs((T*)zr, (T*)zi, lanes, even);
        FourierLines.ScatterPairs((T*)zr + middle, (T*)zi + middle, lanes, odd);
    });

    public void Dispose()
    {
        inner.Dispose();
        roots.Dispose();
    }

    private void ForPairs(Team team, Strided<T> a, Action<Strided<T>, nint, nint, int> body)
    {
        if (a.Rows != Length)
        {
            throw new ArgumentException($"Columns of [{a.Rows} × {a.Columns}] are not of length {Length}.", nameof(a));
        }

        int together = 2 * inner.Together;
        team.For((int)((a.Columns + together - 1) / together), task =>
        {
            long from = (long)task * together;
            Strided<T> columns = a.Block(0, from, Length, Math.Min(together, a.Columns - from));
            int lanes = (int)(columns.Columns + 1) / 2;
            T* zr = Scratch.Get<T>(Scratch.Slot.FourierLines, 2L * Length * lanes);
            body(columns, (nint)zr, (nint)(zr + (nint)Length * lanes), lanes);
        });
    }

    /// <summary>Rows 0, 2, 4, … and …, 5, 3, 1.</summary>
    private static (Strided<T> Even, Strided<T> Odd) Folded(Strided<T> a)
    {
        long even = (a.Rows + 1) / 2, odd = a.Rows / 2;
        return (new(a.Pointer, even, a.Columns, 2 * a.RowStride, a.ColumnStride),
            new(odd == 0 ? a.Pointer : a.Pointer + (2 * odd - 1) * a.RowStride, odd, a.Columns, -2 * a.RowStride, a.ColumnStride));
    }

    /// <summary>In place, from Z[k] and Z[n − k]: X[k] = s·(Re V·cos + Im V·sin) and X[n − k] = s·(Re V·sin − Im V·cos) of both lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private nint Turn<TLanes>(T* zr, T* zi, nint lanes, nint from)
        where TLanes : struct, ILanes<TLanes, T>
    {
        nint to = from + (lanes - from) / TLanes.Count * TLanes.Count;
        for (nint k = 0; 2 * k <= Length && k < Length; k++)
        {
            TLanes cos = TLanes.All(roots.Pointer[k]), sin = TLanes.All(roots.Pointer[Length + k]);
            nint own = k * lanes, mirror = (k == 0 ? 0 : Length - k) * lanes;
            for (nint l = from; l < to; l += TLanes.Count)
            {
                TLanes ar = TLanes.Load(zr + own + l), ai = TLanes.Load(zi + own + l), br = TLanes.Load(zr + mirror + l), bi = TLanes.Load(zi + mirror + l);
                TLanes xr = ar + br, xi = ai - bi, yr = ai + bi, yi = br - ar; // twice V of both lines
                (xr * sin - xi * cos).Store(zr + mirror + l);
                (yr * sin - yi * cos).Store(zi + mirror + l);
                (xr * cos + xi * sin).Store(zr + own + l); // last: k = 0 and k = n/2 are their own mirrors
                (yr * cos + yi * sin).Store(zi + own + l);
            }
        }

        return to;
    }

    /// <summary>In place, from X of both lines: Z[k] and Z[n − k].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private nint TurnBack<TLanes>(T* zr, T* zi, nint lanes, nint from)
        where TLanes : struct, ILanes<TLanes, T>
    {
        nint to = from + (lanes - from) / TLanes.Count * TLanes.Count;
        for (nint k = 0; 2 * k <= Length && k < Length; k++)
        {
            TLanes cos = TLanes.All(roots.Pointer[2 * Length + k]), sin = TLanes.All(k == 0 ? T.Zero : roots.Pointer[3 * Length + k]);
            TLanes upright = TLanes.All(k == 0 || 2 * k == Length ? T.Zero : T.One); // V is real where it is its own mirror
            nint own = k * lanes, mirror = (k == 0 ? 0 : Length - k) * lanes;
            for (nint l = from; l < to; l += TLanes.Count)
            {
                TLanes x = TLanes.Load(zr + own + l), y = TLanes.Load(zi + own + l), xm = TLanes.Load(zr + mirror + l), ym = TLanes.Load(zi + mirror + l);
                TLanes xr = cos * x + sin * xm, xi = upright * (sin * x - cos * xm), yr = cos * y + sin * ym, yi = upright * (sin * y - cos * ym);
                (xr + yi).Store(zr + mirror + l);
                (yr - xi).Store(zi + mirror + l);
                (xr - yi).Store(zr + own + l);
                (xi + yr).Store(zi + own + l);
            }
        }

        return to;
    }
}

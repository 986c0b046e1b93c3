using System.Numerics;

namespace SeedHead.Compute;

/// <summary>The orthonormal cosine transform of length n (DCT-II) and its inverse (DCT-III), of lines and of both dimensions of a matrix.</summary>
/// <remarks>
/// <para>X[k] = s[k]·Σ x[j]·cos(π·(2j + 1)·k/2n) over j, s[0] = √(1/n), s[k] = √(2/n); x[j] = Σ s[k]·X[k]·cos(π·(2j + 1)·k/2n) over k.</para>
/// <para>By one Fourier transform V of v = (x[0], x[2], x[4], …, x[5], x[3], x[1]): X[k] = s[k]·Re(e^(−iπk/2n)·V[k]), and back by
/// V[k] = √(n/2)·e^(iπk/2n)·(X[k] − i·X[n − k]), V[0] = √n·X[0]. Two lines go as one complex line: V = (Z[k] + Z̄[n − k])/2 and (Z[k] − Z̄[n − k])/2i; of a matrix columns
/// 2l and 2l + 1, a single line with zeros. Source: J. Makhoul, "A fast cosine transform in one and two dimensions", IEEE Trans. ASSP 28 (1980).</para>
/// <para>Error: as <see cref="Fourier{T}"/>, with 2 + log₂ n instead of 1 + log₂ n, beside the larger of the two lines of a pair.</para>
/// </remarks>
internal sealed unsafe class CosineTransform<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Fourier<T> inner;
    private readonly NativeBuffer<T> roots; // s[k]·cos πk/2n, s[k]·sin πk/2n, then cos and sin divided by s[k]

    /// <param name="length">n ≥ 0.</param>
    public CosineTransform(int length)
    {
        inner = new(length);
        roots = new(4L * length);
        for (int k = 0; k < length; k++)
        {
            (double cos, double sin) = Elementary.CosSinOfTurn(k, 4L * length);
            double scale = Math.Sqrt((k == 0 ? 1.0 : 2.0) / length), back = Math.Sqrt(k == 0 ? length : length / 2.0); // s[k] and 1/s[k]
            T* root = roots.Pointer + k;
            (root[0], root[length]) = (T.CreateTruncating(scale * cos), T.CreateTruncating(scale * sin));
            (root[2 * length], root[3 * length]) = (T.CreateTruncating(back * cos), T.CreateTruncating(back * sin));
        }
    }

    public int Length => inner.Length;

    /// <summary>DCT-II of both dimensions of a [m × n] in place: columns by <paramref name="rows"/> of length m, rows by <paramref name="columns"/> of length n.</summary>
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
        Gather(columns, (T*)zr, (T*)zi, lanes);
        inner.Forward((T*)zr, (T*)zi, lanes);
        Split((T*)zr, (T*)zi, lanes, columns);
    });

    /// <summary>DCT-III of every column of a [n × any] in place.</summary>
    public void InverseColumns(Team team, Strided<T> a) => ForPairs(team, a, (columns, zr, zi, lanes) =>
    {
        Join(columns, (T*)zr, (T*)zi, lanes);
        inner.Inverse((T*)zr, (T*)zi, lanes);
        Scatter((T*)zr, (T*)zi, lanes, columns);
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

    /// <summary>Where element j of a line stands in v.</summary>
    private int Place(int j) => j % 2 == 0 ? j / 2 : Length - 1 - j / 2;

    private void Gather(Strided<T> columns, T* zr, T* zi, int lanes)
    {
        for (int j = 0; j < Length; j++)
        {
            T* toRe = zr + (nint)Place(j) * lanes, toIm = zi + (nint)Place(j) * lanes;
            toIm[lanes - 1] = T.Zero; // stays where the last column has no partner
            for (int c = 0; c < columns.Columns; c++)
            {
                (c % 2 == 0 ? toRe : toIm)[c / 2] = columns[j, c];
            }
        }
    }

    private void Scatter(T* zr, T* zi, int lanes, Strided<T> columns)
    {
        for (int j = 0; j < Length; j++)
        {
            T* re = zr + (nint)Place(j) * lanes, im = zi + (nint)Place(j) * lanes;
            for (int c = 0; c < columns.Columns; c++)
            {
                columns[j, c] = (c % 2 == 0 ? re : im)[c / 2];
            }
        }
    }

    private void Split(T* zr, T* zi, int lanes, Strided<T> columns)
    {
        T half = T.CreateTruncating(0.5);
        for (int k = 0; k < Length; k++)
        {
            T cos = roots.Pointer[k], sin = roots.Pointer[Length + k];
            nint a = (nint)k * lanes, b = (nint)(k == 0 ? 0 : Length - k) * lanes;
            for (int c = 0; c < columns.Columns; c++)
            {
                nint l = c / 2;
                T re = half * (c % 2 == 0 ? zr[a + l] + zr[b + l] : zi[a + l] + zi[b + l]);
                T im = half * (c % 2 == 0 ? zi[a + l] - zi[b + l] : zr[b + l] - zr[a + l]);
                columns[k, c] = re * cos + im * sin;
            }
        }
    }

    private void Join(Strided<T> columns, T* zr, T* zi, int lanes)
    {
        for (int k = 0; k < Length; k++)
        {
            T cos = roots.Pointer[2 * Length + k], sin = roots.Pointer[3 * Length + k];
            T* toRe = zr + (nint)k * lanes, toIm = zi + (nint)k * lanes;
            for (int l = 0; l < lanes; l++)
            {
                (T xr, T xi) = Turned(columns, k, 2 * l, cos, sin);
                (T yr, T yi) = 2 * l + 1 < columns.Columns ? Turned(columns, k, 2 * l + 1, cos, sin) : (T.Zero, T.Zero);
                (toRe[l], toIm[l]) = (xr - yi, xi + yr);
            }
        }
    }

    /// <summary>(cos + i·sin)·(X[k] − i·X[n − k]), the second term 0 for k = 0.</summary>
    private (T Re, T Im) Turned(Strided<T> columns, int k, int c, T cos, T sin)
    {
        T x = columns[k, c], mirror = k == 0 ? T.Zero : columns[Length - k, c];
        return (cos * x + sin * mirror, sin * x - cos * mirror);
    }
}

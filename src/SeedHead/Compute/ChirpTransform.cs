using System.Numerics;
using System.Runtime.CompilerServices;

namespace SeedHead.Compute;

/// <summary>
/// Fourier transforms of any length as a convolution: jk = (j² + k² − (k − j)²)/2, so X[k] = c[k]·Σ (x[j]·c[j])·c̄[k − j] with c[j] = e^(−πi·j²/n).
/// </summary>
/// <remarks>
/// The convolution runs by transforms of a length of at least 2n − 1 that passes can do. j² is taken modulo 2n before it becomes an angle. Source: L.
/// Bluestein, "A linear filtering approach to the computation of discrete Fourier transform", IEEE Trans. Audio Electroacoust. 18 (1970).
/// </remarks>
internal sealed unsafe class ChirpTransform<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int length, padded;
    private readonly Fourier<T> inner;
    private readonly NativeBuffer<T> chirp, filter; // real parts, then imaginary parts

    public ChirpTransform(int length)
    {
        this.length = length;
        padded = FourierLength.Above(checked(2 * length - 1));
        inner = new(padded);
        chirp = new(2L * length);
        filter = new(2L * padded);
        using var cos = new NativeBuffer<double>(padded);
        using var sin = new NativeBuffer<double>(padded);
        for (int j = 0; j < length; j++)
        {
            (double c, double s) = Elementary.CosSinOfTurn((long)j * j % (2L * length), 2L * length);
            (chirp.Pointer[j], chirp.Pointer[length + j]) = (T.CreateTruncating(c), T.CreateTruncating(-s));
            (cos.Pointer[j], sin.Pointer[j]) = (c, s);
            (cos.Pointer[(padded - j) % padded], sin.Pointer[(padded - j) % padded]) = (c, s);
        }

        using var exact = new Fourier<double>(padded);
        exact.Forward(cos.Pointer, sin.Pointer);
        for (int k = 0; k < padded; k++)
        {
            filter.Pointer[k] = T.CreateTruncating(cos.Pointer[k] / padded);
            filter.Pointer[padded + k] = T.CreateTruncating(sin.Pointer[k] / padded);
        }
    }

    /// <summary>As <see cref="Fourier{T}.Forward"/>.</summary>
    public void Run(T* re, T* im, int lanes)
    {
        nint size = (nint)padded * lanes, used = (nint)length * lanes;
        T* ar = Scratch.Get<T>(Scratch.Slot.FourierChirp, 2 * size), ai = ar + size;
        Multiply(re, im, chirp.Pointer, chirp.Pointer + length, ar, ai, length, lanes);
        new Span<T>(ar + used, checked((int)(size - used))).Clear();
        new Span<T>(ai + used, checked((int)(size - used))).Clear();
        inner.Forward(ar, ai, lanes);
        Multiply(ar, ai, filter.Pointer, filter.Pointer + padded, ar, ai, padded, lanes);
        inner.Forward(ai, ar, lanes); // parts exchanged: the inverse, its 1/n already in the filter
        Multiply(ar, ai, chirp.Pointer, chirp.Pointer + length, re, im, length, lanes);
    }

    public void Dispose()
    {
        inner.Dispose();
        chirp.Dispose();
        filter.Dispose();
    }

    /// <summary>y[row, lane] = x[row, lane]·w[row].</summary>
    private static void Multiply(T* xr, T* xi, T* wr, T* wi, T* yr, T* yi, int rows, int lanes)
    {
        if (lanes == 1)
        {
            nint done = Elements<Lanes256<T>>(xr, xi, wr, wi, yr, yi, 0, rows);
            Elements<OneLane<T>>(xr, xi, wr, wi, yr, yi, done, rows);
            return;
        }

        for (nint row = 0; row < rows; row++, xr += lanes, xi += lanes, yr += lanes, yi += lanes)
        {
            nint done = Row<Lanes256<T>>(xr, xi, wr[row], wi[row], yr, yi, 0, lanes);
            Row<OneLane<T>>(xr, xi, wr[row], wi[row], yr, yi, done, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint Elements<TLanes>(T* xr, T* xi, T* wr, T* wi, T* yr, T* yi, nint i, nint count)
        where TLanes : struct, ILanes<TLanes, T>
    {
        for (; i + TLanes.Count <= count; i += TLanes.Count)
        {
            TLanes ar = TLanes.Load(xr + i), ai = TLanes.Load(xi + i), br = TLanes.Load(wr + i), bi = TLanes.Load(wi + i);
            (ar * br - ai * bi).Store(yr + i);
            (ar * bi + ai * br).Store(yi + i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint Row<TLanes>(T* xr, T* xi, T wr, T wi, T* yr, T* yi, nint i, nint count)
        where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes br = TLanes.All(wr), bi = TLanes.All(wi);
        for (; i + TLanes.Count <= count; i += TLanes.Count)
        {
            TLanes ar = TLanes.Load(xr + i), ai = TLanes.Load(xi + i);
            (ar * br - ai * bi).Store(yr + i);
            (ar * bi + ai * br).Store(yi + i);
        }

        return i;
    }
}

using System.Numerics;

namespace SeedHead.Compute;

/// <summary>Fourier transforms of n real numbers: X[0] … X[⌊n/2⌋]; the others are their conjugates, X[n − k] = X̄[k].</summary>
/// <remarks>
/// An even length goes as n/2 complex numbers z[j] = x[2j] + i·x[2j + 1]: X[k] = E[k] + e^(−2πik/n)·O[k], with E, O the transforms of the even and odd
/// elements, E[k] = (Z[k] + Z̄[n/2 − k])/2, O[k] = (Z[k] − Z̄[n/2 − k])/2i. An odd one as complex numbers whose imaginary parts are 0. Error: as
/// <see cref="Fourier{T}"/>.
/// </remarks>
internal sealed unsafe class RealFourier<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Fourier<T> inner;
    private readonly NativeBuffer<T> roots; // cos, then sin, of 2πk/n for k ≤ n/2

    /// <param name="length">n ≥ 0.</param>
    public RealFourier(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        inner = new(Halved ? length / 2 : length);
        roots = new(2L * Count);
        for (int k = 0; Halved && k < Count; k++)
        {
            (double cos, double sin) = Elementary.CosSinOfTurn(k, length);
            (roots.Pointer[k], roots.Pointer[Count + k]) = (T.CreateTruncating(cos), T.CreateTruncating(sin));
        }
    }

    public int Length { get; }

    /// <summary>Numbers of a transform: ⌊n/2⌋ + 1, none of none.</summary>
    public int Count => Length == 0 ? 0 : Length / 2 + 1;

    private bool Halved => Length > 0 && Length % 2 == 0;

    /// <summary>re, im [⌊n/2⌋ + 1] ← the transform of x [n], which is only read.</summary>
    public void Forward(T* x, T* re, T* im)
    {
        T* zr = Scratch.Get<T>(Scratch.Slot.FourierLines, 2L * inner.Length), zi = zr + inner.Length;
        for (int j = 0; j < inner.Length; j++)
        {
            (zr[j], zi[j]) = Halved ? (x[2 * j], x[2 * j + 1]) : (x[j], T.Zero);
        }

        inner.Forward(zr, zi);
        T half = T.CreateTruncating(0.5);
        for (int k = 0; k < Count; k++)
        {
            if (!Halved)
            {
                (re[k], im[k]) = (zr[k], k == 0 ? T.Zero : zi[k]);
                continue;
            }

            int a = k % inner.Length, b = (inner.Length - k) % inner.Length;
            T er = half * (zr[a] + zr[b]), ei = half * (zi[a] - zi[b]), or = half * (zi[a] + zi[b]), oi = half * (zr[b] - zr[a]);
            T cos = roots.Pointer[k], sin = roots.Pointer[Count + k];
            (re[k], im[k]) = (er + (cos * or + sin * oi), ei + (cos * oi - sin * or));
        }
    }

    /// <summary>x [n] ← the numbers whose transform begins with re, im, which are only read; the imaginary parts of X[0] and X[n/2] count as 0.</summary>
    public void Inverse(T* re, T* im, T* x)
    {
        T* zr = Scratch.Get<T>(Scratch.Slot.FourierLines, 2L * inner.Length), zi = zr + inner.Length;
        T half = T.CreateTruncating(0.5);
        for (int k = 0; k < inner.Length; k++)
        {
            if (!Halved)
            {
                int mirror = k < Count ? k : Length - k;
                (zr[k], zi[k]) = (re[mirror], k == 0 ? T.Zero : k < Count ? im[k] : -im[mirror]);
                continue;
            }

            int b = inner.Length - k;
            T ai = k == 0 ? T.Zero : im[k], bi = k == 0 ? T.Zero : im[b];
            T er = half * (re[k] + re[b]), ei = half * (ai - bi), dr = half * (re[k] - re[b]), di = half * (ai + bi);
            T cos = roots.Pointer[k], sin = roots.Pointer[Count + k];
            T or = cos * dr - sin * di, oi = cos * di + sin * dr;
            (zr[k], zi[k]) = (er - oi, ei + or);
        }

        inner.Inverse(zr, zi);
        for (int j = 0; j < inner.Length; j++)
        {
            if (Halved)
            {
                (x[2 * j], x[2 * j + 1]) = (zr[j], zi[j]);
            }
            else
            {
                x[j] = zr[j];
            }
        }
    }

    public void Dispose()
    {
        inner.Dispose();
        roots.Dispose();
    }
}

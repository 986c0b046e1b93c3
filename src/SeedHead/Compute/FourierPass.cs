using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

/// <summary>
/// One pass of a Fourier transform of length n = radix·m over <c>lanes</c> lines side by side: for p &lt; m and k &lt; radix, line by line,
/// y[radix·p + k] = ω^(p·k) · Σ x[p + m·j]·e^(−2πi·jk/radix) over j, with ω = e^(−2πi/n). After it stand radix times as many lines, m long.
/// </summary>
/// <remarks>
/// <para>Real and imaginary parts lie apart; element (row, line) at row·lanes + line, so y is in order for the next pass and in the end: no bits are reversed.
/// Source: T. Stockham 1966 as given by C. Van Loan, "Computational Frameworks for the Fast Fourier Transform", SIAM 1992, sec. 1.7.</para>
/// <para>Every line is computed by the same additions, subtractions and multiplications, none fused, whether alone or in a vector.</para>
/// </remarks>
/// <param name="radix">2, 3, 4 or 5.</param>
/// <param name="m">Length of the lines after the pass.</param>
/// <param name="re">Real parts of ω^(p·k) at (k − 1)·m + p for k = 1 … radix − 1.</param>
/// <param name="im">Their imaginary parts.</param>
internal readonly unsafe struct FourierPass<T>(int radix, int m, T* re, T* im)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public void Run(T* xr, T* xi, T* yr, T* yi, nint lanes)
    {
        nint line = 0;
        if (Avx512F.IsSupported && lanes >= Vector512<T>.Count)
        {
            line = Run<Lanes512<T>>(xr, xi, yr, yi, lanes, line);
        }

        if (lanes - line >= Vector256<T>.Count)
        {
            line = Run<Lanes256<T>>(xr, xi, yr, yi, lanes, line);
        }

        if (line < lanes)
        {
            Run<OneLane<T>>(xr, xi, yr, yi, lanes, line);
        }
    }

    /// <summary>Lines from <paramref name="from"/> on, as many as whole vectors hold; returns the first that is left.</summary>
    private nint Run<TLanes>(T* xr, T* xi, T* yr, T* yi, nint lanes, nint from)
        where TLanes : struct, ILanes<TLanes, T>
    {
        nint to = from + (lanes - from) / TLanes.Count * TLanes.Count;
        switch (radix)
        {
            case 2:
                Two<TLanes>(xr, xi, yr, yi, lanes, from, to);
                break;
            case 3:
                Three<TLanes>(xr, xi, yr, yi, lanes, from, to);
                break;
            case 4:
                Four<TLanes>(xr, xi, yr, yi, lanes, from, to);
                break;
            default:
                Five<TLanes>(xr, xi, yr, yi, lanes, from, to);
                break;
        }

        return to;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Two<TLanes>(T* xr, T* xi, T* yr, T* yi, nint lanes, nint from, nint to)
        where TLanes : struct, ILanes<TLanes, T>
    {
        nint step = m * lanes;
        for (nint p = 0; p < m; p++)
        {
            TLanes w1r = TLanes.All(re[p]), w1i = TLanes.All(im[p]);
            nint x = p * lanes, y = 2 * p * lanes;
            for (nint q = from; q < to; q += TLanes.Count)
            {
                TLanes a0r = TLanes.Load(xr + x + q), a0i = TLanes.Load(xi + x + q);
                TLanes a1r = TLanes.Load(xr + x + step + q), a1i = TLanes.Load(xi + x + step + q);
                (a0r + a1r).Store(yr + y + q);
                (a0i + a1i).Store(yi + y + q);
                TLanes dr = a0r - a1r, di = a0i - a1i;
                (dr * w1r - di * w1i).Store(yr + y + lanes + q);
                (dr * w1i + di * w1r).Store(yi + y + lanes + q);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Three<TLanes>(T* xr, T* xi, T* yr, T* yi, nint lanes, nint from, nint to)
        where TLanes : struct, ILanes<TLanes, T>
    {
        nint step = m * lanes;
        TLanes half = TLanes.All(T.CreateTruncating(0.5)), height = TLanes.All(T.CreateTruncating(0.86602540378443864676)); // sin 60°
        for (nint p = 0; p < m; p++)
        {
            TLanes w1r = TLanes.All(re[p]), w1i = TLanes.All(im[p]), w2r = TLanes.All(re[m + p]), w2i = TLanes.All(im[m + p]);
            nint x = p * lanes, y = 3 * p * lanes;
            for (nint q = from; q < to; q += TLanes.Count)
            {
                TLanes a0r = TLanes.Load(xr + x + q), a0i = TLanes.Load(xi + x + q);
                TLanes a1r = TLanes.Load(xr + x + step + q), a1i = TLanes.Load(xi + x + step + q);
                TLanes a2r = TLanes.Load(xr + x + 2 * step + q), a2i = TLanes.Load(xi + x + 2 * step + q);
                TLanes sr = a1r + a2r, si = a1i + a2i;
                TLanes tr = height * (a1i - a2i), ti = height * (a2r - a1r); // −i·sin 60°·(a1 − a2)
                (a0r + sr).Store(yr + y + q);
                (a0i + si).Store(yi + y + q);
                TLanes mr = a0r - half * sr, mi = a0i - half * si;
                TLanes br = mr + tr, bi = mi + ti, cr = mr - tr, ci = mi - ti;
                (br * w1r - bi * w1i).Store(yr + y + lanes + q);
                (br * w1i + bi * w1r).Store(yi + y + lanes + q);
                (cr * w2r - ci * w2i).Store(yr + y + 2 * lanes + q);
                (cr * w2i + ci * w2r).Store(yi + y + 2 * lanes + q);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Four<TLanes>(T* xr, T* xi, T* yr, T* yi, nint lanes, nint from, nint to)
        where TLanes : struct, ILanes<TLanes, T>
    {
        nint step = m * lanes;
        for (nint p = 0; p < m; p++)
        {
            TLanes w1r = TLanes.All(re[p]), w1i = TLanes.All(im[p]), w2r = TLanes.All(re[m + p]), w2i = TLanes.All(im[m + p]);
            TLanes w3r = TLanes.All(re[2 * m + p]), w3i = TLanes.All(im[2 * m + p]);
            nint x = p * lanes, y = 4 * p * lanes;
            for (nint q = from; q < to; q += TLanes.Count)
            {
                TLanes a0r = TLanes.Load(xr + x + q), a0i = TLanes.Load(xi + x + q);
                TLanes a2r = TLanes.Load(xr + x + 2 * step + q), a2i = TLanes.Load(xi + x + 2 * step + q);
                TLanes evenR = a0r + a2r, evenI = a0i + a2i, er = a0r - a2r, ei = a0i - a2i;
                TLanes a1r = TLanes.Load(xr + x + step + q), a1i = TLanes.Load(xi + x + step + q);
                TLanes a3r = TLanes.Load(xr + x + 3 * step + q), a3i = TLanes.Load(xi + x + 3 * step + q);
                TLanes oddR = a1r + a3r, oddI = a1i + a3i, or = a1i - a3i, oi = a3r - a1r; // −i·(a1 − a3)
                (evenR + oddR).Store(yr + y + q);
                (evenI + oddI).Store(yi + y + q);
                TLanes br = er + or, bi = ei + oi, cr = evenR - oddR, ci = evenI - oddI, dr = er - or, di = ei - oi;
                (br * w1r - bi * w1i).Store(yr + y + lanes + q);
                (br * w1i + bi * w1r).Store(yi + y + lanes + q);
                (cr * w2r - ci * w2i).Store(yr + y + 2 * lanes + q);
                (cr * w2i + ci * w2r).Store(yi + y + 2 * lanes + q);
                (dr * w3r - di * w3i).Store(yr + y + 3 * lanes + q);
                (dr * w3i + di * w3r).Store(yi + y + 3 * lanes + q);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Five<TLanes>(T* xr, T* xi, T* yr, T* yi, nint lanes, nint from, nint to)
        where TLanes : struct, ILanes<TLanes, T>
    {
        nint step = m * lanes;
        TLanes cos1 = TLanes.All(T.CreateTruncating(0.30901699437494742410)), sin1 = TLanes.All(T.CreateTruncating(0.95105651629515357212)); // 72°
        TLanes cos2 = TLanes.All(T.CreateTruncating(-0.80901699437494742410)), sin2 = TLanes.All(T.CreateTruncating(0.58778525229247312917)); // 144°
        for (nint p = 0; p < m; p++)
        {
            nint x = p * lanes, y = 5 * p * lanes;
            for (nint q = from; q < to; q += TLanes.Count)
            {
                T* r = xr + x + q, i = xi + x + q;
                TLanes a0r = TLanes.Load(r), a0i = TLanes.Load(i);
                TLanes a1r = TLanes.Load(r + step), a1i = TLanes.Load(i + step), a4r = TLanes.Load(r + 4 * step), a4i = TLanes.Load(i + 4 * step);
                TLanes s1r = a1r + a4r, s1i = a1i + a4i, d1r = a1r - a4r, d1i = a1i - a4i;
                TLanes a2r = TLanes.Load(r + 2 * step), a2i = TLanes.Load(i + 2 * step), a3r = TLanes.Load(r + 3 * step), a3i = TLanes.Load(i + 3 * step);
                TLanes s2r = a2r + a3r, s2i = a2i + a3i, d2r = a2r - a3r, d2i = a2i - a3i;
                (a0r + (s1r + s2r)).Store(yr + y + q);
                (a0i + (s1i + s2i)).Store(yi + y + q);

                // Outputs 1 and 4, then 2 and 3: even part ± (−i)·odd part.
                TLanes er = a0r + (cos1 * s1r + cos2 * s2r), ei = a0i + (cos1 * s1i + cos2 * s2i);
                TLanes or = sin1 * d1i + sin2 * d2i, oi = sin1 * d1r + sin2 * d2r;
                Turn<TLanes>(er + or, ei - oi, p, 1, yr + y + lanes + q, yi + y + lanes + q);
                Turn<TLanes>(er - or, ei + oi, p, 4, yr + y + 4 * lanes + q, yi + y + 4 * lanes + q);
                er = a0r + (cos2 * s1r + cos1 * s2r);
                ei = a0i + (cos2 * s1i + cos1 * s2i);
                or = sin2 * d1i - sin1 * d2i;
                oi = sin2 * d1r - sin1 * d2r;
                Turn<TLanes>(er + or, ei - oi, p, 2, yr + y + 2 * lanes + q, yi + y + 2 * lanes + q);
                Turn<TLanes>(er - or, ei + oi, p, 3, yr + y + 3 * lanes + q, yi + y + 3 * lanes + q);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Turn<TLanes>(TLanes br, TLanes bi, nint p, nint k, T* yr, T* yi)
        where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes wr = TLanes.All(re[(k - 1) * m + p]), wi = TLanes.All(im[(k - 1) * m + p]);
        (br * wr - bi * wi).Store(yr);
        (br * wi + bi * wr).Store(yi);
    }
}

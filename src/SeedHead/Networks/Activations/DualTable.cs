using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Networks;

/// <summary>E[f(u)·f(v)] for one variance of a lower and one of a higher octave (or both of one) as a polynomial: Σ C[p, q, k]·T_p(x)·T_q(y)·T_k(w).</summary>
/// <remarks>
/// x and y are the places of the smaller and the larger variance in their octaves, w = 1 − 2θ/π with θ = arccos(c/√(ab)), T Chebyshev's polynomials. The dual has a kink or a root at ρ = ±1 but is smooth in θ.
/// Lanes do not meet, and every lane adds in the same order.
/// </remarks>
internal sealed unsafe class DualTable
{
    /// <summary>Pairs at a time.</summary>
    public const int Lanes = 8;

    private const int Together = 4; // values of q whose sums over k run side by side

    private readonly int[] lengths; // of the sums over k: [p × q/4]
    private readonly double[] coefficients; // for each of them [k × 4]

    /// <param name="dense">C, [terms × terms × angles].</param>
    /// <param name="terms">Polynomials in x and in y.</param>
    /// <param name="angles">Polynomials in w.</param>
    /// <param name="least">Coefficients up to this size are left out.</param>
    public DualTable(ReadOnlySpan<double> dense, int terms, int angles, double least)
    {
        Debug.Assert(terms % Together == 0 && dense.Length == terms * terms * angles);
        (Terms, lengths) = (terms, new int[terms * terms / Together]);
        var kept = new List<double>();
        for (int group = 0; group < lengths.Length; group++)
        {
            ReadOnlySpan<double> four = dense.Slice(group * Together * angles, Together * angles);
            int last = angles - 1;
            while (last >= 0 && Largest(four, last, angles) <= least)
            {
                last--;
            }

            lengths[group] = last + 1;
            Angles = Math.Max(Angles, last + 1);
            for (int k = 0; k <= last; k++)
            {
                for (int q = 0; q < Together; q++)
                {
                    kept.Add(four[(q * angles) + k]);
                }
            }
        }

        coefficients = [.. kept];
    }

    /// <summary>Polynomials in x and in y.</summary>
    public int Terms { get; }

    /// <summary>Polynomials in w.</summary>
    public int Angles { get; }

    /// <summary>Coefficients that are kept.</summary>
    public int Count => coefficients.Length;

    private static double Largest(ReadOnlySpan<double> four, int k, int angles)
    {
        double largest = 0;
        for (int q = 0; q < Together; q++)
        {
            largest = Math.Max(largest, Math.Abs(four[(q * angles) + k]));
        }

        return largest;
    }

    /// <summary>T_n of eight numbers for n &lt; count: at room[2n] and room[2n + 1].</summary>
    public static void FillPolynomials(Vector256<double>* room, int count, Vector256<double> first, Vector256<double> second)
    {
        (room[0], room[1]) = (Vector256<double>.One, Vector256<double>.One);
        if (count > 1)
        {
            (room[2], room[3]) = (first, second);
        }

        (first, second) = (first + first, second + second);
        for (int n = 2; n < count; n++)
        {
            room[2 * n] = Vector256.FusedMultiplyAdd(first, room[(2 * n) - 2], -room[(2 * n) - 4]);
            room[(2 * n) + 1] = Vector256.FusedMultiplyAdd(second, room[(2 * n) - 1], -room[(2 * n) - 3]);
        }
    }

    /// <summary>The values at eight triples of polynomials.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Evaluate(Vector256<double>* x, Vector256<double>* y, Vector256<double>* w, double* values)
    {
        Vector256<double> first = default, second = default;
        int group = 0;
        fixed (double* start = coefficients)
        {
            double* next = start;
            for (int p = 0; p < Terms; p++)
            {
                Vector256<double> sum = default, other = default;
                for (int q = 0; q < Terms; q += Together, group++)
                {
                    if (lengths[group] > 0)
                    {
                        next = AddFour(next, lengths[group], y + (2 * q), w, ref sum, ref other);
                    }
                }

                first = Vector256.FusedMultiplyAdd(x[2 * p], sum, first);
                second = Vector256.FusedMultiplyAdd(x[(2 * p) + 1], other, second);
            }
        }

        first.Store(values);
        second.Store(values + Vector256<double>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double* AddFour(double* next, int length, Vector256<double>* y, Vector256<double>* w, ref Vector256<double> sum, ref Vector256<double> other)
    {
        Vector256<double> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        for (Vector256<double>* end = w + (2 * length); w < end; w += 2, next += Together)
        {
            Vector256<double> one = w[0], two = w[1];
            var c = Vector256.Create(next[0]);
            (a0, b0) = (Vector256.FusedMultiplyAdd(c, one, a0), Vector256.FusedMultiplyAdd(c, two, b0));
            c = Vector256.Create(next[1]);
            (a1, b1) = (Vector256.FusedMultiplyAdd(c, one, a1), Vector256.FusedMultiplyAdd(c, two, b1));
            c = Vector256.Create(next[2]);
            (a2, b2) = (Vector256.FusedMultiplyAdd(c, one, a2), Vector256.FusedMultiplyAdd(c, two, b2));
            c = Vector256.Create(next[3]);
            (a3, b3) = (Vector256.FusedMultiplyAdd(c, one, a3), Vector256.FusedMultiplyAdd(c, two, b3));
        }

        sum = Vector256.FusedMultiplyAdd(y[6], a3, Vector256.FusedMultiplyAdd(y[4], a2, Vector256.FusedMultiplyAdd(y[2], a1, Vector256.FusedMultiplyAdd(y[0], a0, sum))));
        other = Vector256.FusedMultiplyAdd(y[7], b3, Vector256.FusedMultiplyAdd(y[5], b2, Vector256.FusedMultiplyAdd(y[3], b1, Vector256.FusedMultiplyAdd(y[1], b0, other))));
        return next;
    }
}

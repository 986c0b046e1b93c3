using System.Runtime.CompilerServices;

namespace SeedHead.Compute;

// x = n·π/2 + r + rest with |r| ≤ π/4: up to 2²⁰ by three parts of π/2 (Cody & Waite), beyond by the bits of 2/π that matter (Payne & Hanek).
internal static partial class Elementary
{
    private const double HalfPi1 = 1.5707963267948966;
    private const double HalfPi2 = 6.123233995736766e-17;
    private const double HalfPi3 = -1.4973849048591698e-33;

    /// <summary>64 zeros and the first 1,280 bits of 2/π after the binary point.</summary>
    private static ReadOnlySpan<ulong> TwoOverPi =>
    [
        0,
        0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041, 0xFE5163ABDEBBC561,
        0xB7246E3A424DD2E0, 0x06492EEA09D1921C, 0xFE1DEB1CB129A73E, 0xE88235F52EBB4484,
        0xE99C7026B45F7E41, 0x3991D639835339F4, 0x9C845F8BBDF9283B, 0x1FF897FFDE05980F,
        0xEF2F118B5A0A6D1F, 0x6D367ECF27CB09B7, 0x4F463F669E5FEA2D, 0x7527BAC7EBE5F17B,
        0x3D0739F78A5292EA, 0x6BFB5FB11F8D5D08, 0x56033046FC7B6BAB, 0xF0CFBC209AF4361D,
    ];

    /// <summary>sin x for every x (radians). Error ≤ 0.8 ulp; NaN at ±∞.</summary>
    public static double Sin(double x)
    {
        if (x == 0)
        {
            return x;
        }

        int quadrant = Reduce(x, out double r, out double rest);
        double y = (quadrant & 1) == 0 ? SinNearZero(r, rest) : CosNearZero(r, rest);
        return (quadrant & 2) == 0 ? y : -y;
    }

    /// <summary>cos x for every x (radians). Error ≤ 0.8 ulp; NaN at ±∞.</summary>
    public static double Cos(double x)
    {
        int quadrant = Reduce(x, out double r, out double rest);
        double y = (quadrant & 1) == 0 ? CosNearZero(r, rest) : SinNearZero(r, rest);
        return ((quadrant + 1) & 2) == 0 ? y : -y;
    }

    /// <summary>sin(r + rest), |r| ≤ 0.787; relative error of the polynomial 4·10⁻¹⁸.</summary>
    private static double SinNearZero(double r, double rest)
    {
        double s = r * r;
        double q = Fma(s, 1.5895423615004394e-10, -2.5050734234901356e-08);
        q = Fma(s, q, 2.7557313537634366e-06);
        q = Fma(s, q, -1.9841269829356430e-04);
        q = Fma(s, q, 8.3333333333218389e-03);
        q = Fma(s, q, -0.16666666666666630);
        return r + Fma(q * s, r, Fma(-0.5 * s, rest, rest));
    }

    /// <summary>cos(r + rest), |r| ≤ 0.787; relative error of the polynomial 6·10⁻²⁰.</summary>
    private static double CosNearZero(double r, double rest)
    {
        double s = r * r;
        double half = 0.5 * s;
        double q = Fma(s, -1.1357689288528366e-11, 2.0875684121994032e-09);
        q = Fma(s, q, -2.7557314052572294e-07);
        q = Fma(s, q, 2.4801587288394411e-05);
        q = Fma(s, q, -1.3888888888872279e-03);
        q = Fma(s, q, 4.1666666666666588e-02);
        double leading = 1 - half;
        return leading + (1 - leading - half + Fma(s * s, q, -r * rest));
    }

    /// <summary>n mod 4 and x − n·π/2 as r + rest, where |rest| is at most half an ulp of r.</summary>
    private static int Reduce(double x, out double r, out double rest)
    {
        double size = Math.Abs(x);
        if (!(size <= 1048576))
        {
            return double.IsFinite(x) ? ReduceFar(x, out r, out rest) : NotANumber(out r, out rest);
        }

        if (size <= 0.78539816339744828)
        {
            (r, rest) = (x, 0);
            return 0;
        }

        double n = Fma(x, 0.63661977236758134, RounderOfDouble) - RounderOfDouble;
        double exact = Fma(n, -HalfPi1, x);
        double product = n * HalfPi2;
        double productRest = Fma(n, HalfPi2, -product);
        double difference = exact - product;
        double lost = exact - difference - product; // exact is a multiple of ulp(product): this is all that the difference lost
        lost -= productRest + n * HalfPi3;
        r = difference + lost;
        rest = difference - r + lost;
        return (int)n & 3;
    }

    private static int NotANumber(out double r, out double rest)
    {
        (r, rest) = (double.NaN, 0);
        return 0;
    }

    /// <summary>|x| = m·2^e with a 53-bit integer m. Bits of 2/π worth a multiple of 4 after the product drop out; 192 further bits are enough.</summary>
    private static int ReduceFar(double x, out double r, out double rest)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int e = (int)(bits >> 52 & 0x7FF) - 1075;
        ulong m = (ulong)bits & 0xFFFFFFFFFFFFF | 0x10000000000000;

        // Bit k of 2/π (k = 0 is worth ½) is worth 2^(e−1−k) in the product: begin at 2¹, that is k = e − 2, 64 zeros later in the table.
        int start = e + 62;
        ulong high = TwoOverPiFrom(start), middle = TwoOverPiFrom(start + 64), low = TwoOverPiFrom(start + 128);
        ulong carry = Math.BigMul(m, low, out _);
        ulong upper = Math.BigMul(m, middle, out ulong lower);
        lower += carry;
        upper += m * high + (lower < carry ? 1UL : 0);

        // upper:lower is x·2/π modulo 4 in units of 2⁻¹²⁶: the two top bits count quadrants, the rest is a fraction of one.
        int quadrant = (int)(upper >> 62);
        var fraction = new UInt128(upper, lower) << 2;
        bool negative = (upper >> 61 & 1) != 0; // at least half a quadrant: count from the next one
        if (negative)
        {
            quadrant++;
            fraction = (UInt128)0 - fraction;
        }

        int zeros = (int)UInt128.LeadingZeroCount(fraction);
        fraction <<= zeros;
        double scale = BitConverter.Int64BitsToDouble((1023L - 53 - zeros) << 52);
        double first = (double)(ulong)(fraction >> 75) * scale; // 53 bits, then 53 more: both conversions are exact
        double second = (double)((ulong)(fraction >> 22) & 0x1FFFFFFFFFFFFF) * scale * 1.1102230246251565e-16;
        double product = first * HalfPi1;
        double lost = Fma(first, HalfPi1, -product) + Fma(first, HalfPi2, second * HalfPi1);
        r = product + lost;
        rest = product - r + lost;
        if (negative != x < 0)
        {
            (r, rest) = (-r, -rest);
        }

        return (x < 0 ? -quadrant : quadrant) & 3;
    }

    /// <summary>64 bits of the table from bit <paramref name="start"/> on.</summary>
    [MethodImpl(Inline)]
    private static ulong TwoOverPiFrom(int start)
    {
        int word = start >> 6, shift = start & 63;
        ulong bits = TwoOverPi[word] << shift;
        return shift == 0 ? bits : bits | TwoOverPi[word + 1] >> (64 - shift);
    }
}

using System.Runtime.CompilerServices;

namespace SeedHead.Compute;

// As for floats: e^x = 2^n · e^r, r with one rounding.
internal static partial class Elementary
{
    private const double Log2EOfDouble = 1.4426950408889634;
    private const double Ln2HighOfDouble = 0.6931471805599453;
    private const double Ln2LowOfDouble = 2.3190468138462996e-17;

    /// <summary>eˣ. Error ≤ 1 ulp, denormal results included.</summary>
    public static double Exp(double x)
    {
        if (!(x <= 710) || !(x >= -746))
        {
            return double.IsNaN(x) ? x : x > 0 ? double.PositiveInfinity : 0;
        }

        return ExpTimes(x, 0, 1);
    }

    /// <summary>factor·e^(x + rest) for |x| ≤ 770, |rest| ≤ 10⁻¹² and a normal factor of size at most 1; rounded once where the result is denormal.</summary>
    private static double ExpTimes(double x, double rest, double factor)
    {
        double n = Fma(x, Log2EOfDouble, RounderOfDouble) - RounderOfDouble;
        double exact = Fma(n, -Ln2HighOfDouble, x);
        double low = Fma(n, -Ln2LowOfDouble, rest);
        double r = exact + low;
        low += exact - r;
        double excess = r + Fma(r * r, ExpTail(r), low);
        return TimesPowerOfTwo(Fma(factor, excess, factor), (int)n);
    }

    /// <summary>eˣ − 1. Error ≤ 1.6 ulp, the ulp of the small result near x = 0.</summary>
    public static double Expm1(double x)
    {
        if (!(x <= 710) || !(x >= -40))
        {
            return double.IsNaN(x) ? x : x > 0 ? double.PositiveInfinity : -1;
        }

        if (Math.Abs(x) < 5.551115123125783e-17)
        {
            return x;
        }

        double n = Fma(x, Log2EOfDouble, RounderOfDouble) - RounderOfDouble;
        double exact = Fma(n, -Ln2HighOfDouble, x);
        double r = Fma(n, -Ln2LowOfDouble, exact);
        double rest = Fma(n, -Ln2LowOfDouble, exact - r);
        double tail = Fma(r * r, ExpTail(r), rest);
        double half = BitConverter.Int64BitsToDouble(((long)n + 1022) << 52);
        double sum = Fma(half, tail, Fma(half, r, half - 0.5));
        return sum + sum;
    }

    /// <summary>(e^r − 1 − r) / r² for |r| ≤ 0.3475; relative error of e^r − 1: 3·10⁻¹⁹.</summary>
    [MethodImpl(Inline)]
    private static double ExpTail(double r)
    {
        double q = Fma(r, 2.0889648150773937e-09, 2.5109306012024230e-08);
        q = Fma(r, q, 2.7557352676587375e-07);
        q = Fma(r, q, 2.7557243494294461e-06);
        q = Fma(r, q, 2.4801587237555084e-05);
        q = Fma(r, q, 1.9841269886977803e-04);
        q = Fma(r, q, 1.3888888888923844e-03);
        q = Fma(r, q, 8.3333333333213966e-03);
        q = Fma(r, q, 4.1666666666666609e-02);
        q = Fma(r, q, 0.16666666666666768);
        return Fma(r, q, 0.5);
    }

    private static double TimesPowerOfTwo(double y, int n)
    {
        int first = n >> 1;
        return y * BitConverter.Int64BitsToDouble((first + 1023L) << 52) * BitConverter.Int64BitsToDouble((n - first + 1023L) << 52);
    }
}

namespace SeedHead.Compute;

internal static partial class Elementary
{
    private const long BitsOfRootHalfOfDouble = 0x3FE6A09E667F3BCD;

    /// <summary>ln x. Error ≤ 0.9 ulp; −∞ at ±0, NaN below 0.</summary>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
        {
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        }

        int exponent = SplitOff(ref x);
        return LogOf(x - 1, exponent, 0);
    }

    /// <summary>ln(1 + x). Error ≤ 1 ulp, the ulp of the small result near x = 0; −∞ at −1, NaN below.</summary>
    public static double Log1p(double x)
    {
        if (!(x > -1) || double.IsPositiveInfinity(x))
        {
            return x == -1 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        }

        if (x is > -0.29 and < 0.41)
        {
            return Math.Abs(x) < 5.551115123125783e-17 ? x : LogOf(x, 0, 0); // below 2⁻⁵⁴: x itself, and −0
        }

        double sum = 1 + x;
        double rest = x > 1 ? 1 - (sum - x) : x - (sum - 1); // what the rounding of 1 + x lost
        rest /= sum;
        int exponent = SplitOff(ref sum);
        return LogOf(sum - 1, exponent, rest);
    }

    /// <summary>Divides x &gt; 0 by 2^e so that it lies in [√½, √2), and returns e.</summary>
    private static int SplitOff(ref double x)
    {
        int lift = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0; // 2⁵⁴
            lift = 54;
        }

        long offset = BitConverter.DoubleToInt64Bits(x) - BitsOfRootHalfOfDouble;
        x = BitConverter.Int64BitsToDouble((offset & 0xFFFFFFFFFFFFF) + BitsOfRootHalfOfDouble);
        return (int)(offset >> 52) - lift;
    }

    /// <summary>ln(1 + f) + e·ln 2 + rest, with s = f / (2 + f) and ln(1 + f) = f − (f²/2 − s·(f²/2 + s²·poly(s²))).</summary>
    private static double LogOf(double f, int e, double rest)
    {
        double s = f / (2 + f);
        double z = s * s;
        double half = 0.5 * f * f;
        double q = Fma(z, 0.13233808926310838, 0.13252260632874685);
        q = Fma(z, q, 0.15386983587180986);
        q = Fma(z, q, 0.18181778481366206);
        q = Fma(z, q, 0.22222222605355923);
        q = Fma(z, q, 0.28571428569421459);
        q = Fma(z, q, 0.40000000000004898);
        q = Fma(z, q, 0.66666666666666663);
        double low = Fma(s, Fma(z, q, half), Fma(e, Ln2LowOfDouble, rest));
        return Fma(e, Ln2HighOfDouble, f - (half - low));
    }
}

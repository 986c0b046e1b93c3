namespace SeedHead.Compute;

// x^y = e^(y·ln x) with ln x to about 66 bits beyond its exponent: y·ln x may be 745, and its error is the relative error of the result.
internal static partial class Elementary
{
    private const double ThirdLow = 1.850371707708594e-17;

    /// <summary>xʸ with the special cases of IEEE 754. Error ≤ 1 ulp.</summary>
    public static double Pow(double x, double y)
    {
        if (y == 0 || x == 1)
        {
            return 1;
        }

        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return double.NaN;
        }

        double size = Math.Abs(x);
        bool isInteger = Math.Floor(y) == y;
        double sign = x < 0 || (x == 0 && double.IsNegative(x)) ? isInteger && IsOdd(y) ? -1 : 1 : 1;
        if (double.IsInfinity(y))
        {
            return size == 1 ? 1 : size > 1 == y > 0 ? double.PositiveInfinity : 0;
        }

        if (size == 0 || double.IsInfinity(size))
        {
            return sign * (size == 0 == y > 0 ? 0 : double.PositiveInfinity);
        }

        if (x < 0 && !isInteger)
        {
            return double.NaN;
        }

        LogToTwice(size, out double high, out double low);
        double product = high * y;
        if (!(Math.Abs(product) < 760))
        {
            return sign * (product > 0 ? double.PositiveInfinity : 0);
        }

        return ExpTimes(product, Fma(high, y, -product) + low * y, sign);
    }

    private static bool IsOdd(double integer) => Math.Abs(integer) < 9007199254740992.0 && ((long)integer & 1) != 0;

    /// <summary>high + low = ln x for a positive, finite x: 2·atanh(s) + e·ln 2 with s = f / (2 + f), all leading terms to twice the precision.</summary>
    private static void LogToTwice(double x, out double high, out double low)
    {
        int e = SplitOff(ref x);
        double f = x - 1;
        double d = 2 + f;
        double dLow = f - (d - 2);
        double s = f / d;
        double sLow = Fma(-s, dLow, Fma(-s, d, f)) / d;

        // atanh(s)/s − 1 = z/3 + z²·Q(z) with z = s².
        double z = s * s;
        double zLow = Fma(s, s, -z) + 2 * s * sLow;
        double q = Fma(z, 0.05757371256140714, 0.05864794721658716);
        q = Fma(z, q, 0.06666881852380568);
        q = Fma(z, q, 0.07692309193610157);
        q = Fma(z, q, 0.09090909028665868);
        q = Fma(z, q, 0.11111111111651614);
        q = Fma(z, q, 0.14285714285712658);
        q = Fma(z, q, 0.2) * (z * z);
        double third = z * 0.3333333333333333;
        double u = third + q;
        double uLow = third - u + q + (Fma(z, 0.3333333333333333, -third) + Fma(z, ThirdLow, zLow * 0.3333333333333333));

        // 2·(s + s·u), then e·ln 2, smaller terms last.
        double su = s * u;
        double suLow = Fma(s, u, -su) + Fma(s, uLow, sLow * u);
        double a = s + su;
        double aLow = s - a + su + (sLow + suLow);
        double b = e * Ln2HighOfDouble;
        double bLow = Fma(e, Ln2HighOfDouble, -b) + e * Ln2LowOfDouble;
        double sum = b + 2 * a;
        double lost = e == 0 ? 0 : b - sum + 2 * a; // |b| ≥ ln 2 > 2·|a| where e is not 0
        low = lost + (bLow + 2 * aLow);
        high = sum + low;
        low += sum - high;
    }
}

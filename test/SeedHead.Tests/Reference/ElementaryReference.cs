using SeedHead.Compute;

namespace SeedHead.Tests.Reference;

/// <summary>The float functions of <see cref="Elementary"/> one number at a time, with branches instead of masks.</summary>
internal static class ElementaryReference
{
    private const float Log2E = 1.44269504f;
    private const float Ln2High = 0.6931471824645996f;
    private const float Ln2Low = -1.9046542121259336e-09f;

    public static float Exp(float x)
    {
        if (float.IsNaN(x))
        {
            return x;
        }

        x = Math.Clamp(x, -104, 89);
        float n = RoundToEven(x * (double)Log2E);
        float r = Fma(n, -Ln2Low, Fma(n, -Ln2High, x));
        return TimesPowerOfTwo(Fma(ExpTail(r), r * r, r) + 1, (int)n);
    }

    public static float Expm1(float x)
    {
        if (float.IsNaN(x) || Math.Abs(x) < 2.9802322e-08f)
        {
            return x;
        }

        x = Math.Clamp(x, -20, 89);
        float n = RoundToEven(x * (double)Log2E);
        float exact = Fma(n, -Ln2High, x);
        float r = Fma(n, -Ln2Low, exact);
        float rest = Fma(n, -Ln2Low, exact - r);
        float q = Horner(r, 1.9746428006328642e-04f, 1.3934113085269928e-03f, 8.33356380462646484e-03f, 4.16664741933345795e-02f, 0.16666665673255920f, 0.5f);
        float tail = Fma(q, r * r, rest);
        float half = BitConverter.Int32BitsToSingle(((int)n + 126) << 23);
        float sum = Fma(half, tail, Fma(half, r, half - 0.5f));
        return sum + sum;
    }

    public static float Log(float x)
    {
        if (!(x > 0) || float.IsInfinity(x))
        {
            return x == 0 ? float.NegativeInfinity : x > 0 ? x : float.NaN;
        }

        bool isSmall = x < 1.17549435e-38f;
        int offset = BitConverter.SingleToInt32Bits(isSmall ? x * 16777216f : x) - 0x3F3504F3;
        float mantissa = BitConverter.Int32BitsToSingle((offset & 0x7FFFFF) + 0x3F3504F3);
        return LogOf(mantissa - 1, (offset >> 23) - (isSmall ? 24 : 0));
    }

    public static float Softplus(float x)
    {
        float e = Exp(-Math.Abs(x));
        float log = e > 0.41421357f ? LogOf(Fma(e, 0.5f, -0.5f), 1) : LogOf(e, 0);
        return x < 0 ? log : x + log;
    }

    public static float LogOf(float r, float e)
    {
        float q = Horner(
            r, -7.623977959156036e-02f, 0.12909090518951416f, -0.13244561851024628f, 0.14181134104728699f, -0.16608765721321106f,
            0.20002003014087677f, -0.2500160038471222f, 0.3333332538604736f, -0.4999998807907104f);
        return Fma(e, Ln2High, r + Fma(e, Ln2Low, q * (r * r)));
    }

    public static float Sin(float x)
    {
        if (x == 0 || !(Math.Abs(x) <= Elementary.SineLimit))
        {
            return (float)Elementary.Sin((double)x);
        }

        float n = RoundToEven(Math.Abs(x) * (double)0.318309873f);
        float y = SinOfRest(Math.Abs(x), n);
        return (n % 2 == 1) ^ (x < 0) ? -y : y;
    }

    public static float Cos(float x)
    {
        if (!(Math.Abs(x) <= Elementary.SineLimit))
        {
            return (float)Elementary.Cos((double)x);
        }

        float n = RoundToEven(Fma(Math.Abs(x), 0.318309873f, 0.5f));
        float y = SinOfRest(Math.Abs(x), n - 0.5f);
        return n % 2 == 1 ? -y : y;
    }

    public static float Tanh(float x) => MathF.CopySign(OnUneven<Elementary.TanhIntervals>(Math.Min(Math.Abs(x), Elementary.TanhIntervals.Last)), x);

    public static float Sigmoid(float x)
    {
        float y = Math.Min(Math.Abs(x), 104);
        float above = OnOctaves<Elementary.SigmoidIntervals>(y);
        return x < 0 ? ExpTimes(-y, 0, above) : above;
    }

    public static float Erf(float x)
    {
        float y = Math.Abs(x);
        float p = OnOctaves<Elementary.ErfIntervals>(y);
        return MathF.CopySign(y < 0.25f ? y + p : p, x);
    }

    public static float NormalCdf(float x) =>
        x < -5.7f ? FarNormalCdf(x, 1) : x < 0 ? NormalCdfBelowZero(x) : 1 - NormalCdfBelowZero(-Math.Min(x, 5.7f));

    public static float TimesNormalCdf(float x) =>
        x < -5.7f ? FarNormalCdf(x, Math.Max(x, -14.5f))
        : x < 0 || float.IsNegative(x) ? x * NormalCdfBelowZero(x)
        : Fma(-Math.Min(x, 5.7f), NormalCdfBelowZero(-Math.Min(x, 5.7f)), x);

    public static float NormalDensity(float x)
    {
        float y = Math.Min(Math.Abs(x), 14.5f);
        float square = y * y;
        return ExpTimes(square * -0.5f, Fma(y, y, -square) * -0.5f, 0.3989423f);
    }

    public static float ExpOfMinusSquare(float x)
    {
        float y = Math.Min(Math.Abs(x), 10.3f);
        float square = y * y;
        return ExpTimes(-square, Fma(-y, y, square), 1);
    }

    public static (float Sin, float Cos) SinCosNearZero(float r)
    {
        float s = r * r;
        return (Fma(SinTail(s) * s, r, r), Fma(CosTail(s) * s, s, Fma(-0.5f, s, 1)));
    }

    public static float Fma(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    private static float ExpTimes(float x, float rest, float factor)
    {
        if (float.IsNaN(x))
        {
            return x;
        }

        float n = RoundToEven(x * (double)Log2E);
        float r = Fma(n, -Ln2High, x) + Fma(n, -Ln2Low, rest);
        return TimesPowerOfTwo(Fma(factor, Fma(ExpTail(r), r * r, r), factor), (int)n);
    }

    private static float ExpTail(float r) =>
        Horner(r, 1.382396906682981e-03f, 8.369012735784054e-03f, 4.1668236255645752e-02f, 0.16666518151760101f, 0.4999999403953552f);

    private static float NormalCdfBelowZero(float z) => OnUneven<Elementary.NormalIntervals>(z);

    private static float FarNormalCdf(float x, float factor)
    {
        float y = Math.Min(Math.Abs(x), 14.5f);
        float square = y * y;
        float r = OnOctaves<Elementary.NormalTailIntervals>(y), product = factor * r, lost = Fma(factor, r, -product) / product;
        return ExpTimes(square * -0.5f, Fma(Fma(y, y, -square), -0.5f, lost), product);
    }

    private static float SinOfRest(float x, float count)
    {
        float r = Fma(count, 3.4302490200117637e-15f, Fma(count, 8.742277657347586e-08f, Fma(count, -3.1415927410125732f, x)));
        float s = r * r;
        return Fma(Horner(s, 2.60600609e-06f, -1.98098787e-04f, 8.33307113e-03f, -0.166666597f), r * s, r);
    }

    private static float SinTail(float s) => Horner(s, -1.9510401762090623e-04f, 8.3321183919906616e-03f, -0.16666653752326965f);

    private static float CosTail(float s) => Horner(s, 2.4432094505755231e-05f, -1.3887308305129409e-03f, 4.1666645556688309e-02f);

    private static float OnOctaves<TIntervals>(float y)
        where TIntervals : struct, Elementary.IIntervals
    {
        float[] ends = [0.25f, 0.375f, 0.5f, 0.75f, 1, 1.5f, 2, 3, 4, 6, 8, 12, 16, 24, 32];
        y = Math.Min(y, TIntervals.Last);
        return Polynomial<TIntervals>(y, ends.Count(end => end <= y));
    }

    private static float OnUneven<TIntervals>(float y)
        where TIntervals : struct, Elementary.IUnevenIntervals =>
        float.IsNaN(y) ? y : Polynomial<TIntervals>(y, (int)RoundToEven((double)y * Fma(y, TIntervals.Curve, TIntervals.Slope)));

    private static float Polynomial<TIntervals>(float y, int i)
        where TIntervals : struct, Elementary.IIntervals
    {
        float d = y - TIntervals.Centre[i];
        return Horner(
            d, TIntervals.C7[i], TIntervals.C6[i], TIntervals.C5[i], TIntervals.C4[i], TIntervals.C3[i], TIntervals.C2[i], TIntervals.C1[i], TIntervals.C0[i]);
    }

    /// <summary>y·2^n: exact in double precision, then rounded once.</summary>
    private static float TimesPowerOfTwo(float y, int n) => (float)Math.ScaleB((double)y, n);

    private static float RoundToEven(double x) => (float)Math.Round(x, MidpointRounding.ToEven);

    private static float Horner(float x, params ReadOnlySpan<float> highestFirst)
    {
        float sum = highestFirst[0];
        foreach (float coefficient in highestFirst[1..])
        {
            sum = Fma(sum, x, coefficient);
        }

        return sum;
    }
}

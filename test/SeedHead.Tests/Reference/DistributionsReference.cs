using static SeedHead.Tests.Reference.ElementaryReference;

namespace SeedHead.Tests.Reference;

/// <summary>Words → numbers one at a time, as docs/math/random-stream.md defines them.</summary>
internal static class DistributionsReference
{
    public static float Uniform(uint w) => Math.Min(HalfUp(w) * 2.3283064365386963e-10f, 0.99999994f);

    public static float Sign(uint w) => w >= 0x80000000 ? -1 : 1;

    public static (float First, float Second) Normals(uint u, uint v)
    {
        float radius = MathF.Sqrt(LogUniform(u) * -2f);
        uint quarter = (v + 0x20000000) >> 30;
        int left = (int)(v - (quarter << 30));
        (float sin, float cos) = SinCosNearZero(((float)left + 0.5f) * 1.4629180792671596e-09f);
        return quarter switch
        {
            0 => (radius * cos, radius * sin),
            1 => (-(radius * sin), radius * cos),
            2 => (-(radius * cos), -(radius * sin)),
            _ => (radius * sin, -(radius * cos)),
        };
    }

    public static float TruncatedNormal(uint w)
    {
        float x = ((float)(int)(w ^ 0x80000000) + 0.5f) * 4.4447357e-10f;
        float t = -Log(Fma(-x, x, 1));
        float p = -5.673346663570555e-07f;
        float[] rest =
        [
            -2.5800518415053375e-06f, 8.819291542749852e-05f, -0.00022160253138281405f, -0.003744322806596756f, 0.018565354868769646f,
            0.37301909923553467f, 1.424826741218567f,
        ];
        foreach (float coefficient in rest)
        {
            p = Fma(p, t, coefficient);
        }

        return p * x;
    }

    public static float Laplace(uint w)
    {
        float size = LogUniform(w << 1) * -0.70710677f;
        return w >= 0x80000000 ? -size : size;
    }

    private static float LogUniform(uint w)
    {
        if (w >= 0xB504F334) // u > √½
        {
            return LogOf(HalfUp(~w) * -2.3283064365386963e-10f, 0);
        }

        int offset = BitConverter.SingleToInt32Bits(HalfUp(w)) - 0x3F3504F3;
        return LogOf(BitConverter.Int32BitsToSingle((offset & 0x7FFFFF) + 0x3F3504F3) - 1, (offset >> 23) - 32);
    }

    /// <summary>w + ½, exact in double precision, rounded to a float.</summary>
    private static float HalfUp(uint w) => (float)(w + 0.5);
}

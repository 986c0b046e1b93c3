namespace SeedHead.Compute;

internal static partial class Elementary
{
    /// <summary>tanh x. Error ≤ 2 ulp, the ulp of the small result near x = 0.</summary>
    public static double Tanh(double x)
    {
        double size = Math.Abs(x);
        if (!(size <= 20))
        {
            return double.IsNaN(x) ? x : x > 0 ? 1 : -1;
        }

        double t = Expm1(size + size);
        double y = size < 0.5 ? t / (t + 2) : 1 - 2 / (t + 2);
        return double.IsNegative(x) ? -y : y;
    }

    /// <summary>1 / (1 + e⁻ˣ). Error ≤ 2 ulp, the ulp of the small result for x → −∞.</summary>
    public static double Sigmoid(double x)
    {
        double e = Exp(-Math.Abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }
}

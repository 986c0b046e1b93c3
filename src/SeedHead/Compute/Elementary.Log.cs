using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

// ln x = e·ln 2 + ln m with m in [√½, √2): near x = 1 the exponent e is 0 and nothing cancels.
internal static partial class Elementary
{
    private const int BitsOfRootHalf = 0x3F3504F3;

    /// <summary>ln x. Error ≤ 1 ulp; −∞ at ±0, NaN below 0.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Halves.Log(x.GetLower()), Halves.Log(x.GetUpper()));
        }

        var isSmall = Vector512.LessThan(x, All(1.17549435e-38f)); // denormals are lifted into the normal range by 2²⁴
        var lifted = Select(isSmall, x * All(16777216f), x);
        var offset = lifted.AsInt32() - Vector512.Create(BitsOfRootHalf);
        var exponent = Vector512.ConvertToSingle(Vector512.ShiftRightArithmetic(offset, 23));
        exponent -= isSmall & All(24f);
        var mantissa = ((offset & Vector512.Create(0x7FFFFF)) + Vector512.Create(BitsOfRootHalf)).AsSingle();
        var y = LogOf(mantissa - Vector512<float>.One, exponent);
        y = Select(Vector512.Equals(x, All(float.PositiveInfinity)), x, y);
        y = Select(Vector512.Equals(x, Vector512<float>.Zero), All(float.NegativeInfinity), y);
        return Select(Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero), y, All(float.NaN));
    }

    /// <summary>ln(1 + r) + e·ln 2 for r in [√½ − 1, √2 − 1] and an integer e.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> LogOf(Vector512<float> r, Vector512<float> e)
    {
        var q = Horner(All(-7.623977959156036e-02f), r, 0.12909090518951416f);
        q = Horner(q, r, -0.13244561851024628f);
        q = Horner(q, r, 0.14181134104728699f);
        q = Horner(q, r, -0.16608765721321106f);
        q = Horner(q, r, 0.20002003014087677f);
        q = Horner(q, r, -0.2500160038471222f);
        q = Horner(q, r, 0.3333332538604736f);
        q = Horner(q, r, -0.4999998807907104f);
        return Fma(e, Ln2High, r + Fma(e, Ln2Low, q * (r * r)));
    }

    /// <summary>ln(1 + eˣ). Error ≤ 1.8 ulp, the ulp of the small result for x → −∞.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Softplus(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Halves.Softplus(x.GetLower()), Halves.Softplus(x.GetUpper()));
        }

        var e = Exp(-Vector512.Abs(x)); // ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|)
        var isLarge = Vector512.GreaterThan(e, All(0.41421357f)); // then 1 + e = 2·(1 + (e − 1)/2), exactly
        var log = LogOf(Select(isLarge, Fma(e, All(0.5f), All(-0.5f)), e), isLarge & Vector512<float>.One);
        return Select(Vector512.LessThan(x, Vector512<float>.Zero), log, x + log);
    }
}

using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>Sixteen float32 numbers.</summary>
internal readonly struct FormulaLanes(Vector512<float> value) : IFormulaNumber<FormulaLanes>
{
    public Vector512<float> Value => value;

    public static FormulaLanes Of(double constant) => new(Vector512.Create((float)constant));

    public static FormulaLanes operator +(FormulaLanes a, FormulaLanes b) => new(a.Value + b.Value);

    public static FormulaLanes operator -(FormulaLanes a, FormulaLanes b) => new(a.Value - b.Value);

    public static FormulaLanes operator *(FormulaLanes a, FormulaLanes b) => new(a.Value * b.Value);

    public static FormulaLanes operator /(FormulaLanes a, FormulaLanes b) => new(a.Value / b.Value);

    public static FormulaLanes Exp(FormulaLanes x) => new(Elementary.Exp(x.Value));

    public static FormulaLanes Log(FormulaLanes x) => new(Elementary.Log(x.Value));

    public static FormulaLanes Sqrt(FormulaLanes x) => new(Vector512.Sqrt(x.Value));

    public static FormulaLanes Sin(FormulaLanes x) => new(Elementary.Sin(x.Value));

    public static FormulaLanes Cos(FormulaLanes x) => new(Elementary.Cos(x.Value));

    public static FormulaLanes Tanh(FormulaLanes x) => new(Elementary.Tanh(x.Value));

    public static FormulaLanes Sigmoid(FormulaLanes x) => new(Elementary.Sigmoid(x.Value));

    public static FormulaLanes Erf(FormulaLanes x) => new(Elementary.Erf(x.Value));

    public static FormulaLanes Softplus(FormulaLanes x) => new(Elementary.Softplus(x.Value));

    public static FormulaLanes Select(FormulaLanes x, FormulaLanes a, FormulaLanes b) => new(Vector512.ConditionalSelect(
        Vector512.GreaterThanOrEqual(x.Value, Vector512<float>.Zero), a.Value,
        Vector512.ConditionalSelect(Vector512.LessThan(x.Value, Vector512<float>.Zero), b.Value, x.Value)));
}

/// <summary>A double.</summary>
internal readonly struct FormulaReal(double value) : IFormulaNumber<FormulaReal>
{
    public double Value => value;

    public static FormulaReal Of(double constant) => new(constant);

    public static FormulaReal operator +(FormulaReal a, FormulaReal b) => new(a.Value + b.Value);

    public static FormulaReal operator -(FormulaReal a, FormulaReal b) => new(a.Value - b.Value);

    public static FormulaReal operator *(FormulaReal a, FormulaReal b) => new(a.Value * b.Value);

    public static FormulaReal operator /(FormulaReal a, FormulaReal b) => new(a.Value / b.Value);

    public static FormulaReal Exp(FormulaReal x) => new(Elementary.Exp(x.Value));

    public static FormulaReal Log(FormulaReal x) => new(Elementary.Log(x.Value));

    public static FormulaReal Sqrt(FormulaReal x) => new(Math.Sqrt(x.Value));

    public static FormulaReal Sin(FormulaReal x) => new(Elementary.Sin(x.Value));

    public static FormulaReal Cos(FormulaReal x) => new(Elementary.Cos(x.Value));

    public static FormulaReal Tanh(FormulaReal x) => new(Elementary.Tanh(x.Value));

    public static FormulaReal Sigmoid(FormulaReal x) => new(Elementary.Sigmoid(x.Value));

    public static FormulaReal Erf(FormulaReal x) => new(Elementary.Erf(x.Value));

    public static FormulaReal Softplus(FormulaReal x) => new(default(Softplus).Precise(x.Value));

    public static FormulaReal Select(FormulaReal x, FormulaReal a, FormulaReal b) => x.Value >= 0 ? a : x.Value < 0 ? b : x;
}

/// <summary>A number and its derivative by the formula's x: forward-mode differentiation.</summary>
internal readonly struct FormulaSlope<T>(T value, T slope) : IFormulaNumber<FormulaSlope<T>>
    where T : unmanaged, IFormulaNumber<T>
{
    private const double TwoOverRootPi = 1.1283791670955126;

    public T Value => value;

    public T Slope => slope;

    public static FormulaSlope<T> Of(double constant) => new(T.Of(constant), T.Of(0));

    public static FormulaSlope<T> operator +(FormulaSlope<T> a, FormulaSlope<T> b) => new(a.Value + b.Value, a.Slope + b.Slope);

    public static FormulaSlope<T> operator -(FormulaSlope<T> a, FormulaSlope<T> b) => new(a.Value - b.Value, a.Slope - b.Slope);

    public static FormulaSlope<T> operator *(FormulaSlope<T> a, FormulaSlope<T> b) => new(a.Value * b.Value, (a.Slope * b.Value) + (a.Value * b.Slope));

    public static FormulaSlope<T> operator /(FormulaSlope<T> a, FormulaSlope<T> b)
    {
        T quotient = a.Value / b.Value;
        return new(quotient, (a.Slope - (quotient * b.Slope)) / b.Value);
    }

    public static FormulaSlope<T> Exp(FormulaSlope<T> x)
    {
        T exp = T.Exp(x.Value);
        return new(exp, exp * x.Slope);
    }

    public static FormulaSlope<T> Log(FormulaSlope<T> x) => new(T.Log(x.Value), x.Slope / x.Value);

    public static FormulaSlope<T> Sqrt(FormulaSlope<T> x)
    {
        T root = T.Sqrt(x.Value);
        return new(root, x.Slope / (root + root));
    }

    public static FormulaSlope<T> Sin(FormulaSlope<T> x) => new(T.Sin(x.Value), T.Cos(x.Value) * x.Slope);

    public static FormulaSlope<T> Cos(FormulaSlope<T> x) => new(T.Cos(x.Value), (T.Of(0) - T.Sin(x.Value)) * x.Slope);

    // 1 − tanh² would lose its digits where tanh is near 1.
    public static FormulaSlope<T> Tanh(FormulaSlope<T> x)
    {
        T twice = x.Value + x.Value;
        return new(T.Tanh(x.Value), T.Of(4) * T.Sigmoid(twice) * T.Sigmoid(T.Of(0) - twice) * x.Slope);
    }

    public static FormulaSlope<T> Sigmoid(FormulaSlope<T> x)
    {
        T share = T.Sigmoid(x.Value);
        return new(share, share * T.Sigmoid(T.Of(0) - x.Value) * x.Slope);
    }

    public static FormulaSlope<T> Erf(FormulaSlope<T> x) => new(T.Erf(x.Value), T.Of(TwoOverRootPi) * T.Exp(T.Of(0) - (x.Value * x.Value)) * x.Slope);

    public static FormulaSlope<T> Softplus(FormulaSlope<T> x) => new(T.Softplus(x.Value), T.Sigmoid(x.Value) * x.Slope);

    public static FormulaSlope<T> Select(FormulaSlope<T> x, FormulaSlope<T> a, FormulaSlope<T> b) =>
        new(T.Select(x.Value, a.Value, b.Value), T.Select(x.Value, a.Slope, b.Slope));
}

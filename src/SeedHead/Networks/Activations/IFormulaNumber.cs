namespace SeedHead.Networks;

/// <summary>What a formula computes with: float32 lanes, double, or one of these with its derivative.</summary>
internal interface IFormulaNumber<T>
    where T : unmanaged, IFormulaNumber<T>
{
    static abstract T Of(double constant);

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator *(T a, T b);

    static abstract T operator /(T a, T b);

    static abstract T Exp(T x);

    static abstract T Log(T x);

    static abstract T Sqrt(T x);

    static abstract T Sin(T x);

    static abstract T Cos(T x);

    static abstract T Tanh(T x);

    static abstract T Sigmoid(T x);

    static abstract T Erf(T x);

    static abstract T Softplus(T x);

    /// <summary>a where x ≥ 0, b where x &lt; 0; x itself where it is not a number.</summary>
    static abstract T Select(T x, T a, T b);
}

namespace SeedHead.Tests.Reference;

/// <summary>What the reference computes with: float64 numbers, or such numbers that remember how they came to be.</summary>
internal interface IReal<T>
    where T : IReal<T>
{
    double Value { get; }

    static abstract T Of(double value);

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator *(T a, T b);

    static abstract T operator /(T a, T b);

    /// <summary>f(x), with its derivative there.</summary>
    static abstract T Map(T x, double value, double slope);
}

/// <summary>A float64 number.</summary>
internal readonly record struct Real(double Value) : IReal<Real>
{
    public static Real Of(double value) => new(value);

    public static Real operator +(Real a, Real b) => new(a.Value + b.Value);

    public static Real operator -(Real a, Real b) => new(a.Value - b.Value);

    public static Real operator *(Real a, Real b) => new(a.Value * b.Value);

    public static Real operator /(Real a, Real b) => new(a.Value / b.Value);

    public static Real Map(Real x, double value, double slope) => new(value);
}

/// <summary>A float64 number on a tape: every operation writes down its derivatives, and the chain rule is read backwards.</summary>
internal readonly record struct Taped(double Value, int Place) : IReal<Taped>
{
    [ThreadStatic]
    private static List<(int A, double Da, int B, double Db)>? tape;

    private static List<(int A, double Da, int B, double Db)> Tape => tape ??= [];

    public static Taped Of(double value) => Write(value, 0, 0, 0, 0);

    public static Taped operator +(Taped a, Taped b) => Write(a.Value + b.Value, a.Place, 1, b.Place, 1);

    public static Taped operator -(Taped a, Taped b) => Write(a.Value - b.Value, a.Place, 1, b.Place, -1);

    public static Taped operator *(Taped a, Taped b) => Write(a.Value * b.Value, a.Place, b.Value, b.Place, a.Value);

    public static Taped operator /(Taped a, Taped b) => Write(a.Value / b.Value, a.Place, 1 / b.Value, b.Place, -a.Value / b.Value / b.Value);

    public static Taped Map(Taped x, double value, double slope) => Write(value, x.Place, slope, 0, 0);

    /// <summary>Starts a new tape.</summary>
    public static void Clear() => Tape.Clear();

    /// <summary>The derivatives of a result to everything on the tape, by place.</summary>
    public static double[] Derivatives(Taped result)
    {
        var slopes = new double[Tape.Count];
        slopes[result.Place] = 1;
        for (int i = result.Place; i >= 0; i--)
        {
            var (a, da, b, db) = Tape[i];
            double slope = slopes[i];
            if (a < i)
            {
                slopes[a] += da * slope;
            }

            if (b < i)
            {
                slopes[b] += db * slope;
            }
        }

        return slopes;
    }

    private static Taped Write(double value, int a, double da, int b, double db)
    {
        Tape.Add((a, da, b, db));
        return new(value, Tape.Count - 1);
    }
}

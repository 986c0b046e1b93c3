using SeedHead.Report.Markup;

namespace SeedHead.Report.Charts;

/// <summary>Even steps of 1, 2, 2.5 or 5 times a power of ten.</summary>
internal sealed class LinearScale : Scale
{
    /// <summary>Values of this size and beyond, infinities among them, are not drawn: their differences would overflow.</summary>
    public const double Largest = 1e200;

    private LinearScale(double low, double high)
        : base(low, high)
    {
    }

    /// <summary>A scale over all finite values, its ends on ticks.</summary>
    /// <param name="values">What must fit on it.</param>
    /// <param name="factor">Labels show value · factor: 100 for shares in percent.</param>
    /// <param name="wanted">About how many steps.</param>
    /// <param name="isCount">Whole steps only.</param>
    public static LinearScale Over(IEnumerable<double> values, double factor = 1, int wanted = 5, bool isCount = false)
    {
        (double low, double high) = Range(values);
        (low, high) = (low * factor, high * factor);
        if (low > 0 && low < 0.4 * high)
        {
            low = 0; // near enough to zero to show it
        }

        double step = Step((high - low) / wanted, isCount);
        double first = Math.Floor((low / step) + 1e-9), last = Math.Ceiling((high / step) - 1e-9);
        last = Math.Max(last, first + 1);
        var ticks = new Tick[(int)(last - first) + 1];
        int decimals = Decimals(step);
        double most = Math.Max(Math.Abs(first), Math.Abs(last)) * step;
        bool isLong = most >= 1e7 || step < 1e-5;
        int digits = Math.Clamp(Words.Exponent(most) - Words.Exponent(step) + 2, 3, 15); // enough to tell two ticks apart
        for (int i = 0; i < ticks.Length; i++)
        {
            double value = (first + i) * step;
            ticks[i] = new Tick(value / factor, !isLong ? Words.Fixed(value, decimals) : value == 0 ? "0" : Words.Scientific(value, digits));
        }

        return new LinearScale(ticks[0].Value, ticks[^1].Value) { Ticks = ticks };
    }

    /// <summary>From 0 to 100 %.</summary>
    public static LinearScale Percent() => Over([0, 1], 100);

    protected override double Place(double value) => (value - Low) / (High - Low);

    /// <summary>The smallest step of 1, 2, 2.5, 5 times a power of ten that is not below a size; no logarithm is taken.</summary>
    internal static double Step(double size, bool isCount = false)
    {
        int exponent = Words.Exponent(size);
        double unit = Words.Power(exponent);
        double leading = size / unit;
        double step = unit * (leading <= 1.0000001 ? 1 : leading <= 2 ? 2 : leading <= 2.5 ? 2.5 : leading <= 5 ? 5 : 10);
        return isCount ? Math.Max(1, Math.Ceiling(step)) : step;
    }

    private static int Decimals(double step)
    {
        int exponent = Words.Exponent(step);
        double leading = step / Words.Power(exponent);
        return Math.Clamp((leading is > 2.4 and < 2.6 ? 1 : 0) - exponent, 0, 12);
    }

    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (Math.Abs(value) < Largest)
            {
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }
        }

        if (low > high)
        {
            return (0, 1);
        }

        double room = Math.Max(1 / Largest, Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-6);
        if (high - low > room)
        {
            return (low, high);
        }

        double half = Math.Abs(low) <= 1 / Largest ? 1 : Math.Abs(low) * 0.1; // one value: a tenth of it to both sides
        return (low - half, high + half);
    }
}

using SeedHead.Compute;
using SeedHead.Report.Markup;

namespace SeedHead.Report.Charts;

/// <summary>Equal factors take equal lengths: powers of ten, or powers of two for widths.</summary>
internal sealed class LogScale : Scale
{
    private readonly double lowLog;
    private readonly double span;

    private LogScale(double low, double high)
        : base(low, high)
    {
        lowLog = Elementary.Log(low);
        span = Elementary.Log(high) - lowLog;
    }

    /// <summary>Powers of ten over all finite positive values; 2 and 5 between them where there is room.</summary>
    public static LogScale Ten(IEnumerable<double> values, double room = 1.12)
    {
        (double low, double high) = Range(values, room);
        int first = Words.Exponent(low), last = Words.Exponent(high) + 1;
        int every = Math.Max(1, (last - first + 5) / 7);
        bool isWide = first < -4 || last > 5;
        int[] between = last - first <= 2 ? [1, 2, 5] : last - first <= 3 ? [1, 3] : [1];
        var ticks = new List<Tick>();
        for (int exponent = first; exponent <= last; exponent++)
        {
            foreach (int factor in exponent % every == 0 ? between : [])
            {
                double value = Words.Power(exponent, factor);
                if (value >= low && value <= high)
                {
                    ticks.Add(new Tick(value, isWide ? Words.Scientific(value, 1) : Words.Fixed(value, Math.Max(0, -exponent))));
                }
            }
        }

        return new LogScale(low, high) { Ticks = ticks.Count >= 2 ? ticks : Ends(low * room, high / room) };
    }

    /// <summary>Powers of two over all finite positive values.</summary>
    public static LogScale Two(IEnumerable<double> values)
    {
        (double low, double high) = Range(values, 1.19); // a quarter of a doubling to both sides
        var powers = new List<double>();
        for (double power = Math.ScaleB(1, Math.ILogB(low)); power <= high; power *= 2)
        {
            if (power >= low)
            {
                powers.Add(power);
            }
        }

        int every = (powers.Count + 7) / 8;
        Tick[] ticks = [.. powers.Where((_, i) => (powers.Count - 1 - i) % every == 0).Select(power => new Tick(power, Label(power)))];
        return new LogScale(low, high) { Ticks = ticks.Length >= 2 ? ticks : Ends(low * 1.19, high / 1.19) };
    }

    /// <summary>Whether values span so much that even steps would hide the small ones.</summary>
    public static bool Suits(IReadOnlyCollection<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        return finite.Length > 0 && finite.Min() > 0 && finite.Max() > 8 * finite.Min();
    }

    protected override double Place(double value) => value > 0 ? (Elementary.Log(value) - lowLog) / span : 0;

    private static string Label(double power) => power is >= 1 and < 1e7 ? Words.Count((long)power) : Words.General(power, 3);

    private static Tick[] Ends(double low, double high)
    {
        var first = new Tick(low, Words.General(low, 4));
        var last = new Tick(high, Words.General(high, 4));
        return first.Label == last.Label ? [first] : [first, last];
    }

    private static (double Low, double High) Range(IEnumerable<double> values, double room)
    {
        double low = double.PositiveInfinity, high = 0;
        foreach (double value in values)
        {
            if (double.IsFinite(value) && value > 0)
            {
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }
        }

        return low > high ? (1 / room, room) : (Math.Max(low / room, 1e-300), Math.Min(high * room, 1e300));
    }
}

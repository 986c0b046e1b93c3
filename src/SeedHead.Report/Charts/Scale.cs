namespace SeedHead.Report.Charts;

/// <summary>A labelled place on an axis.</summary>
internal readonly record struct Tick(double Value, string Label);

/// <summary>Where values lie along an axis, from 0 (low end) to 1 (high end), and which of them are labelled.</summary>
internal abstract class Scale(double low, double high)
{
    public double Low { get; } = low;

    public double High { get; } = high;

    /// <summary>The labelled values, ascending.</summary>
    public IReadOnlyList<Tick> Ticks { get; protected init; } = [];

    /// <summary>0 at the low end, 1 at the high end; outside values are held at the ends.</summary>
    public double Share(double value) => High > Low ? Math.Clamp(Place(value), 0, 1) : 0.5;

    protected abstract double Place(double value);
}

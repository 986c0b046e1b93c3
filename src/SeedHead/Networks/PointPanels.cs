using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>Points [n × d] cut into panels, in their own order or another one; the last panel is filled up with zeros.</summary>
internal sealed unsafe class PointPanels : IDisposable
{
    private readonly NativeBuffer<float> owner;
    private readonly int[]? order;

    public PointPanels(Strided<float> points, int[]? order = null)
    {
        (Points, Inputs, this.order) = (points.Rows, points.Columns, order);
        owner = new NativeBuffer<float>(Length(Points, Inputs));
        for (long i = 0; i < Points; i++)
        {
            Strided<float> panel = this[i / Panel.Points];
            for (long j = 0; j < Inputs; j++)
            {
                panel[i % Panel.Points, j] = points[RowOf(i), j];
            }
        }
    }

    public long Points { get; }

    public long Inputs { get; }

    public long Count => PanelsOf(Points);

    public Strided<float> this[long panel] => Panel.At(owner.Pointer + panel * Inputs * Panel.Points, Inputs);

    /// <summary>The row of the point that stands at a place.</summary>
    public long RowOf(long place) => order is null ? place : order[place];

    public static long Length(long points, long inputs) => PanelsOf(points) * Panel.Points * inputs;

    public void Dispose() => owner.Dispose();

    private static long PanelsOf(long points) => (points + Panel.Points - 1) / Panel.Points;
}

using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>Points [n × d] cut into panels; the last one is filled up with zeros.</summary>
internal sealed unsafe class PointPanels : IDisposable
{
    private readonly NativeBuffer<float> owner;

    public PointPanels(Strided<float> points)
    {
        (Points, Inputs) = (points.Rows, points.Columns);
        owner = new NativeBuffer<float>(Length(Points, Inputs));
        for (long i = 0; i < Points; i++)
        {
            Strided<float> panel = this[i / Panel.Points];
            for (long j = 0; j < Inputs; j++)
            {
                panel[i % Panel.Points, j] = points[i, j];
            }
        }
    }

    public long Points { get; }

    public long Inputs { get; }

    public long Count => PanelsOf(Points);

    public Strided<float> this[long panel] => Panel.At(owner.Pointer + panel * Inputs * Panel.Points, Inputs);

    public static long Length(long points, long inputs) => PanelsOf(points) * Panel.Points * inputs;

    public void Dispose() => owner.Dispose();

    private static long PanelsOf(long points) => (points + Panel.Points - 1) / Panel.Points;
}

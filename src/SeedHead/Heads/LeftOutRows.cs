using SeedHead.Compute;

namespace SeedHead.Heads;

/// <summary>The rows whose leave-one-out errors are measured, as features made ready for the sums; can be visited any number of times.</summary>
internal abstract class LeftOutRows : IDisposable
{
    /// <summary>Rows held in memory rather than made again, at most.</summary>
    public const int MostHeld = 8192;

    /// <summary>Rows in a sample, at least.</summary>
    public const int FewestSampled = 1024;

    /// <summary>Row indices, ascending.</summary>
    public abstract int[] Rows { get; }

    /// <summary>Says which sums make rows ready; called once, first.</summary>
    public abstract void Begin(GramSums sums);

    /// <summary>Sees a block of rows first … of the pass over all rows, made ready, and keeps what it wants of it.</summary>
    public abstract void Collect(int first, Strided<float> prepared);

    /// <summary>Calls visit(i, block) for consecutive blocks; block row r is the row <see cref="Rows"/>[i + r].</summary>
    public abstract void Visit(Team team, Action<int, Strided<float>> visit);

    public abstract void Dispose();
}

/// <summary>A few rows, held in float32.</summary>
internal sealed unsafe class HeldRows(int[] rows, int featureCount) : LeftOutRows
{
    private readonly NativeBuffer<float> held = new((long)rows.Length * featureCount);

    public override int[] Rows => rows;

    public override void Begin(GramSums sums)
    {
    }

    public override void Collect(int first, Strided<float> prepared)
    {
        int start = Position(first), end = Position(first + (int)prepared.Rows);
        for (int i = start; i < end; i++)
        {
            prepared.Row(rows[i] - first).CopyTo(held.Span((long)i * featureCount, featureCount));
        }
    }

    public override void Visit(Team team, Action<int, Strided<float>> visit) =>
        visit(0, Strided<float>.RowMajor(held, rows.Length, featureCount));

    public override void Dispose() => held.Dispose();

    private int Position(int row)
    {
        int at = Array.BinarySearch(rows, row);
        return at < 0 ? ~at : at;
    }
}

/// <summary>All rows, made again at each visit.</summary>
internal sealed unsafe class StreamedRows(IFeatureRows features) : LeftOutRows
{
    private GramSums? sums;

    public override int[] Rows { get; } = [.. Enumerable.Range(0, features.Count)];

    public override void Begin(GramSums sums) => this.sums = sums;

    public override void Collect(int first, Strided<float> prepared)
    {
    }

    public override void Visit(Team team, Action<int, Strided<float>> visit)
    {
        using var buffer = new NativeBuffer<float>((long)Math.Min(features.Count, GramSums.BlockRows) * features.FeatureCount);
        for (int first = 0; first < features.Count; first += GramSums.BlockRows)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            var block = Strided<float>.RowMajor(buffer, Math.Min(GramSums.BlockRows, features.Count - first), features.FeatureCount);
            features.Read(team, first, block);
            sums!.Prepare(team, block);
            visit(first, block);
        }
    }

    public override void Dispose()
    {
    }
}

using SeedHead.Compute;
using SeedHead.Data;

namespace SeedHead.Kernels;

/// <summary>One Gram matrix of a limit kernel: the covariance of the inputs, then the plan's steps, tile by tile.</summary>
/// <remarks>An entry depends on its two points alone, so neither tiles nor threads change a bit.</remarks>
internal sealed unsafe class LimitGramWork(KernelPlan plan, Team team, LimitGram gram)
{
    private const int MostColumns = 512;
    private const long TileTarget = 1 << 18, NearTarget = 1 << 15; // numbers of a tile at its widest, where pairs of pixels allow; one offset stays in a core's cache
    private const int RowsAtATime = 8;

    public static int TileColumns(KernelPlan plan) => (int)Math.Clamp((plan.ByOffset ? NearTarget : TileTarget) / plan.MostPairs, 4, MostColumns);

    public static long TileNumbers(KernelPlan plan, bool tangent) => (tangent ? 4 : 2) * plan.MostPairs * TileColumns(plan);

    private readonly OffsetMean? offsets = plan.ByOffset ? new(plan, team) : null;

    public void Fill(Numbers rows, Numbers columns)
    {
        bool symmetric = ReferenceEquals(rows, columns);
        using NativeBuffer<double> left = Points(rows), own = symmetric ? new NativeBuffer<double>(0) : Points(columns);
        NativeBuffer<double> right = symmetric ? left : own;
        VarianceTable first = Variances(left, rows.Count), second = symmetric ? first : Variances(right, columns.Count);
        if (plan.Image is null)
        {
            Products(left, right, symmetric);
        }

        int tasks = (rows.Count + RowsAtATime - 1) / RowsAtATime;
        team.For(tasks, task =>
        {
            using var tile = new KernelTile(first, second, recording: false);
            int last = tasks - 1 - task; // the longest rows of a triangle first
            for (int i = last * RowsAtATime; i < Math.Min((last + 1) * RowsAtATime, rows.Count); i++)
            {
                FillRow(tile, left, right, i, symmetric ? i + 1 : columns.Count);
            }
        });
        if (symmetric)
        {
            gram.Nngp.Mirror(team);
            gram.Tangent?.Mirror(team);
        }
    }

    private int Width => plan.InputCount;

    /// <summary>The points in float64, row after row; normalised where the network begins with that.</summary>
    private NativeBuffer<double> Points(Numbers rows)
    {
        var points = new NativeBuffer<double>((long)rows.Count * rows.Columns);
        team.For(rows.Count, i =>
        {
            Span<double> to = points.Span((long)i * rows.Columns, rows.Columns);
            ReadOnlySpan<float> from = rows.Values.Span.Slice(i * rows.Columns, rows.Columns);
            for (int k = 0; k < to.Length; k++)
            {
                to[k] = from[k];
            }

            if (plan.NormalisesInput)
            {
                Normalise(to);
            }
        });
        return points;
    }

    private static void Normalise(Span<double> x)
    {
        (double sum, double squares) = (0, 0);
        foreach (double value in x)
        {
            sum += value;
        }

        foreach (ref double value in x)
        {
            value -= sum / x.Length;
            squares = Math.FusedMultiplyAdd(value, value, squares);
        }

        double factor = 1 / Math.Sqrt((squares / x.Length) + NormStep.Epsilon);
        foreach (ref double value in x)
        {
            value *= factor;
        }
    }

    private VarianceTable Variances(NativeBuffer<double> points, int count)
    {
        var table = new VarianceTable(plan.Places, count);
        const int together = 64;
        team.For((count + together - 1) / together, block =>
        {
            using var tile = new KernelTile(table, table, recording: true);
            for (int i = block * together; i < Math.Min((block + 1) * together, count); i++)
            {
                double* start = tile.Take(plan.ByOffset ? 1 : plan.Input.Count), point = points.Pointer + ((long)i * Width);
                if (offsets is not null)
                {
                    offsets.Record(tile, point, i);
                    if (plan.RecordsBehind)
                    {
                        offsets.Fill(tile, point, point, i, i, 1, start, null);
                    }
                }
                else if (plan.Image is null)
                {
                    Strided<double> x = Strided<double>.RowMajor(point, 1, Width);
                    MatrixProduct.Multiply(Team.Single, x, x.Transpose, Strided<double>.RowMajor(start, 1, 1));
                    *start *= 1.0 / Width;
                }
                else
                {
                    InputCovariance(point, point, 1, start, tile);
                }

                tile.Begin(i, i, 1, start, null);
                KernelStep.RunAll(plan.Steps, tile);
                tile.Give(tile.Covariance);
            }
        });
        return table;
    }

    /// <summary>All products of inputs into the matrix itself.</summary>
    private void Products(NativeBuffer<double> left, NativeBuffer<double> right, bool symmetric)
    {
        Strided<double> x = Strided<double>.RowMajor(left, gram.Nngp.Rows, Width), y = Strided<double>.RowMajor(right, gram.Nngp.Columns, Width);
        if (symmetric)
        {
            MatrixProduct.MultiplyLower(team, x, y.Transpose, gram.Nngp.Values, Into.Store);
        }
        else
        {
            MatrixProduct.Multiply(team, x, y.Transpose, gram.Nngp.Values);
        }
    }

    private void FillRow(KernelTile tile, NativeBuffer<double> left, NativeBuffer<double> right, int row, int end)
    {
        int most = TileColumns(plan);
        for (int from = 0; from < end; from += most)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(most, end - from);
            double* to = gram.Nngp.Values.Pointer + ((long)row * gram.Nngp.Columns) + from;
            double* tangentTo = gram.Tangent is { } tangents ? tangents.Values.Pointer + ((long)row * tangents.Columns) + from : null;
            double* covariance = to, tangent = tangentTo;
            if (offsets is not null)
            {
                offsets.Fill(tile, left.Pointer + ((long)row * Width), right.Pointer + ((long)from * Width), row, from, count, to, tangentTo);
            }
            else if (plan.Image is null)
            {
                Elementwise.Affine(new(to, count), 1.0 / Width, 0);
            }
            else
            {
                covariance = tile.Take(plan.Input.Count * count);
                InputCovariance(left.Pointer + ((long)row * Width), right.Pointer + ((long)from * Width), count, covariance, tile);
                tangent = tangentTo == null ? null : tile.Take(plan.Input.Count * count);
                for (long q = 0; tangent != null && q < plan.Input.Count; q++)
                {
                    new Span<double>(tangent + (q * count), count).Clear();
                }
            }

            tile.Begin(row, from, count, covariance, tangent);
            KernelStep.RunAll(plan.Steps, tile);
            Hand(tile, tile.Covariance, to);
            Hand(tile, tile.Tangent, tangentTo);
        }
    }

    private static void Hand(KernelTile tile, double* from, double* to)
    {
        if (from != to)
        {
            Vectors.Copy(from, to, tile.Count);
            tile.Give(from);
        }
    }

    /// <summary>1/C·Σ x[p, c]·x′[p′, c] over channels for every pair of pixels that is kept.</summary>
    private void InputCovariance(double* x, double* others, int count, double* covariance, KernelTile tile)
    {
        int channels = plan.Image!.Value.Channels, pixels = plan.Input.Pixels;
        long plane = (long)pixels * count;
        double* turned = tile.Take(plane * channels); // [channel × pixel × point], so that points lie side by side
        for (int j = 0; j < count; j++)
        {
            for (int p = 0; p < pixels; p++)
            {
                for (int c = 0; c < channels; c++)
                {
                    turned[(c * plane) + ((long)p * count) + j] = others[((long)j * Width) + ((long)p * channels) + c];
                }
            }
        }

        for (int p = 0; p < pixels; p++)
        {
            long length = plan.Input.All ? plane : count, first = plan.Input.All ? 0 : (long)p * count;
            double* row = covariance + (p * length);
            new Span<double>(row, (int)length).Clear();
            for (int c = 0; c < channels; c++)
            {
                Vectors.Add(x[(p * channels) + c], turned + (c * plane) + first, row, (nint)length);
            }

            Vectors.Scale(row, 1.0 / channels, (nint)length);
        }

        tile.Give(turned);
    }
}

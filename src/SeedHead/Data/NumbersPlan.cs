using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace SeedHead.Data;

/// <summary>Arrays of numbers: standardised and clipped, constant columns dropped.</summary>
internal sealed class NumbersPlan : InputPlan
{
    public const string Kind = "numbers";
    private readonly int rawColumns;
    private readonly int[] kept;
    private readonly double[] mean;
    private readonly double[] scale;
    private readonly float[] least;
    private readonly float[] most;

    private NumbersPlan(int rawColumns, int[] kept, double[] mean, double[] scale, float[] least, float[] most)
    {
        (this.rawColumns, this.kept, this.mean, this.scale, this.least, this.most) = (rawColumns, kept, mean, scale, least, most);
        Ranges = new (float, float)[kept.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            Ranges[i] = (Standard(least[i], mean[i], scale[i]), Standard(most[i], mean[i], scale[i]));
        }
    }

    public override int Columns => kept.Length;

    public override int RawColumns => rawColumns;

    public override (float Low, float High)[] Ranges { get; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static NumbersPlan Learn(Numbers train, List<string> notes)
    {
        int d = train.Columns;
        ReadOnlySpan<float> values = train.Values.Span;
        var least = new float[d];
        var most = new float[d];
        Array.Fill(least, float.PositiveInfinity);
        Array.Fill(most, float.NegativeInfinity);
        var sum = new double[d];
        for (int start = 0, row = 0; start < values.Length; start += d, row++)
        {
            ReadOnlySpan<float> x = values.Slice(start, d);
            for (int i = 0; i < sum.Length; i++)
            {
                float value = x[i];
                if (!float.IsFinite(value))
                {
                    throw NotFinite(row, i, value);
                }

                sum[i] += value;
                least[i] = Math.Min(least[i], value);
                most[i] = Math.Max(most[i], value);
            }
        }

        double[] mean = Array.ConvertAll(sum, total => total / train.Count);
        double[] scale = Scales(train, mean);
        int[] kept = [.. Enumerable.Range(0, d).Where(i => least[i] < most[i])];
        if (kept.Length < d)
        {
            notes.Add($"{d - kept.Length} of {d} columns are constant in the training rows: dropped");
        }

        var plan = new NumbersPlan(d, kept, Pick.From(mean, kept), Pick.From(scale, kept), Pick.From(least, kept), Pick.From(most, kept));
        int clipped = plan.Ranges.Count(range => range.Low == -Limit || range.High == Limit);
        if (clipped > 0)
        {
            notes.Add($"{clipped} columns hold values more than {Limit} standard deviations from their mean: clipped there");
        }

        return plan;
    }

    public override void Apply(Inputs inputs, int first, int count, Span<float> destination)
    {
        Numbers numbers = Fitting(inputs);
        for (int row = 0; row < count; row++)
        {
            Standardise(numbers.Values.Span.Slice((first + row) * rawColumns, rawColumns), destination.Slice(row * kept.Length, kept.Length), first + row);
        }
    }

    public override void ApplyRow(ReadOnlySpan<float> raw, Span<float> destination) => Standardise(raw, destination[..kept.Length], 0);

    public override IReadOnlyList<string> Check(Inputs inputs)
    {
        Fitting(inputs);
        return [];
    }

    public override JsonObject ToJson() => new()
    {
        ["kind"] = Kind,
        ["columns"] = rawColumns,
        ["kept"] = ToBase64(kept),
        ["mean"] = ToBase64(mean),
        ["scale"] = ToBase64(scale),
        ["least"] = ToBase64(least),
        ["most"] = ToBase64(most),
    };

    public static NumbersPlan FromJson(JsonObject json)
    {
        int rawColumns = (int)json["columns"]!;
        int length = Convert.FromBase64String((string)json["kept"]!).Length / sizeof(int);
        int[] kept = FromBase64<int>(json["kept"], length);
        return Array.TrueForAll(kept, i => i >= 0 && i < rawColumns)
            ? new NumbersPlan(rawColumns, kept, FromBase64<double>(json["mean"], length), FromBase64<double>(json["scale"], length),
                FromBase64<float>(json["least"], length), FromBase64<float>(json["most"], length))
            : throw new FormatException("a kept column does not exist");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] Scales(Numbers train, double[] mean)
    {
        ReadOnlySpan<float> values = train.Values.Span;
        var squares = new double[mean.Length];
        for (int start = 0; start < values.Length; start += mean.Length)
        {
            ReadOnlySpan<float> x = values.Slice(start, mean.Length);
            for (int i = 0; i < squares.Length; i++)
            {
                double difference = x[i] - mean[i];
                squares[i] += difference * difference;
            }
        }

        return Array.ConvertAll(squares, square => 1 / Math.Sqrt(square / train.Count));
    }

    private static DataException NotFinite(int row, int column, float value) =>
        new($"Row {row}, column {column} (from 0) is {value}. Give finite numbers; leave out rows with missing values or use a CSV file, where they may be missing.");

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Standardise(ReadOnlySpan<float> x, Span<float> written, int row)
    {
        for (int i = 0; i < written.Length; i++)
        {
            float value = x[kept[i]];
            written[i] = float.IsFinite(value) ? Standard(value, mean[i], scale[i]) : throw NotFinite(row, kept[i], value);
        }
    }

    private Numbers Fitting(Inputs inputs) =>
        inputs is Numbers numbers && numbers.Columns == rawColumns ? numbers : throw OtherKind($"an array of {rawColumns} columns", inputs);
}

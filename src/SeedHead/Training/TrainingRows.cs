using SeedHead.Compute;
using SeedHead.Data;

namespace SeedHead.Training;

/// <summary>The rows that are learned from, as the learned part of a network reads them.</summary>
/// <remarks>Where no image is varied and nothing below the lowest learned layer depends on the batch, what comes out of the fixed layers is computed once and kept.</remarks>
internal sealed unsafe class TrainingRows : IDisposable
{
    private const int RowsAtOnce = 128;

    private readonly Inputs inputs;
    private readonly Preprocessing preprocessing;
    private readonly TrainOptions options;
    private readonly float[] black = [];
    private readonly NativeBuffer<float>? kept;

    public TrainingRows(TrainedNetwork network, Inputs inputs, Preprocessing preprocessing, TrainOptions options, Execution run)
    {
        (this.inputs, this.preprocessing, this.options) = (inputs, preprocessing, options);
        if (options.Augmentation != Augmentation.None)
        {
            ImageShape shape = preprocessing.Shape ?? throw new ArgumentException($"{options.Augmentation} varies images, but the rows are none. Leave it away.");
            var all = new float[preprocessing.Columns];
            preprocessing.ApplyRow(new float[preprocessing.RawColumns], all);
            black = all[..shape.Channels];
        }

        Prefix = KeptNumbers(network, inputs.Count, options) > 0 ? network.Modules.FixedPrefix : 0;
        Columns = Prefix > 0 ? network.Modules.Width(Prefix) : preprocessing.Columns;
        if (Prefix == 0)
        {
            return;
        }

        kept = new((long)inputs.Count * Columns);
        using var rows = new NativeBuffer<float>((long)RowsAtOnce * preprocessing.Columns);
        for (int first = 0; first < inputs.Count; first += RowsAtOnce)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(RowsAtOnce, inputs.Count - first);
            preprocessing.Apply(inputs, first, count, rows.Span(0, count * preprocessing.Columns));
            network.Modules.Forward(new Pass(new Team(run.Threads), count, Training: false), rows.Pointer, kept.Pointer + ((long)first * Columns), 0, Prefix);
            run.Report("fixed layers", first + count, inputs.Count);
        }
    }

    /// <summary>Numbers that are kept of what comes out of the fixed layers; 0 where they are not computed once.</summary>
    public static long KeptNumbers(TrainedNetwork network, int rows, TrainOptions options)
    {
        int prefix = options.Augmentation == Augmentation.None && options.Mixup == 0 ? network.Modules.FixedPrefix : 0;
        long numbers = prefix == 0 ? 0 : (long)rows * network.Modules.Width(prefix);
        return numbers * sizeof(float) <= options.MostKept ? numbers : 0;
    }

    /// <summary>How many of the network's first modules have been applied to the rows.</summary>
    public int Prefix { get; }

    /// <summary>Numbers a row has then.</summary>
    public int Columns { get; }

    /// <summary>Writes the chosen rows as they are in an epoch.</summary>
    public void Read(Team team, ReadOnlySpan<int> chosen, int epoch, float* to)
    {
        int[] rows = chosen.ToArray();
        team.For(rows.Length, i =>
        {
            var row = new Span<float>(to + ((long)i * Columns), Columns);
            if (kept is not null)
            {
                new ReadOnlySpan<float>(kept.Pointer + ((long)rows[i] * Columns), Columns).CopyTo(row);
            }
            else if (options.Augmentation == Augmentation.None)
            {
                preprocessing.Apply(inputs, rows[i], 1, row);
            }
            else
            {
                var image = new float[Columns];
                preprocessing.Apply(inputs, rows[i], 1, image);
                options.Augmentation.Apply(options.Seed, epoch, rows[i], preprocessing.Shape!.Value, image, black, row);
            }
        });
    }

    public void Dispose() => kept?.Dispose();
}

using System.IO.Compression;
using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Features;

namespace SeedHead.Models;

/// <summary>The features of a data set as one matrix in memory [n × D], for export to other programs.</summary>
public sealed class FeatureMatrix
{
    private readonly Preprocessing preprocessing;
    private readonly FeatureMap map;
    private readonly float[] values;
    private readonly Target? target;

    private FeatureMatrix(Preprocessing preprocessing, FeatureMap map, Dataset data, Execution run)
    {
        this.preprocessing = preprocessing;
        this.map = map;
        target = data.Target;
        Rows = data.Count;
        long length = (long)Rows * Columns;
        if (length > Array.MaxLength)
        {
            throw new ForecastException($"{Rows} × {Columns} features are {length} numbers; one file holds at most {Array.MaxLength}. Take a smaller --width, or fewer rows.");
        }

        values = new float[length];
        Fill(data.Inputs, run);
    }

    /// <summary>n, the number of rows.</summary>
    public int Rows { get; }

    /// <summary>D, the number of features.</summary>
    public int Columns => map.FeatureCount;

    /// <summary>All features, row after row.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>The features in words.</summary>
    public string Description => map.Description;

    /// <summary>Learns preprocessing and scales from the rows and maps them.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="options">Features, width and seed; a null width takes 1,024.</param>
    /// <param name="run">Threads, progress, cancellation.</param>
    public static FeatureMatrix Of(Dataset data, LearnOptions options, Execution run)
    {
        if (options.ChooseNet is not null)
        {
            throw new ArgumentException("Networks are chosen by fitting: run `fit --net auto`, and name the network it takes here.");
        }

        Preprocessing preprocessing = options.Like?.Preprocessing ?? Preprocessing.Learn(data.Inputs);
        FeatureOptions features = options.Features ?? FeatureDefaults.For(preprocessing.Shape);
        FeatureMap map = options.Like?.Features
            ?? FeatureMaps.Create(features, options.Width ?? 1024, options.Seed, new InputRows(data.Inputs, preprocessing), run.Team);
        return new FeatureMatrix(preprocessing, map, data, run);
    }

    /// <summary>Maps other rows with the same preprocessing and features.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="run">Threads, progress, cancellation.</param>
    public FeatureMatrix Map(Dataset data, Execution run) => new(preprocessing, map, data, run);

    /// <summary>Writes one npy array, or an npz archive with x, y, x_test, y_test (y as class codes or numbers).</summary>
    /// <param name="stream">Receives the bytes.</param>
    /// <param name="test">The features of the test rows, or null; only an archive holds them.</param>
    /// <param name="archive">npz instead of npy.</param>
    public void Write(Stream stream, FeatureMatrix? test, bool archive)
    {
        if (!archive)
        {
            Npy.Write(stream, values, Rows, Columns);
            return;
        }

        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        AddTo(zip, "");
        test?.AddTo(zip, "_test");
    }

    private void AddTo(ZipArchive zip, string suffix)
    {
        Add(zip, "x" + suffix, stream => Npy.Write(stream, values, Rows, Columns));
        switch (target)
        {
            case ClassTarget classes:
                Add(zip, "y" + suffix, stream => Npy.Write(stream, classes.Codes, Rows));
                break;
            case NumberTarget numbers:
                Add(zip, "y" + suffix, stream => Npy.Write(stream, numbers.Values, Rows));
                break;
        }
    }

    private static void Add(ZipArchive zip, string name, Action<Stream> write)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name + ".npy", CompressionLevel.Fastest);
        entry.LastWriteTime = ModelArchive.Epoch;
        using Stream stream = entry.Open();
        write(stream);
    }

    private unsafe void Fill(Inputs inputs, Execution run)
    {
        const int block = 4096;
        using var rows = new FeatureRows(new InputRows(inputs, preprocessing), map);
        fixed (float* all = values)
        {
            for (int first = 0; first < Rows; first += block)
            {
                run.Cancellation.ThrowIfCancellationRequested();
                int count = Math.Min(block, Rows - first);
                rows.Read(run.Team, first, Strided<float>.RowMajor(all + ((long)first * Columns), count, Columns));
                run.Report("features", first + count, Rows);
            }
        }
    }
}

using SeedHead.Compute;
using SeedHead.Data;

namespace SeedHead.Studies;

/// <summary>The data of a cell as training reads it: a stratified sample of the training rows, and the official test rows.</summary>
internal sealed unsafe class PartialTrainingData : IDisposable
{
    private const ulong SampleSeed = 42; // the same rows for every seed of a cell
    private const int CorruptedRows = 2000;
    private const int SamplePurpose = 412;
    private readonly Dictionary<Corruption, (NativeBuffer<float> Rows, int Count)> spoiled = [];
    private readonly Images? someTest;

    private PartialTrainingData(Dataset train, Dataset test)
    {
        (Train, Sha256) = (train, train.Sha256);
        Preprocessing = Preprocessing.Learn(train.Inputs);
        TrainTruth = ((ClassTarget)train.Target!).Codes;
        TestTruth = ((ClassTarget)test.Target!).Codes;
        Classes = ((ClassTarget)train.Target!).Classes.Count;
        TestRows = Read(test.Inputs);
        int[] some = Random.Order.Sample(SampleSeed, SamplePurpose, test.Count, CorruptedRows);
        SomeTruth = [.. some.Select(row => TestTruth[row])];
        someTest = test.Inputs.Select(some) as Images;
        Notes = [.. train.Notes.Concat(test.Notes).Distinct()];
    }

    /// <summary>The training rows.</summary>
    public Dataset Train { get; }

    /// <summary>The hash of the whole training part, before the sample.</summary>
    public string Sha256 { get; }

    public Preprocessing Preprocessing { get; }

    public int[] TrainTruth { get; }

    public int[] TestTruth { get; }

    public int Classes { get; }

    /// <summary>Remarks of the reader.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Truth of the rows of <see cref="Corrupted"/>.</summary>
    public int[] SomeTruth { get; }

    private NativeBuffer<float> TestRows { get; }

    /// <summary>All test rows, preprocessed.</summary>
    public Strided<float> Test => Strided<float>.RowMajor(TestRows, TestTruth.Length, Preprocessing.Columns);

    /// <summary>Reads a set and takes a sample of so many of its training rows; 0: all.</summary>
    public static PartialTrainingData Load(string name, int rows, DataOptions options)
    {
        DatasetPair pair = DataSource.Load(name, options);
        if (pair.Test is null || pair.Train.Target is not ClassTarget target)
        {
            throw new DataException($"{name}: the study needs classes and an official test part.");
        }

        int[]? sample = rows > 0 && rows < pair.Train.Count ? Splits.Stratified(target, (double)rows / pair.Train.Count, SampleSeed).Test : null;
        return new(sample is null ? pair.Train : pair.Train.Select(sample), pair.Test);
    }

    /// <summary>A sample of at most 2,000 test images, corrupted.</summary>
    public Strided<float> Corrupted(Corruption corruption)
    {
        if (!spoiled.TryGetValue(corruption, out var found))
        {
            Images images = corruption.Of(someTest ?? throw new DataException("Only images can be corrupted."), SampleSeed);
            spoiled[corruption] = found = (Read(images), images.Count);
        }

        return Strided<float>.RowMajor(found.Rows, found.Count, Preprocessing.Columns);
    }

    public void Dispose()
    {
        TestRows.Dispose();
        foreach (var (rows, _) in spoiled.Values)
        {
            rows.Dispose();
        }
    }

    private NativeBuffer<float> Read(Inputs inputs)
    {
        const int AtOnce = 1000;
        var rows = new NativeBuffer<float>((long)inputs.Count * Preprocessing.Columns);
        for (int first = 0; first < inputs.Count; first += AtOnce)
        {
            int count = Math.Min(AtOnce, inputs.Count - first);
            Preprocessing.Apply(inputs, first, count, rows.Span((long)first * Preprocessing.Columns, count * Preprocessing.Columns));
        }

        return rows;
    }
}

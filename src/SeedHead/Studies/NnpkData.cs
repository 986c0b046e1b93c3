using SeedHead.Compute;
using SeedHead.Data;

namespace SeedHead.Studies;

/// <summary>Images with classes as the study reads them: brightness from 0 to 1, less the mean and over the deviation of all pixels of the training rows.</summary>
internal sealed class NnpkData
{
    private const int ShufflePurpose = 431;

    private NnpkData(Images train, ClassTarget truth, Images test, ClassTarget testTruth, bool shuffled)
    {
        (Shape, Classes, TrainImages) = (train.Shape, truth.Classes.Count, train);
        (TrainCodes, TestCodes) = (truth.Codes, testTruth.Codes);
        float[] first = Brightness(train), second = Brightness(test);
        double mean = first.Average(value => (double)value);
        double deviation = Math.Sqrt(first.Sum(value => (value - mean) * (value - mean)) / first.Length);
        int[]? order = shuffled ? Random.Order.Permutation(1, ShufflePurpose, Shape.Height * Shape.Width) : null;
        Train = Standardised(first, mean, deviation, order);
        Test = Standardised(second, mean, deviation, order);
    }

    public ImageShape Shape { get; }

    public int Classes { get; }

    public Numbers Train { get; }

    /// <summary>The training rows as images; their places are never shuffled.</summary>
    public Images TrainImages { get; }

    public Numbers Test { get; }

    public int[] TrainCodes { get; }

    public int[] TestCodes { get; }

    /// <summary>The training targets, one-hot [n × C].</summary>
    public double[] OneHot => [.. TrainCodes.SelectMany(code => Enumerable.Range(0, Classes).Select(k => k == code ? 1.0 : 0))];

    /// <summary>Reads a set, and samples of its rows with as many of each class as the whole has.</summary>
    /// <param name="name">A set of images with an official test part.</param>
    /// <param name="rows">Training rows.</param>
    /// <param name="tests">Test rows; 0: all.</param>
    /// <param name="seed">Names the sample of training rows; that of test rows is always the same.</param>
    /// <param name="shuffled">Whether the places of pixels are shuffled, in all images alike.</param>
    /// <param name="options">Where sets lie.</param>
    /// <exception cref="DataException">No images with classes and an official test part.</exception>
    public static NnpkData Load(string name, int rows, int tests, ulong seed, bool shuffled, DataOptions options)
    {
        DatasetPair pair = DataSource.Load(name, options);
        if (pair is not { Train: { Inputs: Images, Target: ClassTarget }, Test: { Inputs: Images, Target: ClassTarget } })
        {
            throw new DataException($"{name}: the study needs images with classes and an official test part.");
        }

        Dataset train = Sample(pair.Train, rows, seed), test = Sample(pair.Test, tests, 42);
        return new((Images)train.Inputs, (ClassTarget)train.Target!, (Images)test.Inputs, (ClassTarget)test.Target!, shuffled);
    }

    private static Dataset Sample(Dataset all, int rows, ulong seed) =>
        rows > 0 && rows < all.Count ? all.Select(Splits.Stratified(all.Target!, (double)rows / all.Count, seed).Test) : all;

    private static float[] Brightness(Images images)
    {
        var values = new float[(long)images.Count * images.Shape.Size];
        for (int row = 0; row < images.Count; row++)
        {
            ReadOnlySpan<byte> image = images[row];
            for (int i = 0; i < image.Length; i++)
            {
                values[((long)row * image.Length) + i] = (float)image[i] / images.Maximum;
            }
        }

        return values;
    }

    private Numbers Standardised(float[] values, double mean, double deviation, int[]? order)
    {
        int channels = Shape.Channels, size = Shape.Size;
        var to = new float[values.Length];
        for (int i = 0; i < to.Length; i++)
        {
            int at = i % size, pixel = at / channels;
            int from = order is null ? i : i - at + (order[pixel] * channels) + (at % channels);
            to[i] = (float)((values[from] - mean) / deviation);
        }

        return new(to, size);
    }
}

/// <summary>What cells are run with: the machine, and the last data set that was read.</summary>
internal sealed class NnpkContext(Execution run, DataOptions options)
{
    private (string Key, NnpkData Data)? last;

    public Execution Run => run;

    /// <summary>The same without progress, for steps inside of a cell.</summary>
    public Execution Quiet { get; } = run with { Progress = null };

    public Team Team => run.Team;

    /// <summary>A whole set as it is read.</summary>
    public DatasetPair Source(string name) => DataSource.Load(name, options);

    /// <summary>A data set, kept until another is asked for.</summary>
    public NnpkData Data(string name, int rows, int tests = 0, ulong seed = 1, bool shuffled = false)
    {
        string key = $"{name} {rows} {tests} {seed} {shuffled}";
        if (last?.Key != key)
        {
            last = (key, NnpkData.Load(name, rows, tests, seed, shuffled, options));
        }

        return last!.Value.Data;
    }
}

using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Random;
using SeedHead.Training;

namespace SeedHead.Studies;

/// <summary>One network trained on images of digits beside a band whose brightness tells the label as well.</summary>
/// <remarks>
/// Training: label = digit/9 = brightness of the band. Test: digit and brightness (a ninth times 0 … 9, random) have nothing to do with each other, and the output is held against
/// either. A value is right if it rounds to the class: round(9·y). The band is a fifth of the input: as many columns as a quarter of the image is wide.
/// </remarks>
internal sealed record RedshiftShortcut : RedshiftCell
{
    private const int SamplePurpose = 1117, BrightnessPurpose = 1123; // of orders
    private const double Rate = 1e-3;

    /// <summary>"digits" or "mnist".</summary>
    public required string Data { get; init; }

    /// <summary>Activation.</summary>
    public required string Activation { get; init; }

    /// <summary>What pre-activations are multiplied by.</summary>
    public required double Prefactor { get; init; }

    /// <summary>The seed of the weights, the sample and the brightness of test images.</summary>
    public required int Seed { get; init; }

    /// <summary>Training images.</summary>
    public required int Rows { get; init; }

    /// <summary>Steps of Adam over all of them.</summary>
    public required int Steps { get; init; }

    /// <summary>Where known sets lie.</summary>
    public required DataOptions Options { get; init; }

    /// <summary>The network's text form.</summary>
    public string Net => NetOf(Data, Activation, Prefactor);

    /// <inheritdoc/>
    protected override string Text => $"shortcut {Data} | {Net} | seed {Seed} | {Rows} rows, {Steps} steps, rate {Rate}";

    /// <summary>Two hidden layers with a prefactor.</summary>
    public static string NetOf(string data, string activation, double prefactor)
    {
        int side = data == "mnist" ? 28 : 8;
        return $"{side * (side + (side / 4))}-2*(64-scale{prefactor.ToString(System.Globalization.CultureInfo.InvariantCulture)}-{activation})-1";
    }

    /// <inheritdoc/>
    public override IEnumerable<(string Name, double Value)> Run(Execution run)
    {
        DatasetPair pair = DataSource.Load(Data, Options);
        var (rows, digits, _) = Sample(pair.Train, Rows, independent: false);
        var (tests, testDigits, brightness) = Sample(pair.Test!, Math.Min(Rows, pair.Test!.Count), independent: true);
        float[] labels = Array.ConvertAll(digits, digit => digit / 9f);
        using var network = new FullBatch(Net, (ulong)Seed, run);
        double loss = Train(network, rows, labels);
        float[] own = network.Scores(rows), found = network.Scores(tests);
        return [("loss", loss), ("train", Right(own, digits)), ("digit", Right(found, testDigits)), ("colour", Right(found, brightness))];
    }

    private unsafe double Train(FullBatch network, float[] rows, float[] labels)
    {
        fixed (float* t = labels)
        {
            using var objective = Objective.Of(Strided<float>.RowMajor(t, labels.Length, 1));
            return network.Train(rows, objective, Steps, Rate);
        }
    }

    private static double Right(float[] outputs, int[] classes) => outputs.Zip(classes, (output, number) => Math.Round(9.0 * output) == number ? 1.0 : 0).Average();

    /// <summary>Images with their bands [n × side·(side + side/4)], their digits, and nine times the brightness of their bands.</summary>
    private (float[] Rows, int[] Digits, int[] Brightness) Sample(Dataset from, int count, bool independent)
    {
        var images = (Images)from.Inputs;
        int[] codes = ((ClassTarget)from.Target!).Codes;
        int[] chosen = Order.Sample((ulong)Seed, SamplePurpose, images.Count, count);
        int side = images.Shape.Width, band = side / 4, width = side + band;
        var rows = new float[chosen.Length * side * width];
        int[] digits = Array.ConvertAll(chosen, row => codes[row]);
        int[] brightness = [.. digits.Select((digit, i) => independent ? (int)(Order.Key((ulong)Seed, BrightnessPurpose, i) % 10) : digit)];
        for (int i = 0; i < chosen.Length; i++)
        {
            ReadOnlySpan<byte> pixels = images[chosen[i]];
            for (int at = 0; at < side * width; at++)
            {
                int x = at % width;
                rows[(i * side * width) + at] = x < side ? (float)pixels[(at / width * side) + x] / images.Maximum : brightness[i] / 9f;
            }
        }

        return (rows, digits, brightness);
    }
}

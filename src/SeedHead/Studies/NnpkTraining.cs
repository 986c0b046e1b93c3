using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Studies;

/// <summary>A network trained on the study's data, read as features: what its output layer reads.</summary>
internal sealed unsafe class NnpkTraining : IDisposable
{
    private readonly TrainedFeatures features;

    /// <summary>The rate of the first epoch where nothing is said.</summary>
    public const double UsualRate = 0.001;

    /// <summary>Trains all numbers of a network by Adam: batches of 64, the rate falling along half a wave.</summary>
    public NnpkTraining(NnpkContext context, NnpkData data, string net, int epochs, ulong seed, double rate = UsualRate)
    {
        Architecture architecture = Architecture.Parse(net);
        var network = new TrainedNetwork(architecture, LearnedPart.Parse("all"), WeightPrior.DefaultFor(architecture.FirstActivation), seed);
        features = new(network);
        TrainOptions options = TrainDefaults.Adam with { Epochs = epochs, Rate = rate, Batch = 64, Seed = seed };
        using var trainer = new Trainer(network, data.TrainImages, Preprocessing.LearnByChannel(data.TrainImages), data.TrainCodes, options, context.Quiet);
        trainer.Train();
    }

    /// <summary>Test accuracy in percent.</summary>
    public double Accuracy(NnpkContext context, NnpkData data)
    {
        using var memory = new NativeBuffer<float>((long)data.Test.Count * data.Classes);
        Strided<float> scores = Strided<float>.RowMajor(memory, data.Test.Count, data.Classes);
        fixed (float* x = data.Test.Values.Span)
        {
            features.Network.Score(context.Team, Strided<float>.RowMajor(x, data.Test.Count, data.Test.Columns), scores);
        }

        return NnpkReadouts.Accuracy(NnpkReadouts.Largest(scores), data.TestCodes);
    }

    /// <summary>What the output layer reads of rows [n × width].</summary>
    public NativeBuffer<float> Penultimate(NnpkContext context, Numbers rows)
    {
        var memory = new NativeBuffer<float>((long)rows.Count * features.FeatureCount);
        fixed (float* x = rows.Values.Span)
        {
            features.Map(context.Team, Strided<float>.RowMajor(x, rows.Count, rows.Columns), Strided<float>.RowMajor(memory, rows.Count, features.FeatureCount));
        }

        return memory;
    }

    public void Dispose() => features.Dispose();
}

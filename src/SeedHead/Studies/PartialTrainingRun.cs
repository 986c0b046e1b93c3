using System.Diagnostics;
using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Studies;

/// <summary>Runs cells of the study of partial training.</summary>
internal sealed unsafe class PartialTrainingRun(PartialTrainingData data, Execution run) : IDisposable
{
    private (string Key, float[][] Numbers, double[][] Statistics)? started; // the last network that members started from

    public void Dispose() => data.Dispose();

    /// <summary>Trains what a cell says.</summary>
    public PartialTrainingOutcome Run(PartialTrainingCell cell)
    {
        var clock = Stopwatch.StartNew();
        PartialTrainingOutcome outcome = cell.Members == 0 ? One(cell) : Several(cell);
        return outcome with { Seconds = clock.Elapsed.TotalSeconds };
    }

    private PartialTrainingOutcome One(PartialTrainingCell cell)
    {
        using TrainedNetwork network = Network(cell);
        var accuracies = new List<double>();
        var losses = new List<double>();
        string? diverged = Train(network, cell.Options, epoch =>
        {
            losses.Add(epoch.Loss);
            accuracies.Add(Accuracy(Probabilities(network, data.Test), data.TestTruth));
        });
        return new()
        {
            Key = cell.Key, Learned = network.Learned, Total = network.Total, Accuracies = accuracies, Losses = losses, Diverged = diverged,
            Magnitudes = MagnitudesOf(network), FixedUnchanged = network.FixedHash() == network.FixedHashOfSeed(run.Team),
        };
    }

    private PartialTrainingOutcome Several(PartialTrainingCell cell)
    {
        Corruption[] corruptions = [.. Corruption.All];
        var singles = new List<double>();
        var spoiled = new double[corruptions.Length];
        double[] sum = new double[data.TestTruth.Length * data.Classes];
        double[][] sums = [.. corruptions.Select(_ => new double[data.SomeTruth.Length * data.Classes])];
        long learned = 0, total = 0;
        for (int member = 0; member < cell.Members; member++)
        {
            using TrainedNetwork network = Member(cell, member);
            (learned, total) = (network.Learned, network.Total);
            if (Train(network, cell.Options with { Seed = MemberSeed(cell, member) }, _ => { }) is { } diverged)
            {
                return new() { Key = cell.Key, Learned = learned, Total = total, Accuracies = [], Diverged = diverged };
            }

            singles.Add(Add(Probabilities(network, data.Test), sum, data.TestTruth));
            for (int i = 0; i < corruptions.Length; i++)
            {
                spoiled[i] += Add(Probabilities(network, data.Corrupted(corruptions[i])), sums[i], data.SomeTruth) / cell.Members;
            }
        }

        double clean = Accuracy(sum, data.TestTruth);
        CorruptionOutcome[] found = [.. corruptions.Select((c, i) => new CorruptionOutcome(c.Name, c.Level, spoiled[i], Accuracy(sums[i], data.SomeTruth)))];
        return new() { Key = cell.Key, Learned = learned, Total = total, Accuracies = [clean], Ensemble = new(singles, clean, found) };
    }

    // Member 0 is the network of the seed itself; others begin with learned numbers of their own seed, or all with those of the trained network.
    private TrainedNetwork Member(PartialTrainingCell cell, int member)
    {
        TrainedNetwork network = Network(cell);
        if (cell.StartEpochs > 0)
        {
            (_, float[][] numbers, double[][] statistics) = Started(cell);
            Put(network, numbers, statistics);
        }
        else if (member > 0)
        {
            using TrainedNetwork other = Network(cell with { Options = cell.Options with { Seed = MemberSeed(cell, member) } });
            foreach (var (to, from) in network.Modules.Parameters.Zip(other.Modules.Parameters))
            {
                foreach ((long start, int length) in to.Runs)
                {
                    new ReadOnlySpan<float>(from.Values.Pointer + start, length).CopyTo(new(to.Values.Pointer + start, length));
                }
            }
        }

        return network;
    }

    private static ulong MemberSeed(PartialTrainingCell cell, int member) => cell.Options.Seed + (1000UL * (ulong)member);

    private (string Key, float[][] Numbers, double[][] Statistics) Started(PartialTrainingCell cell)
    {
        PartialTrainingCell start = cell with { Learned = "all", Members = 0, StartEpochs = 0, Options = cell.Options with { Epochs = cell.StartEpochs } };
        if (started?.Key != start.Key)
        {
            using TrainedNetwork network = Network(start);
            Train(network, start.Options, _ => { });
            started = (
                start.Key,
                [.. network.Modules.Parameters.Select(parameter => new ReadOnlySpan<float>(parameter.Values.Pointer, checked((int)parameter.Tensor.Count)).ToArray())],
                [.. network.Modules.Norms.SelectMany(norm => (double[][])[[.. norm.RunningMeans], [.. norm.RunningVariances]])]);
        }

        return started!.Value;
    }

    private static void Put(TrainedNetwork network, float[][] numbers, double[][] statistics)
    {
        foreach (var (parameter, values) in network.Modules.Parameters.Zip(numbers))
        {
            values.CopyTo(new Span<float>(parameter.Values.Pointer, values.Length));
        }

        int at = 0;
        foreach (BatchNormModule norm in network.Modules.Norms)
        {
            Array.Copy(statistics[at++], norm.RunningMeans, norm.RunningMeans.Length);
            Array.Copy(statistics[at++], norm.RunningVariances, norm.RunningVariances.Length);
        }
    }

    private TrainedNetwork Network(PartialTrainingCell cell) =>
        new(Architecture.Parse(cell.Net, data.Preprocessing.Shape, data.Classes), LearnedPart.Parse(cell.Learned), WeightPrior.Parse(cell.Prior), cell.Options.Seed, cell.Fixed);

    private string? Train(TrainedNetwork network, TrainOptions options, Action<Epoch> after)
    {
        try
        {
            using var trainer = new Trainer(network, data.Train.Inputs, data.Preprocessing, data.TrainTruth, options, run);
            while (!trainer.Finished)
            {
                after(trainer.TrainEpoch());
            }

            return null;
        }
        catch (DivergedException e)
        {
            return e.Message;
        }
    }

    /// <summary>Softmax of the scores [n × K], row after row.</summary>
    private double[] Probabilities(TrainedNetwork network, Strided<float> rows)
    {
        int classes = data.Classes;
        using var scores = new NativeBuffer<float>(rows.Rows * classes);
        network.Score(run.Team, rows, Strided<float>.RowMajor(scores, rows.Rows, classes));
        var probabilities = new double[rows.Rows * classes];
        for (int row = 0; row < rows.Rows; row++)
        {
            ReadOnlySpan<float> s = scores.Span((long)row * classes, classes);
            Span<double> p = probabilities.AsSpan(row * classes, classes);
            double largest = float.NegativeInfinity, sum = 0;
            foreach (float score in s)
            {
                largest = Math.Max(largest, score);
            }

            for (int k = 0; k < classes; k++)
            {
                sum += p[k] = Elementary.Exp(s[k] - largest);
            }

            for (int k = 0; k < classes; k++)
            {
                p[k] /= sum;
            }
        }

        return probabilities;
    }

    private double Add(double[] probabilities, double[] to, int[] truth)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += probabilities[i];
        }

        return Accuracy(probabilities, truth);
    }

    private double Accuracy(double[] probabilities, int[] truth)
    {
        int classes = data.Classes, right = 0;
        for (int row = 0; row < truth.Length; row++)
        {
            ReadOnlySpan<double> p = probabilities.AsSpan(row * classes, classes);
            int largest = 0;
            for (int k = 1; k < classes; k++)
            {
                largest = p[k] > p[largest] ? k : largest;
            }

            right += largest == truth[row] ? 1 : 0;
        }

        return (double)right / truth.Length;
    }

    private static LayerMagnitude[] MagnitudesOf(TrainedNetwork network) =>
        [.. network.Modules.Parameters.Where(parameter => parameter.Tensor.Kind is ParameterKind.Filters or ParameterKind.Dense).Select(MagnitudeOf)];

    private static LayerMagnitude MagnitudeOf(Parameter parameter)
    {
        double all = SumOfSizes(parameter, 0, parameter.Tensor.Count), learned = parameter.Runs.Sum(run => SumOfSizes(parameter, run.Start, run.Length));
        long count = parameter.LearnedCount, others = parameter.Tensor.Count - count;
        return new(parameter.Tensor.Layer, others > 0 ? (all - learned) / others : double.NaN, count > 0 ? learned / count : double.NaN);
    }

    private static double SumOfSizes(Parameter parameter, long start, long length)
    {
        double sum = 0;
        for (long i = start; i < start + length; i++)
        {
            sum += Math.Abs(parameter.Values.Pointer[i]);
        }

        return sum;
    }
}

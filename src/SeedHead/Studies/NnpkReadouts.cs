using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Heads;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>What can be read out of features or kernels: test accuracies of ridge, nearest neighbours and Gaussian processes.</summary>
internal static unsafe class NnpkReadouts
{
    /// <summary>Noises of the exact kernels, relative to their mean diagonal.</summary>
    public static IReadOnlyList<double> Noises { get; } = [1e-6, 1e-5, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3];

    private const double Flat = 1e-3; // of derivatives of the softmax loss: what is left to gain is about 10⁻⁴

    /// <summary>Features of networks of a seed on all rows of the data, training rows first.</summary>
    public static NativeBuffer<float> Features(NnpkContext context, NnpkData data, Architecture net, WeightPrior prior, ulong seed, int networks, bool hidden = false)
    {
        int k = hidden ? net.BeforeOutputLayer().Hidden.OutputCount : net.OutputCount, n = data.Train.Count, m = data.Test.Count;
        var buffer = new NativeBuffer<float>((long)(n + m) * networks * k);
        Strided<float> all = Strided<float>.RowMajor(buffer, n + m, (long)networks * k);
        Numbers? norms = NetworkOutputs.HasBatchNorms(net.Layers) ? data.Train : null;
        foreach ((Numbers points, Strided<float> to) in ((Numbers, Strided<float>)[])[
            (data.Train, all.Block(0, 0, n, all.Columns)), (data.Test, all.Block(n, 0, m, all.Columns))])
        {
            context.Run.Cancellation.ThrowIfCancellationRequested();
            if (hidden)
            {
                NetworkFeatures.FillHidden(context.Team, net, prior, seed, points, 0, networks, to, norms);
            }
            else
            {
                NetworkFeatures.Fill(context.Team, net, prior, seed, points, 0, networks, to, norms);
            }
        }

        return buffer;
    }

    /// <summary>Accuracies by the first so many features, each count in turn: "ridge", "near1" and "near5" by cosine, and "softmax" where it is wanted.</summary>
    public static NnpkNumbers ByCount(NnpkContext context, NnpkData data, Strided<float> all, IReadOnlyList<int> counts, bool neighbours = true, bool softmax = false)
    {
        List<double> ridge = [], logistic = [];
        List<double> near1 = [], near5 = [];
        foreach (int count in counts)
        {
            context.Run.Cancellation.ThrowIfCancellationRequested();
            Strided<float> train = all.Block(0, 0, data.Train.Count, count), test = all.Block(data.Train.Count, 0, data.Test.Count, count);
            ridge.Add(Ridge(context, data, train, test));
            if (softmax)
            {
                logistic.Add(Softmax(context, data, train, test));
            }

            if (neighbours)
            {
                int[] found = NearestNeighbours.Find(context.Team, train, test, 5, Nearness.Cosine);
                near1.Add(Accuracy(NearestNeighbours.Vote(found, 5, data.TrainCodes, 1), data.TestCodes));
                near5.Add(Accuracy(NearestNeighbours.Vote(found, 5, data.TrainCodes, 5), data.TestCodes));
            }
        }

        var numbers = new NnpkNumbers { ["ridge"] = [.. ridge] };
        if (softmax)
        {
            numbers["softmax"] = [.. logistic];
        }

        if (neighbours)
        {
            numbers["near1"] = [.. near1];
            numbers["near5"] = [.. near5];
        }

        return numbers;
    }

    /// <summary>Accuracy of a ridge on centred and scaled features; the penalty by left-out rows.</summary>
    public static double Ridge(NnpkContext context, NnpkData data, Strided<float> train, Strided<float> test, bool standardise = true)
    {
        float[] targets = [.. data.OneHot.Select(value => (float)value)];
        using var scores = new NativeBuffer<float>(test.Rows * data.Classes);
        Strided<float> predicted = Strided<float>.RowMajor(scores, test.Rows, data.Classes);
        fixed (float* y = targets)
        {
            RidgeFit fit = Heads.Ridge.Fit(
                context.Quiet, new HeldFeatures(train), Strided<float>.RowMajor(y, data.Train.Count, data.Classes), new RidgeOptions { Classification = true, Standardise = standardise });
            fixed (float* w = fit.Weights)
            {
                MatrixProduct.Multiply(context.Team, test, Strided<float>.RowMajor(w, test.Columns, data.Classes), predicted);
            }

            for (int i = 0; i < test.Rows; i++)
            {
                Span<float> row = predicted.Row(i);
                for (int k = 0; k < row.Length; k++)
                {
                    row[k] += fit.Intercepts[k];
                }
            }
        }

        return Accuracy(Largest(predicted), data.TestCodes);
    }

    /// <summary>Accuracy of a softmax regression on centred and scaled features; the penalty by a fifth of the training rows, then all are learned from.</summary>
    public static double Softmax(NnpkContext context, NnpkData data, Strided<float> train, Strided<float> test)
    {
        int kept = data.Train.Count * 4 / 5; // the sets are in no order of classes
        int[] first = data.TrainCodes[..kept], rest = data.TrainCodes[kept..];
        (double Accuracy, double Penalty) best = (double.NegativeInfinity, 0);
        SoftmaxRegression? from = null;
        try
        {
            foreach (double penalty in (double[])[1, 0.1, 0.01, 1e-3])
            {
                SoftmaxRegression fit = SoftmaxRegression.Fit(context.Team, train.Block(0, 0, kept, train.Columns), first, data.Classes, penalty, from, Flat);
                from?.Dispose();
                from = fit;
                double accuracy = Accuracy(fit.Predict(context.Team, train.Block(kept, 0, rest.Length, train.Columns)), rest);
                best = accuracy > best.Accuracy ? (accuracy, penalty) : best;
            }
        }
        finally
        {
            from?.Dispose();
        }

        using SoftmaxRegression all = SoftmaxRegression.Fit(context.Team, train, data.TrainCodes, data.Classes, best.Penalty, flat: Flat);
        return Accuracy(all.Predict(context.Team, test), data.TestCodes);
    }

    /// <summary>A Gaussian process with a limit kernel, the noise of the best left-out accuracy: "test", "leftOut" in percent, "evidence" (log marginal likelihood a row and output), "noise", and "near1".</summary>
    public static NnpkNumbers Exact(NnpkContext context, NnpkData data, LimitKernel kernel, bool tangent)
    {
        using LimitGram gram = kernel.Gram(data.Train, tangent, context.Run), cross = kernel.Gram(data.Test, data.Train, tangent, context.Run);
        KernelMatrix k = tangent ? gram.Tangent! : gram.Nngp, with = tangent ? cross.Tangent! : cross.Nngp;
        double[] variances = [.. Enumerable.Range(0, k.Rows).Select(i => k[i, i])];
        int[] nearest = NearestNeighbours.Find(context.Team, with.Values, variances, 1, Nearness.Cosine);
        NnpkNumbers numbers = Process(context, data, k.Values, with.Values);
        numbers.Add("near1", Accuracy(NearestNeighbours.Vote(nearest, 1, data.TrainCodes, 1), data.TestCodes));
        return numbers;
    }

    /// <summary>The same from kernel matrices; the first is lent.</summary>
    public static NnpkNumbers Process(NnpkContext context, NnpkData data, Strided<double> k, Strided<double> cross)
    {
        double[] targets = data.OneHot;
        using var scores = new NativeBuffer<double>(cross.Rows * data.Classes);
        Strided<double> predicted = Strided<double>.RowMajor(scores, cross.Rows, data.Classes);
        fixed (double* y = targets)
        {
            Strided<double> truth = Strided<double>.RowMajor(y, data.Train.Count, data.Classes);
            using var process = new GaussianProcess(context.Team, k, truth, classification: true);
            GaussianProcessPoint point = Best(context, process);
            process.Predict(cross, predicted);
            return new()
            {
                ["test"] = [Accuracy(Largest(predicted), data.TestCodes)],
                ["leftOut"] = [100 * (1 - point.LeaveOneOut.Error)],
                ["leftOutError"] = [100 * Math.Sqrt(point.LeaveOneOut.Error * (1 - point.LeaveOneOut.Error) / data.Train.Count)],
                ["evidence"] = [point.LogMarginalLikelihood / data.Train.Count / data.Classes],
                ["noise"] = [point.Noise],
            };
        }
    }

    /// <summary>Factors at the noise of the best left-out accuracy, of equals the largest; noises at which the matrix is not positive definite are left out.</summary>
    private static GaussianProcessPoint Best(NnpkContext context, GaussianProcess process)
    {
        (double Error, double Noise) best = (double.PositiveInfinity, Noises[^1]);
        foreach (double noise in Noises.Reverse())
        {
            context.Run.Cancellation.ThrowIfCancellationRequested();
            try
            {
                double error = process.Factor(noise).LeaveOneOut.Error;
                best = error < best.Error ? (error, noise) : best;
            }
            catch (DataException) when (best.Error < double.PositiveInfinity)
            {
                break; // smaller ones fail too
            }
        }

        return process.Factor(best.Noise);
    }

    /// <summary>The class of the largest score of every row.</summary>
    public static int[] Largest(Strided<float> scores)
    {
        var classes = new int[scores.Rows];
        for (int i = 0; i < classes.Length; i++)
        {
            ReadOnlySpan<float> row = scores.Row(i);
            classes[i] = Scoring.Largest(row);
        }

        return classes;
    }

    /// <inheritdoc cref="Largest(Strided{float})"/>
    public static int[] Largest(Strided<double> scores)
    {
        var classes = new int[scores.Rows];
        for (int i = 0; i < classes.Length; i++)
        {
            for (int k = 1; k < scores.Columns; k++)
            {
                classes[i] = scores[i, k] > scores[i, classes[i]] ? k : classes[i];
            }
        }

        return classes;
    }

    /// <summary>In percent.</summary>
    public static double Accuracy(int[] predicted, int[] truth) => 100.0 * predicted.Zip(truth).Count(pair => pair.First == pair.Second) / truth.Length;

    /// <summary>Features that are in memory.</summary>
    private sealed class HeldFeatures(Strided<float> features) : IFeatureRows
    {
        public int Count => (int)features.Rows;

        public int FeatureCount => (int)features.Columns;

        public void Read(Team team, int first, Strided<float> to) => team.For((int)to.Rows, i => features.Row(first + i).CopyTo(to.Row(i)));
    }
}

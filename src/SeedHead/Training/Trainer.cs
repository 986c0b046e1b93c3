using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Random;

namespace SeedHead.Training;

/// <summary>One epoch's outcome.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Loss">Mean cross-entropy of its steps, before each step.</param>
/// <param name="Accuracy">Share of rows told right in its steps.</param>
/// <param name="Rate">η.</param>
internal readonly record struct Epoch(int Number, double Loss, double Accuracy, double Rate);

/// <summary>The loss is no number any more.</summary>
internal sealed class DivergedException(int epoch, int step, double rate) : Exception(
    $"The loss is no longer a number in step {step} of epoch {epoch}, at rate {rate:0.####}. Take a smaller rate, a norm, or more weight decay.");

/// <summary>Trains the learned part of a network by steps over batches.</summary>
/// <remarks>The order of rows in an epoch is the permutation of a key of (seed, epoch): nothing depends on what was drawn before, nor on threads.</remarks>
internal sealed unsafe class Trainer : IDisposable
{
    private const int OrderPurpose = 401; // of Order
    private const int EpochPurpose = 402;

    private readonly TrainedNetwork network;
    private readonly TrainOptions options;
    private readonly Execution run;
    private readonly Preprocessing preprocessing;
    private readonly Inputs inputs;
    private readonly int[] truth;
    private readonly Sgd sgd;
    private readonly NativeBuffer<float> rows, scores, gradient;

    /// <summary>Prepares to train.</summary>
    /// <param name="network">The network; its numbers change.</param>
    /// <param name="inputs">n rows.</param>
    /// <param name="preprocessing">What makes them numbers.</param>
    /// <param name="truth">Their classes, below the network's outputs.</param>
    /// <param name="options">How.</param>
    /// <param name="run">Threads, progress, cancellation.</param>
    public Trainer(TrainedNetwork network, Inputs inputs, Preprocessing preprocessing, int[] truth, TrainOptions options, Execution run)
    {
        int classes = network.Net.OutputCount;
        if (preprocessing.Columns != network.Net.InputCount)
        {
            throw new ArgumentException($"{network.Net} reads {network.Net.InputCount} numbers, but the preprocessed inputs have {preprocessing.Columns}.");
        }

        if (truth.FirstOrDefault(code => code < 0 || code >= classes, -1) is var wrong && truth.Any(code => code < 0 || code >= classes))
        {
            throw new ArgumentException($"A label is class number {wrong}, but {network.Net} has {classes} outputs. Let it end in one output a class.");
        }

        (this.network, this.inputs, this.preprocessing, this.truth, this.options, this.run) = (network, inputs, preprocessing, truth, options, run);
        sgd = new(network.Modules.Parameters, options.Momentum, options.WeightDecay);
        int batch = Math.Min(options.Batch, inputs.Count);
        rows = new((long)batch * network.Net.InputCount);
        scores = new((long)batch * classes);
        gradient = new((long)batch * classes);
    }

    /// <summary>Trains for all epochs and tells each one's outcome.</summary>
    /// <exception cref="DivergedException">The loss is no number any more; the network is then of no use.</exception>
    public IReadOnlyList<Epoch> Train() => [.. Enumerable.Range(0, options.Epochs).Select(Train)];

    /// <summary>Trains for one epoch, counted from 0.</summary>
    public Epoch Train(int epoch)
    {
        int n = inputs.Count, steps = (n + options.Batch - 1) / options.Batch, right = 0;
        int[] order = Order.Permutation(Order.Key(options.Seed, EpochPurpose, epoch), OrderPurpose, n);
        double loss = 0, rate = options.RateOf(epoch);
        for (int step = 0; step < steps; step++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<int> chosen = order.AsSpan(step * options.Batch, Math.Min(options.Batch, n - (step * options.Batch)));
            var (batchLoss, batchRight) = Step(chosen, (epoch * steps) + step, rate);
            if (!double.IsFinite(batchLoss))
            {
                throw new DivergedException(epoch + 1, step + 1, rate);
            }

            loss += batchLoss * chosen.Length;
            right += batchRight;
            run.Report($"epoch {epoch + 1} of {options.Epochs}", Math.Min(n, (step + 1) * options.Batch), n);
        }

        return new(epoch + 1, loss / n, (double)right / n, rate);
    }

    public void Dispose()
    {
        sgd.Dispose();
        rows.Dispose();
        scores.Dispose();
        gradient.Dispose();
    }

    private (double Loss, int Right) Step(ReadOnlySpan<int> chosen, int step, double rate)
    {
        int count = chosen.Length, columns = network.Net.InputCount, classes = network.Net.OutputCount;
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            preprocessing.Apply(inputs, chosen[i], 1, rows.Span((long)i * columns, columns));
            labels[i] = truth[chosen[i]];
        }

        var pass = new Pass(run.Team, count, Training: true, options.Seed, step);
        network.Modules.Forward(pass, rows.Pointer, scores.Pointer);
        var outcome = CrossEntropy.Of(Strided<float>.RowMajor(scores, count, classes), labels, Strided<float>.RowMajor(gradient, count, classes));
        network.Modules.Backward(pass, rows.Pointer, gradient.Pointer, null);
        sgd.Step(rate);
        return outcome;
    }
}

using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Random;

namespace SeedHead.Training;

/// <summary>One epoch's outcome.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Loss">Mean loss of its steps, before each step.</param>
/// <param name="Accuracy">Share of rows told right in its steps; 0 for numbers.</param>
/// <param name="Rate">η.</param>
internal readonly record struct Epoch(int Number, double Loss, double Accuracy, double Rate);

/// <summary>The loss is no number any more.</summary>
internal sealed class DivergedException(int epoch, int step, double rate) : Exception(
    $"The loss or the learned numbers are no longer numbers after step {step} of epoch {epoch}, at rate {rate:0.####}. Take a smaller --rate, a norm, or more --weight-decay.");

/// <summary>How far training has come: with the network's and the optimiser's numbers, all that going on needs.</summary>
/// <param name="Epoch">Epochs that are whole.</param>
/// <param name="Step">Steps made in the epoch that is not.</param>
/// <param name="Loss">Their losses, each times its rows.</param>
/// <param name="Right">Their rows told right.</param>
internal readonly record struct TrainingPosition(int Epoch, int Step, double Loss, double Right);

/// <summary>Trains the learned part of a network by steps over batches.</summary>
/// <remarks>
/// The order of rows in an epoch is the permutation of a key of (seed, epoch), and all that is random has an address: nothing depends on what was drawn
/// before, nor on threads. A step is whole or was not begun: cancellation is looked at between steps alone.
/// </remarks>
internal sealed unsafe class Trainer : IDisposable
{
    private const int OrderPurpose = 401; // of Order
    private const int EpochPurpose = 402;

    private readonly TrainedNetwork network;
    private readonly TrainOptions options;
    private readonly Execution run;
    private readonly Team team;
    private readonly TrainingRows source;
    private readonly Objective objective;
    private readonly NativeBuffer<float> rows, scores, gradient;
    private int[] order = [];
    private int orderOf = -1;

    /// <summary>Prepares to train.</summary>
    /// <param name="network">The network; its numbers change.</param>
    /// <param name="inputs">n rows.</param>
    /// <param name="preprocessing">What makes them numbers.</param>
    /// <param name="objective">What is made small.</param>
    /// <param name="options">How.</param>
    /// <param name="run">Threads, progress, cancellation.</param>
    public Trainer(TrainedNetwork network, Inputs inputs, Preprocessing preprocessing, Objective objective, TrainOptions options, Execution run)
    {
        if (preprocessing.Columns != network.Net.InputCount)
        {
            throw new ArgumentException($"{network.Net} reads {network.Net.InputCount} numbers, but the preprocessed inputs have {preprocessing.Columns}.");
        }

        if (objective.Outputs != network.Net.OutputCount)
        {
            throw new ArgumentException($"{network.Net} has {network.Net.OutputCount} outputs, but {objective.Outputs} are to be learned. Let it end in {objective.Outputs}.");
        }

        (this.network, this.objective, this.options, this.run, team) = (network, objective, options, run, new(run.Threads));
        if (options.Batch == 1 && objective.Count > 1 && network.Modules.Norms.FirstOrDefault(norm => norm.Input.Shape is null) is { } norm)
        {
            throw new ArgumentException($"{norm.Name} has no variance over one row. Take a --batch of at least 2, or a network without it.");
        }

        source = new(network, inputs, preprocessing, options, run);
        Optimiser = Optimiser.Of(options.Optimiser, network.Learnables, options.Momentum, options.WeightDecay);
        int batch = (int)Math.Min(options.Batch + 1L, objective.Count);
        rows = new((long)batch * source.Columns);
        scores = new((long)batch * objective.Outputs);
        gradient = new((long)batch * objective.Outputs);
    }

    /// <summary>Prepares to train a classifier.</summary>
    public Trainer(TrainedNetwork network, Inputs inputs, Preprocessing preprocessing, int[] truth, TrainOptions options, Execution run)
        : this(network, inputs, preprocessing, Objective.Of(truth, network.Net.OutputCount), options, run)
    {
    }

    /// <summary>What moves the learned numbers.</summary>
    public Optimiser Optimiser { get; }

    /// <summary>How far training has come. Setting it belongs to setting the network's and the optimiser's numbers.</summary>
    public TrainingPosition Position { get; set; }

    /// <summary>Whether all epochs are done.</summary>
    public bool Finished => Position.Epoch >= options.Epochs;

    /// <summary>Steps of an epoch. A single row that is left over joins the batch before: it has no variance of its own.</summary>
    public int StepsPerEpoch => options.Batch == 1 ? objective.Count : Math.Max((int)(((long)objective.Count + options.Batch - 2) / options.Batch), 1);

    /// <summary>Rows learned from so far, over all epochs.</summary>
    public long RowsDone => ((long)Position.Epoch * objective.Count) + Math.Min((long)Position.Step * options.Batch, objective.Count);

    /// <summary>Trains for all epochs that are left and tells each one's outcome.</summary>
    /// <exception cref="DivergedException">The loss is no number any more; the network is then of no use.</exception>
    public IReadOnlyList<Epoch> Train()
    {
        var done = new List<Epoch>();
        while (!Finished)
        {
            done.Add(TrainEpoch());
        }

        return done;
    }

    /// <summary>Trains to the end of the epoch.</summary>
    /// <exception cref="DivergedException">The loss is no number any more; the network is then of no use.</exception>
    public Epoch TrainEpoch()
    {
        Epoch? done;
        do
        {
            done = Step();
        }
        while (done is null);
        return done.Value;
    }

    /// <summary>Makes the next step, and tells the epoch's outcome when it was its last one.</summary>
    /// <exception cref="DivergedException">The loss is no number any more; the network is then of no use.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the step.</exception>
    public Epoch? Step()
    {
        run.Cancellation.ThrowIfCancellationRequested();
        var (epoch, step, sum, hits) = Position;
        int n = objective.Count, first = step * options.Batch, end = step + 1 == StepsPerEpoch ? n : first + options.Batch;
        double rate = options.RateOf(epoch);
        ReadOnlySpan<int> chosen = OrderOf(epoch).AsSpan(first, end - first);
        var (loss, right) = Step(chosen, epoch, (epoch * StepsPerEpoch) + step, rate);
        if (!double.IsFinite(loss) || !network.IsFinite)
        {
            throw new DivergedException(epoch + 1, step + 1, rate);
        }

        (sum, hits) = (sum + (loss * chosen.Length), hits + right);
        if (step + 1 < StepsPerEpoch)
        {
            Position = new(epoch, step + 1, sum, hits);
            return null;
        }

        Position = new(epoch + 1, 0, 0, 0);
        return new(epoch + 1, sum / n, hits / n, rate);
    }

    public void Dispose()
    {
        Optimiser.Dispose();
        source.Dispose();
        objective.Dispose();
        rows.Dispose();
        scores.Dispose();
        gradient.Dispose();
    }

    private int[] OrderOf(int epoch)
    {
        if (orderOf != epoch)
        {
            (order, orderOf) = (Order.Permutation(Order.Key(options.Seed, EpochPurpose, epoch), OrderPurpose, objective.Count), epoch);
        }

        return order;
    }

    private (double Loss, double Right) Step(ReadOnlySpan<int> chosen, int epoch, int step, double rate)
    {
        source.Read(team, chosen, epoch, rows.Pointer);
        double share = options.Mixup > 0 ? Mixup.Share(options.Mixup, options.Seed, step) : 1;
        if (share < 1)
        {
            Mixup.Apply(share, rows.Pointer, chosen.Length, source.Columns);
        }

        var pass = new Pass(team, chosen.Length, Training: true, options.Seed, step);
        network.Modules.Forward(pass, rows.Pointer, scores.Pointer, source.Prefix);
        var outcome = objective.Loss(
            chosen, share, Strided<float>.RowMajor(scores, chosen.Length, objective.Outputs), Strided<float>.RowMajor(gradient, chosen.Length, objective.Outputs));
        network.Modules.Backward(pass, rows.Pointer, gradient.Pointer, null, source.Prefix);
        Optimiser.Step(rate);
        return outcome;
    }
}

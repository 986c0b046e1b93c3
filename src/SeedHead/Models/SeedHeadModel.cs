using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Features;
using SeedHead.Heads;

namespace SeedHead.Models;

/// <summary>A seed and a head: the map from inputs to features that the seed regenerates, and the few numbers that were learned. Immutable, thread-safe.</summary>
/// <remarks>Outputs are φ(x)ᵀW + b; for classes their softmax at the temperature fitted on leave-one-out scores.</remarks>
public sealed unsafe class SeedHeadModel
{
    private const int BlockRows = 1024; // rows predicted at a time: any value gives the same numbers
    private const double ImageShare = 0.1; // an image is out of range when this share of its pixels is: single pixels often are

    [ThreadStatic]
    private static float[]? scratch;

    private volatile Leverage? leverage; // factored when first asked for; two threads that race make the same one

    internal SeedHeadModel()
    {
    }

    /// <summary>From inputs as given to the numbers the features read.</summary>
    public required Preprocessing Preprocessing { get; init; }

    /// <summary>The features.</summary>
    public required FeatureMap Features { get; init; }

    /// <summary>What is predicted.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The model in words and numbers.</summary>
    public required ModelSummary Summary { get; init; }

    /// <summary>The data it was fitted on.</summary>
    public required DataSummary Data { get; init; }

    /// <summary>Where it came from.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>Remarks of the fit.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The learned weights [D × K], row after row.</summary>
    internal float[] Weights { get; init; } = [];

    /// <summary>The learned intercepts [K].</summary>
    internal float[] Intercepts { get; init; } = [];

    /// <summary>Predictive intervals in head units (regression).</summary>
    internal Intervals? Intervals { get; init; }

    /// <summary>The leverage beyond which a row counts as out of range, from the training rows.</summary>
    internal double LeverageLimit { get; init; } = double.PositiveInfinity;

    /// <summary>The sums over rows, when the model was fitted to keep them.</summary>
    internal GramSums? Sums { get; init; }

    /// <summary>What was added to the Gram's diagonal.</summary>
    internal double AbsolutePenalty { get; init; }

    private Leverage? Leverage => Sums is null ? null : leverage ??= new Leverage(new Execution(), Sums, AbsolutePenalty, standardise: false);

    /// <summary>The class names, or null for regression.</summary>
    public IReadOnlyList<string>? Classes => (Outcome as ClassOutcome)?.Classes;

    /// <summary>Whether the model can update, merge, forget and judge leverage.</summary>
    public bool KeepsGram => Sums is not null;

    private int Outputs => Outcome.Outputs;

    /// <summary>Predicts one row of plain numbers on the calling thread, without allocation once a thread is warm.</summary>
    /// <param name="input">The row as given in training (all columns numbers; images as pixel values, rows first, channels last).</param>
    /// <param name="output">Receives K class probabilities, or one number.</param>
    /// <exception cref="ArgumentException">A length is not the model's.</exception>
    public void Predict(ReadOnlySpan<float> input, Span<float> output)
    {
        if (output.Length != Outputs)
        {
            throw new ArgumentException($"output has {output.Length} elements but the model gives {Outputs}. Pass a span of {Outputs}.", nameof(output));
        }

        int d = Preprocessing.Columns;
        int width = Features.FeatureCount;
        if (scratch is null || scratch.Length < d + width)
        {
            scratch = new float[d + width];
        }

        Span<float> prepared = scratch.AsSpan(0, d);
        Span<float> features = scratch.AsSpan(d, width);
        Preprocessing.ApplyRow(input, prepared);
        Features.MapRow(prepared, features);
        fixed (float* phi = features, head = Weights, y = output)
        {
            MatrixProduct.Multiply(
                Team.Single,
                Strided<float>.RowMajor(phi, 1, width),
                Strided<float>.RowMajor(head, width, Outputs),
                Strided<float>.RowMajor(y, 1, Outputs));
        }

        AddIntercepts(output, output);
        Finish(output, output);
    }

    /// <summary>Predicts one row of plain numbers and names the class.</summary>
    /// <param name="input">The row as given in training.</param>
    /// <exception cref="InvalidOperationException">The model predicts a number.</exception>
    public string PredictClass(ReadOnlySpan<float> input)
    {
        IReadOnlyList<string> classes = Classes ?? throw new InvalidOperationException("This model predicts a number: use Predict.");
        Span<float> probabilities = classes.Count <= 256 ? stackalloc float[classes.Count] : new float[classes.Count];
        Predict(input, probabilities);
        int best = 0;
        for (int k = 1; k < probabilities.Length; k++)
        {
            best = probabilities[k] > probabilities[best] ? k : best;
        }

        return classes[best];
    }

    /// <summary>Predicts all rows.</summary>
    /// <param name="inputs">Inputs of the kind and the columns the model was trained on.</param>
    /// <param name="run">Threads, progress, cancellation; null for the defaults.</param>
    /// <exception cref="DataException">Other columns than trained on.</exception>
    public Predictions Predict(Inputs inputs, Execution? run = null)
    {
        run ??= new Execution();
        Preprocessing.Check(inputs);
        var predictions = new Predictions(inputs.Count, Outputs, Classes);
        Leverage? leverage = Leverage;
        var h = new double[BlockRows];
        Read(inputs, run, "predict", (first, prepared, features, scores) =>
        {
            leverage?.Of(run.Team, features, h.AsSpan(0, (int)features.Rows));
            for (int i = 0; i < scores.Rows; i++)
            {
                int row = first + i;
                Span<float> raw = predictions.Scores.AsSpan(row * Outputs, Outputs);
                AddIntercepts(scores.Row(i), raw);
                Finish(raw, predictions.Values.AsSpan(row * Outputs, Outputs));
                predictions.OutOfRange[row] = leverage is null ? Unfamiliar(prepared.Row(i)) : !(h[i] <= LeverageLimit);
                if (Outcome is NumberOutcome outcome)
                {
                    float half = (float)((Intervals?.At(leverage is null ? 0 : h[i]) ?? double.NaN) * outcome.Scale);
                    predictions.Low[row] = predictions.Values[row] - half;
                    predictions.High[row] = predictions.Values[row] + half;
                }
            }
        });
        return predictions;
    }

    /// <summary>Compares predictions with the truth.</summary>
    /// <param name="data">Rows with a target.</param>
    /// <param name="predictions">Their predictions.</param>
    /// <exception cref="DataException">The target is of another kind than the model's.</exception>
    public Score Score(Dataset data, Predictions predictions)
    {
        Target target = data.Target ?? throw new DataException($"{data.Name}: has no target column, so nothing can be scored. Name it with --target.");
        return Outcome switch
        {
            ClassOutcome classes => Scoring.Classification(predictions.Scores, Summary.Temperature ?? 1, classes.Codes(target), Outputs),
            NumberOutcome numbers => Scoring.Regression(
                [.. predictions.Values.Select(value => (double)value)],
                numbers.Values(target),
                [.. predictions.High.Zip(predictions.Low, (high, low) => ((double)high - low) / 2)]),
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>Walks over the rows block by block: preprocessed inputs, features and raw head outputs.</summary>
    internal void Read(Inputs inputs, Execution run, string stage, Action<int, Strided<float>, Strided<float>, Strided<float>> visit)
    {
        Team team = run.Team;
        int d = Preprocessing.Columns;
        int width = Features.FeatureCount;
        int block = Math.Min(BlockRows, Math.Max(1, inputs.Count));
        var rows = new InputRows(inputs, Preprocessing);
        using var prepared = new NativeBuffer<float>((long)block * d);
        using var features = new NativeBuffer<float>((long)block * width);
        using var scores = new NativeBuffer<float>((long)block * Outputs);
        for (int first = 0; first < inputs.Count; first += block)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(block, inputs.Count - first);
            Strided<float> x = Strided<float>.RowMajor(prepared, count, d);
            Strided<float> phi = Strided<float>.RowMajor(features, count, width);
            Strided<float> y = Strided<float>.RowMajor(scores, count, Outputs);
            rows.Read(team, first, x);
            Features.Map(team, x, phi);
            fixed (float* head = Weights)
            {
                MatrixProduct.Multiply(team, phi, Strided<float>.RowMajor(head, width, Outputs), y);
            }

            visit(first, x, phi, y);
            run.Report(stage, first + count, inputs.Count);
        }
    }

    private void AddIntercepts(ReadOnlySpan<float> products, Span<float> raw)
    {
        for (int k = 0; k < raw.Length; k++)
        {
            raw[k] = products[k] + Intercepts[k];
        }
    }

    /// <summary>Head outputs → probabilities, or a number in target units.</summary>
    private void Finish(ReadOnlySpan<float> raw, Span<float> output)
    {
        if (Outcome is NumberOutcome number)
        {
            output[0] = (float)((raw[0] * number.Scale) + number.Mean);
        }
        else
        {
            Calibration.Probabilities(raw, Summary.Temperature ?? 1, output);
        }
    }

    private bool Unfamiliar(ReadOnlySpan<float> prepared) => Unfamiliar(Preprocessing.OutOfRange(prepared), Preprocessing.Shape is not null, prepared.Length);

    /// <summary>Whether so many columns outside of their training range make a row unfamiliar.</summary>
    internal static bool Unfamiliar(int outside, bool image, int columns) => image ? outside > ImageShare * columns : outside > 0;
}

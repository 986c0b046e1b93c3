using SeedHead.Complexity;
using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Studies;

/// <summary>A small network that is trained by steps over all rows at once, with Adam, inputs taken as they are.</summary>
/// <remarks>Weights begin from Glorot's uniform law, hidden biases from ±1, output biases at 0, unless said otherwise.</remarks>
internal sealed unsafe class FullBatch : IDisposable
{
    private const double FirstMoment = 0.9;

    private readonly TrainedNetwork network;
    private readonly Team team;
    private readonly CancellationToken cancellation;

    /// <param name="net">The network's text form.</param>
    /// <param name="seed">The seed of its numbers.</param>
    /// <param name="run">Threads, cancellation.</param>
    /// <param name="prior">The law it begins from.</param>
    public FullBatch(string net, ulong seed, Execution run, string prior = "glorot-alpha,fc=glorot-uniform")
    {
        network = new(Architecture.Parse(net), LearnedPart.Parse("all"), Initialisation.Parse(prior), seed);
        (team, cancellation) = (run.Team, run.Cancellation);
    }

    /// <summary>Numbers of an input.</summary>
    public int Inputs => network.Net.InputCount;

    /// <summary>Makes so many steps; afterwards the loss before the last one.</summary>
    /// <param name="rows">[n × d], row after row.</param>
    /// <param name="objective">The loss over the same n rows.</param>
    /// <param name="steps">Steps of Adam.</param>
    /// <param name="rate">η.</param>
    /// <exception cref="DivergedException">The loss is no number any more.</exception>
    public double Train(float[] rows, Objective objective, int steps, double rate)
    {
        int n = objective.Count;
        int[] all = [.. Enumerable.Range(0, n)];
        float[] scores = new float[n * objective.Outputs], gradient = new float[scores.Length];
        using Optimiser optimiser = Optimiser.Of(OptimiserKind.Adam, network.Learnables, FirstMoment, 0);
        double loss = double.NaN;
        fixed (float* x = rows, s = scores, g = gradient)
        {
            for (int step = 0; step < steps; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                var pass = new Pass(team, n, Training: true);
                network.Modules.Forward(pass, x, s);
                loss = objective.Loss(all, 1, Strided<float>.RowMajor(s, n, objective.Outputs), Strided<float>.RowMajor(g, n, objective.Outputs)).Loss;
                network.Modules.Backward(pass, x, g, null);
                optimiser.Step(rate);
            }
        }

        return double.IsFinite(loss) ? loss : throw new DivergedException(1, steps, rate);
    }

    /// <summary>The network's outputs [n × K] of rows [n × d].</summary>
    public float[] Scores(float[] rows)
    {
        int n = rows.Length / Inputs;
        var scores = new float[n * network.Net.OutputCount];
        fixed (float* x = rows, s = scores)
        {
            network.Score(team, Strided<float>.RowMajor(x, n, Inputs), Strided<float>.RowMajor(s, n, network.Net.OutputCount));
        }

        return scores;
    }

    /// <summary>What measures say of the function as it is now, on [−1, 1]².</summary>
    public IEnumerable<(string Name, double Value)> Complexities(string when, IEnumerable<string> measures, int side)
    {
        foreach (string word in measures)
        {
            IComplexityMeasure measure = Measures.Parse(word);
            Places places = Places.Of(measure.Sampling, side, Inputs, 0, 0);
            float[] scores = Scores(Array.ConvertAll(places.Positions, position => (float)position));
            ComplexityValue value = new FunctionValues(places.Sampling, places.Rows, places.Columns, Array.ConvertAll(scores, score => (double)score)).By(measure);
            yield return ($"{when}/{word}", value.IsDefined ? value.Value : double.NaN);
        }
    }

    public void Dispose() => network.Dispose();
}

/// <summary>The logistic loss of one output: L = Σ ln(1 + e^(−s))/n for class 1, ln(1 + e^s)/n for class 0; dL/ds = (σ(s) − t)/n. In float64, row after row.</summary>
/// <param name="truth">t, 0 or 1, of every row.</param>
internal sealed class LogisticObjective(int[] truth) : Objective
{
    public override int Outputs => 1;

    public override int Count => truth.Length;

    public override (double Loss, double Right) Loss(ReadOnlySpan<int> rows, double share, Strided<float> scores, Strided<float> gradient)
    {
        double loss = 0, right = 0, n = rows.Length;
        for (int i = 0; i < rows.Length; i++)
        {
            double s = scores[i, 0], away = Elementary.Exp(-Math.Abs(s)); // e^−|s| never overflows
            int t = truth[rows[i]];
            double one = s >= 0 ? 1 / (1 + away) : away / (1 + away);
            loss += Elementary.Log1p(away) + (t == 1 ? Math.Max(-s, 0) : Math.Max(s, 0));
            right += s > 0 == (t == 1) ? 1 : 0;
            gradient[i, 0] = (float)((one - t) / n);
        }

        return (loss / n, right);
    }

    public override void Dispose()
    {
    }
}

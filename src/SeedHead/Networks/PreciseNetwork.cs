using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>One network with the float32 weights of <see cref="DenseNetwork"/>, and everything behind them in double: the judge of float32 rounding. Thread-safe.</summary>
internal sealed unsafe class PreciseNetwork
{
    private const int RowsAtATime = 256; // any value gives the same numbers
    private const double NormEpsilon = 1e-5f;

    private readonly IReadOnlyList<StagePlan> plans;
    private readonly Dictionary<LayerShape, (double[] Weights, double[] Biases)> maps = [];

    public PreciseNetwork(IReadOnlyList<StagePlan> plans, in NetworkDraw draw)
    {
        this.plans = plans;
        Draw(plans, draw);
    }

    private PreciseNetwork(PreciseNetwork like) => plans = like.plans;

    /// <summary>All weights, and all biases that the prior draws, each over its standard deviation; in the order of the stages.</summary>
    public double[] Whitened(WeightPrior prior) =>
        [.. Shapes.SelectMany(shape => maps[shape].Weights.Select(w => w / WeightDeviation(prior, shape))
            .Concat(BiasDeviation(prior, shape) is var s && s > 0 ? maps[shape].Biases.Select(b => b / s) : []))];

    /// <summary>The network whose <see cref="Whitened"/> numbers are moved by distance · direction.</summary>
    public PreciseNetwork Moved(WeightPrior prior, ReadOnlySpan<double> direction, double distance)
    {
        var moved = new PreciseNetwork(this);
        foreach (LayerShape shape in Shapes)
        {
            double[] weights = [.. maps[shape].Weights], biases = [.. maps[shape].Biases];
            Move(weights, distance * WeightDeviation(prior, shape), ref direction);
            if (BiasDeviation(prior, shape) is var deviation && deviation > 0)
            {
                Move(biases, distance * deviation, ref direction);
            }

            moved.maps[shape] = (weights, biases);
        }

        return moved;
    }

    private IEnumerable<LayerShape> Shapes => plans.SelectMany(plan => plan.Shapes);

    private static double WeightDeviation(WeightPrior prior, LayerShape shape) => Math.Sqrt(prior.WeightVariance(shape.FanIn, shape.FanOut));

    private static double BiasDeviation(WeightPrior prior, LayerShape shape) => Math.Sqrt(prior.BiasVariance(shape.FanIn));

    private static void Move(Span<double> values, double factor, ref ReadOnlySpan<double> direction)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += factor * direction[i];
        }

        direction = direction[values.Length..];
    }

    /// <summary>Outputs [n × k] of points [n × d].</summary>
    public double[] Run(Team team, ReadOnlyMemory<double> points)
    {
        int inputs = plans[0].Inputs, outputs = plans[^1].Outputs, rows = points.Length / inputs;
        var values = new double[rows * outputs];
        team.For((rows + RowsAtATime - 1) / RowsAtATime, block =>
        {
            int from = block * RowsAtATime, count = Math.Min(RowsAtATime, rows - from);
            Run(plans, points.Slice(from * inputs, count * inputs).ToArray(), count).CopyTo(values, from * outputs);
        });
        return values;
    }

    private void Draw(IEnumerable<StagePlan> stages, in NetworkDraw draw)
    {
        foreach (StagePlan stage in stages)
        {
            Draw(stage.Inside, draw);
            if (stage is DensePlan { Shape: { } shape } dense)
            {
                maps[shape] = Draw(shape, dense.InputScale, draw);
            }
        }
    }

    private static (double[] Weights, double[] Biases) Draw(LayerShape shape, double inputScale, in NetworkDraw draw)
    {
        var weights = new float[shape.Weights];
        var biases = new float[shape.FanOut];
        fixed (float* w = weights)
        {
            DenseMap.Fill(draw, shape, inputScale, Strided<float>.RowMajor(w, shape.FanIn, shape.FanOut));
        }

        draw.Prior.FillBiases(draw.Stream, draw.Network, shape, biases, draw.BallFactor);
        return (Array.ConvertAll(weights, weight => (double)weight), Array.ConvertAll(biases, bias => (double)bias));
    }

    private double[] Run(IReadOnlyList<StagePlan> stages, double[] x, int rows)
    {
        foreach (StagePlan stage in stages)
        {
            x = Run(stage, x, rows);
            Change(stage.Tail, x, stage.Outputs);
        }

        return x;
    }

    private double[] Run(StagePlan stage, double[] x, int rows)
    {
        switch (stage)
        {
            case DensePlan { Shape: { } shape }:
                return Map(shape, x, rows);
            case EncodingPlan encoding:
                return Waves.Apply(x, encoding.Inputs, encoding.Octaves);
            case GatedPlan gated:
                double[] value = Run([gated.Value], x, rows), gate = Run([gated.Gate], x, rows);
                return Combined(value, gate, (a, b) => a * b);
            case ResidualPlan residual:
                double[] kept = residual.Shortcut.Count == 0 ? x : Run(residual.Shortcut, [.. x], rows);
                return Combined(Run(residual.Branch, [.. x], rows), kept, (a, b) => a + b);
            default:
                return [.. x];
        }
    }

    private double[] Map(LayerShape shape, double[] x, int rows)
    {
        (double[] weights, double[] biases) = maps[shape];
        var y = new double[rows * shape.FanOut];
        fixed (double* px = x, pw = weights, py = y)
        {
            MatrixProduct.Multiply(
                Team.Single, Strided<double>.RowMajor(px, rows, shape.FanIn), Strided<double>.RowMajor(pw, shape.FanIn, shape.FanOut),
                Strided<double>.RowMajor(py, rows, shape.FanOut));
        }

        for (int i = 0; i < y.Length; i++)
        {
            y[i] += biases[i % shape.FanOut];
        }

        return y;
    }

    private static double[] Combined(double[] a, double[] b, Func<double, double, double> combine)
    {
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = combine(a[i], b[i]);
        }

        return a;
    }

    private static void Change(IReadOnlyList<Layer> tail, double[] x, int width)
    {
        foreach (Layer layer in Extent.WrittenOut(tail))
        {
            switch (layer)
            {
                case ActivationLayer activation:
                    PreciseActivation.Apply(activation.Activation, x);
                    break;
                case ScaleLayer scale:
                    Multiply(x, (float)scale.Factor);
                    break;
                case LayerNormLayer:
                    Normalise(x, width);
                    break;
                case ResidualLayer residual:
                    double[] added = [.. x];
                    Change(residual.Parts, added, width);
                    Change(residual.Shortcut, x, width);
                    Combined(x, added, (a, b) => a + b);
                    break;
                default:
                    throw new InvalidOperationException($"{layer} has weights.");
            }
        }
    }

    private static void Multiply(Span<double> x, double factor)
    {
        foreach (ref double z in x)
        {
            z *= factor;
        }
    }

    private static void Normalise(Span<double> x, int width)
    {
        for (; x.Length > 0; x = x[width..])
        {
            Span<double> row = x[..width];
            (double sum, double squares) = (0, 0);
            foreach (double z in row)
            {
                sum += z;
            }

            foreach (ref double z in row)
            {
                z -= sum / width;
                squares = Math.FusedMultiplyAdd(z, z, squares);
            }

            double scale = 1 / Math.Sqrt((squares / width) + NormEpsilon);
            foreach (ref double z in row)
            {
                z *= scale;
            }
        }
    }
}

using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Studies;

/// <summary>How a network of two layers begins and steps.</summary>
internal enum TwoLayerStart
{
    /// <summary>Output weights 0; the step η/r for all weights: the start of the theorem about polynomials.</summary>
    Zero,

    /// <summary>Output weights ±1/√r in opposite pairs, so that the network is 0; steps η/r for output weights and η for the first layer: the tangent scale.</summary>
    Pairs,
}

/// <summary>Stochastic descent on f(x) = Σ u_i·(⟨w_i, x⟩ + b_i)₊ towards h_k(⟨v, x⟩), x ~ N(0, I_d), with the loss as it is exactly.</summary>
/// <remarks>
/// Start: w_i uniform on the sphere, b_i ~ N(0, 1). A step moves by the mean gradient of ½·(f − g)² over fresh rows. The loss is E(f − g)² = uᵀAu − 2·u·p + 1 with
/// A by <see cref="ReluPair"/> and p_i = ‖w_i‖·c_k(b_i/‖w_i‖)·ρ_i^k: no test rows.
/// </remarks>
internal sealed class TwoLayerDescent
{
    /// <summary>Rows of a step.</summary>
    public const int Batch = 32;

    private const int RowLayer = 3;
    private const int TestLayer = 4;
    private readonly WeightStream weights;
    private readonly int dimension;
    private readonly int width;
    private readonly int power;
    private readonly int draw;
    private readonly double[] target;
    private readonly double[] w;      // [width × dimension]
    private readonly double[] b;
    private readonly double[] u;
    private readonly double[] start;
    private readonly double outputStep;
    private readonly double firstStep;
    private readonly double[] gradient; // of w, b and u
    private readonly double[] x;
    private readonly double[] active;
    private int taken;

    /// <param name="seed">Seed of start, target and rows.</param>
    /// <param name="draw">Number of the repetition.</param>
    /// <param name="dimension">d.</param>
    /// <param name="width">r, even.</param>
    /// <param name="power">k of the target.</param>
    /// <param name="from">Start and steps.</param>
    /// <param name="step">η.</param>
    /// <param name="isFirstFixed">Whether output weights alone are learned.</param>
    public TwoLayerDescent(ulong seed, int draw, int dimension, int width, int power, TwoLayerStart from, double step, bool isFirstFixed)
    {
        (weights, this.draw, this.dimension, this.width, this.power) = (new WeightStream(seed), draw, dimension, width, power);
        target = LimitsDraws.Direction(weights, draw, LimitsDraws.TargetLayer, 0, dimension);
        (w, b, u) = (new double[width * dimension], new double[width], new double[width]);
        (gradient, x, active) = (new double[width * (dimension + 2)], new double[dimension], new double[width]);
        outputStep = step / width;
        firstStep = isFirstFixed ? 0 : from == TwoLayerStart.Zero ? step / width : step;
        for (int i = 0; i < width; i++)
        {
            int drawn = from == TwoLayerStart.Pairs ? i / 2 : i; // neurons 2i and 2i + 1 begin alike
            LimitsDraws.Direction(weights, draw, LimitsDraws.FeatureLayer, drawn, dimension).CopyTo(w.AsSpan(i * dimension));
            b[i] = weights.Normal(new(draw, LimitsDraws.FeatureLayer, drawn, 0, WeightKind.Bias));
            u[i] = from == TwoLayerStart.Pairs ? (i % 2 == 0 ? 1 : -1) / Math.Sqrt(width) : 0;
        }

        start = [.. w];
    }

    /// <summary>‖W − W₀‖ / ‖W₀‖.</summary>
    public double Movement
    {
        get
        {
            double moved = 0, there = 0;
            for (int i = 0; i < w.Length; i++)
            {
                moved += (w[i] - start[i]) * (w[i] - start[i]);
                there += start[i] * start[i];
            }

            return Math.Sqrt(moved / there);
        }
    }

    /// <summary>Takes steps until so many are taken in all.</summary>
    public void RunTo(int steps, CancellationToken cancellation)
    {
        for (; taken < steps; taken++)
        {
            cancellation.ThrowIfCancellationRequested();
            Array.Clear(gradient);
            for (int row = 0; row < Batch; row++)
            {
                LimitsDraws.Normals(weights, draw, RowLayer, (taken * Batch) + row, x);
                Add();
            }

            Move();
        }
    }

    /// <summary>E(f − g)², exact; E g² = 1. Error ≤ 1e-13·(Σ|u_i|·‖w_i‖)².</summary>
    public double Loss()
    {
        double[][] directions = new double[width][];
        var lengths = new double[width];
        for (int i = 0; i < width; i++)
        {
            Span<double> row = w.AsSpan(i * dimension, dimension);
            lengths[i] = Math.Sqrt(LimitsDraws.Dot(row, row));
            directions[i] = row.ToArray();
            for (int j = 0; j < dimension; j++)
            {
                directions[i][j] /= lengths[i];
            }
        }

        double sum = 1;
        for (int i = 0; i < width; i++)
        {
            double h = b[i] / lengths[i], size = u[i] * lengths[i], cosine = LimitsDraws.Cosine(directions[i], target), product = HermiteRelu.Coefficients(h, power + 1)[power];
            for (int k = 0; k < power; k++)
            {
                product *= cosine;
            }

            sum += size * ((size * ReluPair.Energy(h)) - (2 * product));
            for (int j = 0; j < i && size != 0; j++)
            {
                sum += 2 * size * u[j] * lengths[j] * ReluPair.Expectation(h, b[j] / lengths[j], LimitsDraws.Cosine(directions[i], directions[j]));
            }
        }

        return Math.Max(0, sum);
    }

    /// <summary>The mean of (f − g)² over fresh rows, and its standard error.</summary>
    public (double Mean, double Error) LossOn(int rows)
    {
        double sum = 0, squares = 0;
        for (int row = 0; row < rows; row++)
        {
            LimitsDraws.Normals(weights, draw, TestLayer, row, x);
            double difference = Difference(), square = difference * difference;
            (sum, squares) = (sum + square, squares + (square * square));
        }

        double mean = sum / rows;
        return (mean, Math.Sqrt(Math.Max(0, (squares / rows) - (mean * mean)) / rows));
    }

    /// <summary>f − g at x; leaves the neurons' outputs.</summary>
    private double Difference()
    {
        double difference = -LimitsRows.Hermite(power, LimitsDraws.Dot(target, x));
        for (int i = 0; i < width; i++)
        {
            active[i] = Math.Max(0, LimitsDraws.Dot(w.AsSpan(i * dimension, dimension), x) + b[i]);
            difference = Math.FusedMultiplyAdd(u[i], active[i], difference);
        }

        return difference;
    }

    private void Add()
    {
        double difference = Difference();
        for (int i = 0; i < width; i++)
        {
            if (active[i] <= 0)
            {
                continue;
            }

            int at = i * (dimension + 2);
            double pull = difference * u[i];
            gradient[at + dimension] += pull;
            gradient[at + dimension + 1] += difference * active[i];
            for (int j = 0; j < dimension && firstStep != 0; j++)
            {
                gradient[at + j] = Math.FusedMultiplyAdd(pull, x[j], gradient[at + j]);
            }
        }
    }

    private void Move()
    {
        for (int i = 0; i < width; i++)
        {
            int at = i * (dimension + 2);
            u[i] -= outputStep / Batch * gradient[at + dimension + 1];
            b[i] -= firstStep / Batch * gradient[at + dimension];
            for (int j = 0; j < dimension; j++)
            {
                w[(i * dimension) + j] -= firstStep / Batch * gradient[at + j];
            }
        }
    }
}

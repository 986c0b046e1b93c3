using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Studies;

/// <summary>φ_j(x) = [⟨w_j, x⟩ + b_j]₊: random weights N(0, 2/d) and biases N(0, 1), or what one gradient step makes of them.</summary>
internal sealed unsafe class ProbeLayer
{
    /// <summary>The law of the weights in its text form.</summary>
    public const string Law = "he-normal+bias-normal:1";

    private const int OutputLayer = 1; // of addresses: signs of the output weights of the step
    private readonly int columns;
    private readonly float[] weights, biases; // [N × d], [N]

    private ProbeLayer(int columns, float[] weights, float[] biases) => (this.columns, this.weights, this.biases) = (columns, weights, biases);

    /// <summary>N.</summary>
    public int Width => biases.Length;

    /// <summary>The layer of a seed; a narrower one is its beginning.</summary>
    public static ProbeLayer Random(int columns, int width, ulong seed, int network)
    {
        var stream = new WeightStream(seed);
        float scale = (float)Math.Sqrt(2.0 / columns);
        float[] weights = new float[width * columns], biases = new float[width];
        for (int row = 0; row < width; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                weights[(row * columns) + column] = scale * stream.Normal(new(network, 0, row, column));
            }

            biases[row] = stream.Normal(new(network, 0, row, 0, WeightKind.Bias));
        }

        return new(columns, weights, biases);
    }

    /// <summary>Writes φ [n × N] of rows [n × d].</summary>
    public void Map(Team team, float[] points, int rows, Strided<float> features)
    {
        fixed (float* x = points, w = weights)
        {
            MatrixProduct.Multiply(team, Strided<float>.RowMajor(x, rows, columns), Strided<float>.RowMajor(w, Width, columns).Transpose, features);
        }

        for (int i = 0; i < rows; i++)
        {
            Span<float> row = features.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = Math.Max(row[j] + biases[j], 0);
            }
        }
    }

    /// <summary>The layer after one step down the gradient of the training rows' squared error, for output weights ±1 that have not yet any effect.</summary>
    /// <remarks>w_j moves by s·‖W‖/‖G‖·g_j with g_j = Σ_i (Σ_k a_jk·(y_ik − ȳ_k))·1{φ_j(x_i) &gt; 0}·(x_i, 1), norms over all neurons, biases included.</remarks>
    /// <param name="team">The threads.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="features">φ of this layer.</param>
    /// <param name="size">s, the step's length in lengths of the weights.</param>
    /// <param name="seed">The seed of the signs.</param>
    public ProbeLayer Step(Team team, ProbeRows rows, Strided<float> features, double size, ulong seed)
    {
        int n = rows.Training;
        using var shares = new NativeBuffer<float>((long)n * Width);
        using var gradient = new NativeBuffer<float>((long)Width * columns);
        Strided<float> share = Strided<float>.RowMajor(shares, n, Width), slope = Strided<float>.RowMajor(gradient, Width, columns);
        double[] offsets = Shares(rows, features, share, seed);
        fixed (float* x = rows.Points)
        {
            MatrixProduct.Multiply(team, share.Transpose, Strided<float>.RowMajor(x, n, columns), slope);
        }

        double own = 0, step = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            own += (double)weights[i] * weights[i];
            step += (double)gradient.Pointer[i] * gradient.Pointer[i];
        }

        for (int j = 0; j < Width; j++)
        {
            own += (double)biases[j] * biases[j];
            step += offsets[j] * offsets[j];
        }

        double factor = step > 0 ? size * Math.Sqrt(own / step) : 0;
        float[] moved = [.. weights], shifted = [.. biases];
        for (int i = 0; i < moved.Length; i++)
        {
            moved[i] += (float)(factor * gradient.Pointer[i]);
        }

        for (int j = 0; j < Width; j++)
        {
            shifted[j] += (float)(factor * offsets[j]);
        }

        return new(columns, moved, shifted);
    }

    /// <summary>What every row moves every neuron by; the sums of the columns move the biases.</summary>
    private double[] Shares(ProbeRows rows, Strided<float> features, Strided<float> share, ulong seed)
    {
        int outputs = rows.Outputs;
        var stream = new WeightStream(seed);
        var means = new double[outputs];
        for (int i = 0; i < share.Rows * outputs; i++)
        {
            means[i % outputs] += rows.Targets[i] / (double)share.Rows;
        }

        float[] signs = [.. Enumerable.Range(0, Width * outputs).Select(i => stream.Sign(new(0, OutputLayer, i / outputs, i % outputs)))];
        var sums = new double[Width];
        for (int i = 0; i < share.Rows; i++)
        {
            for (int j = 0; j < Width; j++)
            {
                double value = 0;
                for (int k = 0; k < outputs && features[i, j] > 0; k++)
                {
                    value += signs[(j * outputs) + k] * (rows.Targets[(i * outputs) + k] - means[k]);
                }

                share[i, j] = (float)value;
                sums[j] += value;
            }
        }

        return sums;
    }
}

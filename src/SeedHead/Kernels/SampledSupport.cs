using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Kernels;

/// <summary>Kernels of random networks of finite width without sampled heads: K = a·Σ φ(x)·φ(x′) + σ_b² over what the output layers of N networks read, and back through their layers.</summary>
/// <remarks>
/// a = σ_w²/(N·width). Networks are drawn anew for every step: points cannot fit those of one draw. Source: Loo et al., "Efficient Dataset Distillation using Random Feature
/// Approximation", NeurIPS 2022. Layers compute in float32; batch norms have the statistics 0 and 1.
/// </remarks>
internal sealed unsafe class SampledSupport : ISupportKernel
{
    private readonly RandomNetwork network;
    private readonly int networks, width;
    private readonly double factor, shift;
    private NativeBuffer<double> pointFeatures = new(0), rowFeatures = new(0), slopes = new(0);
    private int first;

    /// <summary>The networks of a seed.</summary>
    /// <param name="net">The architecture; its last dense layer is the head that is left out.</param>
    /// <param name="prior">The law of its weights.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="networks">N, networks a step.</param>
    /// <exception cref="ArgumentException">The network does not end in a dense layer.</exception>
    public SampledSupport(Architecture net, WeightPrior prior, ulong seed, int networks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(networks, 1);
        (Architecture hidden, double scale) = net.BeforeOutputLayer();
        (this.networks, width) = (networks, hidden.OutputCount);
        factor = scale * scale * prior.LimitWeightVariance(width, net.OutputCount) / ((double)networks * width);
        shift = scale * scale * prior.BiasVariance(width);
        network = new(hidden, prior, seed, keepsWayBack: true);
    }

    private long Features => (long)networks * width;

    public void Begin(Team team, int step) => first = checked(step * networks);

    public void Forward(Team team, Strided<double> points, Strided<double> rows, Strided<double> own, Strided<double> cross)
    {
        Strided<double> ofPoints = Room(ref pointFeatures, points.Rows), ofRows = Room(ref rowFeatures, rows.Rows);
        using NativeBuffer<float> p = Narrow(points), r = Narrow(rows), outputs = new(Math.Max(points.Rows, rows.Rows) * width);
        for (int i = 0; i < networks; i++)
        {
            network.Draw(team, first + i);
            Evaluate(team, r, rows, outputs, ofRows, i);
            Evaluate(team, p, points, outputs, ofPoints, i);
        }

        Kernels(team, ofPoints, ofPoints, own);
        Kernels(team, ofRows, ofPoints, cross);
    }

    public void Backward(Team team, Strided<double> points, Strided<double> rows, Strided<double> own, Strided<double> cross, Strided<double> along)
    {
        Strided<double> ofPoints = Room(ref pointFeatures, points.Rows), ofRows = Room(ref rowFeatures, rows.Rows), slope = Room(ref slopes, points.Rows);
        MatrixProduct.Multiply(team, cross.Transpose, ofRows, slope);
        MatrixProduct.Multiply(team, own, ofPoints, slope, add: true);
        int m = (int)points.Rows, d = (int)points.Columns;
        var pass = new Pass(team, m, Training: false);
        using NativeBuffer<float> x = Narrow(points), y = new((long)m * width), dx = new((long)m * d);
        for (int i = 0; i < networks; i++)
        {
            if (networks > 1)
            {
                network.Draw(team, first + i);
            }

            network.Modules.Forward(pass, x.Pointer, y.Pointer);
            for (long j = 0; j < y.Length; j++)
            {
                y.Pointer[j] = (float)(factor * slope[j / width, ((long)i * width) + (j % width)]);
            }

            network.Modules.Backward(pass, x.Pointer, y.Pointer, dx.Pointer);
            for (int j = 0; j < dx.Length; j++)
            {
                along[j / d, j % d] = dx.Pointer[j] + (i == 0 ? 0 : along[j / d, j % d]);
            }
        }
    }

    public void Dispose()
    {
        network.Dispose();
        pointFeatures.Dispose();
        rowFeatures.Dispose();
        slopes.Dispose();
    }

    private void Evaluate(Team team, NativeBuffer<float> x, Strided<double> shape, NativeBuffer<float> outputs, Strided<double> features, int number)
    {
        network.Forward(team, Strided<float>.RowMajor(x, shape.Rows, shape.Columns), outputs.Pointer);
        team.For((int)shape.Rows, i =>
        {
            Span<double> to = features.Row(i).Slice(number * width, width);
            for (int c = 0; c < to.Length; c++)
            {
                to[c] = outputs.Pointer[((long)i * width) + c];
            }
        });
    }

    private void Kernels(Team team, Strided<double> left, Strided<double> right, Strided<double> values)
    {
        MatrixProduct.Multiply(team, left, right.Transpose, values);
        team.For((int)values.Rows, i => Elementwise.Affine(values.Row(i), factor, shift));
    }

    private Strided<double> Room(ref NativeBuffer<double> buffer, long rows)
    {
        if (buffer.Length < rows * Features)
        {
            buffer.Dispose();
            buffer = new(rows * Features);
        }

        return Strided<double>.RowMajor(buffer, rows, Features);
    }

    private static NativeBuffer<float> Narrow(Strided<double> rows)
    {
        var narrow = new NativeBuffer<float>(rows.Rows * rows.Columns);
        for (long i = 0; i < rows.Rows; i++)
        {
            for (long j = 0; j < rows.Columns; j++)
            {
                narrow.Pointer[(i * rows.Columns) + j] = (float)rows[i, j];
            }
        }

        return narrow;
    }
}

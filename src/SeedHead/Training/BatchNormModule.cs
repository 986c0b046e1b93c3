using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>What follows a batch norm and is computed with it, in the same passes over memory.</summary>
internal enum AfterNorm
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>relu.</summary>
    Relu,

    /// <summary>relu and the largest of windows 2×2 side by side.</summary>
    ReluAndPool,
}

/// <summary>y = γ·(x − m)/√(v + ε) + β for every channel, with the batch's m and v while training and running ones otherwise.</summary>
/// <remarks>
/// Running values start at 0 and 1 and become 0.9·old + 0.1·batch, with the unbiased variance, in every training pass, whether γ and β are learned or not.
/// m = Σx/n and v = Σx²/n − m², in float64 by <see cref="ChannelSums"/>. dx = γ/√(v + ε)·(g − Σg/n − x̂·Σ(g·x̂)/n), g the gradient to the norm's own result;
/// before a pool g is 0 except at the largest numbers of windows, and its sums go over those.
/// </remarks>
internal sealed unsafe class BatchNormModule : Module
{
    private const double Epsilon = 1e-5;
    private const double Momentum = 0.1;
    private readonly Parameter gain, offset;
    private readonly double[] means, variances, deviations; // of the last pass; v only while training; 1/√(v + ε)
    private readonly int channels;
    private readonly AfterNorm after;
    private ChannelLine line; // of the last pass
    private NativeBuffer<float>? peaks;

    public BatchNormModule(Extent input, Extent output, AfterNorm after, Parameter gain, Parameter offset)
        : base(input, output)
    {
        (this.gain, this.offset, this.after) = (gain, offset, after);
        channels = gain.Tensor.Outputs;
        (means, variances, deviations) = (new double[channels], new double[channels], new double[channels]);
        (RunningMeans, RunningVariances) = (new double[channels], new double[channels]);
        Array.Fill(RunningVariances, 1);
    }

    /// <summary>The name of its layer.</summary>
    public string Name => gain.Tensor.Layer;

    /// <summary>Running means [channels].</summary>
    public double[] RunningMeans { get; }

    /// <summary>Running variances [channels].</summary>
    public double[] RunningVariances { get; }

    public override IEnumerable<Parameter> Parameters => [gain, offset];

    public override bool IsFixed => false;

    private (int Height, int Width) Image => (Input.Shape!.Value.Height, Input.Shape.Value.Width);

    public override void Forward(Pass pass, float* x, float* y)
    {
        Strided<float> source = Matrix(Input, pass.Rows, x), result = Result(pass, y);
        if (pass.Training)
        {
            Measure(pass.Team, source);
        }
        else
        {
            RunningMeans.CopyTo(means, 0);
            for (int c = 0; c < channels; c++)
            {
                deviations[c] = 1 / Math.Sqrt(RunningVariances[c] + Epsilon);
            }
        }

        line = new(new float[channels], new float[channels], after == AfterNorm.Nothing ? float.NegativeInfinity : 0);
        for (int c = 0; c < channels; c++)
        {
            double factor = gain.Values[0, c] * deviations[c];
            (line.A[c], line.B[c]) = ((float)factor, (float)(offset.Values[0, c] - (means[c] * factor)));
        }

        if (after == AfterNorm.ReluAndPool)
        {
            PooledLine.Forward(pass.Team, line, Image.Height, Image.Width, pass.Rows, source, result, Room(ref peaks, (long)pass.Rows * Output.Count));
        }
        else
        {
            line.Forward(pass.Team, source, result);
        }
    }

    public override void Backward(Pass pass, float* x, float* dy, float* dx)
    {
        Strided<float> source = Matrix(Input, pass.Rows, x), gradient = Result(pass, dy);
        double[] sums = new double[channels], products = new double[channels];
        ChannelSums.OfGradient(pass.Team, line, gradient, after == AfterNorm.ReluAndPool ? Result(pass, peaks!.Pointer) : source, sums, products);
        var normed = new double[channels]; // Σ g·x̂
        for (int c = 0; c < channels; c++)
        {
            normed[c] = (products[c] - (means[c] * sums[c])) * deviations[c];
        }

        Store(gain, normed);
        Store(offset, sums);
        if (dx == null)
        {
            return;
        }

        ChannelSlope slope = Slope(pass.Training, source.Rows, sums, normed);
        Strided<float> target = Matrix(Input, pass.Rows, dx);
        if (after == AfterNorm.ReluAndPool)
        {
            PooledLine.Backward(pass.Team, line, Image.Height, Image.Width, pass.Rows, gradient, source, slope, target);
        }
        else
        {
            line.Backward(pass.Team, gradient, source, slope, target);
        }
    }

    public override void Dispose()
    {
        peaks?.Dispose();
        base.Dispose();
    }

    /// <summary>Takes the statistics of the last training pass as running ones: a pass that does not train then gives what that one gave.</summary>
    public void KeepStatistics()
    {
        means.CopyTo(RunningMeans, 0);
        variances.CopyTo(RunningVariances, 0);
    }

    private static void Store(Parameter parameter, double[] gradient)
    {
        Span<float> to = parameter.Gradient;
        for (int c = 0; c < to.Length; c++)
        {
            to[c] = (float)gradient[gradient.Length - to.Length + c];
        }
    }

    private Strided<float> Result(Pass pass, float* at) => Strided<float>.RowMajor(at, (long)pass.Rows * Output.Count / channels, channels);

    private void Measure(Team team, Strided<float> x)
    {
        double n = x.Rows;
        double[] sums = new double[channels], squares = new double[channels];
        ChannelSums.OfSquares(team, x, sums, squares);
        for (int c = 0; c < channels; c++)
        {
            means[c] = sums[c] / n;
            double variance = variances[c] = Math.Max((squares[c] / n) - (means[c] * means[c]), 0);
            deviations[c] = 1 / Math.Sqrt(variance + Epsilon);
            RunningMeans[c] = (float)(RunningMeans[c] + (Momentum * (means[c] - RunningMeans[c]))); // float32: what files store
            RunningVariances[c] = (float)(RunningVariances[c] + (Momentum * ((variance * (n > 1 ? n / (n - 1) : 1)) - RunningVariances[c])));
        }
    }

    private ChannelSlope Slope(bool training, double n, double[] sums, double[] normed)
    {
        var slope = new ChannelSlope(new float[channels], new float[channels], new float[channels]);
        for (int c = 0; c < channels; c++)
        {
            double factor = gain.Values[0, c] * deviations[c], q = training ? factor * deviations[c] * normed[c] / n : 0;
            (slope.P[c], slope.Q[c], slope.T[c]) = ((float)factor, (float)-q, (float)(training ? (q * means[c]) - (factor * sums[c] / n) : 0));
        }

        return slope;
    }
}

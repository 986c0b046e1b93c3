using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>y = γ·(x − m)/√(v + ε) + β for every channel, with the batch's m and v while training and running ones otherwise.</summary>
/// <remarks>
/// Running values start at 0 and 1 and become 0.9·old + 0.1·batch, with the unbiased variance, in every training pass, whether γ and β are learned or not.
/// m = Σx/n and v = Σx²/n − m², in float64 by <see cref="ChannelSums"/>. dx = γ/√(v + ε)·(dy − Σdy/n − x̂·Σ(dy·x̂)/n).
/// </remarks>
internal sealed unsafe class BatchNormModule : Module
{
    private const double Epsilon = 1e-5;
    private const double Momentum = 0.1;
    private readonly Parameter gain, offset;
    private readonly double[] means, deviations; // of the last pass; 1/√(v + ε)
    private readonly int channels;

    public BatchNormModule(Extent input, Parameter gain, Parameter offset)
        : base(input, input)
    {
        (this.gain, this.offset) = (gain, offset);
        channels = gain.Tensor.Outputs;
        (means, deviations) = (new double[channels], new double[channels]);
        (RunningMeans, RunningVariances) = (new double[channels], new double[channels]);
        Array.Fill(RunningVariances, 1);
    }

    /// <summary>Running means [channels].</summary>
    public double[] RunningMeans { get; }

    /// <summary>Running variances [channels].</summary>
    public double[] RunningVariances { get; }

    public override IEnumerable<Parameter> Parameters => [gain, offset];

    public override bool IsFixed => false;

    public override void Forward(Pass pass, float* x, float* y)
    {
        Strided<float> source = Rows(pass, x);
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

        var factors = new float[channels];
        var terms = new float[channels];
        for (int c = 0; c < channels; c++)
        {
            double factor = gain.Values[0, c] * deviations[c];
            (factors[c], terms[c]) = ((float)factor, (float)(offset.Values[0, c] - (means[c] * factor)));
        }

        Combine(pass.Team, source, source, Rows(pass, y), factors, new float[channels], terms);
    }

    public override void Backward(Pass pass, float* x, float* y, float* dy, float* dx)
    {
        Strided<float> source = Rows(pass, x), gradient = Rows(pass, dy);
        double n = source.Rows;
        double[] sums = new double[channels], products = new double[channels];
        ChannelSums.Of(pass.Team, gradient, source, sums, products);
        var normed = new double[channels]; // Σ dy·x̂
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

        float[] a = new float[channels], b = new float[channels], terms = new float[channels];
        for (int c = 0; c < channels; c++)
        {
            double factor = gain.Values[0, c] * deviations[c], slope = pass.Training ? factor * deviations[c] * normed[c] / n : 0;
            (a[c], b[c], terms[c]) = ((float)factor, (float)-slope, (float)(pass.Training ? (slope * means[c]) - (factor * sums[c] / n) : 0));
        }

        Combine(pass.Team, gradient, source, Rows(pass, dx), a, b, terms);
    }

    private Strided<float> Rows(Pass pass, float* at) => Matrix(Input, pass.Rows, at);

    private void Measure(Team team, Strided<float> x)
    {
        double n = x.Rows;
        double[] sums = new double[channels], squares = new double[channels];
        ChannelSums.Of(team, x, x, sums, squares);
        for (int c = 0; c < channels; c++)
        {
            means[c] = sums[c] / n;
            double variance = Math.Max((squares[c] / n) - (means[c] * means[c]), 0);
            deviations[c] = 1 / Math.Sqrt(variance + Epsilon);
            RunningMeans[c] = (float)(RunningMeans[c] + (Momentum * (means[c] - RunningMeans[c]))); // float32: what files store
            RunningVariances[c] = (float)(RunningVariances[c] + (Momentum * ((variance * (n > 1 ? n / (n - 1) : 1)) - RunningVariances[c])));
        }
    }

    private static void Store(Parameter parameter, double[] gradient)
    {
        Span<float> to = parameter.Gradient;
        for (int c = 0; c < to.Length; c++)
        {
            to[c] = (float)gradient[gradient.Length - to.Length + c];
        }
    }

    /// <summary>z = a·x + b·y + c, channel by channel, fused from the right: a·x + (b·y + c).</summary>
    private static void Combine(Team team, Strided<float> x, Strided<float> y, Strided<float> z, float[] a, float[] b, float[] c)
    {
        const int Chunk = 256;
        team.For((int)((x.Rows + Chunk - 1) / Chunk), chunk =>
        {
            fixed (float* pa = a, pb = b, pc = c)
            {
                for (long row = (long)chunk * Chunk; row < Math.Min((chunk + 1L) * Chunk, x.Rows); row++)
                {
                    CombineRow(x.Pointer + (row * x.RowStride), y.Pointer + (row * y.RowStride), z.Pointer + (row * z.RowStride), pa, pb, pc, a.Length);
                }
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CombineRow(float* x, float* y, float* z, float* a, float* b, float* c, int count)
    {
        int i = 0;
        for (; Vector256.IsHardwareAccelerated && i + 8 <= count; i += 8)
        {
            var inner = Vector256.FusedMultiplyAdd(Vector256.Load(b + i), Vector256.Load(y + i), Vector256.Load(c + i));
            Vector256.FusedMultiplyAdd(Vector256.Load(a + i), Vector256.Load(x + i), inner).Store(z + i);
        }

        for (; i < count; i++)
        {
            z[i] = float.FusedMultiplyAdd(a[i], x[i], float.FusedMultiplyAdd(b[i], y[i], c[i]));
        }
    }
}

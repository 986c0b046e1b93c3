using System.Text.Json.Nodes;
using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Features;

/// <summary>Random Fourier features: E[φ(x)·φ(y)] is the Gaussian or the Laplace kernel.</summary>
/// <remarks>
/// <para>φ(x) = √(2/D)·(cos(ωᵢ·x + bᵢ), sin(ωᵢ·x + bᵢ)), i = 1 … D/2, bᵢ uniform in [0, 2π), 16 cosines and 16 sines in turn.</para>
/// <para>Gaussian, exp(−‖x − y‖² / 2σ²): ω = z/σ, z standard normal in d dimensions. Laplace, exp(−‖x − y‖/σ): ω = z/(σ|g|) with one more
/// standard normal g, a multivariate Cauchy vector (its density is the Fourier transform of the kernel).</para>
/// <para>The scale σ is the median distance of training rows times the bandwidth. Cosines and sines of one frequency come in pairs because that
/// estimates both kernels k with variance (1 + k(2Δ) − 2k(Δ)²)/D, less than one cosine for each frequency: (1 + k(2Δ)/2 − k(Δ)²)/D.</para>
/// <para>Sources: Rahimi &amp; Recht, "Random Features for Large-Scale Kernel Machines", NIPS 2007; Sutherland &amp; Schneider, "On the Error of
/// Random Fourier Features", UAI 2015 (variances).</para>
/// </remarks>
public sealed unsafe class FourierFeatures : FeatureMap
{
    internal const string Word = "fourier";
    internal const string Gaussian = "gaussian";
    internal const string Laplace = "laplace";

    /// <summary>The layer of the g that make frequencies heavy-tailed; the z are layer 0.</summary>
    private const int TailLayer = 1;

    /// <summary>Keeps frequencies finite; one |g| in a million is smaller.</summary>
    private const float LeastDivisor = 1e-6f;

    private readonly CosineLayer layer;

    private FourierFeatures(int inputColumns, int width, ulong seed, string kernel, double scale)
    {
        (InputColumns, FeatureCount, Kernel, Scale) = (inputColumns, width, kernel, scale);
        layer = new(inputColumns, width, seed, frequencies => Fill(frequencies, seed));
    }

    /// <summary>"gaussian" or "laplace".</summary>
    public string Kernel { get; }

    /// <summary>σ, the distance at which the kernel has fallen to e^(−1/2) (Gaussian) or 1/e (Laplace).</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public override int InputColumns { get; }

    /// <inheritdoc/>
    public override int FeatureCount { get; }

    /// <inheritdoc/>
    public override double OperationsPerRow => layer.OperationsPerRow;

    /// <inheritdoc/>
    public override string Description => $"fourier {Kernel}, scale {Scale:G4}";

    /// <inheritdoc/>
    public override long WorkingBytes(int rows, int threads) => layer.WorkingBytes;

    internal static FourierFeatures Create(FeatureOptions options, int width, ulong seed, IInputRows rows) =>
        new(rows.Columns, width, seed, options.Kernel, MedianDistance.Of(rows, seed) * (options.Bandwidth ?? 1));

    internal static FourierFeatures FromJson(JsonObject json, ulong seed) =>
        new(json.Count("inputs"), json.Count("width"), seed, json.Parsed("kernel", FeatureOptions.CheckKernel), json.Positive("scale"));

    internal override JsonObject ToJson(IDictionary<string, StoredArray> arrays) =>
        new() { ["kind"] = Word, ["inputs"] = InputColumns, ["width"] = FeatureCount, ["kernel"] = Kernel, ["scale"] = Scale };

    internal override void Map(Team team, Strided<float> inputs, Strided<float> features) => layer.Map(team, inputs, features);

    private void Fill(Strided<float> frequencies, ulong seed)
    {
        var stream = new WeightStream(seed);
        stream.FillNormal(0, 0, WeightKind.Weight, frequencies);
        int angles = (int)frequencies.Columns;
        var divisors = new float[angles];
        if (Kernel == Laplace)
        {
            fixed (float* g = divisors)
            {
                stream.FillNormal(0, TailLayer, WeightKind.Weight, Strided<float>.RowMajor(g, 1, angles));
            }
        }
        else
        {
            Array.Fill(divisors, 1f);
        }

        for (long i = 0; i < frequencies.Rows; i++)
        {
            Span<float> row = frequencies.Row(i);
            for (int j = 0; j < angles; j++)
            {
                row[j] = (float)(row[j] / (Scale * Math.Max(Math.Abs(divisors[j]), LeastDivisor)));
            }
        }
    }
}

using System.Text.Json.Nodes;
using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Random;

namespace SeedHead.Features;

/// <summary>Orthogonal random Fourier features of the Gaussian kernel: frequencies along orthonormal directions, d at a time.</summary>
/// <remarks>
/// <para>φ(x) as in <see cref="FourierFeatures"/> with ωᵢ = rᵢ·qᵢ/σ: q are the columns of random rotations, a new one for every d frequencies, and r
/// the norms of independent normal vectors of length d, so that every single ω is normal. E[φ(x)·φ(y)] = exp(−‖x − y‖² / 2σ²), with less variance.</para>
/// <para>Source: Yu, Suresh, Choromanski, Holtmann-Rice &amp; Kumar, "Orthogonal Random Features", NIPS 2016.</para>
/// </remarks>
public sealed unsafe class OrthogonalFeatures : FeatureMap
{
    internal const string Word = "orthogonal";

    /// <summary>The layer of the normal vectors that lend their norms; the directions are layer 0.</summary>
    private const int NormLayer = 1;

    private readonly CosineLayer layer;

    private OrthogonalFeatures(int inputColumns, int width, ulong seed, double scale)
    {
        (InputColumns, FeatureCount, Scale) = (inputColumns, width, scale);
        layer = new(inputColumns, width, seed, frequencies => Fill(frequencies, new(seed)));
    }

    /// <summary>σ, the distance at which the kernel has fallen to e^(−1/2).</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public override int InputColumns { get; }

    /// <inheritdoc/>
    public override int FeatureCount { get; }

    /// <inheritdoc/>
    public override double OperationsPerRow => layer.OperationsPerRow;

    /// <inheritdoc/>
    public override string Description => $"orthogonal gaussian, scale {Scale:G4}";

    /// <inheritdoc/>
    public override long WorkingBytes(int rows, int threads) => layer.WorkingBytes;

    internal static OrthogonalFeatures Create(FeatureOptions options, int width, ulong seed, IInputRows rows) => options.Kernel == FourierFeatures.Gaussian
        ? new(rows.Columns, width, seed, MedianDistance.Of(rows, seed) * (options.Bandwidth ?? 1))
        : throw new ArgumentException($"Orthogonal features have the gaussian kernel only, not {options.Kernel}. Use fourier features for it.");

    internal static OrthogonalFeatures FromJson(JsonObject json, ulong seed) =>
        new(json.Count("inputs"), json.Count("width"), seed, json.Positive("scale"));

    internal override JsonObject ToJson(IDictionary<string, StoredArray> arrays) =>
        new() { ["kind"] = Word, ["inputs"] = InputColumns, ["width"] = FeatureCount, ["scale"] = Scale };

    internal override void Map(Team team, Strided<float> inputs, Strided<float> features) => layer.Map(team, inputs, features);

    private void Fill(Strided<float> frequencies, WeightStream stream)
    {
        stream.FillNormal(0, 0, WeightKind.Weight, frequencies);
        Orthogonal.Rows(frequencies.Transpose); // every d columns now have length √d and right angles
        using var normals = new NativeBuffer<float>(frequencies.Rows * frequencies.Columns);
        Strided<float> others = Strided<float>.RowMajor(normals, frequencies.Rows, frequencies.Columns);
        stream.FillNormal(0, NormLayer, WeightKind.Weight, others);
        for (long j = 0; j < frequencies.Columns; j++)
        {
            double square = 0;
            for (long i = 0; i < others.Rows; i++)
            {
                square += (double)others[i, j] * others[i, j];
            }

            float factor = (float)(Math.Sqrt(square / frequencies.Rows) / Scale);
            for (long i = 0; i < frequencies.Rows; i++)
            {
                frequencies[i, j] *= factor;
            }
        }
    }
}

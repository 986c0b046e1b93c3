using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Heads;

/// <summary>Sums seen from their means: G = ΦᵀΦ − n·m·mᵀ and B = ΦᵀY − n·m·ȳᵀ, each feature scaled (to unit variance, or by 1), dead ones by 0.</summary>
internal sealed unsafe class CentredSums
{
    private readonly GramSums sums;
    private readonly double[] diagonal;

    public CentredSums(GramSums sums, bool standardise)
    {
        this.sums = sums;
        diagonal = [.. Enumerable.Range(0, sums.FeatureCount).Select(j => sums.GramRow(j)[j])];
        double n = sums.Rows;
        Means = [.. sums.FeatureSums.Select(sum => sum / n)];
        TargetMeans = [.. sums.TargetSums.Select(sum => sum / n)];
        TargetDeviation = sums.TargetSquares.Zip(TargetMeans, (square, mean) => Math.Max(square - (n * mean * mean), 0)).Sum();
        Scales = new double[sums.FeatureCount];
        for (int j = 0; j < Scales.Length; j++)
        {
            double shift = sums.FeatureShift[j], square = diagonal[j], deviation = square - (n * Means[j] * Means[j]);
            double raw = square + (2 * shift * sums.FeatureSums[j]) + (n * shift * shift);
            Scales[j] = Scale(j, deviation <= Noise * square ? 0 : deviation, raw, n, standardise);
            Alive += Scales[j] == 0 ? 0 : 1;
            Trace += Scales[j] == 0 ? 0 : Scales[j] * Scales[j] * deviation;
        }
    }

    /// <summary>The relative rounding of the sums.</summary>
    public double Noise => sums.DoublePrecision ? 1e-13 : 1.0 / (1 << 20);

    public long Rows => sums.Rows;

    public int FeatureCount => sums.FeatureCount;

    public int Outputs => sums.Outputs;

    /// <summary>Means of the shifted features [D].</summary>
    public double[] Means { get; }

    /// <summary>Means of the features as they come [D].</summary>
    public double[] RawMeans => [.. Means.Zip(sums.FeatureShift, (mean, shift) => mean + shift)];

    /// <summary>Means of features made ready by <see cref="GramSums.Prepare"/> [D].</summary>
    public double[] PreparedMeans => sums.DoublePrecision ? RawMeans : Means;

    /// <summary>ȳ [K].</summary>
    public double[] TargetMeans { get; }

    /// <summary>Σ over rows and outputs of (y − ȳ)².</summary>
    public double TargetDeviation { get; }

    /// <summary>What each centred feature is multiplied by; 0 for features without variance.</summary>
    public double[] Scales { get; }

    /// <summary>Features with variance.</summary>
    public int Alive { get; }

    /// <summary>The trace of G.</summary>
    public double Trace { get; }

    /// <summary>The unit of the penalty: the mean diagonal of G over features with variance (1 when there are none).</summary>
    public double Unit => Alive == 0 ? 1 : Trace / Alive;

    /// <summary>What a centred feature is multiplied by: 0 when its values differ by less than their float32 rounding, 1/σ or 1 otherwise.</summary>
    /// <param name="feature">Its number, for the error.</param>
    /// <param name="deviation">Σ (φ − m)².</param>
    /// <param name="square">Σ φ².</param>
    /// <param name="rows">n.</param>
    /// <param name="standardise">Whether to unit variance.</param>
    /// <exception cref="ArgumentException">The feature is not finite.</exception>
    public static double Scale(int feature, double deviation, double square, double rows, bool standardise) =>
        !double.IsFinite(deviation)
            ? throw new ArgumentException($"Feature {feature} has values that are not finite. Scale the inputs, or choose other features.")
            : deviation <= 1e-13 * square ? 0 : standardise ? 1 / Math.Sqrt(deviation / rows) : 1;

    /// <summary>Room for G + λI and its factor without memory of its own: the triangle above the sums and their diagonal, as a lower triangle.</summary>
    public Strided<double> Factor => sums.Gram.Transpose;

    // A line of numbers: rows far apart share few places in the cache, so every line is used whole while it is there.
    private const int Tile = 8;

    /// <summary>Factor ← G + λI (lower triangle); the sums' diagonal is lost until <see cref="Restore"/>.</summary>
    public void Fill(Team team, double penalty) => Fill(team, penalty, Factor);

    /// <summary>to ← G + λI (lower triangle of [D × D]); a dead feature keeps a diagonal of Unit + λ.</summary>
    public void Fill(Team team, double penalty, Strided<double> to)
    {
        const int Chunk = 64;
        Strided<double> from = sums.Gram;
        team.For(RowBlocks.Chunks(FeatureCount, Chunk), chunk =>
        {
            int first = chunk * Chunk, end = Math.Min(first + Chunk, FeatureCount);
            for (int j0 = 0; j0 < end; j0 += Tile)
            {
                for (int i0 = Math.Max(first, j0); i0 < end; i0 += Tile)
                {
                    FillTile(from, to, i0, Math.Min(i0 + Tile, end), j0);
                }
            }

            for (int i = first; i < end; i++)
            {
                to[i, i] = (Scales[i] == 0 ? Unit : (diagonal[i] - (Rows * Means[i] * Means[i])) * (Scales[i] * Scales[i])) + penalty;
            }
        });
    }

    // Rows from i0, a line of columns from j0, as far as they lie below the diagonal.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillTile(Strided<double> from, Strided<double> to, int i0, int end, int j0)
    {
        if (end - i0 == Tile && j0 < i0 && from.ColumnStride == 1 && to.RowStride == 1)
        {
            FillWhole(from.Pointer + i0 * (nint)from.RowStride + j0, (nint)from.RowStride, to.Pointer + j0 * (nint)to.ColumnStride + i0, (nint)to.ColumnStride, i0, j0);
            return;
        }

        for (int i = i0; i < end; i++)
        {
            double mean = (double)Rows * Means[i], scale = Scales[i];
            for (int j = j0; j < Math.Min(j0 + Tile, i); j++)
            {
                to[i, j] = (from[i, j] - (mean * Means[j])) * (scale * Scales[j]);
            }
        }
    }

    // The same for a whole tile, from rows to columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillWhole(double* from, nint fromRow, double* to, nint toColumn, int i0, int j0)
    {
        double* tile = stackalloc double[Tile * Tile];
        Vector512<double> means = Vector512.Create(Means, j0), scales = Vector512.Create(Scales, j0);
        for (int i = 0; i < Tile; i++)
        {
            var products = Vector512.Create((double)Rows * Means[i0 + i]) * means;
            ((Vector512.Load(from + i * fromRow) - products) * (Vector512.Create(Scales[i0 + i]) * scales)).Store(tile + i * Tile);
        }

        for (int j = 0; j < Tile; j++)
        {
            double* column = tile + j;
            Vector512.Create(column[0], column[8], column[16], column[24], column[32], column[40], column[48], column[56]).Store(to + j * toColumn);
        }
    }

    /// <summary>Gives the sums their diagonal back.</summary>
    public void Restore()
    {
        for (int j = 0; j < diagonal.Length; j++)
        {
            sums.GramRow(j)[j] = diagonal[j];
        }
    }

    /// <summary>What is left of the targets' squares; below the rounding of the sums it means nothing.</summary>
    public double Residual(double explained) => Math.Max(TargetDeviation - explained, Noise * TargetDeviation);

    /// <summary>target [D × K] ← B.</summary>
    public void RightHandSide(Strided<double> target)
    {
        double n = Rows;
        for (int j = 0; j < FeatureCount; j++)
        {
            for (int k = 0; k < Outputs; k++)
            {
                target[j, k] = (sums.Cross[j, k] - (n * Means[j] * TargetMeans[k])) * Scales[j];
            }
        }
    }

    /// <summary>The head in the features as they come: w = scale·v rounded to float32, and b = ȳ − wᵀ(mean + shift).</summary>
    public (float[] Weights, float[] Intercepts) Head(double[]? scaled)
    {
        var weights = new float[FeatureCount * Outputs];
        double[] intercepts = [.. TargetMeans];
        for (int j = 0; j < FeatureCount; j++)
        {
            double mean = Means[j] + sums.FeatureShift[j];
            for (int k = 0; k < Outputs; k++)
            {
                int at = (j * Outputs) + k;
                weights[at] = (float)(scaled![at] * Scales[j]);
                intercepts[k] -= weights[at] * mean;
            }
        }

        return (weights, [.. intercepts.Select(value => (float)value)]);
    }
}

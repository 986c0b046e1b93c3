using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>The class whose mean is nearest, lengths measured by the covariance that all classes share (linear discriminant analysis with equal priors).</summary>
/// <remarks>
/// Σ = Σ_i (φ_i − m_c(i))(φ_i − m_c(i))ᵀ/n + shrinkage·(tr Σ/D)·I; a class scores m_cᵀΣ⁻¹φ − ½·m_cᵀΣ⁻¹m_c. Source: Fisher, Annals of Eugenics 7 (1936);
/// Hastie, Tibshirani &amp; Friedman, The Elements of Statistical Learning, sec. 4.3. Classes without rows are never chosen.
/// </remarks>
internal sealed unsafe class NearestClassMean : IDisposable
{
    private readonly NativeBuffer<double> weights;
    private readonly double[] offsets;
    private readonly double[] means;

    private NearestClassMean(NativeBuffer<double> weights, double[] offsets, double[] means) => (this.weights, this.offsets, this.means) = (weights, offsets, means);

    /// <summary>Learns means and covariance. Memory: the features in float64 and a matrix [D × D].</summary>
    /// <param name="team">The threads; they change no bit.</param>
    /// <param name="features">[n × D].</param>
    /// <param name="codes">n classes, from 0 to classes − 1.</param>
    /// <param name="classes">How many classes.</param>
    /// <param name="shrinkage">What is added to the diagonal, relative to its mean, above 0.</param>
    /// <exception cref="ArgumentException">Shapes do not match, a number is not finite, or the covariance is not positive definite.</exception>
    public static NearestClassMean Learn(Team team, Strided<float> features, int[] codes, int classes, double shrinkage = 1e-3)
    {
        if (features.Rows != codes.Length)
        {
            throw new ArgumentException($"{features.Rows} rows come with {codes.Length} classes.", nameof(codes));
        }

        long n = features.Rows, width = features.Columns;
        using NativeBuffer<double> rows = new(n * width), square = new(width * width);
        Strided<double> centred = Strided<double>.RowMajor(rows, n, width), covariance = Strided<double>.RowMajor(square, width, width);
        double[] means = CentredFeatures.Centred(team, features, centred);
        var weights = new NativeBuffer<double>(width * classes);
        Strided<double> w = Strided<double>.RowMajor(weights, width, classes);
        int[] counts = ClassMeans(centred, codes, w);
        using NativeBuffer<double> kept = new(width * classes);
        Strided<double> classMeans = Strided<double>.RowMajor(kept, width, classes);
        Vectors.Copy(weights.Pointer, kept.Pointer, (nint)weights.Length);
        team.For((int)n, i =>
        {
            for (long j = 0; j < width; j++)
            {
                centred[i, j] -= classMeans[j, codes[i]];
            }
        });
        MatrixProduct.MultiplyLower(team, centred.Transpose, centred, covariance, Into.Store);
        Shrink(covariance, n, shrinkage);
        CholeskyStatus status = Cholesky.Factor(team, covariance);
        if (!status.Succeeded)
        {
            weights.Dispose();
            throw new ArgumentException($"The shared covariance is not positive definite: pivot {status.Pivot} is {status.Value:R}. Give more shrinkage than {shrinkage}.", nameof(shrinkage));
        }

        Triangular.Solve(team, covariance, w);
        Triangular.SolveTransposed(team, covariance, w);
        return new(weights, Offsets(w, classMeans, counts), means);
    }

    /// <summary>The class of each row [m × D].</summary>
    public int[] Predict(Team team, Strided<float> features)
    {
        long width = means.Length;
        Strided<double> w = Strided<double>.RowMajor(weights, width, offsets.Length);
        if (features.Columns != width)
        {
            throw new ArgumentException($"The rows have {features.Columns} features but {width} were learned.", nameof(features));
        }

        var chosen = new int[features.Rows];
        team.For(chosen.Length, i =>
        {
            double best = double.NegativeInfinity;
            for (int c = 0; c < offsets.Length; c++)
            {
                double score = offsets[c];
                for (long j = 0; j < width; j++)
                {
                    score = Math.FusedMultiplyAdd(features[i, j] - means[j], w[j, c], score);
                }

                if (score > best)
                {
                    (best, chosen[i]) = (score, c);
                }
            }
        });
        return chosen;
    }

    /// <inheritdoc/>
    public void Dispose() => weights.Dispose();

    private static int[] ClassMeans(Strided<double> rows, int[] codes, Strided<double> result)
    {
        var counts = new int[result.Columns];
        for (int i = 0; i < codes.Length; i++)
        {
            counts[codes[i]]++;
            for (long j = 0; j < rows.Columns; j++)
            {
                result[j, codes[i]] += rows[i, j];
            }
        }

        for (int c = 0; c < counts.Length; c++)
        {
            for (long j = 0; j < rows.Columns && counts[c] > 0; j++)
            {
                result[j, c] /= counts[c];
            }
        }

        return counts;
    }

    private static void Shrink(Strided<double> covariance, long rows, double shrinkage)
    {
        double trace = 0;
        for (long i = 0; i < covariance.Rows; i++)
        {
            for (long j = 0; j <= i; j++)
            {
                covariance[i, j] /= rows;
            }

            trace += covariance[i, i];
        }

        for (long i = 0; i < covariance.Rows; i++)
        {
            covariance[i, i] += shrinkage * trace / covariance.Rows;
        }
    }

    private static double[] Offsets(Strided<double> weights, Strided<double> means, int[] counts)
    {
        var offsets = new double[counts.Length];
        for (int c = 0; c < offsets.Length; c++)
        {
            double sum = 0;
            for (long j = 0; j < means.Rows; j++)
            {
                sum = Math.FusedMultiplyAdd(weights[j, c], means[j, c], sum);
            }

            offsets[c] = counts[c] > 0 ? -0.5 * sum : double.NegativeInfinity;
        }

        return offsets;
    }
}

using SeedHead.Compute;

namespace SeedHead.Heads;

/// <summary>All that a ridge needs to know about n rows: ΦᵀΦ, ΦᵀY and the column sums, for Φ [n × D] features less a fixed shift and Y [n × K] targets.</summary>
/// <remarks>
/// <para>Every sum is one of rows, so sums of two sets of rows add (merge) and subtract (forget). The shift, one number a feature near its mean, is
/// there for accuracy only: float32 products of shifted features lose about ten times less than those of features that are all positive.</para>
/// <para>Products are taken in float32 and summed in float64 by blocks of <see cref="GramProduct.RowBlock"/> rows counted from the first row of each
/// <see cref="Add"/>, or in float64 throughout when <see cref="DoublePrecision"/> says so. Callers add blocks of <see cref="BlockRows"/> rows in order.</para>
/// </remarks>
internal sealed unsafe class GramSums : IDisposable
{
    /// <summary>Rows a caller adds at once; part of the definition of the sums' bits.</summary>
    public const int BlockRows = 4096;

    private readonly NativeBuffer<double> gram;
    private readonly NativeBuffer<double> cross;

    public GramSums(int featureCount, int outputs, ReadOnlySpan<float> shift = default, bool doublePrecision = false)
    {
        if (!shift.IsEmpty && shift.Length != featureCount)
        {
            throw new ArgumentException($"The shift has {shift.Length} numbers for {featureCount} features. Pass one a feature.", nameof(shift));
        }

        FeatureCount = featureCount;
        Outputs = outputs;
        DoublePrecision = doublePrecision;
        gram = new((long)featureCount * featureCount);
        cross = new((long)featureCount * outputs);
        FeatureShift = shift.IsEmpty ? new float[featureCount] : shift.ToArray();
        FeatureSums = new double[featureCount];
        TargetSums = new double[outputs];
        TargetSquares = new double[outputs];
    }

    /// <summary>D.</summary>
    public int FeatureCount { get; }

    /// <summary>K.</summary>
    public int Outputs { get; }

    /// <summary>Whether products are taken in float64.</summary>
    public bool DoublePrecision { get; }

    /// <summary>n, the rows summed; settable only to restore saved sums.</summary>
    public long Rows { get; set; }

    /// <summary>The shift c [D] that is subtracted from every feature before anything is summed, in the precision of the products.</summary>
    public float[] FeatureShift { get; }

    /// <summary>Σ (φ − c) [D].</summary>
    public double[] FeatureSums { get; }

    /// <summary>Σ y [K].</summary>
    public double[] TargetSums { get; }

    /// <summary>Σ y² [K].</summary>
    public double[] TargetSquares { get; }

    /// <summary>Σ (φ − c)(φ − c)ᵀ [D × D], lower triangle; what lies above it has no meaning.</summary>
    public Strided<double> Gram => Strided<double>.RowMajor(gram, FeatureCount, FeatureCount);

    /// <summary>Σ (φ − c) yᵀ [D × K].</summary>
    public Strided<double> Cross => Strided<double>.RowMajor(cross, FeatureCount, Outputs);

    /// <summary>Row <paramref name="row"/> of the lower triangle, row + 1 numbers: for saving and restoring.</summary>
    public Span<double> GramRow(int row) => gram.Span((long)row * FeatureCount, row + 1);

    /// <summary>The D·K numbers of <see cref="Cross"/>, row after row: for saving and restoring.</summary>
    public Span<double> CrossNumbers => cross.Span(0, checked(FeatureCount * Outputs));

    /// <summary>Adds rows.</summary>
    /// <param name="team">The threads.</param>
    /// <param name="features">[b × D]; overwritten as by <see cref="Prepare"/>.</param>
    /// <param name="targets">[b × K].</param>
    public void Add(Team team, Strided<float> features, Strided<float> targets)
    {
        if (Rows == 0)
        {
            Touch(team);
        }

        RowBlocks.AddColumns(Team.Single, targets, null, TargetSums);
        RowBlocks.AddSquares(targets, TargetSquares);
        if (DoublePrecision)
        {
            RowBlocks.AddColumns(team, features, FeatureShift, FeatureSums);
            DoubleGram.Add(team, features, FeatureShift, targets, Gram, Cross);
        }
        else
        {
            for (long first = 0; first < features.Rows; first += GramProduct.RowBlock)
            {
                // So few rows are still near when they are read again; sums of columns and of targets come out the same.
                long rows = Math.Min(GramProduct.RowBlock, features.Rows - first);
                Strided<float> part = features.Block(first, 0, rows, features.Columns);
                RowBlocks.ShiftAndAddColumns(team, part, FeatureShift, FeatureSums);
                GramProduct.AddCross(team, part, targets.Block(first, 0, rows, targets.Columns), Cross);
            }

            GramProduct.Add(team, features, Gram);
        }

        Rows += features.Rows;
    }

    /// <summary>Makes features ready for float32 products: features ← features − shift. Nothing to do where products are taken in float64.</summary>
    public void Prepare(Team team, Strided<float> features)
    {
        if (!DoublePrecision)
        {
            RowBlocks.SubtractShift(team, features, FeatureShift);
        }
    }

    /// <summary>Adds the rows behind other sums of the same features and targets; their shift may differ.</summary>
    public void Merge(GramSums other) => Combine(other, 1);

    /// <summary>Takes away the rows behind other sums, which must be among those summed here.</summary>
    public void Subtract(GramSums other)
    {
        if (other.Rows > Rows)
        {
            throw new ArgumentException($"{other.Rows} rows cannot be taken from {Rows}. Pass rows that were learned.", nameof(other));
        }

        Combine(other, -1);
    }

    private void Touch(Team team)
    {
        const int rows = 64;
        team.For((FeatureCount + rows - 1) / rows, task =>
        {
            for (int row = task * rows; row < Math.Min((task + 1) * rows, FeatureCount); row++)
            {
                gram.Touch((long)row * FeatureCount, row + 1);
            }
        });
    }

    public void Dispose()
    {
        gram.Dispose();
        cross.Dispose();
    }

    // With φ − c = (φ − c') + d, d = c' − c: ΣΣ' terms move by rank-two updates.
    private void Combine(GramSums other, double sign)
    {
        if (other.FeatureCount != FeatureCount || other.Outputs != Outputs)
        {
            throw new ArgumentException(
                $"Sums of {other.FeatureCount} features and {other.Outputs} outputs do not join {FeatureCount} and {Outputs}.", nameof(other));
        }

        double n = other.Rows;
        double[] d = [.. other.FeatureShift.Select((c, j) => (double)c - FeatureShift[j])];
        for (int i = 0; i < FeatureCount; i++)
        {
            CombineRow(GramRow(i), other.GramRow(i), other.FeatureSums, d, i, n, sign);
            var c = CrossNumbers.Slice(i * Outputs, Outputs);
            var from = other.CrossNumbers.Slice(i * Outputs, Outputs);
            for (int k = 0; k < Outputs; k++)
            {
                c[k] += sign * (from[k] + (d[i] * other.TargetSums[k]));
            }
        }

        for (int i = 0; i < FeatureCount; i++)
        {
            FeatureSums[i] += sign * (other.FeatureSums[i] + (n * d[i]));
        }

        for (int k = 0; k < Outputs; k++)
        {
            TargetSums[k] += sign * other.TargetSums[k];
            TargetSquares[k] += sign * other.TargetSquares[k];
        }

        Rows += (long)sign * other.Rows;
    }

    private static void CombineRow(Span<double> to, ReadOnlySpan<double> from, double[] sums, double[] d, int i, double n, double sign)
    {
        double left = sums[i] + (n * d[i]);
        for (int j = 0; j <= i; j++)
        {
            to[j] += sign * (from[j] + (left * d[j]) + (d[i] * sums[j]));
        }
    }
}

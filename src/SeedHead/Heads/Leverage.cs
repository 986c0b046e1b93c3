using SeedHead.Compute;

namespace SeedHead.Heads;

/// <summary>How far a row of features lies from those learned: h(x) = 1/n + φ̃ᵀ(G + λI)⁻¹φ̃, the variance of its prediction in units of σ².</summary>
/// <remarks>Holds a factor of its own, D² numbers in float64; safe for use by many threads at once.</remarks>
internal sealed unsafe class Leverage : IDisposable
{
    private const int Columns = 512;

    private readonly NativeBuffer<double> factor;
    private readonly double[] means, scales;
    private readonly double intercept;

    /// <param name="run">Threads and cancellation.</param>
    /// <param name="sums">What was learned; not kept.</param>
    /// <param name="absolutePenalty">As in the fit, &gt; 0.</param>
    /// <param name="standardise">As in the fit.</param>
    /// <exception cref="ArgumentException">The penalty does not make the Gram matrix positive definite.</exception>
    public Leverage(Execution run, GramSums sums, double absolutePenalty, bool standardise)
    {
        var centred = new CentredSums(sums, standardise);
        means = centred.RawMeans;
        scales = centred.Scales;
        intercept = 1.0 / sums.Rows;
        factor = new((long)sums.FeatureCount * sums.FeatureCount);
        centred.Fill(run.Team, absolutePenalty, Factor);
        if (!Cholesky.Factor(run.Team, Factor).Succeeded)
        {
            factor.Dispose();
            throw new ArgumentException($"The Gram matrix and the penalty {absolutePenalty} do not belong together. Pass those of one fit.", nameof(absolutePenalty));
        }
    }

    private Strided<double> Factor => Strided<double>.RowMajor(factor, scales.Length, scales.Length);

    /// <summary>The leverage beyond which a new row lies farther out than every training row did when it was left out: the largest h/(1 − h).</summary>
    /// <param name="training">Leverages of training rows, from the fit.</param>
    public static double Limit(ReadOnlySpan<double> training)
    {
        double limit = 0;
        foreach (double h in training)
        {
            limit = Math.Max(limit, h / Math.Max(1 - h, 1e-12));
        }

        return limit;
    }

    /// <summary>leverages[r] ← h of row r of features [b × D], as they come.</summary>
    public void Of(Team team, Strided<float> features, Span<double> leverages)
    {
        using var buffer = new NativeBuffer<double>(scales.Length * Math.Min(Columns, features.Rows));
        leverages.Fill(intercept);
        fixed (double* sums = leverages)
        {
            for (long first = 0; first < features.Rows; first += Columns)
            {
                long count = Math.Min(Columns, features.Rows - first);
                var columns = Strided<double>.RowMajor(buffer, scales.Length, count);
                RowBlocks.CentredColumns(team, features.Block(first, 0, count, scales.Length), means, scales, columns);
                Triangular.Solve(team, Factor, columns);
                RowBlocks.AddColumnSquares(team, columns, sums + first);
            }
        }
    }

    public void Dispose() => factor.Dispose();
}

using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>One draw of features with its targets: all expectations that an exact fit needs.</summary>
/// <param name="Count">Features.</param>
/// <param name="FillRow">Writes row i of the Gram matrix, columns 0 … i, into its span of Count numbers.</param>
/// <param name="Targets">Targets.</param>
/// <param name="Product">E f_i·g_t.</param>
/// <param name="Energy">E g_t².</param>
internal sealed record LimitsCase(int Count, LimitsRow FillRow, int Targets, Func<int, int, double> Product, Func<int, double> Energy)
{
    /// <summary>Relative errors: for each leading number of features one a target; and how many directions of the last Gram matrix were too small to keep.</summary>
    public (double[][] Errors, int Dropped) Solve(IReadOnlyList<int> counts, Team team)
    {
        var gram = new double[(long)Count * Count];
        var products = new double[(long)Count * Targets];
        team.For(Count, i =>
        {
            FillRow(i, gram.AsSpan(i * Count, Count));
            for (int t = 0; t < Targets; t++)
            {
                products[((long)i * Targets) + t] = Product(i, t);
            }
        });
        double[] energies = [.. Enumerable.Range(0, Targets).Select(Energy)];
        var errors = new double[counts.Count][];
        int dropped = 0;
        for (int k = 0; k < counts.Count; k++)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            LimitsFit fit = LimitsFit.Of(gram, Count, counts[k], team);
            dropped = fit.Features - fit.Rank;
            errors[k] = fit.Errors(products, Targets, energies, team);
            for (int t = 0; t < Targets; t++)
            {
                errors[k][t] /= energies[t];
            }
        }

        return (errors, dropped);
    }
}

/// <summary>Writes a row of a Gram matrix up to its diagonal.</summary>
internal delegate void LimitsRow(int row, Span<double> to);

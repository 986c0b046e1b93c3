namespace SeedHead.Compute;

/// <summary>Few orthonormal columns Q [m × l] that hold nearly all of a matrix A [m × n]: ‖A − Q·Qᵀ·A‖ is little more than singular value l + 1.</summary>
/// <remarks>
/// <para>Q₀ = orth(A·Ω); then for every power: P = orth(Aᵀ·Q), Q = orth(A·P), with orth by <see cref="TallSkinnyQr"/> and products by
/// <see cref="MatrixProduct"/>, whose orders of sums are the whole definition. Ω [n × l] holds independent standard normal numbers and is the
/// caller's.</para>
/// <para>Error, for every k ≤ l − 2, p = l − k and s = 2·powers + 1, on average over Ω:
/// ‖A − Q·Qᵀ·A‖₂ ≤ [(1 + √(k/(p − 1)))·σ_(k+1)^s + e·√(k + p)/p·(Σ_(j&gt;k) σ_j^(2s))^½]^(1/s), and without powers
/// ‖A − Q·Qᵀ·A‖_F ≤ (1 + k/(p − 1))^½·(Σ_(j&gt;k) σ_j²)^½. No Q of l columns is better than σ_(l+1).</para>
/// <para>Source: N. Halko, P.-G. Martinsson, J. Tropp, "Finding structure with randomness", SIAM Review 53 (2011): algorithm 4.4, theorems 10.5 and 10.6,
/// corollary 10.10.</para>
/// </remarks>
internal static class RangeFinder
{
    /// <summary>q ← Q.</summary>
    /// <param name="team">The threads.</param>
    /// <param name="a">A [m × n].</param>
    /// <param name="test">Ω [n × l], l ≤ min(m, n).</param>
    /// <param name="powers">How often Aᵀ and A are applied again: 0 where singular values fall fast, 1 or 2 where they fall slowly.</param>
    /// <param name="q">[m × l].</param>
    /// <exception cref="ArgumentException">Shapes do not match, or A·Ω holds an infinity or NaN.</exception>
    public static void Find(Team team, Strided<double> a, Strided<double> test, int powers, Strided<double> q)
    {
        long l = test.Columns;
        if (test.Rows != a.Columns || l > Math.Min(a.Rows, a.Columns) || q.Rows != a.Rows || q.Columns != l)
        {
            throw new ArgumentException(
                $"A [{a.Rows} × {a.Columns}] needs Ω [{a.Columns} × l] (not [{test.Rows} × {l}]) and Q [{a.Rows} × l] (not [{q.Rows} × {q.Columns}]),"
                + $" l at most {Math.Min(a.Rows, a.Columns)}.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(powers);
        using var memory = new NativeBuffer<double>(a.Columns * l);
        Strided<double> p = Strided<double>.RowMajor(memory, a.Columns, l);
        Apply(team, a, test, q);
        for (int power = 0; power < powers; power++)
        {
            Apply(team, a.Transpose, q, p);
            Apply(team, a, p, q);
        }
    }

    /// <summary>result ← orth(A·B), whose columns span what those of A·B do.</summary>
    private static void Apply(Team team, Strided<double> a, Strided<double> b, Strided<double> result)
    {
        MatrixProduct.Multiply(team, a, b, result);
        using TallSkinnyQr qr = TallSkinnyQr.Factor(team, result);
        qr.FormThin(team, result);
    }
}

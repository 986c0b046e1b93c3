using SeedHead.Compute;
using SeedHead.Data;

namespace SeedHead.Studies;

/// <summary>The target's energy by polynomial degree, from pairs of rows.</summary>
/// <remarks>
/// <para>Inputs are mapped to normal scores column by column and made uncorrelated. For z, z′ ~ N(0, I) the products of normalised Hermite polynomials of degree k add up to
/// K_k(z, z′), the coefficient of t^k in Mehler's (1 − t²)^(−d/2)·exp((t·p − t²·s/2)/(1 − t²)) with p = ⟨z, z′⟩, s = ‖z‖² + ‖z′‖². E K_k(z, z′)·y·y′ is the energy of degree k.</para>
/// <para>With ln of that function = Σ g_m·t^m, g_m = p for odd m and d/m − s/2 for even m: k·K_k = Σ_{m=1..k} m·g_m·K_{k−m}.</para>
/// </remarks>
internal sealed record ProbeDegrees(IReadOnlyList<ProbeShare> Shares, int Rows, bool Uncorrelated)
{
    public const int Highest = 4;

    /// <summary>Inputs are too far from normal where the mean of K_k² over pairs is more than so many times C(d + k − 1, k), its value for normal ones.</summary>
    public const double MostInflated = 3;

    private const int MostRows = 768;
    private const int Permutations = 99;
    private const int SamplePurpose = 904; // of Random.Order
    private const int OrderPurpose = 905;

    public static ProbeDegrees Of(Dataset data, ulong seed, Team team)
    {
        Dataset rows = data.Count <= MostRows ? data : data.Select(Random.Order.Sample(seed, SamplePurpose, data.Count, MostRows));
        Preprocessing prepared = Preprocessing.Learn(rows.Inputs);
        var points = new float[rows.Count * prepared.Columns];
        prepared.Apply(rows.Inputs, 0, rows.Count, points);
        (float[] targets, int outputs) = ProbeRows.TargetsOf(rows.Target!);
        double[][] z = NormalScores.Of(points, rows.Count, prepared.Columns);
        bool decorrelate = z[0].Length <= rows.Count / 4;
        z = decorrelate ? NormalScores.Uncorrelated(team, z) : z;
        return new(SharesOf(Kernels(z), Products(targets, rows.Count, outputs), z, seed), rows.Count, decorrelate);
    }

    /// <summary>K_1 … K_Highest of a pair.</summary>
    public static void Mehler(double product, double squares, int columns, Span<double> to)
    {
        Span<double> k = stackalloc double[Highest + 1];
        k[0] = 1;
        for (int degree = 1; degree <= Highest; degree++)
        {
            double sum = 0;
            for (int m = 1; m <= degree; m++)
            {
                sum += m * ((m & 1) == 1 ? product : (columns / (double)m) - (squares / 2)) * k[degree - m];
            }

            k[degree] = sum / degree;
        }

        k[1..].CopyTo(to);
    }

    /// <summary>K of all pairs i &gt; j, degree by degree.</summary>
    private static double[][] Kernels(double[][] z)
    {
        int n = z.Length;
        double[][] kernels = [.. Enumerable.Range(0, Highest).Select(_ => new double[n * (n - 1) / 2])];
        double[] squares = [.. z.Select(row => LimitsDraws.Dot(row, row))];
        Span<double> values = stackalloc double[Highest];
        for (int i = 0, at = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++, at++)
            {
                Mehler(LimitsDraws.Dot(z[i], z[j]), squares[i] + squares[j], z[i].Length, values);
                for (int k = 0; k < Highest; k++)
                {
                    kernels[k][at] = values[k];
                }
            }
        }

        return kernels;
    }

    /// <summary>Σ_k (y_ik − ȳ_k)(y_jk − ȳ_k) [n × n] over the variance: the mean of the diagonal is 1.</summary>
    private static double[] Products(float[] targets, int n, int outputs)
    {
        var centred = new double[n][];
        var means = new double[outputs];
        for (int i = 0; i < targets.Length; i++)
        {
            means[i % outputs] += targets[i] / (double)n;
        }

        for (int i = 0; i < n; i++)
        {
            centred[i] = [.. Enumerable.Range(0, outputs).Select(k => targets[(i * outputs) + k] - means[k])];
        }

        double variance = centred.Sum(row => LimitsDraws.Dot(row, row)) / n;
        var products = new double[n * n];
        for (int i = 0; i < products.Length; i++)
        {
            products[i] = variance > 0 ? LimitsDraws.Dot(centred[i / n], centred[i % n]) / variance : 0;
        }

        return products;
    }

    private static ProbeShare[] SharesOf(double[][] kernels, double[] products, double[][] z, ulong seed)
    {
        int n = z.Length;
        double[] found = Sums(kernels, products, [.. Enumerable.Range(0, n)]);
        var reached = new int[Highest];
        for (int permutation = 0; permutation < Permutations; permutation++)
        {
            double[] sums = Sums(kernels, products, Random.Order.Permutation(Random.Order.Key(seed, OrderPurpose, permutation), OrderPurpose, n));
            for (int k = 0; k < Highest; k++)
            {
                reached[k] += sums[k] >= found[k] ? 1 : 0;
            }
        }

        return [.. found.Select((sum, k) => new ProbeShare(k + 1, IsNormal(kernels[k], z[0].Length, k + 1) ? sum / kernels[k].Length : null, (1.0 + reached[k]) / (1 + Permutations), double.NaN))];
    }

    private static bool IsNormal(double[] kernel, int columns, int degree)
    {
        double squares = 0, expected = 1;
        foreach (double value in kernel)
        {
            squares = Math.FusedMultiplyAdd(value, value, squares);
        }

        for (int j = 0; j < degree; j++)
        {
            expected *= (columns + j) / (j + 1.0); // C(d + k − 1, k)
        }

        return squares / kernel.Length <= MostInflated * expected;
    }

    private static double[] Sums(double[][] kernels, double[] products, int[] order)
    {
        int n = order.Length;
        var sums = new double[Highest];
        for (int i = 0, at = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = products.AsSpan(order[i] * n, n);
            for (int j = 0; j < i; j++, at++)
            {
                double product = row[order[j]];
                for (int k = 0; k < Highest; k++)
                {
                    sums[k] = Math.FusedMultiplyAdd(kernels[k][at], product, sums[k]);
                }
            }
        }

        return sums;
    }
}

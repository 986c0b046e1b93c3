using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Studies;

/// <summary>E14 and E15: targets of growing frequency, and parities on the cube, both exact.</summary>
internal static class LimitsWaves
{
    private const int MostCubeDimensions = 14;

    /// <summary>Frequencies of the sweep.</summary>
    public static IReadOnlyList<double> Frequencies { get; } = [0.5, 1, 1.5, 2, 3];

    public static IEnumerable<LimitsCurve> Growing(LimitsQuestion question, Execution run, List<string> notes)
    {
        foreach (int d in question.Dimensions)
        {
            foreach (double omega in Frequencies)
            {
                double[] coefficients = Coefficients(omega), energies = [.. coefficients.Select(a => a * a)];
                yield return LimitsCurves.Errors(
                    $"ω = {omega}", d, question, run, notes, 1, draw => Wave(question, d, draw, coefficients), n => ZonalKernel.SeriesBound(d, energies, n));
            }
        }

        notes.Add("the Lipschitz constant of the target is √2·ω; its Hermite degrees lie around ω²");
    }

    /// <summary>Hermite coefficients of √2·cos(ωz + π/4) = cos ωz − sin ωz, which has energy 1 for every ω: ±e^(−ω²/2)·ω^k/√k!.</summary>
    public static double[] Coefficients(double omega)
    {
        double square = omega * omega, size = Elementary.Exp(-square / 2);
        var coefficients = new double[(int)(square + (8 * omega)) + 24]; // what is left out is below 1e-15
        for (int k = 0; k < coefficients.Length; k++)
        {
            coefficients[k] = k % 4 is 1 or 2 ? -size : size; // cos: + 0 − 0; −sin: 0 − 0 +
            size *= omega / Math.Sqrt(k + 1.0);
        }

        return coefficients;
    }

    public static IEnumerable<LimitsCurve> Parities(LimitsQuestion question, Execution run, List<string> notes)
    {
        foreach (int d in question.Dimensions)
        {
            if (d > MostCubeDimensions)
            {
                throw new ArgumentException($"Parities are averaged over all 2^d corners of the cube; d = {d} has too many. Take --dimension of at most {MostCubeDimensions}.");
            }

            for (int power = 1; power <= Math.Min(4, d); power++)
            {
                int k = power;
                double all = Choose(d, k);
                yield return LimitsCurves.Errors($"parity of {k}", d, question, run, notes, 1, draw => Parity(question, d, draw, k), n => Math.Max(0, 1 - (n / all)));
            }
        }
    }

    /// <summary>Numbers a draw of parities keeps: every feature at every corner.</summary>
    public static double Numbers(LimitsQuestion question) => (double)question.Widths.Max() * (1 << Math.Min(MostCubeDimensions, question.Dimensions.Max()));

    private static LimitsCase Wave(LimitsQuestion question, int dimension, int draw, double[] coefficients)
    {
        LimitsCase features = LimitsCases.Polynomials(question, dimension, draw, true, 1); // the same features, other targets
        var weights = new WeightStream(question.Seed);
        int count = question.Widths[^1];
        double[][] w = LimitsDraws.Directions(weights, draw, LimitsDraws.FeatureLayer, count, dimension);
        double[][] v = LimitsDraws.Directions(weights, draw, LimitsDraws.TargetLayer, question.Targets, dimension);
        double[][] c = [.. Enumerable.Range(0, count).Select(i =>
            HermiteRelu.Coefficients(weights.Normal(new(draw, LimitsDraws.FeatureLayer, i, 0, WeightKind.Bias)), coefficients.Length))];
        return features with { Product = Product, Energy = _ => 1 };

        double Product(int i, int t)
        {
            double cosine = LimitsDraws.Cosine(w[i], v[t]), sum = 0;
            for (int k = coefficients.Length - 1; k >= 0; k--)
            {
                sum = Math.FusedMultiplyAdd(sum, cosine, c[i][k] * coefficients[k]);
            }

            return sum;
        }
    }

    /// <summary>Features (⟨w, x⟩ + b)₊ and parities of random sets, averaged over all corners of {−1, 1}^d.</summary>
    private static LimitsCase Parity(LimitsQuestion question, int dimension, int draw, int size)
    {
        var weights = new WeightStream(question.Seed);
        int count = question.Widths[^1], corners = 1 << dimension;
        double[][] values = [.. Enumerable.Range(0, count).Select(i => Corners(weights, draw, i, dimension))];
        int[] sets = [.. Enumerable.Range(0, question.Targets).Select(t => Set(weights, draw, t, dimension, size))];
        return new LimitsCase(count, FillRow, sets.Length, Product, _ => 1);

        void FillRow(int row, Span<double> to)
        {
            for (int j = 0; j <= row; j++)
            {
                to[j] = LimitsDraws.Dot(values[row], values[j]) / corners;
            }
        }

        double Product(int i, int t)
        {
            double sum = 0;
            for (int corner = 0; corner < corners; corner++)
            {
                sum += (System.Numerics.BitOperations.PopCount((uint)(corner & sets[t])) & 1) == 0 ? values[i][corner] : -values[i][corner];
            }

            return sum / corners;
        }
    }

    private static double[] Corners(WeightStream weights, int draw, int row, int dimension)
    {
        double[] w = LimitsDraws.Direction(weights, draw, LimitsDraws.FeatureLayer, row, dimension);
        double bias = weights.Normal(new(draw, LimitsDraws.FeatureLayer, row, 0, WeightKind.Bias));
        var values = new double[1 << dimension];
        for (int corner = 0; corner < values.Length; corner++)
        {
            double sum = bias;
            for (int j = 0; j < dimension; j++)
            {
                sum += (corner >> j & 1) == 0 ? w[j] : -w[j];
            }

            values[corner] = Math.Max(0, sum);
        }

        return values;
    }

    /// <summary>A random set of coordinates as bits: those of the largest of d random numbers.</summary>
    private static int Set(WeightStream weights, int draw, int target, int dimension, int size)
    {
        var places = Enumerable.Range(0, dimension).OrderByDescending(j => weights.Word(new(draw, LimitsDraws.TargetLayer, target, j, WeightKind.Order))).Take(size);
        return places.Aggregate(0, (bits, j) => bits | (1 << j));
    }

    private static double Choose(int n, int k) => Enumerable.Range(1, k).Aggregate(1.0, (product, i) => product * (n - k + i) / i);
}

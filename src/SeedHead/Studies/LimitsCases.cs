using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Studies;

/// <summary>The cases of the studies: ReLU features with or without biases, tangent features; neurons and Hermite polynomials as targets.</summary>
internal static class LimitsCases
{
    /// <summary>Features (⟨w, x⟩)₊, or (⟨w, x⟩ + b)₊ with b ~ N(0, 1), ‖w‖ = 1; targets (⟨v, x⟩ + β)₊, ‖v‖ = 1.</summary>
    public static LimitsCase Neurons(LimitsQuestion question, int dimension, int draw, bool biased, double beta)
    {
        var weights = new WeightStream(question.Seed);
        int count = question.Widths[^1];
        double[][] w = LimitsDraws.Directions(weights, draw, LimitsDraws.FeatureLayer, count, dimension), v = Targets(question, draw, dimension);
        double[] b = Biases(weights, draw, count, biased);
        return new LimitsCase(
            count, Relu(w, b), v.Length, (i, t) => ReluPair.Expectation(b[i], beta, LimitsDraws.Cosine(w[i], v[t])), _ => ReluPair.Energy(beta));
    }

    /// <summary>The same features; targets h_k(⟨v, x⟩): E f_i·g = c_k(b_i)·ρ^k.</summary>
    public static LimitsCase Polynomials(LimitsQuestion question, int dimension, int draw, bool biased, int power)
    {
        var weights = new WeightStream(question.Seed);
        int count = question.Widths[^1];
        double[][] w = LimitsDraws.Directions(weights, draw, LimitsDraws.FeatureLayer, count, dimension), v = Targets(question, draw, dimension);
        double[] b = Biases(weights, draw, count, biased), c = [.. b.Select(bias => HermiteRelu.Coefficients(bias, power + 1)[power])];
        return new LimitsCase(count, Relu(w, b), v.Length, Product, _ => 1);

        double Product(int i, int t)
        {
            double cosine = LimitsDraws.Cosine(w[i], v[t]), product = c[i];
            for (int k = 0; k < power; k++)
            {
                product *= cosine;
            }

            return product;
        }
    }

    /// <summary>Tangent features x_j·1{⟨w_i, x⟩ &gt; 0}, d a neuron; targets (⟨v, x⟩)₊.</summary>
    public static LimitsCase Tangents(LimitsQuestion question, int dimension, int draw)
    {
        var weights = new WeightStream(question.Seed);
        int neurons = question.Widths[^1];
        double[][] w = LimitsDraws.Directions(weights, draw, LimitsDraws.FeatureLayer, neurons, dimension), v = Targets(question, draw, dimension);
        var products = new Lazy<double[][]>[neurons];
        for (int i = 0; i < neurons; i++)
        {
            int neuron = i;
            products[i] = new(() => [.. v.Select(target => Along(w[neuron], target))]);
        }

        return new LimitsCase(neurons * dimension, FillRow, v.Length, (i, t) => products[i / dimension].Value[t][i % dimension], _ => 0.5);

        void FillRow(int row, Span<double> to)
        {
            var block = new double[dimension * dimension];
            for (int j = 0; j <= row / dimension; j++)
            {
                TangentFeatures.Block(w[row / dimension], w[j], block);
                block.AsSpan(row % dimension * dimension, dimension).CopyTo(to[(j * dimension)..]);
            }
        }
    }

    /// <summary>Features that know the target: w_i along cos a·v + sin a·u_i, u_i uniform on the sphere; one target a draw.</summary>
    public static LimitsCase Leaning(LimitsQuestion question, int dimension, int draw, double angle)
    {
        var weights = new WeightStream(question.Seed);
        int count = question.Widths[^1];
        double[] v = LimitsDraws.Direction(weights, draw, LimitsDraws.TargetLayer, 0, dimension);
        double[][] w = LimitsDraws.Directions(weights, draw, LimitsDraws.FeatureLayer, count, dimension);
        (double cos, double sin) = (Elementary.Cos(angle), Elementary.Sin(angle));
        foreach (double[] direction in w)
        {
            for (int i = 0; i < dimension; i++)
            {
                direction[i] = (cos * v[i]) + (sin * direction[i]);
            }

            double length = Math.Sqrt(LimitsDraws.Dot(direction, direction));
            for (int i = 0; i < dimension; i++)
            {
                direction[i] /= length;
            }
        }

        return new LimitsCase(count, Relu(w, new double[count]), 1, (i, _) => ReluPair.Expectation(0, 0, LimitsDraws.Cosine(w[i], v)), _ => 0.5);
    }

    private static double[][] Targets(LimitsQuestion question, int draw, int dimension) =>
        LimitsDraws.Directions(new WeightStream(question.Seed), draw, LimitsDraws.TargetLayer, question.Targets, dimension);

    private static double[] Biases(WeightStream weights, int draw, int count, bool biased) =>
        [.. Enumerable.Range(0, count).Select(i => biased ? weights.Normal(new(draw, LimitsDraws.FeatureLayer, i, 0, WeightKind.Bias)) : 0.0)];

    private static LimitsRow Relu(double[][] w, double[] b) => (row, to) =>
    {
        for (int j = 0; j < row; j++)
        {
            to[j] = ReluPair.Expectation(b[row], b[j], LimitsDraws.Cosine(w[row], w[j]));
        }

        to[row] = ReluPair.Energy(b[row]);
    };

    private static double[] Along(double[] w, double[] v)
    {
        int d = v.Length;
        var block = new double[d * d];
        TangentFeatures.Block(w, v, block);
        return [.. Enumerable.Range(0, d).Select(i => LimitsDraws.Dot(block.AsSpan(i * d, d), v))];
    }
}

using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>What one fit reached.</summary>
/// <param name="Choosing">Mean squared error on the rows that chose the penalty.</param>
/// <param name="Penalty">The penalty, in parts of the features' total variance.</param>
/// <param name="Errors">Squared error of every test row.</param>
internal sealed record ProbeFit(double Choosing, double Penalty, double[] Errors);

/// <summary>Ridge with a free intercept; the penalty is the one of least error on the choosing rows, then training and choosing rows are fitted together.</summary>
/// <remarks>A narrower network is the corner of a wider one, so the sums over rows are formed once for all widths.</remarks>
internal static unsafe class ProbeRidge
{
    /// <summary>λ: the ridge is λ·T, T the features' total variance over the rows fitted.</summary>
    public static IReadOnlyList<double> Penalties { get; } = [1, 0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 3e-7, 1e-7, 3e-8, 1e-8];

    /// <summary>Fits the first so many features, for every width.</summary>
    /// <param name="team">The threads.</param>
    /// <param name="features">φ of all rows.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="widths">The widths.</param>
    /// <param name="share">Of training and choosing rows the first so many, as a share.</param>
    public static ProbeFit[] Fit(Team team, Strided<float> features, ProbeRows rows, IReadOnlyList<int> widths, double share = 1)
    {
        int training = Math.Max(2, (int)(rows.Training * share)), choosing = Math.Max(1, (int)(rows.Choosing * share));
        using ProbeSums first = ProbeSums.Of(team, features, rows, 0, training), both = ProbeSums.Of(team, features, rows, rows.Training, choosing);
        both.Add(first);
        return [.. widths.Select(width =>
        {
            (double error, double penalty) = Choose(lambda => first.Solve(team, width, lambda), weights => Mean(Errors(features, rows, weights, width, rows.Training, choosing)));
            double[] final = Largest(penalty, lambda => both.Solve(team, width, lambda));
            return new ProbeFit(error, penalty, Errors(features, rows, final, width, rows.FirstTest, rows.Testing));
        })];
    }

    /// <summary>The penalty of least error; smaller ones that cannot be solved are not tried.</summary>
    public static (double Error, double Penalty) Choose(Func<double, double[]?> solve, Func<double[], double> error)
    {
        (double Error, double Penalty) best = (double.PositiveInfinity, Penalties[0]);
        foreach (double penalty in Penalties)
        {
            if (solve(penalty) is not { } weights)
            {
                break;
            }

            double found = error(weights);
            best = found < best.Error ? (found, penalty) : best;
        }

        return best;
    }

    /// <summary>The solution at a penalty or at the next larger one that has one.</summary>
    public static double[] Largest(double penalty, Func<double, double[]?> solve)
    {
        for (double lambda = penalty; ; lambda *= 10)
        {
            if (solve(lambda) is { } weights)
            {
                return weights;
            }

            if (lambda > 1e6)
            {
                throw new ArgumentException("No penalty makes the sums of the features positive definite: inputs are not finite. Scale them.");
            }
        }
    }

    public static double Mean(double[] errors) => errors.Sum() / errors.Length;

    /// <summary>Squared errors of rows; the last K weights are intercepts.</summary>
    private static double[] Errors(Strided<float> features, ProbeRows rows, double[] weights, int width, int from, int count)
    {
        int outputs = rows.Outputs;
        var errors = new double[count];
        var scores = new double[outputs];
        for (int i = 0; i < count; i++)
        {
            weights.AsSpan(width * outputs).CopyTo(scores);
            float* row = features.Pointer + ((from + i) * features.RowStride);
            for (int j = 0; j < width; j++)
            {
                for (int k = 0; k < outputs; k++)
                {
                    scores[k] = Math.FusedMultiplyAdd(row[j], weights[(j * outputs) + k], scores[k]);
                }
            }

            for (int k = 0; k < outputs; k++)
            {
                double difference = rows.Targets[((from + i) * outputs) + k] - scores[k];
                errors[i] += difference * difference;
            }
        }

        return errors;
    }
}

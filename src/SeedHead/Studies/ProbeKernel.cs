using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>Infinitely many random features: ridge in the closed-form kernel of <see cref="ProbeLayer"/>'s law.</summary>
internal static unsafe class ProbeKernel
{
    public static ProbeFit Fit(Team team, ProbeRows rows, Execution run)
    {
        var kernel = new LimitKernel(Architecture.Parse($"{rows.Columns}-1-relu-1"), WeightPrior.Parse(ProbeLayer.Law));
        using LimitGram gram = kernel.Gram(new Numbers(rows.Points, rows.Columns), run: run);
        return Fit(team, rows, gram.Nngp.Values);
    }

    /// <summary>Polynomials of at most a degree: ridge in the kernel (1 + ⟨x, x′⟩/d)^degree, degree after degree.</summary>
    public static IReadOnlyList<ProbeFit> Polynomials(Team team, ProbeRows rows, int highest)
    {
        using var products = new NativeBuffer<float>((long)rows.Count * rows.Count);
        using var powers = new NativeBuffer<double>((long)rows.Count * rows.Count);
        Strided<float> product = Strided<float>.RowMajor(products, rows.Count, rows.Count);
        fixed (float* x = rows.Points)
        {
            Strided<float> points = Strided<float>.RowMajor(x, rows.Count, rows.Columns);
            MatrixProduct.Multiply(team, points, points.Transpose, product);
        }

        var fits = new List<ProbeFit>();
        for (int degree = 1; degree <= highest; degree++)
        {
            for (long i = 0; i < products.Length; i++)
            {
                double linear = 1 + ((double)products.Pointer[i] / rows.Columns);
                powers.Pointer[i] = degree == 1 ? linear : powers.Pointer[i] * linear;
            }

            fits.Add(Fit(team, rows, Strided<double>.RowMajor(powers, rows.Count, rows.Count)));
        }

        return fits;
    }

    private static ProbeFit Fit(Team team, ProbeRows rows, Strided<double> values)
    {
        (double error, double penalty) = ProbeRidge.Choose(
            lambda => Solve(team, values, rows, rows.Training, lambda), weights => ProbeRidge.Mean(Errors(values, rows, weights, rows.Training, rows.Training, rows.Choosing)));
        double[] final = ProbeRidge.Largest(penalty, lambda => Solve(team, values, rows, rows.FirstTest, lambda));
        return new(error, penalty, Errors(values, rows, final, rows.FirstTest, rows.FirstTest, rows.Testing));
    }

    /// <summary>(H·K·H + n·λ·T·I)·α = H·Y with H = I − 11ᵀ/n; K intercepts follow.</summary>
    private static double[]? Solve(Team team, Strided<double> kernel, ProbeRows rows, int n, double penalty)
    {
        (double[] means, double grand) = Means(kernel, n);
        using var work = new NativeBuffer<double>((long)n * n);
        Strided<double> matrix = Strided<double>.RowMajor(work, n, n);
        double total = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                matrix[i, j] = kernel[i, j] - means[i] - means[j] + grand;
            }

            total += matrix[i, i];
        }

        for (int i = 0; i < n; i++)
        {
            matrix[i, i] += penalty * total; // n·λ·T with T = total/n
        }

        int outputs = rows.Outputs;
        var weights = new double[(n + 1) * outputs];
        for (int i = 0; i < n * outputs; i++)
        {
            weights[i] = rows.Targets[i];
            weights[(n * outputs) + (i % outputs)] += rows.Targets[i] / (double)n;
        }

        for (int i = 0; i < n * outputs; i++)
        {
            weights[i] -= weights[(n * outputs) + (i % outputs)];
        }

        if (!Cholesky.Factor(team, matrix).Succeeded)
        {
            return null;
        }

        fixed (double* w = weights)
        {
            Strided<double> right = Strided<double>.RowMajor(w, n, outputs);
            Triangular.Solve(team, matrix, right);
            Triangular.SolveTransposed(team, matrix, right);
        }

        return weights;
    }

    private static (double[] Means, double Grand) Means(Strided<double> kernel, int n)
    {
        var means = new double[n];
        for (int i = 0; i < n; i++)
        {
            means[i] = Sum(kernel.Row(i)[..n]) / n;
        }

        return (means, Sum(means) / n);
    }

    private static double[] Errors(Strided<double> kernel, ProbeRows rows, double[] weights, int n, int from, int count)
    {
        int outputs = rows.Outputs;
        double[] means = Means(kernel, n).Means;
        double grand = Sum(means) / n;
        var errors = new double[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> row = kernel.Row(from + i)[..n];
            double mean = Sum(row) / n;
            for (int k = 0; k < outputs; k++)
            {
                double score = weights[(n * outputs) + k];
                for (int j = 0; j < n; j++)
                {
                    score = Math.FusedMultiplyAdd(row[j] - mean - means[j] + grand, weights[(j * outputs) + k], score);
                }

                double difference = rows.Targets[((from + i) * outputs) + k] - score;
                errors[i] += difference * difference;
            }
        }

        return errors;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }
}

using System.Text.Json;
using SeedHead.Compute;
using SeedHead.Heads;

namespace SeedHead.Tests.Heads;

public unsafe class GaussianProcessTests
{
    [Fact]
    public void Everything_equals_what_NumPy_finds_without_a_Cholesky_factor()
    {
        const int rows = 70, more = 3;
        double[][] x = Grid(1, (rows + more) * 3), noise = Grid(2, rows, 1);
        double[] kernel = Matrix(rows, rows, (i, j) => Cubic(x[i], x[j])), y = [.. Enumerable.Range(0, rows).SelectMany(i => (double[])[(x[i][0] * x[i][1]) + (noise[i][0] / 4), Math.Max(x[i][2], 0)])];
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "gaussian-process.json")));
        foreach (JsonElement answer in golden.RootElement.GetProperty("answers").EnumerateArray()) // from Golden/gaussian-process.py
        {
            fixed (double* k = kernel, targets = y)
            {
                using var process = new GaussianProcess(new(2), Square(k, rows), Strided<double>.RowMajor(targets, rows, 2), classification: false);
                GaussianProcessPoint point = process.Factor(answer.GetProperty("noise").GetDouble());
                Near(answer, "scale", point.OutputScale);
                Near(answer, "likelihood", point.LogMarginalLikelihood);
                Near(answer, "unscaled", point.LogMarginalLikelihoodUnscaled);
                Near(answer, "loss", point.LeaveOneOut.Loss);
                Near(answer, "density", point.LeaveOneOutLogDensity);
                Near(answer, "inverse", point.InverseDiagonal);
                Near(answer, "alpha", Values(process.Coefficients));
                double[] cross = Matrix(more, rows, (i, j) => Cubic(x[rows + i], x[j])), means = new double[more * 2], variances = new double[more];
                fixed (double* c = cross, m = means)
                {
                    process.Predict(Strided<double>.RowMajor(c, more, rows), Strided<double>.RowMajor(m, more, 2));
                    process.Variances(Strided<double>.RowMajor(c, more, rows), [.. Enumerable.Range(rows, more).Select(i => Cubic(x[i], x[i]))], variances);
                }

                Near(answer, "means", means);
                for (int i = 0; i < more; i++)
                {
                    double prior = point.OutputScale * Cubic(x[rows + i], x[rows + i]); // from which both take almost all away
                    Assert.Equal(answer.GetProperty("variances")[i].GetDouble(), variances[i], 1e-9 * prior);
                }
            }
        }
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(0.5)]
    public void Left_out_residuals_are_those_of_refits_without_the_row(double noise) => ForAll.Draws(4, draw =>
    {
        int rows = draw.Int(2, 40), outputs = draw.Int(1, 3);
        double[][] x = [.. Enumerable.Range(0, rows).Select(_ => draw.Doubles(3))];
        double[] y = Centred(draw.Doubles(rows * outputs), outputs), kernel = Matrix(rows, rows, (i, j) => Cubic(x[i], x[j]));
        fixed (double* k = kernel, targets = y)
        {
            using var process = new GaussianProcess(Team.Single, Square(k, rows), Strided<double>.RowMajor(targets, rows, outputs), classification: false);
            GaussianProcessPoint point = process.Factor(noise);
            double squares = 0;
            for (int left = 0; left < rows; left++)
            {
                int[] kept = [.. Enumerable.Range(0, rows).Where(i => i != left)];
                double[][] m = [.. kept.Select(i => kept.Select(j => Cubic(x[i], x[j]) + (i == j ? point.AbsoluteNoise : 0)).ToArray())];
                double[][] b = [.. kept.Select(i => (double[])[.. y.AsSpan(i * outputs, outputs), Cubic(x[i], x[left])])];
                double[][] solved = Solve(m, b);
                double variance = Cubic(x[left], x[left]) + point.AbsoluteNoise;
                for (int i = 0; i < kept.Length; i++)
                {
                    variance -= Cubic(x[kept[i]], x[left]) * solved[i][outputs];
                }

                Assert.Equal(1, variance * point.InverseDiagonal[left], 1e-7); // the left-out variance is 1/(M⁻¹)ᵢᵢ
                for (int o = 0; o < outputs; o++)
                {
                    double error = y[(left * outputs) + o] - kept.Select((i, at) => Cubic(x[i], x[left]) * solved[at][o]).Sum();
                    Assert.Equal(error, process.Coefficients[left, o] / point.InverseDiagonal[left], 1e-8 * Math.Max(1, Math.Abs(error)));
                    squares += error * error;
                }
            }

            Assert.Equal(squares / (rows * outputs), point.LeaveOneOut.Loss, 1e-7 * point.LeaveOneOut.Loss);
        }
    });

    [Fact]
    public void The_kernel_of_features_gives_the_predictions_of_a_ridge_on_them() // specification of kernels: 1e-8
    {
        const int rows = 60, features = 7;
        var draw = new Draw(5);
        double[][] phi = [.. Enumerable.Range(0, rows + 5).Select(_ => draw.Doubles(features))];
        double[] y = Centred(draw.Doubles(rows), 1), kernel = Matrix(rows, rows, (i, j) => Dot(phi[i], phi[j]));
        fixed (double* k = kernel, targets = y)
        {
            using var process = new GaussianProcess(Team.Single, Square(k, rows), Strided<double>.RowMajor(targets, rows, 1), classification: false);
            double penalty = process.Factor(0.02).AbsoluteNoise;
            double[][] normal = [.. Enumerable.Range(0, features).Select(a => Enumerable.Range(0, features).Select(b => phi.Take(rows).Sum(row => row[a] * row[b]) + (a == b ? penalty : 0)).ToArray())];
            double[][] right = [.. Enumerable.Range(0, features).Select(a => (double[])[phi.Take(rows).Select((row, i) => row[a] * y[i]).Sum()])];
            double[][] weights = Solve(normal, right);
            double[] cross = Matrix(5, rows, (i, j) => Dot(phi[rows + i], phi[j])), means = new double[5];
            fixed (double* c = cross, m = means)
            {
                process.Predict(Strided<double>.RowMajor(c, 5, rows), Strided<double>.RowMajor(m, 5, 1));
            }

            for (int i = 0; i < 5; i++)
            {
                Assert.Equal(phi[rows + i].Select((value, a) => value * weights[a][0]).Sum(), means[i], 1e-8);
            }
        }
    }

    [Fact]
    public void The_best_output_scale_has_the_largest_marginal_likelihood()
    {
        (double[] kernel, double[] y, int rows) = Small(9, 20, 2);
        double Likelihood(double factor)
        {
            double[] scaled = [.. kernel.Select(value => factor * value)];
            fixed (double* k = scaled, targets = y)
            {
                using var process = new GaussianProcess(Team.Single, Square(k, rows), Strided<double>.RowMajor(targets, rows, 2), classification: false);
                GaussianProcessPoint point = process.Factor(0.1);
                return factor == 1 ? point.OutputScale : point.LogMarginalLikelihoodUnscaled;
            }
        }

        double best = Likelihood(1);
        Assert.True(Likelihood(best * 1.01) < Likelihood(best));
        Assert.True(Likelihood(best * 0.99) < Likelihood(best));
    }

    [Fact]
    public void Threads_do_not_change_a_bit_and_the_kernel_is_given_back_whole()
    {
        (double[] kernel, double[] y, int rows) = Small(3, 230, 3);
        double[][] found = [.. new[] { 1, 2 }.Select(threads =>
        {
            double[] lent = [.. kernel];
            double[] answer;
            fixed (double* k = lent, targets = y)
            {
                using (GaussianProcess process = GaussianProcess.Fit(new Execution { Threads = threads }, Square(k, rows), Strided<double>.RowMajor(targets, rows, 3), new()))
                {
                    GaussianProcessPoint point = process.Point!;
                    answer = [point.Noise, point.LogMarginalLikelihood, point.LeaveOneOutLogDensity, point.LeaveOneOut.Loss, .. point.InverseDiagonal, .. Values(process.Coefficients)];
                }
            }

            Assert.Equal(kernel, lent);
            return answer;
        })];
        Assert.Equal(found[0].Select(BitConverter.DoubleToInt64Bits), found[1].Select(BitConverter.DoubleToInt64Bits));
    }

    [Theory]
    [InlineData(NoiseChoice.LeaveOneOut, 100)]
    [InlineData(NoiseChoice.MarginalLikelihood, 100)]
    [InlineData(NoiseChoice.LeaveOneOut, 25)] // compared on a sample
    public void The_noise_with_the_best_criterion_is_chosen(object choice, int sampleRows)
    {
        (double[] kernel, double[] y, int rows) = Small(4, 60, 1);
        fixed (double* k = kernel, targets = y)
        {
            using GaussianProcess process = GaussianProcess.Fit(
                new Execution { Threads = 1 }, Square(k, rows), Strided<double>.RowMajor(targets, rows, 1), new() { Choice = (NoiseChoice)choice, SampleRows = sampleRows });
            Assert.Equal(8, process.Path.Count);
            Assert.Equal(process.Path.Min(point => point.Criterion((NoiseChoice)choice)), process.Path.Single(point => point.Noise == process.Point!.Noise).Criterion((NoiseChoice)choice));
            Assert.All(process.Path, point => Assert.Equal(Math.Min(rows, sampleRows), point.Rows));
            Assert.Equal(rows, process.Point!.Rows);
        }
    }

    [Fact]
    public void Classes_that_lie_apart_are_told_apart()
    {
        const int rows = 40;
        var draw = new Draw(8);
        double[][] x = [.. Enumerable.Range(0, rows).Select(i => (double[])[(i % 2 * 2) - 1 + draw.Double(-0.3, 0.3), draw.Double(-1, 1)])];
        double[] kernel = Matrix(rows, rows, (i, j) => Cubic(x[i], x[j])), y = Matrix(rows, 2, (i, k) => i % 2 == k ? 1 : 0);
        fixed (double* k = kernel, targets = y)
        {
            using GaussianProcess process = GaussianProcess.Fit(new Execution { Threads = 1 }, Square(k, rows), Strided<double>.RowMajor(targets, rows, 2), new() { Classification = true });
            Assert.Equal(0, process.Point!.LeaveOneOut.Error);
            Assert.InRange(process.Point.LeaveOneOut.LogLoss!.Value, 0, 0.2);
        }
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused_with_its_least_eigenvalue()
    {
        double[] kernel = [1, 2, 0, 2, 1, 0, 0, 0, 1], y = [0, 1, 2]; // eigenvalues 3, 1, −1
        fixed (double* k = kernel, targets = y)
        {
            using var process = new GaussianProcess(Team.Single, Square(k, 3), Strided<double>.RowMajor(targets, 3, 1), classification: false);
            string message = Assert.Throws<DataException>(() => process.Factor(0.5)).Message;
            Assert.Contains("pivot 1 is", message, StringComparison.Ordinal);
            Assert.Matches(@"least eigenvalue of the kernel is about -1(\.0\d*)?e\+0", message);
            Assert.NotNull(process.Factor(1.1));
        }
    }

    [Theory]
    [InlineData("square", 2, 3, 2)]
    [InlineData("targets are", 3, 3, 2)]
    public void Shapes_that_do_not_fit_are_refused(string expected, int kernelRows, int kernelColumns, int targetRows)
    {
        double[] kernel = new double[kernelRows * kernelColumns], y = [1, 2, 3];
        fixed (double* k = kernel, targets = y)
        {
            var (lent, learned) = (Strided<double>.RowMajor(k, kernelRows, kernelColumns), Strided<double>.RowMajor(targets, targetRows, 1));
            Assert.Contains(expected, Assert.Throws<ArgumentException>(() => new GaussianProcess(Team.Single, lent, learned, classification: false)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("(1, 0) and (0, 1)", 1, 0.5, 0.4, 1, 1, 2)]
    [InlineData("finite and symmetric", double.NaN, 0.5, 0.5, 1, 1, 2)]
    [InlineData("mean diagonal", 0, 0, 0, 0, 1, 2)]
    [InlineData("do not vary", 1, 0.5, 0.5, 1, 3, 3)]
    [InlineData("not all finite", 1, 0.5, 0.5, 1, 3, double.NaN)]
    public void Values_that_are_no_kernel_or_no_targets_are_refused(string expected, double a, double b, double c, double d, double first, double second)
    {
        double[] kernel = [a, b, c, d], y = [first, second];
        fixed (double* k = kernel, targets = y)
        {
            var (lent, learned) = (Square(k, 2), Strided<double>.RowMajor(targets, 2, 1));
            Assert.Contains(expected, Assert.Throws<ArgumentException>(() => new GaussianProcess(Team.Single, lent, learned, classification: false)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Noise 1", new[] { 0.1, -1 })]
    [InlineData("no noise", new double[0])]
    [InlineData("Noise 0", new[] { double.PositiveInfinity })]
    public void Noises_that_are_none_are_refused(string expected, double[] noises) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => new GaussianProcessOptions { Noises = noises }).Message, StringComparison.Ordinal);

    private static (double[] Kernel, double[] Targets, int Rows) Small(ulong number, int rows, int outputs)
    {
        var draw = new Draw(number);
        double[][] x = [.. Enumerable.Range(0, rows).Select(_ => draw.Doubles(3))];
        return (Matrix(rows, rows, (i, j) => Cubic(x[i], x[j])), Matrix(rows, outputs, (i, k) => (x[i][k] * x[i][(k + 1) % 3]) + draw.Double(-0.3, 0.3)), rows);
    }

    private static double Cubic(double[] x, double[] other)
    {
        double sum = 1 + Dot(x, other);
        return sum * sum * sum;
    }

    private static double Dot(double[] x, double[] other) => x.Zip(other, (a, b) => a * b).Sum();

    private static double[] Matrix(int rows, int columns, Func<int, int, double> value) =>
        [.. Enumerable.Range(0, rows).SelectMany(i => Enumerable.Range(0, columns).Select(j => value(i, j)))];

    private static Strided<double> Square(double* values, int rows) => Strided<double>.RowMajor(values, rows, rows);

    private static double[] Values(Strided<double> matrix) => new Span<double>(matrix.Pointer, (int)(matrix.Rows * matrix.Columns)).ToArray();

    private static double[] Centred(double[] values, int outputs)
    {
        double[] means = [.. Enumerable.Range(0, outputs).Select(k => values.Where((_, i) => i % outputs == k).Average())];
        return [.. values.Select((value, i) => value - means[i % outputs])];
    }

    private static void Near(JsonElement answer, string name, params double[] actual)
    {
        JsonElement expected = answer.GetProperty(name);
        double[] values = expected.ValueKind == JsonValueKind.Array ? [.. expected.EnumerateArray().Select(value => value.GetDouble())] : [expected.GetDouble()];
        Assert.Equal(values.Length, actual.Length);
        double scale = values.Max(Math.Abs);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(values[i], actual[i], 1e-9 * scale);
        }
    }

    // Gaussian elimination with pivots.
    private static double[][] Solve(double[][] a, double[][] b)
    {
        int n = a.Length;
        double[][] rows = [.. a.Select((row, i) => (double[])[.. row, .. b[i]])];
        for (int k = 0; k < n; k++)
        {
            int pivot = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(rows[i][k]));
            (rows[k], rows[pivot]) = (rows[pivot], rows[k]);
            for (int i = 0; i < n; i++)
            {
                double factor = i == k ? 0 : rows[i][k] / rows[k][k];
                for (int j = k; j < rows[i].Length && factor != 0; j++)
                {
                    rows[i][j] -= factor * rows[k][j];
                }
            }
        }

        return [.. rows.Select((row, i) => row[n..].Select(value => value / row[i]).ToArray())];
    }

    // Multiples of 1/128 in [−1, 1) from SplitMix64, as in Golden/gaussian-process.py.
    private static double[][] Grid(ulong seed, int count, int columns = 3)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++)
        {
            ulong z = seed += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            values[i] = ((z ^ (z >> 31)) >> 56) / 128.0 - 1;
        }

        return [.. values.Chunk(columns)];
    }
}

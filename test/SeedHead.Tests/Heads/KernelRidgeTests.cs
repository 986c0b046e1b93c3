using SeedHead.Compute;
using SeedHead.Heads;
using SeedHead.Kernels;

namespace SeedHead.Tests.Heads;

public unsafe class KernelRidgeTests
{
    [Theory]
    [InlineData(40, 0)]
    [InlineData(40, 15)]
    [InlineData(1300, 100)] // two bands of tiles
    public void Conjugate_gradients_find_what_a_Cholesky_factor_finds(int rows, int centres)
    {
        Made made = new(3, rows, 3);
        fixed (double* y = made.Targets)
        {
            var targets = Strided<double>.RowMajor(y, rows, 3);
            using KernelRidge ridge = KernelRidge.Fit(made.Run(2), made.Tiles, targets, new() { Noises = [1e-2], Centres = centres, Tolerance = 1e-11, MostIterations = 2000 });
            double[] kernel = [.. Enumerable.Range(0, rows * rows).Select(at => (double)(float)made.Kernel(at / rows, at % rows))];
            fixed (double* k = kernel)
            {
                using var process = new GaussianProcess(new(2), Strided<double>.RowMajor(k, rows, rows), targets, classification: false);
                process.Factor(1e-2);
                Assert.Equal(process.Unit, ridge.Unit, 1e-12 * ridge.Unit);
                Assert.Equal(process.TargetMeans[1], ridge.TargetMeans[1], 1e-12);
                double largest = Values(process.Coefficients).Max(Math.Abs);
                Assert.All(Values(process.Coefficients).Zip(Values(ridge.Coefficients)), pair => Assert.Equal(pair.First, pair.Second, 1e-7 * largest));
                Assert.InRange(ridge.Residual, 0, 1e-11);
            }
        }
    }

    [Fact]
    public void The_preconditioner_saves_iterations()
    {
        Made made = new(5, 400, 1);
        int Iterations(int centres)
        {
            fixed (double* y = made.Targets)
            {
                using KernelRidge ridge = KernelRidge.Fit(made.Run(1), made.Tiles, Strided<double>.RowMajor(y, 400, 1), new() { Noises = [1e-4], Centres = centres, Tolerance = 1e-6, MostIterations = 2000 });
                return ridge.Chosen.Iterations;
            }
        }

        Assert.InRange(Iterations(150), 1, Iterations(0) / 3);
    }

    [Fact]
    public void The_noise_is_chosen_on_rows_held_out_and_those_are_predicted_as_by_an_exact_process_without_them()
    {
        const int rows = 300;
        Made made = new(7, rows, 2);
        fixed (double* y = made.Targets)
        {
            using KernelRidge ridge = KernelRidge.Fit(made.Run(1), made.Tiles, Strided<double>.RowMajor(y, rows, 2), new() { Noises = [1e-4, 1e-2, 1], Centres = 60, Tolerance = 1e-10, MostIterations = 1000 });
            Assert.Equal([1, 1e-2, 1e-4], ridge.Path.Select(point => point.Noise));
            Assert.Equal(ridge.Path.Min(point => point.Criterion), ridge.Chosen.Criterion);
            Assert.Equal(30, ridge.Validation.Length);
            int[] kept = [.. Enumerable.Range(0, rows).Except(ridge.Validation)];
            double[] part = [.. kept.SelectMany(i => kept.Select(j => (double)(float)made.Kernel(i, j)))], partTargets = [.. kept.SelectMany(i => made.Targets.AsSpan(i * 2, 2).ToArray())];
            double[] cross = [.. ridge.Validation.SelectMany(i => kept.Select(j => (double)(float)made.Kernel(i, j)))], found = new double[60];
            fixed (double* k = part, t = partTargets, c = cross, f = found)
            {
                using var process = new GaussianProcess(Team.Single, Strided<double>.RowMajor(k, 270, 270), Strided<double>.RowMajor(t, 270, 2), classification: false);
                process.Factor(1e-2 * ridge.Unit / process.Unit);
                process.Predict(Strided<double>.RowMajor(c, 30, 270), Strided<double>.RowMajor(f, 30, 2));
            }

            Assert.All(found.Zip(ridge.Path[1].Validation.Scores!), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        Made made = new(11, 1100, 2);
        double[][] found = [.. new[] { 1, 3 }.Select(threads =>
        {
            fixed (double* y = made.Targets)
            {
                using KernelRidge ridge = KernelRidge.Fit(made.Run(threads), made.Tiles, Strided<double>.RowMajor(y, 1100, 2), new() { Noises = [1e-3, 1e-1], Centres = 80 });
                return (double[])[.. Values(ridge.Coefficients), ridge.Residual, .. ridge.Path.Select(point => point.Criterion)];
            }
        })];
        Assert.Equal(found[0].Select(BitConverter.DoubleToInt64Bits), found[1].Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void A_kernel_that_is_not_positive_is_refused_with_the_amount()
    {
        double[] targets = [1, -2, 0, 3, 1, 2];
        fixed (double* y = targets)
        {
            var learned = Strided<double>.RowMajor(y, 6, 1);
            string message = Assert.Throws<DataException>(() => KernelRidge.Fit(new Execution { Threads = 1 }, new ArrayTiles(6, (i, j) => i == j ? 1 : 0.9 * (((i * j) % 3) - 1)), learned, new() { Noises = [0.01], Centres = 0 })).Message;
            Assert.Contains("not positive definite: along one direction", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Wrong_options_and_shapes_are_refused()
    {
        Assert.Contains("above 0", Assert.Throws<ArgumentException>(() => new KernelRidgeOptions { Noises = [0] }).Message, StringComparison.Ordinal);
        double[] targets = [1, 2, 3];
        fixed (double* y = targets)
        {
            var learned = Strided<double>.RowMajor(y, 3, 1);
            Assert.Contains("[3 × 1]", Assert.Throws<ArgumentException>(() => KernelRidge.Fit(new Execution { Threads = 1 }, new ArrayTiles(4, (_, _) => 1), learned, new())).Message, StringComparison.Ordinal);
        }
    }

    private static double[] Values(Strided<double> matrix) => new Span<double>(matrix.Pointer, (int)(matrix.Rows * matrix.Columns)).ToArray();

    /// <summary>Points, the kernel 1/(1 + |x − x′|²), and targets.</summary>
    private sealed class Made
    {
        private readonly double[][] x;

        public Made(ulong number, int rows, int outputs)
        {
            var draw = new Draw(number);
            x = [.. Enumerable.Range(0, rows).Select(_ => draw.Doubles(3))];
            Targets = [.. x.SelectMany(point => Enumerable.Range(0, outputs).Select(k => (point[k] * point[(k + 1) % 3]) + (2 * Math.Abs(point[k])) + draw.Double(-0.1, 0.1)))];
            Tiles = new HeldKernelTiles(Run(1), new ArrayTiles(rows, Kernel)); // else computed in every iteration
        }

        public double[] Targets { get; }

        public IKernelTiles Tiles { get; }

        public double Kernel(int i, int j)
        {
            double[] a = x[i], b = x[j];
            return 1 / (1 + ((a[0] - b[0]) * (a[0] - b[0])) + ((a[1] - b[1]) * (a[1] - b[1])) + ((a[2] - b[2]) * (a[2] - b[2]))); // positive definite: a mixture of Gaussians
        }

        public Execution Run(int threads) => new() { Threads = threads };
    }
}

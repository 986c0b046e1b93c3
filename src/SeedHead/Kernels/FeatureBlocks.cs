using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>G = a·Σ φ_c(x)·φ_c(x′) + b over the k features of a network: its outputs with a = 1/k, or what its output layer reads with a = σ_w²/k and b = σ_b².</summary>
/// <remarks>
/// The third sum is that of the squares of what one feature alone would give: for outputs their mean over c, for hidden features E[(f(x)f(x′))²] =
/// G(x, x)·G(x′, x′) + 2·G(x, x′)² of an output f with normal weights behind them.
/// </remarks>
internal sealed unsafe class FeatureBlocks(NetworkOutputs networks, double factor, double shift, bool outputs) : IKernelBlocks
{
    private const long NumbersTogether = 1 << 22; // features of the networks that are evaluated side by side: any number gives the same sums

    public int Sums => 3;

    public double[][] Of(Team team, Strided<float> points, int from, int count)
    {
        long n = points.Rows, numbers = n * networks.Count;
        int together = Together(numbers, team.Threads, count);
        using var values = new NativeBuffer<float>(together * numbers);
        using var wide = new NativeBuffer<double>(numbers);
        using var gram = new NativeBuffer<double>(n * n);
        Strided<double> features = Strided<double>.RowMajor(wide, n, networks.Count), all = Strided<double>.RowMajor(gram, n, n);
        double[][] sums = [.. Enumerable.Range(0, Sums).Select(_ => new double[Packed.Length(n)])];
        for (int first = 0; first < count; first += together)
        {
            int group = Math.Min(together, count - first);
            networks.Evaluate(team, points, from + first, group, Strided<float>.RowMajor(values, group, numbers));
            for (int i = 0; i < group; i++)
            {
                Widen(team, values.Pointer + (i * numbers), features);
                MatrixProduct.MultiplyLower(team, features, features.Transpose, all, Into.Store);
                Add(team, all, sums);
                if (outputs)
                {
                    Square(team, features);
                    MatrixProduct.MultiplyLower(team, features, features.Transpose, all, Into.Store);
                    AddSingles(team, all, sums[2]);
                }
            }
        }

        return sums;
    }

    public long WorkingBytes(long points, int normRows, int threads)
    {
        long numbers = points * networks.Count;
        return networks.WorkingBytes(points, normRows, threads) + (numbers * ((sizeof(float) * Together(numbers, threads, SampledKernel.BlockNetworks)) + sizeof(double)))
            + (sizeof(double) * points * points);
    }

    public void Dispose() => networks.Dispose();

    private static int Together(long numbers, int threads, int count) => (int)Math.Min(count, Math.Max(threads, NumbersTogether / numbers));

    private static void Widen(Team team, float* from, Strided<double> to) => team.For(checked((int)to.Rows), row =>
    {
        Span<double> wide = to.Row(row);
        for (int c = 0; c < wide.Length; c++)
        {
            wide[c] = from[((long)row * wide.Length) + c];
        }
    });

    private static void Square(Team team, Strided<double> features) => team.For(checked((int)features.Rows), row => Elementwise.Multiply(features.Row(row), features.Row(row)));

    private void Add(Team team, Strided<double> gram, double[][] sums) => team.For(checked((int)gram.Rows), row =>
    {
        ReadOnlySpan<double> values = gram.Row(row);
        long at = Packed.Length(row);
        double own = (factor * values[row]) + shift;
        for (int j = 0; j <= row; j++, at++)
        {
            double value = (factor * values[j]) + shift;
            sums[0][at] += value;
            sums[1][at] += value * value;
            if (!outputs)
            {
                sums[2][at] += (own * ((factor * gram[j, j]) + shift)) + (2 * value * value);
            }
        }
    });

    private void AddSingles(Team team, Strided<double> squares, double[] sum) => team.For(checked((int)squares.Rows), row =>
    {
        ReadOnlySpan<double> values = squares.Row(row);
        long at = Packed.Length(row);
        for (int j = 0; j <= row; j++, at++)
        {
            sum[at] += factor * values[j]; // the mean over the outputs
        }
    });
}

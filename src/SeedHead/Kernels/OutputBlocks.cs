using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>G = f(x)·f(x′) of networks with one output: both sums over networks are products of matrices.</summary>
internal sealed unsafe class OutputBlocks(NetworkOutputs networks) : IKernelBlocks
{
    public int Sums => 2;

    public double[][] Of(Team team, Strided<float> points, int from, int count)
    {
        long n = points.Rows;
        using var outputs = new NativeBuffer<float>(count * n);
        using var wide = new NativeBuffer<double>(count * n);
        using var sum = new NativeBuffer<double>(n * n);
        Strided<double> values = Strided<double>.RowMajor(wide, count, n), all = Strided<double>.RowMajor(sum, n, n);
        networks.Evaluate(team, points, from, count, Strided<float>.RowMajor(outputs, count, n));
        for (long i = 0; i < wide.Length; i++)
        {
            wide.Pointer[i] = outputs.Pointer[i];
        }

        MatrixProduct.MultiplyLower(team, values.Transpose, values, all, Into.Store);
        double[] products = Packed.Of(all);
        for (long i = 0; i < wide.Length; i++)
        {
            wide.Pointer[i] *= wide.Pointer[i]; // the sum of (f(x)·f(x′))² is the product of the squares
        }

        MatrixProduct.MultiplyLower(team, values.Transpose, values, all, Into.Store);
        return [products, Packed.Of(all)];
    }

    public long WorkingBytes(long points, int normRows, int threads) =>
        networks.WorkingBytes(points, normRows, threads) + ((sizeof(float) + sizeof(double)) * SampledKernel.BlockNetworks * points) + (sizeof(double) * points * points);

    public void Dispose() => networks.Dispose();
}

using SeedHead.Compute;

namespace SeedHead.BitsProbe;

/// <summary>Computations whose bits may depend on nothing but their input. To add one, add a line to <see cref="All"/>.</summary>
/// <remarks>Small on purpose: a processor without fused multiply-add computes each by software.</remarks>
internal static unsafe class Probes
{
    public static readonly SortedDictionary<string, Action<Team, BitsHash>> All = new(StringComparer.Ordinal)
    {
        ["pooling"] = ConvolutionProbes.Pools,
        ["product-float"] = ProductFloat,
        ["product-double"] = ProductDouble,
        ["product-row"] = ProductRow,
        ["channel-line"] = ConvolutionProbes.Lines,
        ["convolution"] = ConvolutionProbes.Passes,
        ["eigen"] = Eigen,
        ["gram"] = Gram,
        ["qr"] = FactorProbes.QrFactors,
        ["cholesky-update"] = FactorProbes.CholeskyUpdates,
        ["fourier"] = FactorProbes.Transforms,
        ["svd"] = FactorProbes.SingularVectors,
        ["range"] = FactorProbes.Range,
        ["cholesky"] = CholeskyAndSolves,
        ["elementary-float"] = NumberProbes.Elementary32,
        ["elementary-double"] = NumberProbes.Elementary64,
        ["stream"] = NumberProbes.Stream,
        ["population"] = NetworkProbes.Population,
        ["networks"] = NetworkProbes.Networks,
        ["priors"] = NumberProbes.Priors,
        ["activations"] = NumberProbes.Activations,
        ["duals"] = NumberProbes.Duals,
    };

    private static void ProductFloat(Team team, BitsHash hash)
    {
        foreach ((int m, int n, int k) in new[] { (37, 45, 1100), (130, 140, 70), (5, 3, 17) })
        {
            using NativeBuffer<float> a = Floats(m * k, 1), b = Floats(k * n, 2), c = Floats(m * n, 3);
            MatrixProduct.Multiply(
                team, Strided<float>.RowMajor(a, m, k), Strided<float>.RowMajor(b, k, n), Strided<float>.RowMajor(c, m, n), add: true);
            hash.Add(c);
        }
    }

    private static void ProductDouble(Team team, BitsHash hash)
    {
        foreach ((int m, int n, int k) in new[] { (37, 45, 600), (130, 140, 70), (5, 3, 17) })
        {
            using NativeBuffer<double> a = Doubles(m * k, 1), b = Doubles(k * n, 2), c = Doubles(m * n, 3);
            MatrixProduct.Multiply(
                team, Strided<double>.RowMajor(a, m, k), Strided<double>.RowMajor(b, k, n), Strided<double>.RowMajor(c, m, n), add: true);
            hash.Add(c);
        }
    }

    private static void ProductRow(Team team, BitsHash hash)
    {
        const int n = 77, k = 2100;
        using NativeBuffer<float> x = Floats(k, 1), b = Floats(k * n, 2), y = Floats(n, 3);
        MatrixProduct.Multiply(team, Strided<float>.RowMajor(x, 1, k), Strided<float>.RowMajor(b, k, n), Strided<float>.RowMajor(y, 1, n));
        hash.Add(y);
    }

    private static void Gram(Team team, BitsHash hash)
    {
        const int rows = 1100, features = 61, outputs = 3;
        using NativeBuffer<float> phi = Floats(rows * features, 1), targets = Floats(rows * outputs, 2);
        using NativeBuffer<double> gram = Doubles(features * features, 3), cross = Doubles(features * outputs, 4);
        Strided<float> x = Strided<float>.RowMajor(phi, rows, features);
        GramProduct.Add(team, x, Strided<double>.RowMajor(gram, features, features));
        GramProduct.AddCross(team, x, Strided<float>.RowMajor(targets, rows, outputs), Strided<double>.RowMajor(cross, features, outputs));
        hash.Add(gram);
        hash.Add(cross);
    }

    private static void CholeskyAndSolves(Team team, BitsHash hash)
    {
        const int n = 150, m = 9;
        using NativeBuffer<double> matrix = Doubles(n * n, 1), right = Doubles(n * m, 2);
        Strided<double> a = Strided<double>.RowMajor(matrix, n, n), b = Strided<double>.RowMajor(right, n, m);
        for (int i = 0; i < n; i++)
        {
            a[i, i] = n;
        }

        CholeskyStatus status = Cholesky.Factor(team, a);
        hash.Add<byte>([status.Succeeded ? (byte)1 : (byte)0]);
        Triangular.Solve(team, a, b);
        Triangular.SolveTransposed(team, a, b);
        hash.Add(matrix);
        hash.Add(right);
    }

    private static void Eigen(Team team, BitsHash hash)
    {
        foreach (int n in new[] { 40, 210 })
        {
            using NativeBuffer<double> matrix = Doubles(n * n, 1), vectors = Doubles(n * n, 2);
            double[] values = new double[n];
            SymmetricEigen.Decompose(team, Strided<double>.RowMajor(matrix, n, n), values, Strided<double>.RowMajor(vectors, n, n));
            hash.Add<double>(values);
            hash.Add(vectors);
        }
    }

    /// <summary>Numbers spread over [−1, 1) with all their bits in use, from a seed.</summary>
    public static NativeBuffer<double> Doubles(int length, ulong seed)
    {
        var buffer = new NativeBuffer<double>(length);
        for (int i = 0; i < length; i++)
        {
            buffer.Pointer[i] = Value(seed, (ulong)i);
        }

        return buffer;
    }

    public static NativeBuffer<float> Floats(int length, ulong seed)
    {
        var buffer = new NativeBuffer<float>(length);
        for (int i = 0; i < length; i++)
        {
            buffer.Pointer[i] = (float)Value(seed, (ulong)i);
        }

        return buffer;
    }

    private static double Value(ulong seed, ulong index)
    {
        ulong x = (seed << 48) + index * 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return (long)((x ^ (x >> 31)) >> 11) * (2.0 / (1L << 53)) - 1;
    }
}

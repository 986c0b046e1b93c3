using SeedHead.Compute;

namespace SeedHead.Benchmarks;

/// <summary>Single calls by name for <c>bench/peers/loops.py</c>, which times other systems between them.</summary>
internal static unsafe class LoopTasks
{
    /// <summary>For every line TASK THREADS on standard input, wall and CPU seconds of one call on standard output.</summary>
    public static void Answer()
    {
        var made = new Dictionary<string, Action<Team>>();
        for (string? line = Console.ReadLine(); line != null; line = Console.ReadLine())
        {
            string[] words = line.Split(' ');
            if (!made.TryGetValue(words[0], out Action<Team>? task))
            {
                made.Clear();
                Kept.ForEach(buffer => buffer.Dispose());
                Kept.Clear();
                made[words[0]] = task = Make(words[0]);
            }

            var team = new Team(int.Parse(words[1]));
            (double wall, double cpu) = Timing.Seconds(() => task(team), 0.05);
            Console.WriteLine($"{wall:R} {cpu:R}");
        }
    }

    private static Action<Team> Make(string task)
    {
        string[] words = task.Split('-');
        int m = int.Parse(words[1]), n = words.Length > 2 ? int.Parse(words[2]) : m;
        int k = words.Length > 3 ? int.Parse(words[3]) : n;
        return words[0] switch
        {
            "sgemm" => MakeProduct(m, n, k),
            "dgemm" => MakeDoubleProduct(m, n, k),
            "gram" => MakeGram(m, n),
            "cholesky" => MakeCholesky(n),
            "eigen" => MakeEigen(n),
            "qr" => MakeQr(m, n),
            "svd" => MakeSingularValues(m, n),
            "update" => MakeUpdate(m, n),
            "fft" => MakeFourier(n),
            "rfft2" => MakePlane(m, n),
            "dct2" => MakeCosines(m, n),
            _ => throw new ArgumentException($"No task is named '{words[0]}'."),
        };
    }

    /// <summary>Small products come in batches of a hundred, which threads share product by product.</summary>
    private static Action<Team> MakeProduct(int m, int n, int k)
    {
        int batch = (long)m * n * k < 1 << 24 ? 100 : 1;
        Strided<float> a = Floats(batch * m, k), b = Floats(batch * k, n), c = Floats(batch * m, n);
        return team =>
        {
            if (batch == 1)
            {
                MatrixProduct.Multiply(team, a, b, c);
                return;
            }

            team.For(batch, i => MatrixProduct.Multiply(team, a.Block(i * m, 0, m, k), b.Block(i * k, 0, k, n), c.Block(i * m, 0, m, n)));
        };
    }

    private static Action<Team> MakeDoubleProduct(int m, int n, int k)
    {
        (_, Strided<double> a) = Matrix(m, k);
        (_, Strided<double> b) = Matrix(k, n);
        (_, Strided<double> c) = Matrix(m, n);
        return team => MatrixProduct.Multiply(team, a, b, c);
    }

    /// <summary>ΦᵀΦ of m rows and n features, lower triangle: float32 products, float64 sums, 4,096 rows at a time.</summary>
    private static Action<Team> MakeGram(int m, int n)
    {
        Strided<float> features = Floats(m, n);
        (NativeBuffer<double> sums, Strided<double> gram) = Matrix(n, n);
        return team =>
        {
            new Span<double>(sums.Pointer, checked((int)sums.Length)).Clear();
            for (long row = 0; row < m; row += 4096)
            {
                GramProduct.Add(team, features.Block(row, 0, Math.Min(4096, m - row), n), gram);
            }
        };
    }

    private static Action<Team> MakeCholesky(int n)
    {
        (NativeBuffer<double> matrix, Strided<double> a) = Matrix(n, n);
        (_, Strided<double> copy) = Matrix(n, n);
        for (int i = 0; i < n; i++)
        {
            a[i, i] = n;
        }

        return team =>
        {
            Buffer.MemoryCopy(a.Pointer, copy.Pointer, matrix.Length * 8, matrix.Length * 8);
            Cholesky.Factor(team, copy);
        };
    }

    private static Action<Team> MakeEigen(int n)
    {
        (_, Strided<double> a) = Matrix(n, n);
        (_, Strided<double> vectors) = Matrix(n, n);
        return team => SymmetricEigen.Decompose(team, a, new double[n], vectors);
    }

    /// <summary>R and the thin Q; by blocks of rows where they are at least four.</summary>
    private static Action<Team> MakeQr(int m, int n)
    {
        (_, Strided<double> a) = Matrix(m, n);
        (_, Strided<double> q) = Matrix(m, Math.Min(m, n));
        if (m < 4 * TallSkinnyQr.BlockRows(n))
        {
            return team =>
            {
                using Qr qr = Qr.Factor(team, a);
                qr.FormThin(team, q);
            };
        }

        return team =>
        {
            using TallSkinnyQr qr = TallSkinnyQr.Factor(team, a);
            qr.FormThin(team, q);
        };
    }

    private static Action<Team> MakeSingularValues(int m, int n)
    {
        (_, Strided<double> a) = Matrix(m, n);
        (_, Strided<double> u) = Matrix(m, Math.Min(m, n));
        (_, Strided<double> v) = Matrix(n, Math.Min(m, n));
        return team => SingularValues.Decompose(team, a, new double[u.Columns], u, v);
    }

    /// <summary>n rows learned and forgotten again by a factor of m rows.</summary>
    private static Action<Team> MakeUpdate(int m, int n)
    {
        (_, Strided<double> l) = Matrix(m, m);
        (_, Strided<double> x) = Matrix(m, n);
        for (int i = 0; i < m; i++)
        {
            l[i, i] = m;
        }

        return team =>
        {
            if (!CholeskyUpdate.Add(team, l, x).Succeeded || !CholeskyUpdate.Remove(team, l, x).Succeeded)
            {
                throw new InvalidOperationException("What was learned can be forgotten.");
            }
        };
    }

    private static Action<Team> MakeFourier(int n)
    {
        (_, Strided<double> re) = Matrix(n, 1);
        (_, Strided<double> im) = Matrix(n, 1);
        (NativeBuffer<double> parts, Strided<double> copy) = Matrix(2, n);
        var fourier = new Fourier<double>(n);
        return team =>
        {
            Buffer.MemoryCopy(re.Pointer, copy.Pointer, n * 8L, n * 8L);
            Buffer.MemoryCopy(im.Pointer, copy.Pointer + n, n * 8L, n * 8L);
            fourier.Forward(copy.Pointer, parts.Pointer + n);
        };
    }

    private static Action<Team> MakePlane(int m, int n)
    {
        (_, Strided<double> x) = Matrix(m, n);
        (_, Strided<double> re) = Matrix(m, n / 2 + 1);
        (_, Strided<double> im) = Matrix(m, n / 2 + 1);
        var plane = new FourierPlane<double>(m, n);
        return team => plane.ForwardReal(team, x, re, im);
    }

    private static Action<Team> MakeCosines(int m, int n)
    {
        (_, Strided<double> x) = Matrix(m, n);
        (NativeBuffer<double> copied, Strided<double> copy) = Matrix(m, n);
        CosineTransform<double> rows = new(m), columns = new(n);
        return team =>
        {
            Buffer.MemoryCopy(x.Pointer, copy.Pointer, copied.Length * 8, copied.Length * 8);
            CosineTransform<double>.ForwardPlane(team, rows, columns, copy);
        };
    }

    private static (NativeBuffer<double> Buffer, Strided<double> Matrix) Matrix(int rows, int columns)
    {
        var buffer = new NativeBuffer<double>((long)rows * columns);
        Kept.Add(buffer);
        Fill.Uniform(buffer, (ulong)Kept.Count);
        return (buffer, Strided<double>.RowMajor(buffer, rows, columns));
    }

    private static Strided<float> Floats(int rows, int columns)
    {
        var buffer = new NativeBuffer<float>((long)rows * columns);
        Kept.Add(buffer);
        Fill.Uniform(buffer, (ulong)Kept.Count);
        return Strided<float>.RowMajor(buffer, rows, columns);
    }

    private static readonly List<IDisposable> Kept = [];
}

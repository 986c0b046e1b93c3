using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>Centred kernel alignment (CKA): the cosine of two centred kernel matrices, ⟨HKH, HLH⟩/(‖HKH‖·‖HLH‖) with H = I − 1·1ᵀ/n, from 0 to 1.</summary>
/// <remarks>
/// <para>⟨HKH, HLH⟩/(n − 1)² is the biased estimate of HSIC (Gretton et al., ALT 2005); alignment: Cortes, Mohri &amp; Rostamizadeh, JMLR 13 (2012), and
/// Kornblith et al., ICML 2019, for features. The debiased form puts the unbiased estimate of Song et al., JMLR 13 (2012), eq. 5, in its place: 0 in the mean for
/// independent rows, where the biased one is above 0 with few rows; it may be negative.</para>
/// <para>0 where a matrix is constant. Sums run along rows in order, then over rows in order.</para>
/// </remarks>
internal static unsafe class KernelAlignment
{
    /// <summary>CKA of two kernel matrices of the same rows.</summary>
    /// <param name="team">The threads; they change no bit.</param>
    /// <param name="k">K [n × n], symmetric.</param>
    /// <param name="l">L [n × n], symmetric.</param>
    /// <exception cref="ArgumentException">Shapes do not match, or a number is not finite.</exception>
    public static double Of(Team team, Strided<double> k, Strided<double> l)
    {
        Require(k, l.Rows);
        Centring first = Centring.Learn(team, k), second = Centring.Learn(team, l);
        return Cosine(team, (int)k.Rows, (i, j) => (first.At(i, j, k[i, j]), second.At(i, j, l[i, j])));
    }

    /// <summary>CKA(K, Y·Yᵀ) with Y the one-hot classes: how well rows of a class lie together.</summary>
    /// <param name="team">The threads; they change no bit.</param>
    /// <param name="k">K [n × n], symmetric.</param>
    /// <param name="codes">n classes, from 0.</param>
    /// <exception cref="ArgumentException">Shapes do not match, or a number is not finite.</exception>
    public static double WithClasses(Team team, Strided<double> k, ReadOnlySpan<int> codes)
    {
        Require(k, codes.Length);
        var centring = Centring.Learn(team, k);
        (int[] classes, double[] shares, double grand) = Shares(codes);
        return Cosine(team, classes.Length, (i, j) => (
            centring.At(i, j, k[i, j]), (classes[i] == classes[j] ? 1 : 0) - shares[classes[i]] - shares[classes[j]] + grand));
    }

    /// <summary>CKA of the kernels X·Xᵀ and Y·Yᵀ without them: ‖YᵀX‖²/(‖XᵀX‖·‖YᵀY‖), columns centred, Frobenius norms.</summary>
    /// <param name="team">The threads; they change no bit.</param>
    /// <param name="x">[n × p].</param>
    /// <param name="y">[n × q].</param>
    /// <exception cref="ArgumentException">Other numbers of rows, none, or a number is not finite.</exception>
    public static double OfFeatures(Team team, Strided<float> x, Strided<float> y)
    {
        if (x.Rows != y.Rows)
        {
            throw new ArgumentException($"Features of {x.Rows} rows and of {y.Rows} rows cannot be compared: give the same rows.", nameof(y));
        }

        using NativeBuffer<double> first = new(x.Rows * x.Columns), second = new(y.Rows * y.Columns);
        Strided<double> a = Strided<double>.RowMajor(first, x.Rows, x.Columns), b = Strided<double>.RowMajor(second, y.Rows, y.Columns);
        CentredFeatures.Centred(team, x, a);
        CentredFeatures.Centred(team, y, b);
        double across = Squares(team, a, b), own = Squares(team, a, a) * Squares(team, b, b);
        return own > 0 ? across / Math.Sqrt(own) : 0;
    }

    /// <summary>CKA of features and one-hot classes, without a kernel matrix.</summary>
    /// <param name="team">The threads; they change no bit.</param>
    /// <param name="x">[n × p].</param>
    /// <param name="codes">n classes, from 0.</param>
    public static double OfFeaturesWithClasses(Team team, Strided<float> x, ReadOnlySpan<int> codes)
    {
        int classes = codes.Length == 0 ? 1 : Highest(codes) + 1;
        using var memory = new NativeBuffer<float>((long)codes.Length * classes);
        for (int i = 0; i < codes.Length; i++)
        {
            memory.Pointer[((long)i * classes) + codes[i]] = 1;
        }

        return OfFeatures(team, x, Strided<float>.RowMajor(memory, codes.Length, classes));
    }

    /// <summary>Debiased CKA of two kernel matrices, by unbiased estimates of HSIC.</summary>
    /// <param name="team">The threads; they change no bit.</param>
    /// <param name="k">K [n × n], symmetric, n ≥ 4.</param>
    /// <param name="l">L [n × n], symmetric.</param>
    /// <exception cref="ArgumentException">Shapes do not match, or fewer than four rows.</exception>
    public static double Debiased(Team team, Strided<double> k, Strided<double> l)
    {
        Require(k, l.Rows);
        double own = UnbiasedHsic(team, k, k) * UnbiasedHsic(team, l, l);
        return own > 0 ? UnbiasedHsic(team, k, l) / Math.Sqrt(own) : 0;
    }

    /// <summary>[tr K̃L̃ + 1ᵀK̃1·1ᵀL̃1/((n − 1)(n − 2)) − 2/(n − 2)·1ᵀK̃L̃1]/(n(n − 3)), K̃ and L̃ without their diagonals.</summary>
    public static double UnbiasedHsic(Team team, Strided<double> k, Strided<double> l)
    {
        if (k.Rows < 4)
        {
            throw new ArgumentException($"The unbiased estimate needs at least 4 rows, not {k.Rows}.", nameof(k));
        }

        int n = (int)k.Rows;
        var rows = new (double First, double Second, double Product)[n];
        team.For(n, i =>
        {
            (double first, double second, double product) = (0, 0, 0);
            for (int j = 0; j < n; j++)
            {
                if (j != i)
                {
                    first += k[i, j];
                    second += l[i, j];
                    product = Math.FusedMultiplyAdd(k[i, j], l[i, j], product);
                }
            }

            rows[i] = (first, second, product);
        });
        (double sumFirst, double sumSecond, double trace, double cross) = (0, 0, 0, 0);
        foreach ((double first, double second, double product) in rows)
        {
            sumFirst += first;
            sumSecond += second;
            trace += product;
            cross = Math.FusedMultiplyAdd(first, second, cross); // 1ᵀK̃L̃1 is the product of the row sums
        }

        double m = n;
        return (trace + (sumFirst * sumSecond / ((m - 1) * (m - 2))) - (2 / (m - 2) * cross)) / (m * (m - 3));
    }

    private static (int[] Classes, double[] Shares, double Grand) Shares(ReadOnlySpan<int> codes)
    {
        var shares = new double[Highest(codes) + 1];
        foreach (int code in codes)
        {
            shares[code]++;
        }

        double grand = 0;
        foreach (ref double share in shares.AsSpan())
        {
            share /= codes.Length;
            grand += share * share;
        }

        return (codes.ToArray(), shares, grand);
    }

    private static int Highest(ReadOnlySpan<int> codes)
    {
        int highest = 0;
        foreach (int code in codes)
        {
            highest = Math.Max(highest, code >= 0 ? code : throw new ArgumentException($"A class is {code}; classes are counted from 0.", nameof(codes)));
        }

        return highest;
    }

    private static double Cosine(Team team, int n, Func<int, int, (double First, double Second)> at)
    {
        var rows = new (double Product, double First, double Second)[n];
        team.For(n, i =>
        {
            (double product, double first, double second) = (0, 0, 0);
            for (int j = 0; j < n; j++)
            {
                (double a, double b) = at(i, j);
                product = Math.FusedMultiplyAdd(a, b, product);
                first = Math.FusedMultiplyAdd(a, a, first);
                second = Math.FusedMultiplyAdd(b, b, second);
            }

            rows[i] = (product, first, second);
        });
        (double all, double ofFirst, double ofSecond) = (0, 0, 0);
        foreach ((double product, double first, double second) in rows)
        {
            all += product;
            ofFirst += first;
            ofSecond += second;
        }

        return ofFirst > 0 && ofSecond > 0 ? all / (Math.Sqrt(ofFirst) * Math.Sqrt(ofSecond)) : 0;
    }

    private static double Squares(Team team, Strided<double> a, Strided<double> b)
    {
        using var memory = new NativeBuffer<double>(a.Columns * b.Columns);
        Strided<double> product = Strided<double>.RowMajor(memory, a.Columns, b.Columns);
        MatrixProduct.Multiply(team, a.Transpose, b, product);
        double sum = 0;
        for (long i = 0; i < memory.Length; i++)
        {
            sum = Math.FusedMultiplyAdd(memory.Pointer[i], memory.Pointer[i], sum);
        }

        return sum;
    }

    private static void Require(Strided<double> k, long rows)
    {
        if (k.Rows != k.Columns || k.Rows != rows || rows == 0)
        {
            throw new ArgumentException($"A kernel matrix [{k.Rows} × {k.Columns}] cannot be compared with one of {rows} rows: give the same rows, at least one.", nameof(k));
        }
    }
}

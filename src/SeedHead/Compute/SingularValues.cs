namespace SeedHead.Compute;

/// <summary>A = U·Σ·Vᵀ for A [m × n], k = min(m, n): singular values in descending order, U [m × k] and V [n × k] with orthonormal columns.</summary>
/// <remarks>
/// <para>A = Q·R by <see cref="TallSkinnyQr"/> (of Aᵀ where it is wide), Rᵀ = P·Lᵀ by <see cref="Qr"/>, L = W·H by <see cref="PolarFactor"/>, H =
/// Y·Σ·Yᵀ by <see cref="SymmetricEigen"/>; U = Q·W·Y and V = P·Y. Where singular values are next to nothing W·Y is made orthonormal by
/// <see cref="Qr"/>, largest value first. Source: Nakatsukasa &amp; Higham, "Stable and efficient spectral divide and conquer algorithms for the symmetric
/// eigenvalue decomposition and the SVD", SIAM J. Sci. Comput. 35 (2013).</para>
/// <para>Error, ε = 2⁻⁵³ (tested): every singular value at most 4·(k + 10)·ε·σ₁, as is ‖A − U·Σ·Vᵀ‖; |UᵀU − I| and |VᵀV − I| at most 10·k·ε. Values
/// below k·ε·σ₁ have no exact digit: AᵀA would lose them already below √ε·σ₁, rotations of columns would keep their digits, at few operations per
/// element moved.</para>
/// </remarks>
internal static unsafe class SingularValues
{
    private const int UsualExponent = 400;

    /// <summary>values [k] ← the singular values alone.</summary>
    /// <exception cref="ArgumentException">Shapes do not match, or A holds an infinity or NaN.</exception>
    public static void Find(Team team, Strided<double> a, Span<double> values)
    {
        Strided<double> tall = a.Rows >= a.Columns ? a : a.Transpose;
        Require(values.Length == tall.Columns, a, values.Length);
        double[] found = new double[values.Length];
        Run(team, tall, Exponent(a), found, null);
        found.CopyTo(values);
    }

    /// <summary>values [k], u [m × k] and v [n × k] ← the decomposition; u and v may not overlap A.</summary>
    /// <exception cref="ArgumentException">Shapes do not match, or A holds an infinity or NaN.</exception>
    public static void Decompose(Team team, Strided<double> a, Span<double> values, Strided<double> u, Strided<double> v)
    {
        bool wide = a.Rows < a.Columns;
        long k = Math.Min(a.Rows, a.Columns);
        Require(values.Length == k && u.Rows == a.Rows && u.Columns == k && v.Rows == a.Columns && v.Columns == k, a, values.Length);
        double[] found = new double[k];
        Run(team, wide ? a.Transpose : a, Exponent(a), found, wide ? (v, u) : (u, v));
        found.CopyTo(values);
    }

    private static void Run(Team team, Strided<double> a, int exponent, double[] values, (Strided<double> Left, Strided<double> Right)? vectors)
    {
        long n = a.Columns;
        using NativeBuffer<double>? scaled = exponent == 0 ? null : Scaled(a, exponent);
        using TallSkinnyQr qr = TallSkinnyQr.Factor(team, scaled == null ? a : Strided<double>.RowMajor(scaled, a.Rows, n));
        using var right = new NativeBuffer<double>(n * n);
        using var left = new NativeBuffer<double>(n * n);
        Strided<double> v = Strided<double>.RowMajor(right, n, n), w = Strided<double>.RowMajor(left, n, n);
        Decompose(team, qr.R, values, w, v, vectors != null);
        for (long i = 0; i < n; i++)
        {
            values[i] = Math.ScaleB(values[i], exponent);
        }

        if (vectors is var (u, found))
        {
            qr.Multiply(team, w, u);
            for (long i = 0; i < n; i++)
            {
                for (long j = 0; j < n; j++)
                {
                    found[i, j] = v[i, j];
                }
            }
        }
    }

    /// <summary>R [n × n] = w·Σ·vᵀ.</summary>
    private static void Decompose(Team team, Strided<double> r, double[] values, Strided<double> w, Strided<double> v, bool needVectors)
    {
        long n = r.Rows;
        if (IsZero(r))
        {
            for (long i = 0; i < n; i++)
            {
                w[i, i] = v[i, i] = 1;
            }

            return;
        }

        using Qr turned = Qr.Factor(team, r.Transpose);
        Strided<double> lower = turned.R.Transpose;
        using PolarFactor polar = PolarFactor.OfTriangle(team, lower);
        MatrixProduct.Multiply(team, polar.W.Transpose, lower, w); // H, for now
        for (long i = 0; i < n; i++)
        {
            for (long j = 0; j < i; j++)
            {
                w[i, j] = (w[i, j] + w[j, i]) / 2;
            }
        }

        SymmetricEigen.Decompose(team, w, values, v);
        Reverse(values, v);
        if (!needVectors)
        {
            return;
        }

        MatrixProduct.Multiply(team, polar.W, v, w);
        if (polar.Deficient)
        {
            Orthonormalise(team, w);
        }

        turned.Apply(team, v);
    }

    /// <summary>Ascending to descending; what rounding made negative is 0.</summary>
    private static void Reverse(double[] values, Strided<double> v)
    {
        Array.Reverse(values);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Max(values[i], 0);
            v.Row(i).Reverse();
        }
    }

    /// <summary>Columns that are orthonormal to the columns before them stay; the others become so.</summary>
    private static void Orthonormalise(Team team, Strided<double> w)
    {
        using Qr qr = Qr.Factor(team, w);
        qr.FormThin(team, w);
        for (long j = 0; j < w.Columns; j++)
        {
            for (long i = 0; qr.R[j, j] < 0 && i < w.Rows; i++)
            {
                w[i, j] = -w[i, j];
            }
        }
    }

    private static bool IsZero(Strided<double> r)
    {
        for (long i = 0; i < r.Rows; i++)
        {
            if (r.Row(i).ContainsAnyExcept(0.0))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The power of two next to the largest element if it is beyond usual sizes, else 0.</summary>
    private static int Exponent(Strided<double> a)
    {
        double largest = 0;
        for (long i = 0; i < a.Rows; i++)
        {
            for (long j = 0; j < a.Columns; j++)
            {
                largest = Math.Max(largest, Math.Abs(a[i, j])); // NaN if any is
            }
        }

        if (!double.IsFinite(largest))
        {
            Qr.ThrowNotFinite(a);
        }

        int exponent = largest == 0 ? 0 : Math.ILogB(largest);
        return Math.Abs(exponent) > UsualExponent ? exponent : 0;
    }

    private static NativeBuffer<double> Scaled(Strided<double> a, int exponent)
    {
        var scaled = new NativeBuffer<double>(a.Rows * a.Columns);
        for (long i = 0; i < a.Rows; i++)
        {
            for (long j = 0; j < a.Columns; j++)
            {
                scaled.Pointer[i * a.Columns + j] = Math.ScaleB(a[i, j], -exponent);
            }
        }

        return scaled;
    }

    private static void Require(bool fits, Strided<double> a, int values)
    {
        if (!fits)
        {
            throw new ArgumentException(
                $"A [{a.Rows} × {a.Columns}] has k = {Math.Min(a.Rows, a.Columns)} singular values (not {values}), U [{a.Rows} × k] and V [{a.Columns} × k].");
        }
    }
}

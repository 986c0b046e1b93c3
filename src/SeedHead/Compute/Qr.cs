namespace SeedHead.Compute;

/// <summary>A = Q·R for A [m × n] and k = min(m, n): Q [m × k] has orthonormal columns, R [k × n] is upper triangular (its diagonal of either sign).</summary>
/// <remarks>
/// <para>Reflections I − τ·v·vᵀ (<see cref="Householder.Reflect"/>) make one column after the other a column of R. Several are joined to I − Vᵀ·S·V, the rows
/// of V being their vectors, S upper triangular, and applied by <see cref="MatrixProduct"/>. Sources: Schreiber &amp; Van Loan, SIAM J. Sci. Stat. Comput. 10
/// (1989), for S; Elmroth &amp; Gustavson, IBM J. Res. Dev. 44 (2000), for halving.</para>
/// <para>The order of sums, which threads and instruction sets cannot change: <see cref="Panel"/> columns are factored, then applied to all columns right of
/// them. A part of a panel of at most <see cref="Leaf"/> columns is factored one by one (sums as <see cref="Vectors.Dot"/>); a larger one is cut at
/// h = <see cref="Half"/>: the first h columns are factored, applied to the others, those are factored, and S₁₂ = −S₁·(V₁·V₂ᵀ)·S₂.</para>
/// <para>Error: every column of A − Q·R is at most 10·k·ε of A's column, ‖QᵀQ − I‖ at most 10·k·ε, ε = 2⁻⁵³ (tested; usual: less than √k·ε). Columns
/// of any size keep that: those beyond 2^±400 are scaled by a power of two before.</para>
/// </remarks>
internal sealed unsafe class Qr : IDisposable
{
    public const int Panel = 128;
    public const int Leaf = 8;
    private const int UsualExponent = 400; // squares of sizes up to 2^±400 and their sums neither overflow nor lose digits
    private const int Together = 16; // columns that one task copies
    private readonly NativeBuffer<double> reflections, joins, upper;

    private Qr(long rows, long columns)
    {
        (Rows, Columns) = (rows, columns);
        reflections = new(Rank * rows);
        joins = new((Rank + Panel - 1) / Panel * Panel * Panel);
        upper = new(Rank * columns);
    }

    public long Rows { get; }

    public long Columns { get; }

    /// <summary>k = min(m, n).</summary>
    public long Rank => Math.Min(Rows, Columns);

    /// <summary>R [k × n], zeros below the diagonal; lives as long as this object.</summary>
    public Strided<double> R => Strided<double>.RowMajor(upper, Rank, Columns);

    /// <summary>Where a part of <paramref name="count"/> columns is cut in two: the multiple of <see cref="Leaf"/> at or next above its half.</summary>
    public static long Half(long count) => (count + 2 * Leaf - 1) / (2 * Leaf) * Leaf;

    /// <summary>Factors A, which is only read.</summary>
    /// <param name="team">The threads.</param>
    /// <param name="a">A [m × n].</param>
    /// <param name="row">The number of A's first row in messages.</param>
    /// <exception cref="ArgumentException">A holds an infinity or NaN.</exception>
    public static Qr Factor(Team team, Strided<double> a, long row = 0)
    {
        using var memory = new NativeBuffer<double>(a.Rows * a.Columns);
        Strided<double> columns = Strided<double>.RowMajor(memory, a.Columns, a.Rows);
        int[] exponents = Load(team, a, columns, row);
        var qr = new Qr(a.Rows, a.Columns);
        try
        {
            qr.FactorColumns(team, columns);
            qr.KeepUpper(columns, exponents);
            return qr;
        }
        catch
        {
            qr.Dispose();
            throw;
        }
    }

    /// <summary>q [m × k] ← Q.</summary>
    public void FormThin(Team team, Strided<double> q)
    {
        Require(q.Rows == Rows && q.Columns == Rank, q);
        for (long i = 0; i < Rows; i++)
        {
            for (long j = 0; j < Rank; j++)
            {
                q[i, j] = i == j ? 1 : 0;
            }
        }

        for (long first = LastPanel; first >= 0; first -= Panel)
        {
            ApplyPanel(team, first, q.Block(first, first, Rows - first, Rank - first), transposed: false);
        }
    }

    /// <summary>B [m × p] ← Q·B, where Q is completed to [m × m].</summary>
    public void Apply(Team team, Strided<double> b)
    {
        Require(b.Rows == Rows, b);
        for (long first = LastPanel; first >= 0; first -= Panel)
        {
            ApplyPanel(team, first, b.Block(first, 0, Rows - first, b.Columns), transposed: false);
        }
    }

    /// <summary>B [m × p] ← Qᵀ·B, where Q is completed to [m × m]: the first k rows are those of the thin Q.</summary>
    public void ApplyTransposed(Team team, Strided<double> b)
    {
        Require(b.Rows == Rows, b);
        for (long first = 0; first < Rank; first += Panel)
        {
            ApplyPanel(team, first, b.Block(first, 0, Rows - first, b.Columns), transposed: true);
        }
    }

    public void Dispose()
    {
        reflections.Dispose();
        joins.Dispose();
        upper.Dispose();
    }

    private long LastPanel => Rank == 0 ? -1 : (Rank - 1) / Panel * Panel;

    /// <summary>The vectors of reflections as rows, from their first element that is not 0 by definition.</summary>
    private Strided<double> VectorsOf(long first, long count) => Strided<double>.RowMajor(reflections, Rank, Rows).Block(first, first, count, Rows - first);

    private Strided<double> JoinOf(long first)
    {
        long width = Math.Min(Panel, Rank - first);
        return new(joins.Pointer + first / Panel * Panel * Panel, width, width, Panel, 1);
    }

    /// <summary>B −= Vᵀ·S·V·B, or with Sᵀ.</summary>
    private void ApplyPanel(Team team, long first, Strided<double> b, bool transposed)
    {
        team.Cancellation.ThrowIfCancellationRequested();
        Strided<double> s = JoinOf(first), v = VectorsOf(first, s.Rows);
        using var memory = new NativeBuffer<double>(2 * s.Rows * b.Columns);
        var x = Strided<double>.RowMajor(memory.Pointer, s.Rows, b.Columns);
        var y = Strided<double>.RowMajor(memory.Pointer + s.Rows * b.Columns, s.Rows, b.Columns);
        MatrixProduct.Multiply(team, v, b, x);
        MatrixProduct.Multiply(team, transposed ? s.Transpose : s, x, y);
        MatrixProduct.Multiply(team, TileSets.Double, v.Transpose, y, b, Into.Subtract);
    }

    /// <summary>columns ← Aᵀ, scaled: powers of two by which columns of R are to be multiplied in the end.</summary>
    private static int[] Load(Team team, Strided<double> a, Strided<double> columns, long row)
    {
        int[] exponents = new int[a.Columns];
        bool finite = true;
        team.For((int)((a.Columns + Together - 1) / Together), task =>
        {
            long from = (long)task * Together, to = Math.Min(from + Together, a.Columns);
            for (long i = 0; i < a.Rows; i++)
            {
                for (long j = from; j < to; j++)
                {
                    columns[j, i] = a[i, j];
                }
            }

            for (long j = from; j < to; j++)
            {
                if (!Scale(&columns.Pointer[j * columns.RowStride], a.Rows, out exponents[j]))
                {
                    Volatile.Write(ref finite, false);
                }
            }
        });
        if (!finite)
        {
            ThrowNotFinite(a, row);
        }

        return exponents;
    }

    /// <summary>Brings a column of unusual size near 1; false if it holds an infinity or NaN.</summary>
    private static bool Scale(double* column, long count, out int exponent)
    {
        double largest = 0;
        for (long i = 0; i < count; i++)
        {
            largest = Math.Max(largest, Math.Abs(column[i])); // NaN if any is
        }

        exponent = largest == 0 || !double.IsFinite(largest) ? 0 : Math.ILogB(largest);
        exponent = Math.Abs(exponent) <= UsualExponent ? 0 : exponent;
        for (long i = 0; exponent != 0 && i < count; i++)
        {
            column[i] = Math.ScaleB(column[i], -exponent);
        }

        return double.IsFinite(largest);
    }

    /// <summary>Names the first element that is not finite.</summary>
    public static void ThrowNotFinite(Strided<double> a, long row = 0)
    {
        for (long i = 0; i < a.Rows; i++)
        {
            for (long j = 0; j < a.Columns; j++)
            {
                if (!double.IsFinite(a[i, j]))
                {
                    throw new ArgumentException($"Element ({row + i}, {j}) is {a[i, j]}; only finite matrices are factored.");
                }
            }
        }
    }

    private void FactorColumns(Team team, Strided<double> columns)
    {
        using var work = new NativeBuffer<double>(2 * Panel * Math.Max(Columns, Panel));
        for (long first = 0; first < Rank; first += Panel)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            Strided<double> join = JoinOf(first);
            FactorPart(team, columns, first, join, work.Pointer);
            long next = first + join.Rows;
            Reflect(team, first, join, columns.Block(next, first, Columns - next, Rows - first), work.Pointer);
        }
    }

    /// <summary>Factors as many columns as <paramref name="join"/> has, from <paramref name="first"/> on, and fills join with their S.</summary>
    private void FactorPart(Team team, Strided<double> columns, long first, Strided<double> join, double* work)
    {
        long count = join.Rows;
        if (count <= Leaf)
        {
            FactorLeaf(columns, first, join);
            return;
        }

        long half = Half(count), rest = count - half;
        Strided<double> s1 = join.Block(0, 0, half, half), s2 = join.Block(half, half, rest, rest);
        FactorPart(team, columns, first, s1, work);
        Reflect(team, first, s1, columns.Block(first + half, first, rest, Rows - first), work);
        FactorPart(team, columns, first + half, s2, work);

        var cross = Strided<double>.RowMajor(work, half, rest);
        var turned = Strided<double>.RowMajor(work + half * rest, half, rest);
        Strided<double> v1 = VectorsOf(first, half).Block(0, half, half, Rows - first - half);
        MatrixProduct.Multiply(team, v1, VectorsOf(first + half, rest).Transpose, cross);
        MatrixProduct.Multiply(team, s1, cross, turned);
        MatrixProduct.Multiply(team, TileSets.Double, turned, s2, join.Block(0, half, half, rest), Into.Subtract);
    }

    /// <summary>Columns that are rows here: C −= C·Vᵀ·S·V.</summary>
    private void Reflect(Team team, long first, Strided<double> s, Strided<double> c, double* work)
    {
        Strided<double> v = VectorsOf(first, s.Rows);
        var x = Strided<double>.RowMajor(work, c.Rows, s.Rows);
        var y = Strided<double>.RowMajor(work + c.Rows * s.Rows, c.Rows, s.Rows);
        MatrixProduct.Multiply(team, c, v.Transpose, x);
        MatrixProduct.Multiply(team, x, s, y);
        MatrixProduct.Multiply(team, TileSets.Double, y, v, c, Into.Subtract);
    }

    private void FactorLeaf(Strided<double> columns, long first, Strided<double> s)
    {
        for (long i = 0; i < s.Rows; i++)
        {
            long j = first + i;
            nint count = (nint)(Rows - j);
            double* x = &columns.Pointer[j * columns.RowStride + j], v = &reflections.Pointer[j * Rows + j];
            (double value, double tau) = Householder.Reflect(x, count);
            Vectors.Copy(x, v, count);
            *x = value;
            s[i, i] = tau;
            for (long c = 1; c < s.Rows - i; c++)
            {
                double* other = x + c * columns.RowStride;
                Vectors.Add(-(tau * Vectors.Dot(v, other, count)), v, other, count);
            }

            JoinOne(s, i, j, v, count);
        }
    }

    /// <summary>Column i of S: −τᵢ times S so far times the products of vᵢ with the vectors before it.</summary>
    private void JoinOne(Strided<double> s, long i, long j, double* v, nint count)
    {
        double* products = stackalloc double[Leaf];
        for (long r = 0; r < i; r++)
        {
            products[r] = Vectors.Dot(&reflections.Pointer[(j - i + r) * Rows + j], v, count);
        }

        for (long r = 0; r < i; r++)
        {
            double sum = 0;
            for (long c = r; c < i; c++)
            {
                sum = double.FusedMultiplyAdd(s[r, c], products[c], sum);
            }

            s[r, i] = -s[i, i] * sum;
        }
    }

    private void KeepUpper(Strided<double> columns, int[] exponents)
    {
        Strided<double> r = R;
        for (long j = 0; j < Columns; j++)
        {
            for (long i = 0; i <= Math.Min(j, Rank - 1); i++)
            {
                r[i, j] = exponents[j] == 0 ? columns[j, i] : Math.ScaleB(columns[j, i], exponents[j]);
            }
        }
    }

    private void Require(bool fits, Strided<double> b)
    {
        if (!fits)
        {
            throw new ArgumentException($"Q of [{Rows} × {Columns}] does not go with [{b.Rows} × {b.Columns}].");
        }
    }
}

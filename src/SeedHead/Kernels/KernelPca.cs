using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Kernels;

/// <summary>Principal components of features that a kernel holds: scores of the rows it was learned on and of new ones.</summary>
/// <remarks>
/// <para>HKH = U·Λ·Uᵀ with H = I − 1·1ᵀ/n. Scores [n × r] are U_r·Λ_r^½; new points with centred kernels k have Λ_r^(−½)·U_rᵀ·k. Of features Φ given as numbers
/// the same comes from Φ − mean = U·Λ^½·Vᵀ, new points having V_rᵀ·(φ − mean). A component's sign makes its score of largest size positive (the first one of equals).</para>
/// <para>Randomised: Q by <see cref="RangeFinder"/> with r + <see cref="MoreColumns"/> columns and <see cref="Powers"/> powers, then the exact components of Qᵀ·HKH·Q or of
/// Qᵀ·(Φ − mean). Its eigenvalues are at most the exact ones. Source: Halko, Martinsson &amp; Tropp, SIAM Review 53 (2011), sec. 5.</para>
/// <para>Components whose eigenvalue is below n·2⁻⁵²·λ₁ are rounding: their scores and those of new points are 0.</para>
/// </remarks>
internal sealed unsafe class KernelPca : IDisposable
{
    /// <summary>Columns beyond those wanted that a random test matrix has.</summary>
    public const int MoreColumns = 10;

    /// <summary>How often the matrix is applied again, there and back.</summary>
    public const int Powers = 2;

    private readonly NativeBuffer<double> scores;
    private readonly NativeBuffer<double> projector;
    private readonly Centring? centring;
    private readonly double[] means;

    private KernelPca(KernelSpectrum spectrum, NativeBuffer<double> scores, NativeBuffer<double> projector, Centring? centring, double[] means)
    {
        (Spectrum, this.scores, this.projector, this.centring, this.means) = (spectrum, scores, projector, centring, means);
        Components = (int)(scores.Length / spectrum.Rows);
    }

    /// <summary>The eigenvalues of HKH: all of them after an exact decomposition, r after a randomised one.</summary>
    public KernelSpectrum Spectrum { get; }

    /// <summary>r, how many components are kept.</summary>
    public int Components { get; }

    /// <summary>Scores of the rows learned on [n × r].</summary>
    public Strided<double> Scores => Strided<double>.RowMajor(scores, Spectrum.Rows, Components);

    private Strided<double> Projector => Strided<double>.RowMajor(projector, projector.Length / Components, Components);

    /// <summary>Exact components of a kernel matrix. Memory: four matrices of its size; time: about 10·n³ operations.</summary>
    /// <param name="team">The threads; they change no bit.</param>
    /// <param name="gram">K [n × n], symmetric, of which the lower triangle is read.</param>
    /// <param name="components">r, from 1 to n.</param>
    /// <exception cref="ArgumentException">Not square, not finite, or not a kernel.</exception>
    public static KernelPca OfGram(Team team, Strided<double> gram, int components)
    {
        Require(components, gram.Rows);
        int n = (int)gram.Rows;
        var centring = Centring.Learn(team, gram);
        using var memory = new NativeBuffer<double>((long)n * n);
        Strided<double> centred = Strided<double>.RowMajor(memory, n, n);
        centring.Apply(team, gram, centred);
        (double trace, double squares) = Norms(team, centred);
        var values = new double[n];
        SymmetricEigen.Decompose(team, centred, values, centred);
        Array.Reverse(values);
        return OfVectors(new(values, n, trace, squares), components, centring, (i, c) => centred[i, n - 1 - c]);
    }

    /// <summary>The leading components of a kernel matrix by random projections. Memory: one matrix of its size.</summary>
    /// <param name="team">The threads; they change no bit.</param>
    /// <param name="gram">K [n × n], symmetric.</param>
    /// <param name="components">r, from 1 to n.</param>
    /// <param name="seed">Seed of the test matrix.</param>
    /// <exception cref="ArgumentException">Not square, not finite, or not a kernel.</exception>
    public static KernelPca OfGramRandomised(Team team, Strided<double> gram, int components, ulong seed)
    {
        Require(components, gram.Rows);
        int n = (int)gram.Rows, l = Math.Min(n, components + MoreColumns);
        var centring = Centring.Learn(team, gram);
        using NativeBuffer<double> memory = new((long)n * n), test = Normals(seed, n, l), range = new((long)n * l), product = new((long)n * l), small = new((long)l * l);
        Strided<double> centred = Strided<double>.RowMajor(memory, n, n), q = Strided<double>.RowMajor(range, n, l);
        Strided<double> image = Strided<double>.RowMajor(product, n, l), core = Strided<double>.RowMajor(small, l, l);
        centring.Apply(team, gram, centred);
        (double trace, double squares) = Norms(team, centred);
        RangeFinder.Find(team, centred, Strided<double>.RowMajor(test, n, l), Powers, q);
        MatrixProduct.Multiply(team, centred, q, image);
        MatrixProduct.Multiply(team, q.Transpose, image, core);
        var values = new double[l];
        SymmetricEigen.Decompose(team, core, values, core);
        MatrixProduct.Multiply(team, q, core, image);
        Array.Reverse(values);
        return OfVectors(new(values[..components], n, trace, squares), components, centring, (i, c) => image[i, l - 1 - c]);
    }

    /// <summary>Components of features given as numbers, exactly or by random projections. Memory: the features in float64, and a square matrix of their smaller side.</summary>
    /// <param name="team">The threads; they change no bit.</param>
    /// <param name="features">Φ [n × D], columns side by side.</param>
    /// <param name="components">r, from 1 to the smaller of n and D.</param>
    /// <param name="seed">Seed of the test matrix, or null for the exact decomposition.</param>
    /// <exception cref="ArgumentException">No row, or a number is not finite.</exception>
    public static KernelPca OfFeatures(Team team, Strided<float> features, int components, ulong? seed = null)
    {
        long n = features.Rows, width = features.Columns;
        Require(components, Math.Min(n, width));
        using var memory = new NativeBuffer<double>(n * width);
        Strided<double> centred = Strided<double>.RowMajor(memory, n, width);
        double[] means = CentredFeatures.Centred(team, features, centred);
        bool tall = width <= n;
        int side = (int)Math.Min(n, width), l = seed is null ? side : Math.Min(side, components + MoreColumns);
        using NativeBuffer<double> left = new(n * l), right = new(width * l);
        Strided<double> u = Strided<double>.RowMajor(left, n, l), v = Strided<double>.RowMajor(right, width, l);
        double[] singular = seed is { } given ? Projected(team, centred, given, u, v) : Exact(team, centred, u, v);
        (double trace, double squares) = FeatureNorms(team, centred, tall);
        int known = seed is null ? side : components;
        var values = new double[seed is null ? (int)n : known]; // what lies beyond the smaller side is 0
        for (int i = 0; i < known; i++)
        {
            values[i] = singular[i] * singular[i];
        }

        return OfFactors(new(values, (int)n, trace, squares), components, means, u, v, singular);
    }

    /// <summary>to ← scores of new points.</summary>
    /// <param name="team">The threads.</param>
    /// <param name="points">Kernels of the new points with the rows learned on [m × n], or their features [m × D].</param>
    /// <param name="to">[m × r].</param>
    /// <exception cref="ArgumentException">Shapes do not match.</exception>
    public void Score(Team team, Strided<double> points, Strided<double> to)
    {
        if (points.Columns != Projector.Rows || to.Rows != points.Rows || to.Columns != Components)
        {
            throw new ArgumentException($"Points [{points.Rows} × {points.Columns}] must have {Projector.Rows} columns, and their scores be [{points.Rows} × {Components}], not [{to.Rows} × {to.Columns}].");
        }

        using var memory = new NativeBuffer<double>(points.Rows * points.Columns);
        Strided<double> centred = Strided<double>.RowMajor(memory, points.Rows, points.Columns);
        if (centring is not null)
        {
            centring.ApplyToNew(team, points, centred);
        }
        else
        {
            CentredFeatures.Shift(team, points, means, centred);
        }

        MatrixProduct.Multiply(team, centred, Projector, to);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        scores.Dispose();
        projector.Dispose();
    }

    /// <summary>Σλ and Σλ² of a symmetric matrix: its trace and the sum of its squared elements, rows added in order.</summary>
    private static (double Trace, double Squares) Norms(Team team, Strided<double> matrix)
    {
        var rows = new double[matrix.Rows];
        team.For(rows.Length, i =>
        {
            double* row = matrix.Pointer + (i * matrix.RowStride);
            rows[i] = Vectors.Dot(row, row, (nint)matrix.Columns);
        });
        double trace = 0, squares = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            trace += matrix[i, i];
            squares += rows[i];
        }

        return (trace, squares);
    }

    private static (double Trace, double Squares) FeatureNorms(Team team, Strided<double> centred, bool tall)
    {
        Strided<double> one = tall ? centred.Transpose : centred;
        using var memory = new NativeBuffer<double>(one.Rows * one.Rows);
        Strided<double> product = Strided<double>.RowMajor(memory, one.Rows, one.Rows);
        MatrixProduct.Multiply(team, one, one.Transpose, product);
        return Norms(team, product);
    }

    private static double[] Exact(Team team, Strided<double> centred, Strided<double> u, Strided<double> v)
    {
        var singular = new double[u.Columns];
        SingularValues.Decompose(team, centred, singular, u, v);
        return singular;
    }

    private static double[] Projected(Team team, Strided<double> centred, ulong seed, Strided<double> u, Strided<double> v)
    {
        long l = u.Columns;
        using NativeBuffer<double> test = Normals(seed, centred.Columns, l), range = new(centred.Rows * l), small = new(l * centred.Columns), turn = new(l * l);
        Strided<double> q = Strided<double>.RowMajor(range, centred.Rows, l), core = Strided<double>.RowMajor(small, l, centred.Columns);
        Strided<double> w = Strided<double>.RowMajor(turn, l, l);
        RangeFinder.Find(team, centred, Strided<double>.RowMajor(test, centred.Columns, l), Powers, q);
        MatrixProduct.Multiply(team, q.Transpose, centred, core);
        var singular = new double[l];
        SingularValues.Decompose(team, core, singular, w, v);
        MatrixProduct.Multiply(team, q, w, u);
        return singular;
    }

    private static KernelPca OfVectors(KernelSpectrum spectrum, int components, Centring centring, Func<int, int, double> vectors)
    {
        int n = spectrum.Rows;
        NativeBuffer<double> scores = new((long)n * components), projector = new((long)n * components);
        for (int c = 0; c < components; c++)
        {
            double root = Math.Sqrt(spectrum.Values[c]), sign = Sign(n, c, vectors);
            for (int i = 0; i < n && IsFound(spectrum, c); i++)
            {
                double element = sign * vectors(i, c);
                scores.Pointer[((long)i * components) + c] = element * root;
                projector.Pointer[((long)i * components) + c] = element / root;
            }
        }

        return new(spectrum, scores, projector, centring, []);
    }

    private static KernelPca OfFactors(KernelSpectrum spectrum, int components, double[] means, Strided<double> u, Strided<double> v, double[] singular)
    {
        NativeBuffer<double> scores = new((long)spectrum.Rows * components), projector = new(v.Rows * components);
        for (int c = 0; c < components; c++)
        {
            double sign = Sign(spectrum.Rows, c, (i, column) => u[i, column]);
            for (long i = 0; i < u.Rows && IsFound(spectrum, c); i++)
            {
                scores.Pointer[(i * components) + c] = sign * u[i, c] * singular[c];
            }

            for (long i = 0; i < v.Rows && IsFound(spectrum, c); i++)
            {
                projector.Pointer[(i * components) + c] = sign * v[i, c];
            }
        }

        return new(spectrum, scores, projector, null, means);
    }

    private static bool IsFound(KernelSpectrum spectrum, int component) => spectrum.Values[component] > 2 * Vectors.Rounding * spectrum.Rows * spectrum.Values[0];

    /// <summary>1 where the element of largest size is positive, else −1.</summary>
    private static double Sign(int rows, int component, Func<int, int, double> vectors)
    {
        double largest = 0;
        for (int i = 0; i < rows; i++)
        {
            double element = vectors(i, component);
            largest = Math.Abs(element) > Math.Abs(largest) ? element : largest;
        }

        return largest < 0 ? -1 : 1;
    }

    private static NativeBuffer<double> Normals(ulong seed, long rows, long columns)
    {
        var values = new NativeBuffer<double>(rows * columns);
        var stream = new WeightStream(seed);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                values.Pointer[(i * columns) + j] = stream.Normal(new(0, 0, i, j, WeightKind.Direction));
            }
        }

        return values;
    }

    private static void Require(int components, long most)
    {
        if (components < 1 || components > most)
        {
            throw new ArgumentOutOfRangeException(nameof(components), components, $"Components must be from 1 to {most}: the smaller of the rows and, where features are given, their number.");
        }
    }
}

using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>
/// L = 1/B·Σ_b ‖K_b·α − y_b‖² with α = (K_ss + μ·I)⁻¹·Y_s, K_b the kernels of batch row b with m points s_i = √d·z_i/‖z_i‖, and its gradient in z and in the labels Y_s.
/// </summary>
/// <remarks>
/// With R = K_t·α − Y_t, dL/dK_t = 2/B·R·αᵀ, β = (K_ss + μI)⁻¹·K_tᵀ·(2/B·R), dL/dK_ss = −β·αᵀ, dL/dY_s = β. The chain to the points goes through κ′(ρ)/d, and to z through the
/// part of a gradient that is at right angles to the point: √d/‖z‖·(g − u·(u·g)), u = z/‖z‖. See docs/math/distillation.md.
/// </remarks>
internal sealed unsafe class DistillationLoss : IDisposable
{
    private readonly SphereKernel kernel;
    private readonly int m, d, classes, batch;
    private readonly double penalty;
    private readonly NativeBuffer<double> memory;

    /// <summary>Room for a number of points and rows.</summary>
    /// <param name="kernel">κ.</param>
    /// <param name="m">Points.</param>
    /// <param name="d">Numbers a point.</param>
    /// <param name="classes">Numbers a label.</param>
    /// <param name="batch">Rows a batch.</param>
    /// <param name="penalty">μ over κ(1), the mean diagonal of K_ss.</param>
    public DistillationLoss(SphereKernel kernel, int m, int d, int classes, int batch, double penalty)
    {
        (this.kernel, this.m, this.d, this.classes, this.batch, this.penalty) = (kernel, m, d, classes, batch, penalty);
        long points = (long)m * d, square = (long)m * m, across = (long)batch * m, labels = (long)m * classes;
        memory = new((2 * points) + (3 * square) + (2 * across) + (2 * labels) + ((long)batch * classes));
        double* next = memory.Pointer;
        Strided<double> Part(long rows, long columns)
        {
            var part = Strided<double>.RowMajor(next, rows, columns);
            next += rows * columns;
            return part;
        }

        (Points, AlongPoints) = (Part(m, d), Part(m, d));
        (Own, OwnSlopes, Factor) = (Part(m, m), Part(m, m), Part(m, m));
        (Cross, CrossSlopes) = (Part(batch, m), Part(batch, m));
        (Alpha, Beta) = (Part(m, classes), Part(m, classes));
        Rest = Part(batch, classes);
    }

    /// <summary>s [m × d], after a call.</summary>
    public Strided<double> Points { get; }

    /// <summary>dL/dY_s [m × classes], after a call.</summary>
    public Strided<double> Beta { get; }

    private Strided<double> AlongPoints { get; }

    private Strided<double> Own { get; }

    private Strided<double> OwnSlopes { get; }

    private Strided<double> Factor { get; }

    private Strided<double> Cross { get; }

    private Strided<double> CrossSlopes { get; }

    private Strided<double> Alpha { get; }

    private Strided<double> Rest { get; }

    /// <summary>The loss and, in <paramref name="along"/>, dL/dz.</summary>
    /// <param name="team">The threads; they change no bit.</param>
    /// <param name="z">[m × d].</param>
    /// <param name="labels">Y_s [m × classes].</param>
    /// <param name="rows">A batch on the sphere [batch × d].</param>
    /// <param name="targets">Y_t [batch × classes].</param>
    /// <param name="along">[m × d].</param>
    /// <exception cref="ArgumentException">K_ss with its penalty is not positive definite.</exception>
    public double Of(Team team, Strided<double> z, Strided<double> labels, Strided<double> rows, Strided<double> targets, Strided<double> along)
    {
        PutOnSphere(z);
        Solve(team, labels);
        Kernels(team, rows, Points, Cross, CrossSlopes);
        MatrixProduct.Multiply(team, Cross, Alpha, Rest);
        double loss = Residuals(targets);
        MatrixProduct.Multiply(team, Cross.Transpose, Rest, Beta);
        Triangular.Solve(team, Factor, Beta);
        Triangular.SolveTransposed(team, Factor, Beta);
        Slopes(team);
        MatrixProduct.Multiply(team, CrossSlopes.Transpose, rows, AlongPoints);
        MatrixProduct.Multiply(team, OwnSlopes, Points, AlongPoints, add: true);
        Project(z, along);
        return loss;
    }

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();

    /// <summary>α from labels at the points already on the sphere.</summary>
    private void Solve(Team team, Strided<double> labels)
    {
        Kernels(team, Points, Points, Own, OwnSlopes);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < m; j++)
            {
                Factor[i, j] = i == j ? kernel.AtOne * (1 + penalty) : Own[i, j];
            }
        }

        CholeskyStatus status = Cholesky.Factor(team, Factor);
        if (!status.Succeeded)
        {
            throw new ArgumentException($"The kernel of the distilled points is not positive definite with a penalty of {penalty}: pivot {status.Pivot} is {status.Value:R}. Give a larger penalty.");
        }

        for (int i = 0; i < m; i++)
        {
            labels.Row(i).CopyTo(Alpha.Row(i));
        }

        Triangular.Solve(team, Factor, Alpha);
        Triangular.SolveTransposed(team, Factor, Alpha);
    }

    private void Kernels(Team team, Strided<double> left, Strided<double> right, Strided<double> values, Strided<double> slopes)
    {
        MatrixProduct.Multiply(team, left, right.Transpose, values);
        team.For((int)values.Rows, i => Elementwise.Affine(values.Row(i), 1.0 / d, 0));
        kernel.Evaluate(team, values, slopes);
    }

    /// <summary>Rest ← 2/B·(K·α − Y); the loss.</summary>
    private double Residuals(Strided<double> targets)
    {
        double sum = 0;
        for (int i = 0; i < batch; i++)
        {
            for (int c = 0; c < classes; c++)
            {
                double rest = Rest[i, c] - targets[i, c];
                sum = Math.FusedMultiplyAdd(rest, rest, sum);
                Rest[i, c] = 2.0 / batch * rest;
            }
        }

        return sum / batch;
    }

    /// <summary>κ′ becomes dL/dρ over d: of the batch Rest·αᵀ⊙κ′, of the points themselves −(β·αᵀ + α·βᵀ)⊙κ′, whose diagonal is constant.</summary>
    private void Slopes(Team team)
    {
        team.For(batch, i =>
        {
            for (int j = 0; j < m; j++)
            {
                CrossSlopes[i, j] *= Inner(Rest.Row(i), Alpha.Row(j)) / d;
            }
        });
        team.For(m, i =>
        {
            for (int j = 0; j < m; j++)
            {
                OwnSlopes[i, j] *= i == j ? 0 : -(Inner(Beta.Row(i), Alpha.Row(j)) + Inner(Alpha.Row(i), Beta.Row(j))) / d;
            }
        });
    }

    private void PutOnSphere(Strided<double> z)
    {
        for (int i = 0; i < m; i++)
        {
            double scale = Math.Sqrt(d / Inner(z.Row(i), z.Row(i)));
            for (int j = 0; j < d; j++)
            {
                Points[i, j] = scale * z[i, j];
            }
        }
    }

    private void Project(Strided<double> z, Strided<double> along)
    {
        for (int i = 0; i < m; i++)
        {
            double square = Inner(z.Row(i), z.Row(i)), radial = Inner(z.Row(i), AlongPoints.Row(i)) / square, scale = Math.Sqrt(d / square);
            for (int j = 0; j < d; j++)
            {
                along[i, j] = scale * Math.FusedMultiplyAdd(-radial, z[i, j], AlongPoints[i, j]);
            }
        }
    }

    private static double Inner(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        fixed (double* a = x, b = y)
        {
            return Vectors.Dot(a, b, x.Length);
        }
    }
}

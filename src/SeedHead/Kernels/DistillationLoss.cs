using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>
/// L = 1/B·Σ_b ‖K_b·α − y_b‖² with α = (K_ss + μ·I)⁻¹·Y_s, μ = penalty·tr K_ss/m, K_b the kernels of batch row b with m points s_i = √d·z_i/‖z_i‖, and its gradient in z and in the labels Y_s.
/// </summary>
/// <remarks>
/// With R = K_t·α − Y_t, dL/dK_t = 2/B·R·αᵀ, β = (K_ss + μI)⁻¹·K_tᵀ·(2/B·R), dL/dK_ss = −β·αᵀ − penalty/m·(Σ α⊙β)·I, dL/dY_s = β. The chain to the points is the
/// kernel's; to z goes the part of a gradient that is at right angles to the point: √d/‖z‖·(g − u·(u·g)), u = z/‖z‖. See docs/math/distillation.md.
/// </remarks>
internal sealed unsafe class DistillationLoss : IDisposable
{
    private readonly ISupportKernel kernel;
    private readonly int m, d, classes, batch;
    private readonly double penalty;
    private readonly NativeBuffer<double> memory;

    /// <summary>Room for a number of points and rows.</summary>
    /// <param name="kernel">The kernel; it stays its owner's.</param>
    /// <param name="m">Points.</param>
    /// <param name="d">Numbers a point.</param>
    /// <param name="classes">Numbers a label.</param>
    /// <param name="batch">Rows a batch.</param>
    /// <param name="penalty">μ over the mean diagonal of K_ss.</param>
    public DistillationLoss(ISupportKernel kernel, int m, int d, int classes, int batch, double penalty)
    {
        (this.kernel, this.m, this.d, this.classes, this.batch, this.penalty) = (kernel, m, d, classes, batch, penalty);
        long points = (long)m * d, square = (long)m * m, across = (long)batch * m, labels = (long)m * classes;
        memory = new((2 * points) + (2 * square) + across + (2 * labels) + ((long)batch * classes));
        double* next = memory.Pointer;
        Strided<double> Part(long rows, long columns)
        {
            var part = Strided<double>.RowMajor(next, rows, columns);
            next += rows * columns;
            return part;
        }

        (Points, AlongPoints) = (Part(m, d), Part(m, d));
        (Own, Factor) = (Part(m, m), Part(m, m));
        Cross = Part(batch, m);
        (Alpha, Beta) = (Part(m, classes), Part(m, classes));
        Rest = Part(batch, classes);
    }

    /// <summary>s [m × d], after a call.</summary>
    public Strided<double> Points { get; }

    /// <summary>dL/dY_s [m × classes], after a call.</summary>
    public Strided<double> Beta { get; }

    private Strided<double> AlongPoints { get; }

    private Strided<double> Own { get; }

    private Strided<double> Factor { get; }

    private Strided<double> Cross { get; }

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
        kernel.Forward(team, Points, rows, Own, Cross);
        Solve(team, labels);
        MatrixProduct.Multiply(team, Cross, Alpha, Rest);
        double loss = Residuals(targets);
        MatrixProduct.Multiply(team, Cross.Transpose, Rest, Beta);
        Triangular.Solve(team, Factor, Beta);
        Triangular.SolveTransposed(team, Factor, Beta);
        Gradients(team);
        kernel.Backward(team, Points, rows, Own, Cross, AlongPoints);
        Project(z, along);
        return loss;
    }

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();

    /// <summary>α from labels and the kernels of the points.</summary>
    private void Solve(Team team, Strided<double> labels)
    {
        double mean = 0;
        for (int i = 0; i < m; i++)
        {
            Own.Row(i).CopyTo(Factor.Row(i));
            mean += Own[i, i] / m;
        }

        for (int i = 0; i < m; i++)
        {
            Factor[i, i] += penalty * mean;
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

    /// <summary>Cross ← dL/dK_t, Own ← dL/dK_ss plus its transpose.</summary>
    private void Gradients(Team team)
    {
        team.For(batch, i =>
        {
            for (int j = 0; j < m; j++)
            {
                Cross[i, j] = Inner(Rest.Row(i), Alpha.Row(j));
            }
        });
        double trace = 0; // of dL/d(K_ss + μI): μ is a share of the diagonal
        for (int i = 0; i < m; i++)
        {
            trace -= Inner(Beta.Row(i), Alpha.Row(i));
        }

        team.For(m, i =>
        {
            for (int j = 0; j < m; j++)
            {
                Own[i, j] = -(Inner(Beta.Row(i), Alpha.Row(j)) + Inner(Alpha.Row(i), Beta.Row(j))) + (i == j ? 2 * penalty / m * trace : 0);
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

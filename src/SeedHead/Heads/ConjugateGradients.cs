using SeedHead.Compute;

namespace SeedHead.Heads;

/// <summary>(K + noise·I)·x = b for a few right-hand sides that share their products with K, each with steps of its own; rows held out stay 0.</summary>
/// <remarks>Source: Hestenes &amp; Stiefel, J. Res. Nat. Bur. Standards 49 (1952); preconditioned as in Golub &amp; Van Loan, sec. 11.5. Sums run down the rows.</remarks>
internal sealed unsafe class ConjugateGradients : IDisposable
{
    private readonly Execution run;
    private readonly Team team;
    private readonly KernelProduct kernel;
    private readonly NystroemPreconditioner? preconditioner;
    private readonly NativeBuffer<double> buffer;
    private readonly int rows, outputs;
    private readonly Strided<double> r, z, p, q;

    public ConjugateGradients(Execution run, KernelProduct kernel, NystroemPreconditioner? preconditioner, int rows, int outputs)
    {
        (this.run, team, this.kernel, this.preconditioner, this.rows, this.outputs) = (run, run.Team, kernel, preconditioner, rows, outputs);
        buffer = new(4L * rows * outputs);
        Strided<double> Vectors(int number) => Strided<double>.RowMajor(buffer.Pointer + ((long)number * rows * outputs), outputs, rows);
        (r, z, p, q) = (Vectors(0), Vectors(1), Vectors(2), Vectors(3));
    }

    /// <summary>Solves from where x stands; vectors as rows [K × n].</summary>
    /// <param name="noise">In units of K, &gt; 0.</param>
    /// <param name="b">Right-hand sides, 0 at rows held out.</param>
    /// <param name="x">A guess, then the solutions; 0 at rows held out.</param>
    /// <param name="without">Rows held out.</param>
    /// <param name="tolerance">Relative residual that is enough.</param>
    /// <param name="most">Iterations at most.</param>
    /// <returns>Products with K, and the largest relative residual.</returns>
    /// <exception cref="DataException">K + noise·I is not positive definite: says by how much along a direction.</exception>
    public (int Iterations, double Residual) Solve(double noise, Strided<double> b, Strided<double> x, int[] without, double tolerance, int most)
    {
        preconditioner?.Prepare(noise, without);
        double[] norms = Each(k => Math.Sqrt(Dot(b, b, k))), residuals = new double[outputs], along = new double[outputs];
        Multiply(x, q, noise, without);
        Each(k =>
        {
            Vectors.Copy(Row(b, k), Row(r, k), rows);
            Vectors.Add(-1, Row(q, k), Row(r, k), rows);
            p.Row(k).Clear();
            return 0;
        });
        for (int iteration = 0; ; iteration++)
        {
            residuals = Each(k => norms[k] > 0 ? Math.Sqrt(Dot(r, r, k)) / norms[k] : 0);
            double worst = residuals.Max();
            if (worst <= tolerance || iteration == most)
            {
                return (iteration, worst);
            }

            run.Report($"conjugate gradients, residual {worst:0.0e+0}", iteration, most);
            Precondition(without);
            double[] before = along;
            along = Each(k => residuals[k] > tolerance ? Dot(r, z, k) : 0);
            Each(k => Turn(k, along[k], before[k]));
            Multiply(p, q, noise, without);
            Each(k => Step(k, along[k], noise, x));
        }
    }

    public void Dispose() => buffer.Dispose();

    // p ← z + β·p; an output that is solved stands still.
    private double Turn(int k, double along, double before)
    {
        double beta = before > 0 ? along / before : 0;
        Span<double> to = p.Row(k), from = z.Row(k);
        for (int i = 0; i < rows; i++)
        {
            to[i] = along > 0 ? double.FusedMultiplyAdd(beta, to[i], from[i]) : 0;
        }

        return beta;
    }

    private double Step(int k, double along, double noise, Strided<double> x)
    {
        if (!(along > 0))
        {
            return 0;
        }

        double curvature = Dot(p, q, k);
        if (!(curvature > 0))
        {
            double rayleigh = curvature / Dot(p, p, k);
            throw new DataException(
                $"The kernel with noise {noise:0.###e+0} is not positive definite: along one direction pᵀ(K + noise·I)p is {rayleigh:0.###e+0} of pᵀp. Take a noise larger by at least {-2 * rayleigh:0.#e+0}.");
        }

        double step = along / curvature;
        Vectors.Add(step, Row(p, k), Row(x, k), rows);
        Vectors.Add(-step, Row(q, k), Row(r, k), rows);
        return step;
    }

    private void Precondition(int[] without)
    {
        if (preconditioner is null)
        {
            Each(k =>
            {
                Vectors.Copy(Row(r, k), Row(z, k), rows);
                return 0;
            });
            return;
        }

        preconditioner.Apply(r, z);
        Clear(z, without);
    }

    private void Multiply(Strided<double> from, Strided<double> to, double noise, int[] without)
    {
        kernel.Multiply(from, to);
        Each(k =>
        {
            Vectors.Add(noise, Row(from, k), Row(to, k), rows);
            return 0;
        });
        Clear(to, without);
    }

    private static void Clear(Strided<double> vectors, int[] without)
    {
        for (long k = 0; k < vectors.Rows; k++)
        {
            foreach (int row in without)
            {
                vectors[k, row] = 0;
            }
        }
    }

    private double[] Each(Func<int, double> of)
    {
        var values = new double[outputs];
        team.For(outputs, k => values[k] = of(k));
        return values;
    }

    private double Dot(Strided<double> a, Strided<double> b, int k) => Vectors.Dot(Row(a, k), Row(b, k), rows);

    private static double* Row(Strided<double> vectors, int k) => vectors.Pointer + (k * vectors.RowStride);
}

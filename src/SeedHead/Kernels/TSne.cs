using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Kernels;

/// <summary>How a map is made.</summary>
internal sealed record TSneOptions
{
    /// <summary>About how many neighbours a point has, at most a third of the points.</summary>
    public double Perplexity { get; init; } = 30;

    /// <summary>Steps in all.</summary>
    public int Steps { get; init; } = 750;

    /// <summary>Steps at the beginning whose attraction is multiplied.</summary>
    public int EarlySteps { get; init; } = 250;

    /// <summary>By what.</summary>
    public double Exaggeration { get; init; } = 12;

    /// <summary>Seed of the small displacements at the start.</summary>
    public ulong Seed { get; init; } = 42;
}

/// <summary>Points in the plane.</summary>
/// <param name="X">First coordinates [n].</param>
/// <param name="Y">Second coordinates [n].</param>
/// <param name="Divergence">KL(P‖Q), what t-SNE makes small; null for other maps.</param>
/// <param name="Trustworthiness">Share kept of neighbourhoods, <see cref="Kernels.Trustworthiness"/>.</param>
internal sealed record PlaneMap(double[] X, double[] Y, double? Divergence, double Trustworthiness);

/// <summary>t-distributed stochastic neighbour embedding in the plane: neighbours stay neighbours.</summary>
/// <remarks>
/// <para>Least KL(P‖Q) over places y, P from <see cref="Affinities"/>, q_ij = w_ij/Z, w_ij = 1/(1 + ‖y_i − y_j‖²), Z = Σ w; gradient 4·Σ_j (p_ij − q_ij)·w_ij·(y_i − y_j).
/// Source: van der Maaten &amp; Hinton, JMLR 9 (2008).</para>
/// <para>Descent with gains (+0.2 where gradient and last move point apart, else ·0.8, at least 0.01), momentum 0.5 while attraction is exaggerated and 0.8 after it, rate
/// max(n/(4·exaggeration), 50) (Belkina et al., Nature Communications 10, 2019). Start: the first two columns of the points, scaled to deviation 10⁻⁴ of the first (Kobak &amp; Berens, same volume), plus
/// 10⁻⁶ times normal numbers of the seed.</para>
/// <para>All pairs, in time n² a step and memory 8·n² bytes. Sums over j run in four lanes, j mod 4, whole fours first; Z adds rows in order. Threads change no bit.</para>
/// </remarks>
internal static unsafe class TSne
{
    /// <summary>Maps points, e.g. scores of <see cref="KernelPca"/> on 50 components.</summary>
    /// <param name="points">[n × p], n at least three times the perplexity and one.</param>
    /// <param name="options">How.</param>
    /// <param name="run">Threads, cancellation and progress.</param>
    /// <exception cref="ArgumentException">Too few points, or a number is not finite.</exception>
    public static PlaneMap Map(Strided<double> points, TSneOptions options, Execution run)
    {
        int n = (int)points.Rows;
        if (n < (3 * options.Perplexity) + 1)
        {
            throw new ArgumentException($"A map of perplexity {options.Perplexity} needs at least {(3 * options.Perplexity) + 1} points, not {n}. Give more rows or a smaller perplexity.", nameof(points));
        }

        Team team = run.Team;
        (double[] x, double[] y) = Start(points, options.Seed);
        using NativeBuffer<double> joint = Affinities.Joint(team, points, options.Perplexity);
        var descent = new Descent(x, y, Math.Max(n / (4 * options.Exaggeration), 50));
        for (int step = 0; step < options.Steps; step++)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            bool early = step < options.EarlySteps;
            (double[] alongX, double[] alongY) = Gradient(team, joint, x, y, early ? options.Exaggeration : 1);
            descent.Step(alongX, alongY, early ? 0.5 : 0.8);
            run.Report("map", step + 1, options.Steps);
        }

        return new(x, y, Divergence(team, joint, x, y), Trustworthiness.Of(team, points, x, y));
    }

    /// <summary>The gradient of KL(exaggeration·P‖Q) in both coordinates.</summary>
    public static (double[] X, double[] Y) Gradient(Team team, NativeBuffer<double> joint, double[] x, double[] y, double exaggeration)
    {
        int n = x.Length;
        var forces = new Forces[n];
        team.For(n, i => forces[i] = ForcesOn(i, joint.Pointer + ((long)i * n), x, y));
        double z = forces.Sum(force => force.Weight);
        var along = (X: new double[n], Y: new double[n]);
        for (int i = 0; i < n; i++)
        {
            along.X[i] = 4 * ((exaggeration * forces[i].PullX) - (forces[i].PushX / z));
            along.Y[i] = 4 * ((exaggeration * forces[i].PullY) - (forces[i].PushY / z));
        }

        return along;
    }

    /// <summary>KL(P‖Q) = Σ p·ln(p/w) + ln Z.</summary>
    public static double Divergence(Team team, NativeBuffer<double> joint, double[] x, double[] y)
    {
        int n = x.Length;
        var rows = new (double Sum, double Weight)[n];
        team.For(n, i =>
        {
            double* p = joint.Pointer + ((long)i * n);
            (double sum, double weight) = (0, 0);
            for (int j = 0; j < n; j++)
            {
                double dx = x[i] - x[j], dy = y[i] - y[j], inverse = 1 + (dx * dx) + (dy * dy);
                weight += i == j ? 0 : 1 / inverse;
                sum += p[j] > 0 ? p[j] * Elementary.Log(p[j] * inverse) : 0;
            }

            rows[i] = (sum, weight);
        });
        return rows.Sum(row => row.Sum) + Elementary.Log(rows.Sum(row => row.Weight));
    }

    private static (double[] X, double[] Y) Start(Strided<double> points, ulong seed)
    {
        int n = (int)points.Rows;
        double mean = 0, square = 0;
        for (int i = 0; i < n; i++)
        {
            mean += points[i, 0] / n;
        }

        for (int i = 0; i < n; i++)
        {
            square += (points[i, 0] - mean) * (points[i, 0] - mean) / n;
        }

        if (!double.IsFinite(square))
        {
            throw new ArgumentException("A coordinate of the points is not finite.", nameof(points));
        }

        double scale = square > 0 ? 1e-4 / Math.Sqrt(square) : 0;
        var stream = new WeightStream(seed);
        double At(int i, int axis) => (axis < points.Columns ? scale * points[i, axis] : 0) + (1e-6 * stream.Normal(new(0, 0, i, axis, WeightKind.Direction)));
        return ([.. Enumerable.Range(0, n).Select(i => At(i, 0))], [.. Enumerable.Range(0, n).Select(i => At(i, 1))]);
    }

    private readonly record struct Forces(double PullX, double PullY, double PushX, double PushY, double Weight);

    /// <summary>Σ p·w·(y_i − y_j), Σ w²·(y_i − y_j) and Σ w over the other points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Forces ForcesOn(int i, double* p, double[] xs, double[] ys)
    {
        Vector256<double> pullX = default, pullY = default, pushX = default, pushY = default, weight = default;
        Vector256<double> x = Vector256.Create(xs[i]), y = Vector256.Create(ys[i]), one = Vector256.Create(1.0);
        Forces tail = default;
        fixed (double* otherX = xs, otherY = ys)
        {
            int j = 0;
            for (; j + 4 <= xs.Length; j += 4)
            {
                Vector256<double> dx = x - Vector256.Load(otherX + j), dy = y - Vector256.Load(otherY + j);
                Vector256<double> w = one / Vector256.FusedMultiplyAdd(dx, dx, Vector256.FusedMultiplyAdd(dy, dy, one));
                Vector256<double> pull = Vector256.Load(p + j) * w, push = w * w;
                pullX = Vector256.FusedMultiplyAdd(pull, dx, pullX);
                pullY = Vector256.FusedMultiplyAdd(pull, dy, pullY);
                pushX = Vector256.FusedMultiplyAdd(push, dx, pushX);
                pushY = Vector256.FusedMultiplyAdd(push, dy, pushY);
                weight += w;
            }

            for (; j < xs.Length; j++)
            {
                double dx = xs[i] - otherX[j], dy = ys[i] - otherY[j], w = 1 / (1 + (dx * dx) + (dy * dy));
                tail = new(tail.PullX + (p[j] * w * dx), tail.PullY + (p[j] * w * dy), tail.PushX + (w * w * dx), tail.PushY + (w * w * dy), tail.Weight + w);
            }
        }

        return new(Vectors.Fold(pullX) + tail.PullX, Vectors.Fold(pullY) + tail.PullY, Vectors.Fold(pushX) + tail.PushX, Vectors.Fold(pushY) + tail.PushY,
            Vectors.Fold(weight) + tail.Weight - 1); // less the point itself
    }

    private sealed class Descent(double[] x, double[] y, double rate)
    {
        private readonly double[] moveX = new double[x.Length], moveY = new double[x.Length];
        private readonly double[] gainX = [.. Enumerable.Repeat(1.0, x.Length)], gainY = [.. Enumerable.Repeat(1.0, x.Length)];

        public void Step(double[] alongX, double[] alongY, double momentum)
        {
            Step(x, alongX, moveX, gainX, momentum);
            Step(y, alongY, moveY, gainY, momentum);
        }

        private void Step(double[] place, double[] along, double[] move, double[] gain, double momentum)
        {
            double mean = 0;
            for (int i = 0; i < place.Length; i++)
            {
                gain[i] = Math.Max(0.01, along[i] * move[i] < 0 ? gain[i] + 0.2 : gain[i] * 0.8);
                move[i] = (momentum * move[i]) - (rate * gain[i] * along[i]);
                place[i] += move[i];
                mean += place[i] / place.Length;
            }

            for (int i = 0; i < place.Length; i++)
            {
                place[i] -= mean;
            }
        }
    }
}

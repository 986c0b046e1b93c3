using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Networks;

namespace SeedHead.Kernels;

/// <summary>Kernels of a random network whose hidden layers are infinitely wide, in closed form. Immutable, thread-safe.</summary>
/// <remarks>
/// <para>The NNGP kernel is E[f(x)·f(x′)] of one output f over the prior; the tangent kernel (NTK) is E[∇f(x)·∇f(x′)] over all weights and biases, each
/// measured in its prior standard deviation (the NTK parametrisation). With one hidden layer of normal weights and a linear output the NNGP kernel holds
/// at every width.</para>
/// <para>Formulas, sources and errors: docs/math/kernels.md. Dropout does nothing, as in predictions.</para>
/// </remarks>
public sealed class LimitKernel
{
    private readonly KernelPlan plan;

    /// <summary>The kernel of a network and the law of its weights.</summary>
    /// <param name="net">The architecture; its widths matter only where the prior's variances depend on them (Glorot).</param>
    /// <param name="prior">The law of weights and biases; of other laws than the normal one only the variances enter.</param>
    /// <exception cref="ArgumentException">A layer has no closed form: names it, says why and what to do.</exception>
    public LimitKernel(Architecture net, WeightPrior prior)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(prior);
        (Net, Prior, plan) = (net, prior, new(net, prior));
    }

    /// <summary>The architecture.</summary>
    public Architecture Net { get; }

    /// <summary>The law of the weights.</summary>
    public WeightPrior Prior { get; }

    /// <summary>Both kernels of two inputs, with the bits they have in row x and column x′ of a Gram matrix.</summary>
    /// <param name="x">d finite numbers.</param>
    /// <param name="other">d finite numbers.</param>
    /// <exception cref="ArgumentException">Not d numbers, or one is not finite.</exception>
    public (double Nngp, double Tangent) Pair(ReadOnlyMemory<float> x, ReadOnlyMemory<float> other)
    {
        using LimitGram gram = Gram(Single(x), Single(other), tangent: true, new Execution { Threads = 1 });
        return (gram.Nngp[0, 0], gram.Tangent![0, 0]);
    }

    /// <summary>Kernels of every row with every row: symmetric to the last bit.</summary>
    /// <param name="rows">Points [n × d].</param>
    /// <param name="tangent">Whether to compute the tangent kernel too.</param>
    /// <param name="run">Threads and cancellation; neither changes a bit.</param>
    /// <exception cref="ArgumentException">No row, not d columns, or a number is not finite.</exception>
    public LimitGram Gram(Numbers rows, bool tangent = false, Execution? run = null) => Gram(rows, rows, tangent, run);

    /// <summary>Kernels of every row with every column point.</summary>
    /// <param name="rows">Points [n × d].</param>
    /// <param name="columns">Points [m × d].</param>
    /// <param name="tangent">Whether to compute the tangent kernel too.</param>
    /// <param name="run">Threads and cancellation; neither changes a bit.</param>
    /// <exception cref="ArgumentException">No row, not d columns, or a number is not finite.</exception>
    public LimitGram Gram(Numbers rows, Numbers columns, bool tangent = false, Execution? run = null)
    {
        Require(rows, nameof(rows));
        Require(columns, nameof(columns));
        var gram = new LimitGram(new(rows.Count, columns.Count), tangent ? new(rows.Count, columns.Count) : null);
        try
        {
            new LimitGramWork(plan, (run ?? new()).Team, gram).Fill(rows, columns);
            return gram;
        }
        catch
        {
            gram.Dispose();
            throw;
        }
    }

    /// <summary>Bytes that <see cref="Gram(Numbers, Numbers, bool, Execution)"/> needs, results included.</summary>
    /// <param name="rows">n.</param>
    /// <param name="columns">m.</param>
    /// <param name="tangent">Whether the tangent kernel is computed too.</param>
    /// <param name="threads">Threads at work.</param>
    public long Bytes(int rows, int columns, bool tangent, int threads)
    {
        long matrices = (tangent ? 2L : 1) * rows * columns, points = ((long)rows + columns) * (Net.InputCount + plan.Places.Sum());
        return sizeof(double) * (matrices + points + (threads * LimitGramWork.TileNumbers(plan, tangent)));
    }

    private static Numbers Single(ReadOnlyMemory<float> x) => new(x, Math.Max(x.Length, 1));

    private void Require(Numbers points, string name)
    {
        ArgumentNullException.ThrowIfNull(points, name);
        if (points.Count == 0 || points.Columns != Net.InputCount)
        {
            throw new ArgumentException($"The points are [{points.Count} × {points.Columns}] but {Net} reads {Net.InputCount} columns. Pass at least one row of {Net.InputCount}.", name);
        }

        int wrong = points.Values.Span.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"Row {wrong / points.Columns}, column {wrong % points.Columns} is {points.Values.Span[wrong]}; kernels are of finite numbers.", name);
        }
    }
}

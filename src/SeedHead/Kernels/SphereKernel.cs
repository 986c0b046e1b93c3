using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Kernels;

/// <summary>The NNGP kernel of points with ‖x‖² = d: a function κ of the cosine ρ = x·x′/d alone, and its slope κ′. Immutable, thread-safe.</summary>
/// <remarks>
/// By Price's theorem the slope of a dual in its covariance is the dual of the derivative, so κ′ follows the steps of the tangent kernel without the K that layers
/// with weights add: it is the tangent kernel that begins with 1 less the one that begins with 0. See docs/math/distillation.md.
/// </remarks>
internal sealed unsafe class SphereKernel
{
    private const int Most = 512; // cosines at a time
    private const int RowsAtATime = 32;
    private const double Probe = 0.3, Step = 1e-5, Tolerance = 1e-6;
    private readonly KernelPlan plan;
    private readonly VarianceTable variances;

    /// <summary>The kernel of a network of dense layers.</summary>
    /// <param name="net">The architecture.</param>
    /// <param name="prior">The law of its weights.</param>
    /// <exception cref="ArgumentException">No closed form, a network that reads images as images or begins with layer norm, or an activation that jumps.</exception>
    public SphereKernel(Architecture net, WeightPrior prior)
    {
        plan = new(net, prior);
        if (plan.Image is not null || plan.NormalisesInput)
        {
            throw new ArgumentException($"The kernel of {net} is no function of the cosine of two inputs: give dense layers, without a layer norm in front.", nameof(net));
        }

        Net = net;
        var one = new VarianceTable(plan.Places, 1);
        using (var tile = new KernelTile(one, one, recording: true))
        {
            double* start = tile.Take(1);
            *start = 1;
            tile.Begin(0, 0, 1, start, null);
            KernelStep.RunAll(plan.Steps, tile);
            AtOne = *tile.Covariance;
        }

        variances = new VarianceTable(plan.Places, Most);
        for (int slot = 0; slot < plan.Places.Count; slot++)
        {
            for (int place = 0; place < plan.Places[slot]; place++)
            {
                variances.Row(slot, place).Fill(one.Row(slot, place)[0]);
            }
        }

        RequireSlope();
    }

    /// <summary>The architecture.</summary>
    public Architecture Net { get; }

    /// <summary>κ(1): the variance of every point, by the same steps as κ(ρ).</summary>
    public double AtOne { get; }

    /// <summary>κ and κ′ at one cosine.</summary>
    /// <param name="cosine">ρ, from −1 to 1.</param>
    public (double Value, double Slope) At(double cosine)
    {
        double value = cosine, slope = 0;
        using var tile = new KernelTile(variances, variances, recording: false);
        Run(tile, new(ref value), new(ref slope));
        return (value, slope);
    }

    /// <summary>values ← κ(values) and slopes ← κ′(values), row by row; cosines that rounding put outside [−1, 1] are taken as its ends.</summary>
    /// <param name="team">The threads; they change no bit.</param>
    /// <param name="values">Cosines, columns side by side.</param>
    /// <param name="slopes">Of the same shape, or without rows where slopes are not wanted.</param>
    public void Evaluate(Team team, Strided<double> values, Strided<double> slopes) => team.For((int)((values.Rows + RowsAtATime - 1) / RowsAtATime), task =>
    {
        using var tile = new KernelTile(variances, variances, recording: false);
        for (long i = (long)task * RowsAtATime; i < Math.Min((task + 1L) * RowsAtATime, values.Rows); i++)
        {
            Span<double> row = values.Row(i), slope = slopes.Rows == 0 ? default : slopes.Row(i);
            foreach (ref double value in row)
            {
                value = Math.Clamp(value, -1, 1);
            }

            for (int from = 0; from < row.Length; from += Most)
            {
                int count = Math.Min(Most, row.Length - from);
                Run(tile, row.Slice(from, count), slope.IsEmpty ? slope : slope.Slice(from, count));
            }
        }
    });

    private void Run(KernelTile tile, Span<double> values, Span<double> slopes)
    {
        for (int start = 0; start <= 1 && !slopes.IsEmpty; start++)
        {
            double* tangent = tile.Take(values.Length);
            new Span<double>(tangent, values.Length).Fill(start);
            Pass(tile, values, tangent);
            for (int j = 0; j < slopes.Length; j++)
            {
                slopes[j] = tile.Tangent[j] - (start == 1 ? slopes[j] : 0);
            }

            tile.Give(tile.Tangent);
            tile.Give(tile.Covariance);
        }

        Pass(tile, values, null);
        new ReadOnlySpan<double>(tile.Covariance, values.Length).CopyTo(values);
        tile.Give(tile.Covariance);
    }

    private void Pass(KernelTile tile, ReadOnlySpan<double> cosines, double* tangent)
    {
        double* room = tile.Take(cosines.Length);
        cosines.CopyTo(new(room, cosines.Length));
        tile.Begin(0, 0, cosines.Length, room, tangent);
        KernelStep.RunAll(plan.Steps, tile);
    }

    private void RequireSlope()
    {
        double slope = At(Probe).Slope, measured = (At(Probe + Step).Value - At(Probe - Step).Value) / (2 * Step);
        if (!(Math.Abs(slope - measured) <= Tolerance * AtOne))
        {
            throw new ArgumentException($"The kernel of {Net} has the slope {measured:R} where its activations' derivatives give {slope:R}: an activation jumps. Give one that does not, such as relu or erf.");
        }
    }
}

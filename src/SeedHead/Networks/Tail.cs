using System.Runtime.CompilerServices;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>Biases and layers without weights, applied in place: scales, activations, layer norms, and residuals of such.</summary>
internal sealed class Tail
{
    private const int RowsPerTask = 64; // any value gives the same numbers

    private readonly TailStep[] steps;

    private Tail(TailStep[] steps) => this.steps = steps;

    public static Tail Of(IReadOnlyList<Layer> layers) => new([.. Extent.WrittenOut(layers).Select(TailStep.Of)]);

    /// <summary>Changes every row of y [n × width], after adding the biases if there are any. Allocates nothing on one thread.</summary>
    public void Apply(Team team, Strided<float> y, float[]? biases)
    {
        if (biases is null && steps.Length == 0)
        {
            return;
        }

        if (Panel.Is(y))
        {
            ApplyToPanel(y, biases);
        }
        else if (team.Alone || y.Rows <= RowsPerTask)
        {
            Apply(y, biases, 0, y.Rows);
        }
        else
        {
            ApplyTogether(team, y, biases);
        }
    }

    /// <summary>Changes a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ApplyToPanel(Strided<float> y, float[]? biases)
    {
        int first = 0;
        if (biases is not null)
        {
            if (steps.Length > 0)
            {
                steps[first++].Apply(y, biases);
            }
            else
            {
                Panel.Add(biases, y);
            }
        }

        for (int i = first; i < steps.Length; i++)
        {
            steps[i].Apply(y);
        }
    }

    /// <summary>Changes one row.</summary>
    public void Apply(Span<float> row)
    {
        foreach (TailStep step in steps)
        {
            step.Apply(row);
        }
    }

    private void ApplyTogether(Team team, Strided<float> y, float[]? biases) =>
        team.For((int)((y.Rows + RowsPerTask - 1) / RowsPerTask), task =>
            Apply(y, biases, (long)task * RowsPerTask, Math.Min(y.Rows, (long)(task + 1) * RowsPerTask)));

    private void Apply(Strided<float> y, float[]? biases, long from, long to)
    {
        for (long i = from; i < to; i++)
        {
            Span<float> row = y.Row(i);
            if (biases is not null)
            {
                Elementwise.Add(row, biases);
            }

            Apply(row);
        }
    }
}

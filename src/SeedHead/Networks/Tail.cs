using System.Runtime.CompilerServices;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>Biases and layers without weights, applied in place: scales, activations, layer norms, and residuals of such.</summary>
internal sealed class Tail
{
    private const int RowsPerTask = 64; // any value gives the same numbers

    private readonly TailStep[] steps;

    private Tail(TailStep[] steps) => this.steps = steps;

    /// <summary>Whether every number changes by itself, so that parts of rows may be given.</summary>
    public bool TakesNumbers => Array.TrueForAll(steps, step => step.TakesNumbers);

    public static Tail Of(IReadOnlyList<Layer> layers) => new([.. Extent.WrittenOut(layers).Select(TailStep.Of)]);

    /// <summary>Changes every row of y [n × width], after adding the biases if there are any. Allocates nothing on one thread.</summary>
    public void Apply(Team team, in Strided<float> y, float[]? biases)
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
            Apply(y, biases);
        }
        else
        {
            ApplyTogether(team, y, biases);
        }
    }

    /// <summary>Changes a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ApplyToPanel(in Strided<float> y, float[]? biases)
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
            Apply(y.Block((long)task * RowsPerTask, 0, Math.Min(y.Rows - ((long)task * RowsPerTask), RowsPerTask), y.Columns), biases));

    /// <summary>As <see cref="Apply(Team, in Strided{float}, float[])"/> on this thread; where <see cref="TakesNumbers"/>, for the columns from <paramref name="firstColumn"/> on.</summary>
    public void Apply(Strided<float> y, float[]? biases, int firstColumn = 0)
    {
        for (long i = 0; i < y.Rows; i++)
        {
            Span<float> row = y.Row(i);
            if (biases is not null)
            {
                Elementwise.Add(row, biases.AsSpan(firstColumn, row.Length));
            }

            Apply(row);
        }
    }
}

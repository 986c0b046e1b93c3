using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>
/// One dense layer with its numbers, and the scales and activations up to the next dense layer; without weights, the inputs themselves instead of
/// a dense layer. The weights [inputs × outputs] belong to somebody who outlives the stage.
/// </summary>
internal sealed unsafe class DenseStage(Strided<float>? weights, int inputs, float[] biases, IReadOnlyList<Layer> tail)
{
    private const int RowsPerTask = 64; // any value gives the same numbers

    private readonly float[]? biases = biases.AsSpan().ContainsAnyExcept(0f) ? biases : null;
    private readonly Layer[] tail = [.. tail];

    /// <summary>Numbers written a row.</summary>
    public int Outputs { get; } = (int)(weights?.Columns ?? inputs);

    /// <summary>Writes the stage's outputs [n × Outputs] of every row of x [n × inputs]. Allocates nothing on one thread.</summary>
    public void Forward(Team team, Strided<float> x, Strided<float> y)
    {
        if (weights is { } w)
        {
            MatrixProduct.Multiply(team, x, w, y);
        }
        else
        {
            Copy(x, y);
        }

        if (biases is null && tail.Length == 0)
        {
            return;
        }

        if (team.Alone || y.Rows <= RowsPerTask)
        {
            Finish(y, 0, y.Rows);
        }
        else
        {
            FinishTogether(team, y);
        }
    }

    /// <summary>y = x, row by row.</summary>
    public static void Copy(Strided<float> x, Strided<float> y)
    {
        for (long row = 0; row < x.Rows; row++)
        {
            x.Row(row).CopyTo(y.Row(row));
        }
    }

    private void FinishTogether(Team team, Strided<float> y) =>
        team.For((int)((y.Rows + RowsPerTask - 1) / RowsPerTask), task =>
            Finish(y, (long)task * RowsPerTask, Math.Min(y.Rows, (long)(task + 1) * RowsPerTask)));

    private void Finish(Strided<float> y, long from, long to)
    {
        for (long row = from; row < to; row++)
        {
            Finish(y.Row(row));
        }
    }

    private void Finish(Span<float> row)
    {
        if (biases is not null)
        {
            Elementwise.Add(row, biases);
        }

        foreach (Layer layer in tail)
        {
            if (layer is ActivationLayer activation)
            {
                activation.Activation.Apply(row);
            }
            else
            {
                Elementwise.Multiply(row, (float)((ScaleLayer)layer).Factor);
            }
        }
    }
}

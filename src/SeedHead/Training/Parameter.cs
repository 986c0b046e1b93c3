using SeedHead.Compute;

namespace SeedHead.Training;

/// <summary>One tensor's numbers, and room for the gradient of those that are learned: nothing is kept for the others.</summary>
/// <remarks>The numbers are a matrix [rows·columns·inputs × outputs]; learned ones are taken in the order in which they lie there.</remarks>
internal sealed unsafe class Parameter : LearnedNumbers
{
    private readonly NativeBuffer<float> values, gradient;
    private readonly NativeBuffer<float>? origin;

    /// <summary>A tensor of zeros.</summary>
    /// <param name="tensor">Which.</param>
    /// <param name="selection">What of it is learned directly; nothing where all of its numbers follow from something else that is learned.</param>
    /// <param name="way">How its numbers come to be. By a mask or in a subspace all of them change and have a gradient.</param>
    public Parameter(ParameterTensor tensor, Selection selection, LearnedBy way = LearnedBy.Values)
    {
        if (way != LearnedBy.Values)
        {
            selection = Selection.All(tensor);
            origin = new(tensor.Count);
        }

        (Tensor, Selection, Way) = (tensor, selection, way);
        Runs = [.. RunsOf(tensor, selection)];
        LearnedCount = selection.Count(tensor);
        values = new(tensor.Count);
        gradient = new(LearnedCount);
    }

    public ParameterTensor Tensor { get; }

    /// <summary>Of which numbers there are gradients: those that are learned, or all that follow from something else that is.</summary>
    public Selection Selection { get; }

    /// <summary>How its numbers come to be.</summary>
    public LearnedBy Way { get; }

    /// <inheritdoc/>
    public override string Name => Tensor.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<(long Start, int Length)> Runs { get; }

    /// <inheritdoc/>
    public override long LearnedCount { get; }

    /// <inheritdoc/>
    public override float* Start => values.Pointer;

    /// <summary>All numbers.</summary>
    public Strided<float> Values => Strided<float>.RowMajor(values, Tensor.Count / Tensor.Outputs, Tensor.Outputs);

    /// <inheritdoc/>
    public override Span<float> Gradient => gradient.Span(0, checked((int)LearnedCount));

    /// <summary>Whether outputs alone are chosen: then the learned numbers of every row of <see cref="Values"/> are its last ones.</summary>
    public bool ByOutputs => Selection is { Inputs: 0, Rows: 0, Columns: 0 };

    /// <summary>The gradient as a matrix [rows × learned outputs], where outputs alone are chosen.</summary>
    public Strided<float> GradientMatrix => Strided<float>.RowMajor(gradient, Values.Rows, Selection.Outputs);

    /// <summary>Stretches of fixed numbers in <see cref="Fixed"/>: those between the learned ones, or all where training adds to them.</summary>
    public IEnumerable<(long Start, long Length)> FixedRuns
    {
        get
        {
            long at = 0;
            foreach ((long start, int length) in origin is null ? Runs : [])
            {
                yield return (at, start - at);
                at = start + length;
            }

            yield return (at, Tensor.Count - at);
        }
    }

    /// <summary>The numbers that never change: the values themselves, or a copy of what they were where all of them follow from something learned.</summary>
    public NativeBuffer<float> Fixed => origin ?? values;

    /// <summary>A tensor of zeros of which the same is learned.</summary>
    public Parameter WithoutValues() => new(Tensor, Selection, Way);

    /// <summary>Keeps the present values as <see cref="Fixed"/>, where those are kept apart.</summary>
    public void KeepFixed()
    {
        if (origin is not null)
        {
            Buffer.MemoryCopy(values.Pointer, origin.Pointer, origin.Length * sizeof(float), values.Length * sizeof(float));
        }
    }

    /// <summary>Takes the learned numbers out of the gradient of all.</summary>
    public void Gather(Strided<float> all)
    {
        Span<float> to = Gradient;
        foreach ((long start, int length) in Runs)
        {
            new ReadOnlySpan<float>(all.Pointer + start, length).CopyTo(to);
            to = to[length..];
        }
    }

    public override void Dispose()
    {
        values.Dispose();
        gradient.Dispose();
        origin?.Dispose();
    }

    // Fixed numbers lie before learned ones along every axis, so a row is learned as a whole or at its end.
    private static IEnumerable<(long Start, int Length)> RunsOf(ParameterTensor tensor, Selection selection)
    {
        (long Start, int Length) run = (0, 0);
        for (long row = 0; row < tensor.Count / tensor.Outputs; row++)
        {
            long input = row % tensor.Inputs, column = row / tensor.Inputs % tensor.Columns, line = row / tensor.Inputs / tensor.Columns;
            bool whole = input >= tensor.Inputs - selection.Inputs || column >= tensor.Columns - selection.Columns || line >= tensor.Rows - selection.Rows;
            int length = whole ? tensor.Outputs : selection.Outputs;
            long start = ((row + 1) * tensor.Outputs) - length;
            if (length > 0 && run.Length > 0 && run.Start + run.Length == start && (long)run.Length + length <= int.MaxValue)
            {
                run.Length += length;
            }
            else if (length > 0)
            {
                if (run.Length > 0)
                {
                    yield return run;
                }

                run = (start, length);
            }
        }

        if (run.Length > 0)
        {
            yield return run;
        }
    }
}

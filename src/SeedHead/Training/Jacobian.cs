using SeedHead.Compute;

namespace SeedHead.Training;

/// <summary>Derivatives of all outputs of a network, for few inputs. Batch norms take their running statistics and nothing is dropped, so inputs do not touch each other.</summary>
internal static unsafe class Jacobian
{
    private const int Together = 64; // outputs whose way back to the input is one batch: any number gives the same result

    /// <summary>How many numbers are learned together, P.</summary>
    public static long Columns(IReadOnlyList<LearnedNumbers> learned) => learned.Sum(numbers => numbers.LearnedCount);

    /// <summary>The derivatives to learned numbers: row r·K + k is that of output k for input r, columns are the learned numbers one behind the other.</summary>
    /// <remarks>One pass forth and back for every input and output. The empirical tangent kernel of inputs r and s is the product of their rows.</remarks>
    /// <param name="team">Who computes.</param>
    /// <param name="network">K outputs.</param>
    /// <param name="learned">What of it is learned, as <see cref="NetworkBuilder"/> made it.</param>
    /// <param name="rows">The inputs [n × d].</param>
    /// <param name="jacobian">Takes the derivatives [n·K × P].</param>
    public static void Of(Team team, Module network, IReadOnlyList<LearnedNumbers> learned, Strided<float> rows, Strided<float> jacobian)
    {
        int outputs = network.Output.Count;
        if (jacobian.Rows != rows.Rows * outputs || jacobian.Columns != Columns(learned))
        {
            throw new ArgumentException($"The Jacobian of {rows.Rows} inputs is [{rows.Rows * outputs} × {Columns(learned)}], not [{jacobian.Rows} × {jacobian.Columns}].", nameof(jacobian));
        }

        var pass = new Pass(team, 1, Training: false);
        using NativeBuffer<float> scores = new(outputs), direction = new(outputs);
        for (long r = 0; r < rows.Rows; r++)
        {
            for (int k = 0; k < outputs; k++)
            {
                team.Cancellation.ThrowIfCancellationRequested();
                network.Forward(pass, rows.Pointer + (r * rows.RowStride), scores.Pointer);
                direction.Pointer[k] = 1;
                network.Backward(pass, rows.Pointer + (r * rows.RowStride), direction.Pointer, null);
                direction.Pointer[k] = 0;
                float* to = jacobian.Pointer + (((r * outputs) + k) * jacobian.RowStride);
                foreach (LearnedNumbers numbers in learned)
                {
                    numbers.TakeGradient();
                    numbers.Gradient.CopyTo(new(to, numbers.Gradient.Length));
                    to += numbers.LearnedCount;
                }
            }
        }
    }

    /// <summary>The derivatives of a module's outputs to its inputs [outputs × inputs], row by row.</summary>
    /// <param name="team">Who computes.</param>
    /// <param name="module">A network, or one of its layers.</param>
    /// <param name="x">What it reads [inputs].</param>
    public static float[] OfInput(Team team, Module module, ReadOnlySpan<float> x)
    {
        int inputs = module.Input.Count, outputs = module.Output.Count;
        if (x.Length != inputs)
        {
            throw new ArgumentException($"The layer reads {inputs} numbers, but {x.Length} were given.", nameof(x));
        }

        var jacobian = new float[checked(outputs * inputs)];
        int most = Math.Min(Together, outputs);
        using NativeBuffer<float> source = new((long)most * inputs), result = new((long)most * outputs), direction = new((long)most * outputs), slopes = new((long)most * inputs);
        for (int first = 0; first < outputs; first += most)
        {
            int count = Math.Min(most, outputs - first);
            var pass = new Pass(team, count, Training: false);
            for (int i = 0; i < count; i++)
            {
                x.CopyTo(source.Span((long)i * inputs, inputs));
                Span<float> unit = direction.Span((long)i * outputs, outputs);
                unit.Clear();
                unit[first + i] = 1;
            }

            module.Forward(pass, source.Pointer, result.Pointer);
            module.Backward(pass, source.Pointer, direction.Pointer, slopes.Pointer);
            slopes.Span(0, count * inputs).CopyTo(jacobian.AsSpan(first * inputs));
        }

        return jacobian;
    }

    /// <summary>The derivatives of one layer's outputs to its inputs, where the network reads x.</summary>
    /// <param name="team">Who computes.</param>
    /// <param name="network">The network.</param>
    /// <param name="layer">The place of the layer among its <see cref="Module.Parts"/>.</param>
    /// <param name="x">What the network reads.</param>
    public static float[] OfLayer(Team team, SequenceModule network, int layer, ReadOnlySpan<float> x)
    {
        if (x.Length != network.Input.Count)
        {
            throw new ArgumentException($"The network reads {network.Input.Count} numbers, but {x.Length} were given.", nameof(x));
        }

        Module module = network.Parts.ElementAt(layer);
        var at = new float[module.Input.Count];
        fixed (float* from = x, to = at)
        {
            network.Forward(new Pass(team, 1, Training: false), from, to, 0, layer);
        }

        return OfInput(team, module, at);
    }
}

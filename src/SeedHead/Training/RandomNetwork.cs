using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Random;

namespace SeedHead.Training;

/// <summary>One random network of a seed at a time, of any architecture that training knows: the next network's numbers take the place of the last one's.</summary>
/// <remarks>Without derivatives no room is kept for them, and what passes between layers goes to and fro between two places. Nothing is dropped.</remarks>
internal sealed unsafe class RandomNetwork : IDisposable
{
    private const long NumbersTogether = 1 << 20; // of the widest layer, in one pass: any number gives the same values
    private const int MostRows = 512;

    private readonly WeightPrior prior;
    private readonly WeightStream stream;
    private readonly Parameter[] parameters;
    private readonly int rowsTogether;

    /// <summary>Room for the networks of a seed.</summary>
    /// <param name="net">The architecture.</param>
    /// <param name="prior">The law of weights and biases.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="selections">Of what there are derivatives, a selection a tensor of <see cref="ParameterTensor.Of"/>; null for none.</param>
    /// <param name="keepsWayBack">Whether there are derivatives to the inputs even where there are none to weights.</param>
    public RandomNetwork(Architecture net, WeightPrior prior, ulong seed, IReadOnlyList<Selection>? selections = null, bool keepsWayBack = false)
    {
        (this.prior, stream) = (prior, new(seed));
        selections ??= new Selection[ParameterTensor.Of(net).Count];
        Modules = NetworkBuilder.Build(net, selections, prior, seed, FixedNumbers.Random);
        parameters = [.. Modules.Parameters];
        if (!keepsWayBack && selections.All(selection => selection == Selection.None))
        {
            Modules.KeepNothing();
        }

        rowsTogether = (int)Math.Clamp(NumbersTogether / Widest(Modules), 1, MostRows);
    }

    /// <summary>The network itself; at first network 0.</summary>
    public SequenceModule Modules { get; }

    /// <summary>Becomes a network of the seed; batch norms have the statistics 0 and 1.</summary>
    /// <param name="team">Who draws.</param>
    /// <param name="network">Its number.</param>
    public void Draw(Team team, int network)
    {
        double factor = prior.BallFactor(stream, network, parameters.Where(parameter => parameter.Tensor.IsWeights).Select(parameter => parameter.Tensor.Shape));
        team.For(parameters.Length, i => NetworkBuilder.Draw(parameters[i], prior, stream, network, factor));
        foreach (BatchNormModule norm in Modules.Norms)
        {
            norm.RunningMeans.AsSpan().Clear();
            norm.RunningVariances.AsSpan().Fill(1);
        }
    }

    /// <summary>Gives batch norms the statistics of these rows, each norm those of what comes to it when all rows pass together.</summary>
    /// <param name="team">Who computes.</param>
    /// <param name="rows">[m × d], row after row without gaps.</param>
    /// <param name="outputs">Takes the network's outputs for these rows [m × k], which are those of <see cref="Forward"/> afterwards.</param>
    public void Measure(Team team, Strided<float> rows, float* outputs)
    {
        Modules.Forward(new Pass(team, checked((int)rows.Rows), Training: true) { KeepsAll = true }, rows.Pointer, outputs);
        foreach (BatchNormModule norm in Modules.Norms)
        {
            norm.KeepStatistics();
        }
    }

    /// <summary>Writes the outputs [n × k] of rows [n × d], both row after row without gaps.</summary>
    public void Forward(Team team, Strided<float> rows, float* outputs)
    {
        for (long first = 0; first < rows.Rows; first += rowsTogether)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            int count = (int)Math.Min(rowsTogether, rows.Rows - first);
            Modules.Forward(new Pass(team, count, Training: false), rows.Pointer + (first * rows.RowStride), outputs + (first * Modules.Output.Count));
        }
    }

    /// <summary>Bytes of a network through which so many rows pass at once; 0 for as many as <see cref="Forward"/> takes.</summary>
    /// <param name="net">The architecture.</param>
    /// <param name="rows">Rows together.</param>
    /// <param name="derivatives">Whether there are derivatives.</param>
    public static long Bytes(Architecture net, long rows, bool derivatives)
    {
        long weights = ParameterTensor.Of(net).Sum(tensor => tensor.Count);
        (long widest, long all) = Numbers(net.Layers, net.InputExtent);
        long together = rows > 0 ? rows : Math.Clamp(NumbersTogether / widest, 1, MostRows);
        return sizeof(float) * ((derivatives ? 2 * weights : weights) + (together * (derivatives ? all : Places(net.Layers, net.InputExtent))));
    }

    public void Dispose() => Modules.Dispose();

    // Numbers an input that pass between layers without derivatives: two places in every sequence, one more where something is added or joined.
    private static long Places(IReadOnlyList<Layer> layers, Extent input)
    {
        (long widest, long inside) = (0, 0);
        foreach (Layer layer in Extent.WrittenOut(layers))
        {
            Extent output = layer.After(input);
            widest = Math.Max(widest, output.Count);
            inside += layer switch
            {
                ResidualLayer residual => Places(residual.Parts, input) + (residual.Shortcut.Count > 0 ? Math.Max(input.Count, output.Count) + Places(residual.Shortcut, input) : 0),
                ConcatenationLayer joined => output.Count + Places(joined.Parts, input),
                GatedLayer => 4L * output.Count,
                PoolingLayer => output.Count,
                _ => 0,
            };
            input = output;
        }

        return (2 * widest) + inside;
    }

    private static (long Widest, long All) Numbers(IReadOnlyList<Layer> layers, Extent input)
    {
        (long widest, long all) = (input.Count, input.Count);
        foreach (Layer layer in Extent.WrittenOut(layers))
        {
            IReadOnlyList<Layer> inside = layer switch { ResidualLayer residual => residual.Parts, ConcatenationLayer joined => joined.Parts, _ => [] };
            (long wide, long more) = inside.Count > 0 ? Numbers(inside, input) : (0, 0);
            input = layer.After(input);
            (widest, all) = (Math.Max(Math.Max(widest, wide), input.Count), all + input.Count + more);
        }

        return (widest, all);
    }

    private static long Widest(Module module) => module.Parts.Aggregate((long)Math.Max(module.Input.Count, module.Output.Count), (widest, part) => Math.Max(widest, Widest(part)));
}

using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Networks;

/// <summary>What one stage of a network is: a dense layer and what follows it up to the next one.</summary>
/// <param name="Layer">Which dense layer, from 0: the layer of its weights' addresses. −1 for a first stage without weights.</param>
/// <param name="Inputs">Numbers read.</param>
/// <param name="Outputs">Numbers written.</param>
/// <param name="Tail">Scales and activations behind the dense layer.</param>
internal sealed record StagePlan(int Layer, int Inputs, int Outputs, IReadOnlyList<Layer> Tail)
{
    /// <summary>Number of weights.</summary>
    public long Weights => Layer < 0 ? 0 : (long)Inputs * Outputs;

    /// <summary>Floating-point operations a row, with twenty for a number that passes an activation.</summary>
    public double Operations => (2.0 * Weights) + (20.0 * Outputs);

    /// <summary>The stages of an architecture; the first is one without weights where something stands before the first dense layer.</summary>
    public static IReadOnlyList<StagePlan> Of(Architecture net)
    {
        var stages = new List<StagePlan>();
        var tail = new List<Layer>();
        (int layer, int inputs, int outputs) = (-1, net.InputCount, net.InputCount);
        foreach (Layer part in net.Layers)
        {
            if (part is not DenseLayer dense)
            {
                tail.Add(part);
                continue;
            }

            if (layer >= 0 || tail.Count > 0)
            {
                stages.Add(new(layer, inputs, outputs, [.. tail]));
            }

            tail.Clear();
            (layer, inputs, outputs) = (layer + 1, outputs, dense.Width);
        }

        stages.Add(new(layer, inputs, outputs, [.. tail]));
        return stages;
    }

    /// <summary>The stage with its numbers, its weights taken from <paramref name="room"/>, which is moved on.</summary>
    public unsafe DenseStage Materialise(WeightPrior prior, ulong seed, int network, double inputScale, ref float* room)
    {
        if (Layer < 0)
        {
            return new(null, Inputs, [], inputScale == 1 ? Tail : [Networks.Layer.Scale(inputScale), .. Tail]);
        }

        Strided<float> weights = Strided<float>.RowMajor(room, Inputs, Outputs);
        var biases = new float[Outputs];
        Fill(prior, seed, network, inputScale, weights, biases);
        room += Weights;
        return new(weights, Inputs, biases, Tail);
    }

    /// <summary>Writes the weights [inputs × outputs], multiplied by what the forward pass and the input scale ask for, and the biases.</summary>
    public void Fill(WeightPrior prior, ulong seed, int network, double inputScale, Strided<float> weights, Span<float> biases)
    {
        prior.Fill(new WeightStream(seed), network, Layer, Inputs, Outputs, weights, biases);
        float factor = (float)(prior.ForwardScale(Inputs) * inputScale);
        for (long i = 0; factor != 1 && i < weights.Rows; i++)
        {
            Elementwise.Multiply(weights.Row(i), factor);
        }
    }
}

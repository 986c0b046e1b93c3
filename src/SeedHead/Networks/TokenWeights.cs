using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Networks;

/// <summary>The weights of one network of tokens, drawn from their addresses.</summary>
internal sealed unsafe class TokenWeights(TokenPlan plan) : IDisposable
{
    private readonly NativeBuffer<float> buffer = new(plan.Room);

    /// <summary>Draws the weights of a network, over those of another.</summary>
    public void Draw(ulong seed, int network)
    {
        var stream = new WeightStream(seed);
        foreach (TokenTensor tensor in plan.Tensors)
        {
            stream.FillNormal(network, tensor.Layer, WeightKind.Weight, Matrix(tensor), factor: (float)tensor.Deviation);
        }
    }

    /// <summary>One tensor, [inputs × outputs].</summary>
    public Strided<float> Matrix(TokenTensor tensor) => Strided<float>.RowMajor(buffer.Pointer + tensor.Offset, tensor.Inputs, tensor.Outputs);

    public void Dispose() => buffer.Dispose();
}

using SeedHead.Random;

namespace SeedHead.Networks;

/// <summary>Which random numbers one dense map has: the layer of their addresses, how many go in and out, and whether it is the gate of the layer.</summary>
internal readonly record struct LayerShape(int Layer, int FanIn, int FanOut, bool IsGate = false)
{
    public WeightKind WeightKind => IsGate ? WeightKind.GateWeight : WeightKind.Weight;

    public WeightKind BiasKind => IsGate ? WeightKind.GateBias : WeightKind.Bias;

    /// <summary>Places of a convolution's window, K·K; 1 for a dense layer. The fan-in counts them already.</summary>
    public int Places { get; init; } = 1;

    /// <summary>Outputs that read one input: filters times places.</summary>
    public int FullFanOut => FanOut * Places;

    public long Weights => (long)FanIn * FanOut;
}

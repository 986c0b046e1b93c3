namespace SeedHead.Random;

/// <summary>What a random number is used for. Numbers of different kinds are independent.</summary>
public enum WeightKind
{
    /// <summary>A weight that multiplies an input of the layer.</summary>
    Weight = 0,

    /// <summary>A bias; its column is 0.</summary>
    Bias = 1,

    /// <summary>A phase of a random Fourier feature.</summary>
    Phase = 2,

    /// <summary>An order of things, such as a permutation of rows.</summary>
    Order = 3,

    /// <summary>The choice of an image patch.</summary>
    Patch = 4,

    /// <summary>The split of rows into parts.</summary>
    Split = 5,

    /// <summary>A weight of a gate.</summary>
    GateWeight = 6,

    /// <summary>A bias of a gate; its column is 0.</summary>
    GateBias = 7,

    /// <summary>The radius of a network's point in the unit ball; its layer, row and column are 0.</summary>
    Radius = 8,

    /// <summary>What a dropout leaves out.</summary>
    Dropout = 9,

    /// <summary>The first score of a weight under a mask; its network is 1 for a gate, else 0.</summary>
    Score = 10,

    /// <summary>The direction of a subspace that a number lies in, and its sign; its layer is the place of its tensor in the network.</summary>
    Direction = 11,

    /// <summary>The first token of a sequence; its layer, row and column are 0.</summary>
    Prompt = 12,
}

/// <summary>Where a random number stands. Nothing is drawn "next": the number is a function of the seed and this address.</summary>
/// <param name="Network">Index of the network, ≥ 0.</param>
/// <param name="Layer">Index of the layer, 0 to 65,535.</param>
/// <param name="Row">Index of the output unit, ≥ 0.</param>
/// <param name="Column">Index of the input unit, ≥ 0. A narrower network is the corner of the wider one.</param>
/// <param name="Kind">What the number is used for.</param>
public readonly record struct WeightAddress(int Network, int Layer, int Row, int Column, WeightKind Kind = WeightKind.Weight);

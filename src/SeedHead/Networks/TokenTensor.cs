namespace SeedHead.Networks;

/// <summary>The weights of one map of a network of tokens, [inputs × outputs], outputs side by side.</summary>
/// <param name="Layer">The layer of their addresses: tensors are numbered in the order in which they are written.</param>
/// <param name="Inputs">Columns of the addresses.</param>
/// <param name="Outputs">Rows of the addresses.</param>
/// <param name="Deviation">Standard deviation.</param>
/// <param name="Offset">Where they begin among all weights.</param>
internal readonly record struct TokenTensor(int Layer, int Inputs, int Outputs, double Deviation, long Offset)
{
    private const int Alignment = 16;

    /// <summary>Where the next tensor may begin.</summary>
    public long End => (Offset + ((long)Inputs * Outputs) + Alignment - 1) / Alignment * Alignment;
}

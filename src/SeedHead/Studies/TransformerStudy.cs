using SeedHead.Complexity;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>How complex are the sequences of untrained transformers?</summary>
internal static class TransformerStudy
{
    /// <summary>Lempel-Ziv phrases (1978) over length of the sequences 0, 1, … of a network, prompts included.</summary>
    /// <remarks>Sequence i has the same weights (before they are scaled) and prompt whatever the activation and the norm scale: values are paired.</remarks>
    /// <param name="net">Text of a network of tokens, e.g. gpt2-2-4-128/512.</param>
    /// <param name="activation">What stands for every activation, e.g. "tanh"; null: as written.</param>
    /// <param name="normScale">What the layer norms inside of blocks are multiplied by.</param>
    /// <param name="sequences">How many.</param>
    /// <param name="length">Tokens that follow the first one.</param>
    /// <param name="seed">The seed of weights and prompts.</param>
    /// <param name="run">Threads, cancellation.</param>
    /// <param name="sharesWeights">Whether network 0 makes all sequences, with prompts 0, 1, …</param>
    /// <returns>One value a sequence; undefined where a logit is not finite.</returns>
    public static ComplexityValue[] Complexities(
        string net, string? activation, double normScale, int sequences, int length, ulong seed, Execution run, bool sharesWeights = false) =>
        [.. Sequences(TransformerNets.Of(Architecture.Parse(net), null, activation is null ? null : Activation.Parse(activation), normScale), sequences, length, seed, run, sharesWeights)
            .Select(TokenSequences.Complexity)];

    /// <summary>The sequences themselves: the prompt and <paramref name="length"/> tokens; null where a logit is not finite.</summary>
    public static int[]?[] Sequences(Architecture net, int sequences, int length, ulong seed, Execution run, bool sharesWeights = false) =>
        new TokenSequences(net, length, seed, sharesWeights).Generate(run.Team, sequences);
}

using System.Collections.Concurrent;
using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Random;

namespace SeedHead.Complexity;

/// <summary>Sequences of untrained networks of tokens: each network reads one token and goes on with the most likely one, again and again.</summary>
/// <remarks>
/// <para>Sequence i is that of network i of the seed and begins with a random token (Teney et al., CVPR 2024); with shared weights it is that of network 0 and
/// begins with token i (their published code). Equal logits: the smallest token. No token ends a sequence.</para>
/// </remarks>
internal sealed class TokenSequences
{
    private readonly TokenPlan plan;
    private readonly ulong seed;
    private readonly bool sharesWeights;

    /// <param name="net">Reads tokens, ends in unembed.</param>
    /// <param name="length">The tokens that follow the first one.</param>
    /// <param name="seed">The seed of weights and first tokens.</param>
    /// <param name="sharesWeights">Whether all sequences are made by network 0.</param>
    public TokenSequences(Architecture net, int length, ulong seed, bool sharesWeights = false) =>
        (plan, this.seed, this.sharesWeights) = (TokenPlan.Of(net, length), seed, sharesWeights);

    /// <summary>Multiplications for one sequence, with forty for every weight that is drawn.</summary>
    public double Operations => (plan.Operations * plan.Positions) + (sharesWeights ? 0 : 40.0 * plan.Room);

    /// <summary>Bytes that so many threads need.</summary>
    public long Bytes(int threads) => sizeof(float) * (((sharesWeights ? 1L : threads) * plan.Room) + (threads * TokenState.Room(plan)));

    /// <summary>Sequences 0 to count − 1, the first token included; null for one with a logit that is not finite.</summary>
    /// <exception cref="ArgumentException">More sequences of shared weights than there are tokens.</exception>
    public int[]?[] Generate(Team team, int count)
    {
        if (sharesWeights && count > plan.Tokens.Vocabulary)
        {
            throw new ArgumentException($"With shared weights every sequence begins with a token of its own: {count} are too many for {plan.Tokens}.");
        }

        var sequences = new int[]?[count];
        var free = new ConcurrentBag<Worker>();
        TokenWeights? shared = null;
        try
        {
            if (sharesWeights)
            {
                shared = new(plan);
                shared.Draw(seed, 0);
            }

            team.For(count, i =>
            {
                if (!free.TryTake(out Worker? worker))
                {
                    worker = new(plan, shared);
                }

                sequences[i] = worker.Sequence(seed, i);
                free.Add(worker);
            });
        }
        finally
        {
            foreach (Worker worker in free)
            {
                worker.Dispose();
            }

            shared?.Dispose();
        }

        return sequences;
    }

    /// <summary>Phrases of the Lempel-Ziv parsing of 1978 over the length.</summary>
    public static ComplexityValue Complexity(int[]? sequence) => sequence is null
        ? ComplexityValue.Undefined(UndefinedCause.NotFinite)
        : ComplexityValue.Of(LempelZiv78.Phrases(sequence) / (double)sequence.Length);

    /// <summary>The first token of network <paramref name="network"/>: evenly distributed.</summary>
    public static int FirstToken(ulong seed, int network, int vocabulary) =>
        (int)((ulong)new WeightStream(seed).Word(new(network, 0, 0, 0, WeightKind.Prompt)) * (ulong)vocabulary >> 32);

    /// <summary>The weights and the memory of one thread.</summary>
    private sealed class Worker : IDisposable
    {
        private readonly TokenPlan plan;
        private readonly TokenWeights? own;
        private readonly TokenState state;

        public Worker(TokenPlan plan, TokenWeights? shared)
        {
            this.plan = plan;
            own = shared is null ? new(plan) : null;
            state = new(plan, shared ?? own!);
        }

        public int[]? Sequence(ulong seed, int index)
        {
            own?.Draw(seed, index);
            state.Clear();
            var sequence = new int[plan.Positions + 1];
            sequence[0] = own is null ? index : FirstToken(seed, index, plan.Tokens.Vocabulary);
            for (int t = 0; t < plan.Positions; t++)
            {
                if (Largest(state.Next(sequence[t])) is not { } token)
                {
                    return null;
                }

                sequence[t + 1] = token;
            }

            return sequence;
        }

        public void Dispose()
        {
            state.Dispose();
            own?.Dispose();
        }

        /// <summary>The first of the largest logits, or null where one is not finite.</summary>
        private static int? Largest(ReadOnlySpan<float> logits)
        {
            int largest = 0;
            for (int i = 0; i < logits.Length; i++)
            {
                if (!float.IsFinite(logits[i]))
                {
                    return null;
                }

                largest = logits[i] > logits[largest] ? i : largest;
            }

            return largest;
        }
    }
}

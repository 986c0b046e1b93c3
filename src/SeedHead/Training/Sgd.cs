using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Training;

/// <summary>Stochastic gradient descent with momentum: v ← µv + (g + δw), w ← w − ηv.</summary>
/// <remarks>Source: Sutskever, Martens, Dahl &amp; Hinton, ICML 2013, in the form common frameworks use, with the rate outside of v.</remarks>
/// <param name="numbers">What is moved.</param>
/// <param name="momentum">µ.</param>
/// <param name="decay">δ.</param>
internal sealed unsafe class Sgd(IEnumerable<LearnedNumbers> numbers, double momentum, double decay) : Optimiser(numbers, "velocity")
{
    private protected override void Step(float* w, float* g, ReadOnlySpan<(string Name, NativeBuffer<float> Values)> memory, long first, int count, double rate) =>
        Step(w, g, memory[0].Values.Pointer + first, count, (float)momentum, (float)decay, (float)rate);

    // Fused: v = µ·v + (δ·w + g), then w = w − η·v.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Step(float* w, float* g, float* v, int count, float momentum, float decay, float rate)
    {
        int i = 0;
        var (m, d, r) = (Vector256.Create(momentum), Vector256.Create(decay), Vector256.Create(-rate));
        for (; Vector256.IsHardwareAccelerated && i + 8 <= count; i += 8)
        {
            var weight = Vector256.Load(w + i);
            var velocity = Vector256.FusedMultiplyAdd(m, Vector256.Load(v + i), Vector256.FusedMultiplyAdd(d, weight, Vector256.Load(g + i)));
            velocity.Store(v + i);
            Vector256.FusedMultiplyAdd(r, velocity, weight).Store(w + i);
        }

        for (; i < count; i++)
        {
            v[i] = float.FusedMultiplyAdd(momentum, v[i], float.FusedMultiplyAdd(decay, w[i], g[i]));
            w[i] = float.FusedMultiplyAdd(-rate, v[i], w[i]);
        }
    }
}

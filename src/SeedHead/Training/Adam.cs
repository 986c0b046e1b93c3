using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Training;

/// <summary>g′ = g + δw, m ← β₁m + (1 − β₁)g′, v ← β₂v + (1 − β₂)g′², w ← w − η·m̂/(√v̂ + ε), with m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ) in step t, from 1.</summary>
/// <remarks>
/// <para>β₂ = 0.999, ε = 10⁻⁸. Source: Kingma &amp; Ba, "Adam", ICLR 2015, algorithm 1; the decay goes through the gradient.</para>
/// <para>In float32, fused where a sum follows a product: g′ = δ·w + g, m = β₁·m + ((1 − β₁)·g′), v = β₂·v + (((1 − β₂)·g′)·g′),
/// w = w − a·(m/(c·√v + ε)). a = η/(1 − β₁ᵗ) and c = 1/√(1 − β₂ᵗ) are computed in float64 from t alone and rounded.</para>
/// </remarks>
/// <param name="numbers">What is moved.</param>
/// <param name="decay">δ.</param>
/// <param name="first">β₁.</param>
internal sealed unsafe class Adam(IEnumerable<LearnedNumbers> numbers, double decay, double first = 0.9) : Optimiser(numbers, "mean", "square")
{
    private const double Second = 0.999;
    private const float Epsilon = 1e-8f;

    private protected override void Step(float* w, float* g, ReadOnlySpan<(string Name, NativeBuffer<float> Values)> memory, long start, int count, double rate)
    {
        double length = rate / (1 - Power(first, Steps)), root = 1 / Math.Sqrt(1 - Power(Second, Steps));
        var factors = new Factors((float)first, (float)(1 - first), (float)Second, (float)(1 - Second), (float)decay, (float)length, (float)root);
        Step(w, g, memory[0].Values.Pointer + start, memory[1].Values.Pointer + start, count, factors);
    }

    private readonly record struct Factors(float First, float NotFirst, float Second, float NotSecond, float Decay, float Length, float Root);

    /// <summary>bᵗ by squaring: the same bits whether t was counted up to or set.</summary>
    private static double Power(double b, long t)
    {
        double power = 1;
        for (; t > 0; t >>= 1, b *= b)
        {
            power *= (t & 1) == 1 ? b : 1;
        }

        return power;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Step(float* w, float* g, float* m, float* v, int count, Factors f)
    {
        int i = 0;
        var (first, notFirst, second, notSecond) = (Vector256.Create(f.First), Vector256.Create(f.NotFirst), Vector256.Create(f.Second), Vector256.Create(f.NotSecond));
        var (decay, length, root, epsilon) = (Vector256.Create(f.Decay), Vector256.Create(-f.Length), Vector256.Create(f.Root), Vector256.Create(Epsilon));
        for (; Vector256.IsHardwareAccelerated && i + 8 <= count; i += 8)
        {
            var weight = Vector256.Load(w + i);
            var slope = Vector256.FusedMultiplyAdd(decay, weight, Vector256.Load(g + i));
            var mean = Vector256.FusedMultiplyAdd(first, Vector256.Load(m + i), notFirst * slope);
            var square = Vector256.FusedMultiplyAdd(second, Vector256.Load(v + i), notSecond * slope * slope);
            mean.Store(m + i);
            square.Store(v + i);
            Vector256.FusedMultiplyAdd(length, mean / Vector256.FusedMultiplyAdd(root, Vector256.Sqrt(square), epsilon), weight).Store(w + i);
        }

        for (; i < count; i++)
        {
            float slope = float.FusedMultiplyAdd(f.Decay, w[i], g[i]);
            m[i] = float.FusedMultiplyAdd(f.First, m[i], f.NotFirst * slope);
            v[i] = float.FusedMultiplyAdd(f.Second, v[i], f.NotSecond * slope * slope);
            w[i] = float.FusedMultiplyAdd(-f.Length, m[i] / float.FusedMultiplyAdd(f.Root, MathF.Sqrt(v[i]), Epsilon), w[i]);
        }
    }
}

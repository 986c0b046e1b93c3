using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Training;

/// <summary>Stochastic gradient descent with momentum: v ← µv + (g + δw), w ← w − ηv, for learned numbers alone. Fixed ones neither move nor decay nor cost memory.</summary>
/// <remarks>Source: Sutskever, Martens, Dahl &amp; Hinton, ICML 2013, in the form common frameworks use, with the rate outside of v.</remarks>
internal sealed unsafe class Sgd : IDisposable
{
    private readonly Parameter[] parameters;
    private readonly NativeBuffer<float>[] velocities;
    private readonly float momentum, decay;

    public Sgd(IEnumerable<Parameter> parameters, double momentum, double decay)
    {
        this.parameters = [.. parameters.Where(parameter => parameter.LearnedCount > 0)];
        velocities = [.. this.parameters.Select(parameter => new NativeBuffer<float>(parameter.LearnedCount))];
        (this.momentum, this.decay) = ((float)momentum, (float)decay);
    }

    /// <summary>One step against the gradients.</summary>
    /// <param name="rate">η.</param>
    public void Step(double rate)
    {
        for (int p = 0; p < parameters.Length; p++)
        {
            float* velocity = velocities[p].Pointer, values = parameters[p].Values.Pointer;
            fixed (float* start = parameters[p].Gradient)
            {
                float* gradient = start;
                foreach ((long at, int length) in parameters[p].Runs)
                {
                    Step(values + at, gradient, velocity, length, momentum, decay, (float)rate);
                    gradient += length;
                    velocity += length;
                }
            }
        }
    }

    public void Dispose() => Array.ForEach(velocities, buffer => buffer.Dispose());

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

using System.Diagnostics;
using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Random;

/// <summary>All random numbers of a seed. A number is a function of the seed and its own address alone, so neither order nor threads can change it.</summary>
/// <remarks>
/// <para>Philox4x32-10 with the seed as key and the counter (column / 4, row, network, layer + 2¹⁶·kind); the word is column mod 4.</para>
/// <para>Definition and distributions: <c>docs/math/random-stream.md</c>, stream version 1.</para>
/// </remarks>
/// <param name="Seed">Any 64-bit number.</param>
public readonly partial record struct WeightStream(ulong Seed)
{
    /// <summary>The 32 random bits at an address.</summary>
    /// <param name="address">The address.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is negative, or the layer is above 65,535.</exception>
    public uint Word(WeightAddress address)
    {
        var (w0, w1, w2, w3) = Counter(address);
        return (address.Column & 3) switch { 0 => w0, 1 => w1, 2 => w2, _ => w3 };
    }

    /// <summary>Uniform in (0, 1), ends excluded: (word + ½)·2⁻³² rounded to a float.</summary>
    /// <param name="address">The address.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is negative, or the layer is above 65,535.</exception>
    public float Uniform(WeightAddress address) => Distributions.Uniform(Vector512.Create(Word(address))).ToScalar();

    /// <summary>Standard normal: √(−2 ln u)·cos 2πv in even columns, √(−2 ln u)·sin 2πv in odd ones, u and v from the two words of the pair.</summary>
    /// <param name="address">The address.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is negative, or the layer is above 65,535.</exception>
    public float Normal(WeightAddress address)
    {
        var (w0, w1, w2, w3) = Counter(address);
        var (u, v) = (address.Column & 2) == 0 ? (w0, w1) : (w2, w3);
        Distributions.Normals(Vector512.Create(u), Vector512.Create(v), out var even, out var odd);
        return ((address.Column & 1) == 0 ? even : odd).ToScalar();
    }

    /// <summary>A normal cut off at two standard deviations and scaled to variance 1: it lies in ±2.2737.</summary>
    /// <param name="address">The address.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is negative, or the layer is above 65,535.</exception>
    public float TruncatedNormal(WeightAddress address) => Distributions.TruncatedNormal(Vector512.Create(Word(address))).ToScalar();

    /// <summary>Laplace (double exponential) with variance 1: ±e/√2, e exponential.</summary>
    /// <param name="address">The address.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is negative, or the layer is above 65,535.</exception>
    public float Laplace(WeightAddress address) => Distributions.Laplace(Vector512.Create(Word(address))).ToScalar();

    /// <summary>−1 or 1, from the top bit of the word.</summary>
    /// <param name="address">The address.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is negative, or the layer is above 65,535.</exception>
    public float Sign(WeightAddress address) => Distributions.Sign(Vector512.Create(Word(address))).ToScalar();

    private (uint W0, uint W1, uint W2, uint W3) Counter(WeightAddress address)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(address.Network);
        ArgumentOutOfRangeException.ThrowIfNegative(address.Layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address.Layer, 65535);
        ArgumentOutOfRangeException.ThrowIfNegative(address.Row);
        ArgumentOutOfRangeException.ThrowIfNegative(address.Column);
        return Philox.Words(
            Seed, (uint)address.Column >> 2, (uint)address.Row, (uint)address.Network, LayerWord(address.Layer, address.Kind));
    }

    private static uint LayerWord(int layer, WeightKind kind)
    {
        Debug.Assert(layer is >= 0 and <= 65535);
        return (uint)layer | (uint)kind << 16;
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Random;

namespace SeedHead.Training;

/// <summary>A score for every weight of a tensor: the weights of the largest |score| are used, the others are 0. The weights themselves never change.</summary>
/// <remarks>
/// <para>Of n weights n − ⌊(1 − K)·n + 10⁻⁹⌋ are kept, at equal |score| those that come first; a kept weight w counts √(1/K)·w. The gradient passes the choice
/// as if it were the identity of |s|: dL/ds = sign(s)·√(1/K)·w·dL/dw′, w′ the weight in use (sign(0) = 1). Scores start uniform in ±1/√fan-in.</para>
/// <para>Source: Ramanujan, Wortsman, Kembhavi, Farhadi &amp; Rastegari, "What's Hidden in a Randomly Weighted Neural Network?", CVPR 2020, as in their published code.</para>
/// </remarks>
internal sealed unsafe class MaskScores : LearnedNumbers
{
    private const double Slack = 1e-9;
    private const int Digits = 11;
    private const int BitsInWord = 24; // whole numbers that a float32 holds
    private readonly Parameter parameter;
    private readonly NativeBuffer<float> scores;
    private readonly float factor;
    private readonly long kept;

    /// <param name="parameter">The tensor, with its fixed numbers; its values become those in use.</param>
    /// <param name="share">K.</param>
    /// <param name="stream">Where first scores come from.</param>
    public MaskScores(Parameter parameter, double share, WeightStream stream)
    {
        long count = parameter.Tensor.Count;
        this.parameter = parameter;
        factor = (float)Math.Sqrt(1 / share);
        kept = Math.Max(count - (long)(((1 - share) * count) + Slack), 1);
        scores = new(count);
        Runs = [.. Cut(count)];
        LayerShape shape = parameter.Tensor.Shape;
        stream.FillUniform(
            shape.IsGate ? 1 : 0, shape.Layer, WeightKind.Score, Strided<float>.RowMajor(scores, parameter.Values.Rows, parameter.Values.Columns), 0,
            shift: -0.5f, factor: (float)(2 / Math.Sqrt(shape.FanIn)));
        Apply();
    }

    /// <inheritdoc/>
    public override string Name => parameter.Name + "/scores";

    /// <inheritdoc/>
    public override long LearnedCount => scores.Length;

    /// <inheritdoc/>
    public override float* Start => scores.Pointer;

    /// <inheritdoc/>
    public override IReadOnlyList<(long Start, int Length)> Runs { get; }

    /// <inheritdoc/>
    public override Span<float> Gradient => parameter.Gradient;

    /// <summary>The tensor it chooses from.</summary>
    public Parameter Of => parameter;

    /// <summary>How many weights are used.</summary>
    public long Kept => kept;

    /// <inheritdoc/>
    public override void TakeGradient()
    {
        fixed (float* gradient = parameter.Gradient)
        {
            Chain(gradient, parameter.Fixed.Pointer, scores.Pointer, scores.Length, factor);
        }
    }

    /// <inheritdoc/>
    public override void Apply()
    {
        (uint limit, long atLimit) = Limit();
        Choose(parameter.Start, parameter.Fixed.Pointer, scores.Pointer, scores.Length, factor, limit, atLimit);
    }

    /// <summary>Which weights are used: a bit each, 24 in a whole number, the first in its lowest bit.</summary>
    public override float[] ToFile()
    {
        var words = new int[(scores.Length + BitsInWord - 1) / BitsInWord];
        (uint limit, long atLimit) = Limit();
        for (long i = 0; i < scores.Length; i++)
        {
            uint size = Size(i);
            words[i / BitsInWord] |= size > limit || (size == limit && atLimit-- > 0) ? 1 << (int)(i % BitsInWord) : 0;
        }

        return [.. words];
    }

    /// <summary>Uses the weights of these bits: their scores become 1, those of all others 0.</summary>
    /// <exception cref="FormatException">Not as many bits as there are weights, or not as many ones as are used.</exception>
    public override void FromFile(ReadOnlySpan<float> stored)
    {
        bool fits = stored.Length == (scores.Length + BitsInWord - 1) / BitsInWord;
        long ones = 0;
        for (long i = 0; i < scores.Length; i++)
        {
            int bit = fits && stored[(int)(i / BitsInWord)] is >= 0 and < 1 << BitsInWord and var word ? ((int)word >> (int)(i % BitsInWord)) & 1 : 0;
            scores.Pointer[i] = bit;
            ones += bit;
        }

        if (ones != kept)
        {
            throw new FormatException($"{Name} is a mask of {stored.Length} words with {ones} ones instead of {scores.Length} bits with {kept} ones");
        }

        Apply();
    }

    public override void Dispose() => scores.Dispose();

    private const uint Sign = 0x80000000;

    private uint Size(long i) => BitConverter.SingleToUInt32Bits(scores.Pointer[i]) & ~Sign; // |s|: bits of positive floats rise with them

    // g ← g·(sign(s)·(factor·w)).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Chain(float* g, float* w, float* s, long count, float factor)
    {
        long i = 0;
        for (; Vector256.IsHardwareAccelerated && i + 8 <= count; i += 8)
        {
            var weight = Vector256.Load(w + i) * factor;
            var sign = Vector256.Load((uint*)s + i) & Vector256.Create(Sign);
            (Vector256.Load(g + i) * (weight.AsUInt32() ^ sign).AsSingle()).Store(g + i);
        }

        for (; i < count; i++)
        {
            float weight = w[i] * factor;
            g[i] *= float.IsNegative(s[i]) ? -weight : weight;
        }
    }

    // v = factor·w where |s| is above the limit, and at it for as many as are left; else 0.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Choose(float* v, float* w, float* s, long count, float factor, uint limit, long left)
    {
        for (long i = 0; i < count; i++)
        {
            if (Vector256.IsHardwareAccelerated && i + 8 <= count)
            {
                var size = Vector256.Load((int*)s + i) & Vector256.Create(int.MaxValue);
                if (!Vector256.EqualsAny(size, Vector256.Create((int)limit)))
                {
                    var isKept = Vector256.GreaterThan(size, Vector256.Create((int)limit)).AsSingle();
                    (Vector256.Load(w + i) * factor & isKept).Store(v + i);
                    i += 7;
                    continue;
                }
            }

            uint own = BitConverter.SingleToUInt32Bits(s[i]) & ~Sign;
            bool used = own > limit || (own == limit && left-- > 0);
            v[i] = used ? w[i] * factor : 0;
        }
    }

    /// <summary>The smallest |score| that is kept, as bits, and how many of that size are; found from the top bits down, by counting.</summary>
    private (uint Size, long Count) Limit()
    {
        long wanted = kept;
        uint prefix = 0;
        var counts = new long[1 << Digits];
        for (int shift = 2 * Digits; shift >= 0; shift -= Digits) // 31 bits as 9 + 11 + 11
        {
            Array.Clear(counts);
            Count((uint*)scores.Pointer, scores.Length, shift, prefix, counts);
            int digit = counts.Length - 1;
            for (; counts[digit] < wanted; digit--)
            {
                wanted -= counts[digit];
            }

            prefix = (prefix << Digits) | (uint)digit;
        }

        Debug.Assert(wanted >= 1);
        return (prefix, wanted);
    }

    // How many numbers that begin with the prefix have each next digit.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Count(uint* scores, long length, int shift, uint prefix, long[] counts)
    {
        for (long i = 0; i < length; i++)
        {
            uint size = scores[i] & ~Sign;
            if ((ulong)size >> (shift + Digits) == prefix)
            {
                counts[(size >> shift) & ((1 << Digits) - 1)]++;
            }
        }
    }

    private static IEnumerable<(long Start, int Length)> Cut(long count)
    {
        for (long start = 0; start < count; start += int.MaxValue)
        {
            yield return (start, (int)Math.Min(int.MaxValue, count - start));
        }
    }
}

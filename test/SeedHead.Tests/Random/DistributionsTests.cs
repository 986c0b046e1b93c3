using System.Runtime.Intrinsics;
using SeedHead.Random;
using SeedHead.Tests.Reference;

namespace SeedHead.Tests.Random;

public class DistributionsTests
{
    /// <summary>Every 4,099th word, the ends, and those around the thresholds of the definitions.</summary>
    private static IEnumerable<uint> Words()
    {
        foreach (uint edge in (uint[])[0, 0x80000000, 0x20000000, 0x60000000, 0xA0000000, 0xE0000000, 0xB504F334, 0xFFFFFF80, 0xFFFFFFFF])
        {
            for (uint i = 0; i < 9; i++)
            {
                yield return edge + i - 4;
            }
        }

        for (ulong w = 0; w <= uint.MaxValue; w += 4099)
        {
            yield return (uint)w;
        }
    }

    [Fact]
    public void Lanes_have_the_bits_of_the_reference()
    {
        foreach (uint[] words in Words().Chunk(16))
        {
            uint[] sixteen = [.. words, .. new uint[16 - words.Length]];
            var w = Vector512.Create(sixteen);
            var v = Vector512.Create([.. sixteen.Select(word => word * 2654435761)]); // another word in the other place
            Distributions.Normals(w, v, out var first, out var second);
            Distributions.Normals(v, w, out var third, out var fourth);
            for (int i = 0; i < 16; i++)
            {
                Assert.Equal(Bits(DistributionsReference.Uniform(w[i])), Bits(Distributions.Uniform(w)[i]));
                Assert.Equal(Bits(DistributionsReference.Sign(w[i])), Bits(Distributions.Sign(w)[i]));
                Assert.Equal(Bits(DistributionsReference.Laplace(w[i])), Bits(Distributions.Laplace(w)[i]));
                Assert.Equal(Bits(DistributionsReference.TruncatedNormal(w[i])), Bits(Distributions.TruncatedNormal(w)[i]));
                Assert.Equal(Bits(DistributionsReference.Normals(w[i], v[i])), (Bits(first[i]), Bits(second[i])));
                Assert.Equal(Bits(DistributionsReference.Normals(v[i], w[i])), (Bits(third[i]), Bits(fourth[i])));
            }
        }
    }

    [Fact]
    public void Uniforms_are_inside_zero_and_one()
    {
        Assert.Equal(Least, Distributions.Uniform(Vector512<uint>.Zero)[0]);
        Assert.Equal(MathF.BitDecrement(1), Distributions.Uniform(Vector512<uint>.AllBitsSet)[0]);
        Assert.All(Words(), w => Assert.InRange(Distributions.Uniform(Vector512.Create(w))[0], Least, MathF.BitDecrement(1)));
    }

    [Fact]
    public void Normals_reach_6_76_and_are_never_zero()
    {
        Distributions.Normals(Vector512<uint>.Zero, Vector512<uint>.Zero, out var largest, out var next);
        Assert.Equal(6.7637, largest[0], 4); // √(66 ln 2)
        Assert.True(next[0] > 0);
        Distributions.Normals(Vector512<uint>.AllBitsSet, Vector512<uint>.Zero, out var least, out _);
        Assert.Equal(1.5258789e-05, least[0], 9); // √(−2 ln(1 − 2⁻³³)) = 2⁻¹⁶
    }

    [Fact]
    public void Truncated_normals_end_at_two_standard_deviations_and_grow_with_the_word()
    {
        const double end = 2.2736945; // 2 / 0.8796257
        Assert.Equal(-end, Distributions.TruncatedNormal(Vector512<uint>.Zero)[0], 5);
        Assert.Equal(end, Distributions.TruncatedNormal(Vector512<uint>.AllBitsSet)[0], 5);
        float before = float.NegativeInfinity;
        for (ulong w = 0; w <= uint.MaxValue; w += 65_537)
        {
            float value = Distributions.TruncatedNormal(Vector512.Create((uint)w))[0];
            Assert.True(value > before);
            before = value;
        }
    }

    private const float Least = 1.1641532182693481e-10f; // 2⁻³³

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    private static (uint, uint) Bits((float First, float Second) pair) => (Bits(pair.First), Bits(pair.Second));
}

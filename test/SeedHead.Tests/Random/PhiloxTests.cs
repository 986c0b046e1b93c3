using System.Runtime.Intrinsics;
using SeedHead.Random;

namespace SeedHead.Tests.Random;

public class PhiloxTests
{
    [Theory] // Random123, tests/kat_vectors, lines "philox4x32 10"
    [InlineData(0x0000000000000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(0xffffffffffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x299f31d0a4093822, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void Words_are_the_published_known_answers(ulong key, uint c0, uint c1, uint c2, uint c3, uint w0, uint w1, uint w2, uint w3)
    {
        Assert.Equal((w0, w1, w2, w3), Philox.Words(key, c0, c1, c2, c3));
        Philox.Words(key, c0, Vector512.Create(c1), c2, c3, out var words);
        Assert.Equal(Vector512.Create(w0), words.W0);
        Assert.Equal(Vector512.Create(w1), words.W1);
        Assert.Equal(Vector512.Create(w2), words.W2);
        Assert.Equal(Vector512.Create(w3), words.W3);
    }

    [Theory]
    [InlineData(0UL, 0u)]
    [InlineData(0xDEADBEEF00000001UL, 4294967290u)] // the second counter word runs over 2³²
    public void Sixteen_lanes_have_the_words_of_sixteen_counters(ulong key, uint first)
    {
        Philox.Words(key, 5, Vector512.Create(first) + Vector512<uint>.Indices, 7, 9, out var words);
        for (uint lane = 0; lane < 16; lane++)
        {
            int i = (int)lane;
            Assert.Equal(Philox.Words(key, 5, first + lane, 7, 9), (words.W0[i], words.W1[i], words.W2[i], words.W3[i]));
        }
    }
}

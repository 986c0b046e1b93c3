using SeedHead.Networks;
using SeedHead.Random;

namespace SeedHead.Training;

/// <summary>While training a number is 0 with probability R, else divided by 1 − R; otherwise nothing happens.</summary>
/// <remarks>
/// Number i of the batch of step t is kept when word i mod 4 of Philox's counter (⌊i/4⌋, t, <paramref name="place"/>, 2¹⁶·<see cref="WeightKind.Dropout"/>) is at least
/// ⌊R·2³²⌋: what is dropped is a function of its address alone.
/// </remarks>
internal sealed unsafe class DropoutModule(Extent input, double rate, int place) : Module(input, input)
{
    private readonly uint limit = (uint)(rate * 4294967296.0);
    private readonly float factor = (float)(1 / (1 - rate));

    public override bool IsFixed => false;

    public override bool InPlace => true;

    public override void Forward(Pass pass, float* x, float* y) => Apply(pass, x, y);

    public override void Backward(Pass pass, float* x, float* dy, float* dx)
    {
        if (dx != null)
        {
            Apply(pass, dy, dx);
        }
    }

    private void Apply(Pass pass, float* from, float* to) => Pieces(pass.Team, (long)pass.Rows * Input.Count, (start, length) =>
    {
        if (!pass.Training || pass.KeepsAll)
        {
            new ReadOnlySpan<float>(from + start, length).CopyTo(new Span<float>(to + start, length)); // nothing, where they are the same
            return;
        }

        uint* words = stackalloc uint[4];
        for (long i = start; i < start + length; i++) // pieces begin at multiples of 4
        {
            if (i % 4 == 0)
            {
                (words[0], words[1], words[2], words[3]) = Philox.Words(pass.Seed, (uint)(i / 4), (uint)pass.Step, (uint)place, (uint)WeightKind.Dropout << 16);
            }

            to[i] = words[i % 4] >= limit ? from[i] * factor : 0;
        }
    });
}

using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>Numbers and their waves, and what follows up to the next stage.</summary>
internal sealed unsafe class EncodingStage(int octaves, int outputs, Tail tail) : Stage(outputs)
{
    public override long Room => 0;

    public override void Draw(in NetworkDraw draw)
    {
    }

    public override void Forward(Team team, in Strided<float> x, in Strided<float> y, float* room)
    {
        Waves.Apply(x, y, octaves);
        tail.Apply(team, y, null);
    }
}

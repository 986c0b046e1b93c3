using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Features;

/// <summary>φ(x) = √(2/D)·(cos(Wx + b), sin(Wx + b)), 16 cosines and 16 sines in turn, with the frequencies W made when first needed.</summary>
internal sealed unsafe class CosineLayer
{
    private const int RowsPerTask = 64; // any value gives the same numbers

    private readonly int inputs;
    private readonly int features;
    private readonly Lazy<NativeBuffer<float>> frequencies;
    private readonly Lazy<float[]> phases;

    /// <summary>A layer of <paramref name="features"/> features whose frequencies [inputs × Angles] the given function fills.</summary>
    public CosineLayer(int inputs, int features, ulong seed, Action<Strided<float>> fill)
    {
        (this.inputs, this.features) = (inputs, features);
        frequencies = new(() =>
        {
            var buffer = new NativeBuffer<float>((long)inputs * Angles);
            fill(Strided<float>.RowMajor(buffer, inputs, Angles));
            return buffer;
        });
        phases = new(() => Phases(seed, Angles));
    }

    /// <summary>Frequencies: each gives a cosine and a sine.</summary>
    public int Angles => CosSin.Angles(features);

    public long WorkingBytes => (long)inputs * Angles * sizeof(float);

    public double OperationsPerRow => 2.0 * inputs * Angles + 20.0 * features;

    public void Map(Team team, Strided<float> x, Strided<float> phi)
    {
        MatrixProduct.Multiply(
            team, x, Strided<float>.RowMajor(frequencies.Value, inputs, Angles), phi.Block(0, 0, phi.Rows, Angles));
        float[] shifts = phases.Value;
        if (team.Alone || phi.Rows <= RowsPerTask)
        {
            Expand(phi, shifts, 0, phi.Rows);
        }
        else
        {
            ExpandTogether(team, phi, shifts);
        }

        GC.KeepAlive(this); // the frequencies must outlive the product that reads them
    }

    private static void ExpandTogether(Team team, Strided<float> phi, float[] shifts) =>
        team.For((int)((phi.Rows + RowsPerTask - 1) / RowsPerTask), task =>
            Expand(phi, shifts, (long)task * RowsPerTask, Math.Min(phi.Rows, (long)(task + 1) * RowsPerTask)));

    private static void Expand(Strided<float> phi, float[] shifts, long from, long to)
    {
        float factor = (float)Math.Sqrt(2.0 / phi.Columns);
        for (long row = from; row < to; row++)
        {
            CosSin.Expand(phi.Row(row), shifts, factor);
        }
    }

    private static float[] Phases(ulong seed, int count)
    {
        var phases = new float[(count + CosSin.Block - 1) / CosSin.Block * CosSin.Block];
        fixed (float* p = phases)
        {
            new WeightStream(seed).FillUniform(0, 0, WeightKind.Phase, Strided<float>.RowMajor(p, 1, count));
        }

        Elementwise.Multiply(phases, (float)(2 * Math.PI));
        return phases;
    }
}

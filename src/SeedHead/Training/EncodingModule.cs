using System.Runtime.Intrinsics;
using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>Numbers and their waves: ∂/∂x is dy(x) + Σ 2ᵏπ·(cos(2ᵏπx)·dy(sin) − sin(2ᵏπx)·dy(cos)).</summary>
internal sealed unsafe class EncodingModule(EncodingLayer layer, Extent input) : Module(input, layer.After(input))
{
    private readonly int octaves = layer.Octaves;

    public override void Forward(Pass pass, float* x, float* y) => pass.Team.For(pass.Rows, row =>
        Waves.Apply(Strided<float>.RowMajor(x + ((long)row * Input.Count), 1, Input.Count), Strided<float>.RowMajor(y + ((long)row * Output.Count), 1, Output.Count), octaves));

    public override void Backward(Pass pass, float* x, float* dy, float* dx)
    {
        if (dx != null)
        {
            pass.Team.For(pass.Rows, row => Backward(x + ((long)row * Input.Count), dy + ((long)row * Output.Count), dx + ((long)row * Input.Count)));
        }
    }

    private void Backward(float* x, float* dy, float* dx)
    {
        for (int j = 0; j < Input.Count; j++)
        {
            Waves.Of(x[j], out var sines, out var cosines);
            float* waves = dy + Input.Count + (2L * octaves * j);
            double sum = 0;
            for (int k = octaves - 1; k >= 0; k--)
            {
                sum += Math.ScaleB(Math.PI, k) * (((double)cosines[k] * waves[k]) - ((double)sines[k] * waves[octaves + k]));
            }

            dx[j] = (float)(dy[j] + sum);
        }
    }
}

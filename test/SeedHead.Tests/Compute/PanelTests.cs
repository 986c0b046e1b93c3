using SeedHead.Compute;

namespace SeedHead.Tests.Compute;

/// <summary>The product that leaves out inputs of zeros has the bits of the one that does not.</summary>
public unsafe class PanelTests
{
    private static readonly float[] Unusual = [-0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -float.Epsilon, 1e-30f, 3e38f];

    [Fact]
    public void Inputs_of_zeros_are_left_out_without_a_trace() => ForAll.Draws(200, draw =>
    {
        int inputs = draw.Of(1, 2, 5, 64, draw.Int(1, 90), 1025), outputs = draw.Of(1, 4, 48, 64, draw.Int(1, 110));
        float scale = draw.Of(1f, 1e-20f, 1e-42f); // with small numbers chains underflow, and end at −0
        using var memory = new GuardedMemory(inputs * Panel.Points * sizeof(float));
        Strided<float> x = Panel.At((float*)memory.Pointer, inputs);
        for (int i = 0; i < inputs; i++)
        {
            int kind = draw.Int(0, 3);
            for (int p = 0; p < Panel.Points; p++)
            {
                x[p, i] = kind <= 1 ? 0 : kind == 2 && draw.Bool() ? 0 : draw.Float(0, scale);
            }

            if (draw.Int(0, 9) == 0)
            {
                x[draw.Int(0, Panel.Points - 1), i] = draw.Of(Unusual);
            }
        }

        using var weights = new GuardedMemory(inputs * outputs * sizeof(float));
        float[] numbers = draw.Floats(inputs * outputs, -scale, scale);
        numbers.CopyTo(new Span<float>(weights.Pointer, inputs * outputs));
        float[] biases = [.. draw.Floats(outputs, scale, 2 * scale).Select(bias => draw.Bool() ? bias : -bias)];
        Assert.DoesNotContain(0f, biases);
        float[] whole = Values(Panel.Multiply), live = Values(Panel.MultiplyLive);
        for (int i = 0; i < whole.Length; i++)
        {
            Assert.True(float.IsNaN(whole[i]) ? float.IsNaN(live[i]) : BitConverter.SingleToInt32Bits(whole[i]) == BitConverter.SingleToInt32Bits(live[i]));
        }

        float[] Values(PanelProduct multiply)
        {
            using var output = new GuardedMemory(outputs * Panel.Points * sizeof(float));
            Strided<float> y = Panel.At((float*)output.Pointer, outputs);
            multiply(x, (float*)weights.Pointer, y);
            Panel.Add(biases, y);
            return Panel.Numbers(y).ToArray();
        }
    });

    private delegate void PanelProduct(in Strided<float> x, float* packed, in Strided<float> y);
}

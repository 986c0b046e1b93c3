using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>y = (x − m)/√(v + ε) over the numbers of one input, ε = 10⁻⁵; sums in float64, number after number.</summary>
internal sealed unsafe class LayerNormModule(Extent input) : Module(input, input)
{
    private const double Epsilon = 1e-5;

    public override void Forward(Pass pass, float* x, float* y) => pass.Team.For(pass.Rows, row =>
    {
        float* from = x + ((long)row * Input.Count), to = y + ((long)row * Input.Count);
        (double mean, double deviation) = Measure(from);
        for (int i = 0; i < Input.Count; i++)
        {
            to[i] = (float)((from[i] - mean) * deviation);
        }
    });

    public override void Backward(Pass pass, float* x, float* dy, float* dx)
    {
        if (dx == null)
        {
            return;
        }

        pass.Team.For(pass.Rows, row =>
        {
            long start = (long)row * Input.Count;
            (double mean, double deviation) = Measure(x + start);
            double sum = 0, products = 0;
            for (int i = 0; i < Input.Count; i++)
            {
                sum += dy[start + i];
                products += (double)dy[start + i] * (float)((x[start + i] - mean) * deviation);
            }

            for (int i = 0; i < Input.Count; i++)
            {
                float y = (float)((x[start + i] - mean) * deviation);
                dx[start + i] = (float)(deviation * (dy[start + i] - (sum / Input.Count) - (y * products / Input.Count)));
            }
        });
    }

    private (double Mean, double Deviation) Measure(float* x)
    {
        double sum = 0, squares = 0;
        for (int i = 0; i < Input.Count; i++)
        {
            sum += x[i];
        }

        double mean = sum / Input.Count;
        for (int i = 0; i < Input.Count; i++)
        {
            squares += (x[i] - mean) * (x[i] - mean);
        }

        return (mean, 1 / Math.Sqrt((squares / Input.Count) + Epsilon));
    }
}

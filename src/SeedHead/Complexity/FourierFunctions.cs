using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Complexity;

/// <summary>
/// The unbiased model on [−1, 1]^d, d = 1 or 2: f(x) = Σ a(k)·sin(π·k·x + p(k)) over the integer vectors k ≠ 0 with |k_i| ≤ K, one of k and −k; a ~ U(−s, s), p ~ U(−π, π).
/// </summary>
/// <remarks>
/// Sampled as Im Σ over k₁ of e^(iπk₁x₁)·(Σ over k₂ …), two sums one after the other on grids. Source: Teney et al., "Neural Redshift", CVPR 2024, the
/// model with one unit per Fourier component; the laws of a and p are ours.
/// </remarks>
internal sealed class FourierFunctions(int inputs, int highest, double scale, ulong seed) : RandomFunctions
{
    private const int Layer = 3; // of addresses of kind Phase

    public override int Inputs => inputs;

    public override void ForEach(Team team, Places places, int from, int count, Action<int, SampledFunction> body) =>
        team.For(count, i => body(from + i, new(new(places.Sampling, places.Rows, places.Columns, Values(places, from + i)), 0, null)));

    private double[] Values(Places places, int number)
    {
        (double[] cosine, double[] sine) = Coefficients(number);
        var values = new double[places.Count];
        double before = double.NaN;
        (double[] re, double[] im) = ([], []);
        for (int i = 0; i < values.Length; i++)
        {
            double first = inputs == 1 ? 0 : places.Positions[i * 2], second = places.Positions[(i * inputs) + inputs - 1];
            if (first != before) // a row of a grid has one first coordinate
            {
                (re, im) = OverFirst(cosine, sine, first);
                before = first;
            }

            values[i] = OverSecond(re, im, second);
        }

        return values;
    }

    private int FirstCount => inputs == 1 ? 1 : (2 * highest) + 1;

    /// <summary>a·cos p and a·sin p, [first frequencies −K … K × second frequencies 0 … K].</summary>
    private (double[] Cosine, double[] Sine) Coefficients(int number)
    {
        var stream = new WeightStream(seed);
        int first = FirstCount, second = highest + 1;
        double[] cosine = new double[first * second], sine = new double[first * second];
        for (int i = 0; i < cosine.Length; i++)
        {
            (int row, int column) = (i / second, i % second);
            if (column > 0 || row > first / 2) // of k and −k one
            {
                double amplitude = scale * ((2 * (double)stream.Uniform(new(number, Layer, row, column, WeightKind.Phase))) - 1);
                double phase = Math.PI * ((2 * (double)stream.Uniform(new(number, Layer + 1, row, column, WeightKind.Phase))) - 1);
                (cosine[i], sine[i]) = (amplitude * Elementary.Cos(phase), amplitude * Elementary.Sin(phase));
            }
        }

        return (cosine, sine);
    }

    private (double[] Re, double[] Im) OverFirst(double[] cosine, double[] sine, double x)
    {
        int second = highest + 1;
        double[] re = new double[second], im = new double[second];
        for (int row = 0; row < FirstCount; row++)
        {
            double turn = Math.PI * (row - (FirstCount / 2)) * x, c = Elementary.Cos(turn), s = Elementary.Sin(turn);
            for (int k = 0; k < second; k++)
            {
                int at = (row * second) + k;
                re[k] += (cosine[at] * c) - (sine[at] * s);
                im[k] += (cosine[at] * s) + (sine[at] * c);
            }
        }

        return (re, im);
    }

    /// <summary>Σ Im((re + i·im)·e^(iπkx)), by turning one step of k at a time.</summary>
    private double OverSecond(double[] re, double[] im, double x)
    {
        (double c, double s) = (Elementary.Cos(Math.PI * x), Elementary.Sin(Math.PI * x));
        double sum = im[highest], real = re[highest];
        for (int k = highest - 1; k >= 0; k--)
        {
            (real, sum) = ((real * c) - (sum * s) + re[k], (real * s) + (sum * c) + im[k]); // Horner's rule in e^(iπx)
        }

        return sum;
    }
}

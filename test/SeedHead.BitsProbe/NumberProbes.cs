using System.Runtime.Intrinsics;
using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Random;

namespace SeedHead.BitsProbe;

/// <summary>Probes of random numbers and elementary functions. NaN is left out: its sign is the processor's.</summary>
internal static class NumberProbes
{
    public static void Elementary32(Team team, BitsHash hash)
    {
        Func<Vector512<float>, Vector512<float>>[] functions =
        [
            Elementary.Exp, Elementary.Expm1, Elementary.Softplus, Elementary.Tanh, Elementary.Sigmoid, Elementary.Sin, Elementary.Cos, Elementary.Erf,
            Elementary.NormalCdf, Elementary.NormalDensity, Elementary.ExpOfMinusSquare, x => Elementary.Log(Vector512.Abs(x)),
        ];
        const uint step = 20_000_003; // about 107 numbers of each sign
        var results = new float[16];
        foreach (Func<Vector512<float>, Vector512<float>> function in functions)
        {
            for (ulong next = 0; next < 0x7F800000 - 16UL * step; next += 16 * step)
            {
                Vector512<float> x = (Vector512.Create((uint)next) + Vector512<uint>.Indices * step).AsSingle();
                function(x).CopyTo(results);
                hash.Add<float>(results.AsSpan(0, 15));
                function(-x).CopyTo(results);
                hash.Add<float>(results.AsSpan(0, 15));
            }
        }
    }

    public static void Elementary64(Team team, BitsHash hash)
    {
        Func<double, double>[] functions =
        [
            Elementary.Exp, Elementary.Expm1, Elementary.Tanh, Elementary.Sigmoid, Elementary.Sin, Elementary.Cos, Elementary.Erf, Elementary.Erfc,
            Elementary.NormalCdf, x => Elementary.Log(Math.Abs(x)), x => Elementary.Log1p(Math.Abs(x)), x => Elementary.NormalQuantile(Elementary.Sigmoid(x)),
            x => Elementary.Pow(Math.Abs(x), 1.7),
        ];
        foreach (Func<double, double> function in functions)
        {
            for (ulong bits = 0x3C00000000000000; bits < 0x4200000000000000; bits += 0x000F123456789ABD)
            {
                double x = BitConverter.UInt64BitsToDouble(bits);
                hash.Add<double>([function(x), function(-x)]);
            }
        }
    }

    public static void Stream(Team team, BitsHash hash)
    {
        const int inputs = 11, outputs = 35;
        using var weights = new NativeBuffer<float>(inputs * outputs);
        Strided<float> w = Strided<float>.RowMajor(weights, inputs, outputs);
        var stream = new WeightStream(0xFEDCBA9876543210);
        stream.FillNormal(1, 2, WeightKind.Weight, w, firstRow: 5, firstColumn: 3);
        hash.Add(weights);
        stream.FillUniform(1, 2, WeightKind.Phase, w);
        hash.Add(weights);
        stream.FillTruncatedNormal(1, 2, WeightKind.Weight, w);
        hash.Add(weights);
        stream.FillLaplace(1, 2, WeightKind.Weight, w);
        hash.Add(weights);
        stream.FillSign(1, 2, WeightKind.Weight, w);
        hash.Add(weights);
        hash.Add<int>(Order.Permutation(42, 1, 1000));
    }

    public static void Priors(Team team, BitsHash hash)
    {
        const int inputs = 21, outputs = 35;
        using var weights = new NativeBuffer<float>(inputs * outputs);
        var biases = new float[outputs];
        foreach (string name in WeightPrior.Names)
        {
            WeightPrior.Parse(name + ":1.1+bias-normal:0.3").Fill(new WeightStream(7), 1, 2, inputs, outputs, Strided<float>.RowMajor(weights, inputs, outputs), biases);
            hash.Add(weights);
            hash.Add<float>(biases);
        }
    }

    public static void Activations(Team team, BitsHash hash)
    {
        float[] x = [.. Enumerable.Range(-60, 121).Select(i => i * 0.137f)];
        foreach (string name in Activation.Names)
        {
            Activation activation = Activation.Parse(name == "leaky" ? "leaky0.1" : name);
            float[] values = [.. x], derivatives = [.. x];
            activation.Apply(values);
            activation.Derivative(x, derivatives);
            hash.Add<float>(values);
            hash.Add<float>(derivatives);
        }
    }

    /// <summary>Tables of duals; two numbers of threads share them, so a process makes each once.</summary>
    public static void Duals(Team team, BitsHash hash)
    {
        double[] b = [.. Enumerable.Range(0, 67).Select(i => 0.7 + (i * 0.019))];
        foreach (string name in (string[])["tanh", "selu", "relu", "erf"])
        {
            double[] c = [.. b.Select((v, i) => Math.Sqrt(1.3 * v) * ((i / 33.0) - 1))], gradient = new double[b.Length];
            Activation.Parse(name).Duals(1.3, b, c, gradient);
            hash.Add<double>(c);
            hash.Add<double>(gradient);
        }
    }
}

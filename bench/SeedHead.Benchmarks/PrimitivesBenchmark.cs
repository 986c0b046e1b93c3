using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Benchmarks;

/// <summary>Elementary functions of 4,096 floats in the nearest cache against System.Numerics.Tensors.TensorPrimitives, in turn; ours copies first, because it works in place.</summary>
internal static class PrimitivesBenchmark
{
    private const int Count = 4096;

    public static void Run()
    {
        Compare("exp", new Activation<Exponential>(default), (x, y) => TensorPrimitives.Exp(x, y), Elementary.Exp);
        Compare("tanh", Activation.Parse("tanh"), (x, y) => TensorPrimitives.Tanh(x, y), Elementary.Tanh);
        Compare("sin", Activation.Parse("sin"), (x, y) => TensorPrimitives.Sin(x, y), Elementary.Sin);
        Compare("cos", Activation.Parse("cos"), (x, y) => TensorPrimitives.Cos(x, y), Elementary.Cos);
        Compare("sigmoid", Activation.Parse("sigmoid"), (x, y) => TensorPrimitives.Sigmoid(x, y), x => 1 / (1 + Elementary.Exp(-x)));
    }

    private delegate void Loop(ReadOnlySpan<float> x, Span<float> y);

    private static void Compare(string name, Activation ours, Loop theirs, Func<double, double> exact)
    {
        float[] x = [.. Enumerable.Range(0, Count).Select(i => (i - (Count / 2)) * 0.00434f)], mine = new float[Count], other = new float[Count];
        Action own = () =>
        {
            x.CopyTo(mine, 0);
            ours.Apply(mine);
        };
        Action peer = () => theirs(x, other);
        Timing.Seconds(own, 1); // compiled to the end by now
        Timing.Seconds(peer, 1);
        (double Own, double Peer)[] rounds = [.. Enumerable.Range(0, 15).Select(_ => (Timing.Seconds(own, 0.02).Cpu, Timing.Seconds(peer, 0.02).Cpu))];
        double mineNs = Timing.Median(rounds.Select(r => r.Own)) / Count * 1e9, theirNs = Timing.Median(rounds.Select(r => r.Peer)) / Count * 1e9;
        Console.WriteLine(
            $"{name,-8} {mineNs:F3} ns a number, at most {Ulps(x, mine, exact):F2} ulp; TensorPrimitives {theirNs:F3} ns, {Ulps(x, other, exact):G3} ulp: {theirNs / mineNs:F2} times as fast");
    }

    /// <summary>The largest error in units of the exact value's last place, at the arguments timed.</summary>
    private static double Ulps(float[] x, float[] y, Func<double, double> exact) =>
        x.Zip(y, (argument, value) =>
        {
            double truth = exact(argument), unit = MathF.BitIncrement(MathF.Abs((float)truth)) - MathF.Abs((float)truth);
            return Math.Abs(value - truth) / unit;
        }).Max();

    private readonly struct Exponential : IElementFunction, IDual
    {
        public string Text => "exp";

        public Vector512<float> Value(Vector512<float> x) => Elementary.Exp(x);

        public Vector512<float> Derivative(Vector512<float> x) => Elementary.Exp(x);

        public void Duals(Vector256<double> a, Vector256<double> b, Vector256<double> c, out Vector256<double> dual, out Vector256<double> ofGradient)
        {
            NormalPair.Lanes(OfPair, a, b, c, out dual, out ofGradient);

            static (double Dual, double OfGradient) OfPair(double a, double b, double c) => (Elementary.Exp(((a + b) / 2) + c), Elementary.Exp(((a + b) / 2) + c));
        }
    }
}

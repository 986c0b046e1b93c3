using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>The loops of an activation, written once for all functions.</summary>
internal sealed class Activation<T>(T function) : Activation
    where T : struct, IElementFunction, IDual
{
    private readonly DualTables? tables = function is IQuadratureDual integrated ? DualTables.Of(integrated) : null;

    public override string Text => function.Text;

    public override bool IsRectifier => function.IsRectifier;

    internal override bool HasZeros => function.HasZeros;

    public override float Value(float x) => function.Value(Vector512.Create(x)).ToScalar();

    public override float Derivative(float x) => function.Derivative(Vector512.Create(x)).ToScalar();

    internal override void Apply(Span<float> values) => Apply(function, values);

    internal override void ApplyAdding(Span<float> values) => Apply(new WithInput<T>(function), values);

    internal override void Apply(in Strided<float> panel, ReadOnlySpan<float> biases, bool adding)
    {
        if (biases.IsEmpty)
        {
            Span<float> all = Panel.Numbers(panel);
            if (adding)
            {
                ApplyAdding(all);
            }
            else
            {
                Apply(all);
            }
        }
        else if (adding)
        {
            Apply(new WithInput<T>(function), panel, biases);
        }
        else
        {
            Apply(function, panel, biases);
        }
    }

    /// <summary>Biases and function in one pass over the panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Apply<TFunction>(TFunction f, in Strided<float> panel, ReadOnlySpan<float> biases)
        where TFunction : struct, IElementFunction
    {
        float* next = panel.Pointer;
        for (int i = 0; i < biases.Length; i++, next += Panel.Points)
        {
            if (TFunction.HasNear)
            {
                i = ApplyNear<TFunction>(panel.Pointer, biases, i);
                if (i == biases.Length)
                {
                    return;
                }

                next = panel.Pointer + (nint)i * Panel.Points;
            }

            var bias = Vector512.Create(biases[i]);
            f.Value(Vector512.Load(next) + bias).Store(next);
            f.Value(Vector512.Load(next + 16) + bias).Store(next + 16);
        }
    }

    /// <summary>As above for pairs of features from <paramref name="i"/> on, up to one at which not all points are usual or that has no other; it is returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe int ApplyNear<TFunction>(float* panel, ReadOnlySpan<float> biases, int i)
        where TFunction : struct, IElementFunction
    {
        float* next = panel + (nint)i * Panel.Points;
        for (; i + 2 <= biases.Length; i += 2, next += Quad.Count)
        {
            var x = Quad.Load(next, Vector512.Create(biases[i]), Vector512.Create(biases[i + 1]));
            if (!TFunction.IsNear(x))
            {
                break;
            }

            TFunction.Near(x).Store(next);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // fast from the first call, however long that one call is
    private static void Apply<TFunction>(TFunction f, Span<float> values)
        where TFunction : struct, IElementFunction
    {
        int i = 0;
        for (; i + Vector512<float>.Count <= values.Length; i += Vector512<float>.Count)
        {
            if (TFunction.HasNear && (i = ApplyNear<TFunction>(values, i)) + Vector512<float>.Count > values.Length)
            {
                break;
            }

            Span<float> part = values[i..];
            f.Value(Vector512.Create<float>(part)).CopyTo(part);
        }

        if (i < values.Length)
        {
            Span<float> tail = stackalloc float[Vector512<float>.Count]; // padded with zeros: those lanes are dropped
            tail.Clear();
            values[i..].CopyTo(tail);
            f.Value(Vector512.Create<float>(tail)).CopyTo(tail);
            tail[..(values.Length - i)].CopyTo(values[i..]);
        }
    }

    /// <summary>As above for quads from one number on, up to one in which not all numbers are usual or that is not whole; it is returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe int ApplyNear<TFunction>(Span<float> values, int from)
        where TFunction : struct, IElementFunction
    {
        fixed (float* start = values)
        {
            int i = from;
            for (; i + Quad.Count <= values.Length; i += Quad.Count)
            {
                var x = Quad.Load(start + i);
                if (!TFunction.IsNear(x))
                {
                    break;
                }

                TFunction.Near(x).Store(start + i);
            }

            return i;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Derivative(ReadOnlySpan<float> x, Span<float> derivative)
    {
        Debug.Assert(x.Length == derivative.Length);
        T f = function;
        int i = 0;
        for (; i + Vector512<float>.Count <= x.Length; i += Vector512<float>.Count)
        {
            f.Derivative(Vector512.Create(x[i..])).CopyTo(derivative[i..]);
        }

        for (; i < x.Length; i++)
        {
            derivative[i] = Derivative(x[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Duals(double a, ReadOnlySpan<double> b, Span<double> c, Span<double> gradient)
    {
        if (tables is not null)
        {
            tables.Fill(a, b, c, gradient);
            return;
        }

        Debug.Assert(b.Length == c.Length && (gradient.IsEmpty || gradient.Length == b.Length));
        T f = function;
        var first = Vector256.Create(a);
        int i = 0;
        for (; i + Vector256<double>.Count <= b.Length; i += Vector256<double>.Count)
        {
            f.Duals(first, Vector256.Create(b[i..]), Vector256.Create<double>(c[i..]), out var dual, out var ofGradient);
            dual.CopyTo(c[i..]);
            if (!gradient.IsEmpty)
            {
                ofGradient.CopyTo(gradient[i..]);
            }
        }

        if (i < b.Length)
        {
            Tail(f, first, b[i..], c[i..], gradient.IsEmpty ? gradient : gradient[i..]);
        }
    }

    private protected override (double Dual, double OfGradient) Pair(double a, double b, double c)
    {
        if (function is IQuadratureDual integrated)
        {
            return DualQuadrature.OfPair(integrated, a, b, c);
        }

        function.Duals(Vector256.Create(a), Vector256.Create(b), Vector256.Create(c), out var dual, out var ofGradient);
        return (dual.ToScalar(), ofGradient.ToScalar());
    }

    private static void Tail(T f, Vector256<double> a, ReadOnlySpan<double> b, Span<double> c, Span<double> gradient)
    {
        Span<double> seconds = stackalloc double[Vector256<double>.Count], covariances = stackalloc double[Vector256<double>.Count];
        seconds.Fill(b[0]); // lanes past the end repeat the first one and are dropped
        covariances.Fill(c[0]);
        b.CopyTo(seconds);
        c.CopyTo(covariances);
        f.Duals(a, Vector256.Create<double>(seconds), Vector256.Create<double>(covariances), out var dual, out var ofGradient);
        dual.CopyTo(seconds);
        ofGradient.CopyTo(covariances);
        seconds[..b.Length].CopyTo(c);
        if (!gradient.IsEmpty)
        {
            covariances[..b.Length].CopyTo(gradient);
        }
    }
}

using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>Sums and products number by number: every result depends on its own operands alone.</summary>
internal static class Elementwise
{
    /// <summary>x += y.</summary>
    public static void Add(Span<float> x, ReadOnlySpan<float> y)
    {
        Debug.Assert(x.Length == y.Length);
        int i = 0;
        for (; i + Vector256<float>.Count <= x.Length; i += Vector256<float>.Count)
        {
            (Vector256.Create<float>(x[i..]) + Vector256.Create(y[i..])).CopyTo(x[i..]);
        }

        for (; i < x.Length; i++)
        {
            x[i] += y[i];
        }
    }

    /// <summary>x ·= y.</summary>
    public static void Multiply(Span<float> x, ReadOnlySpan<float> y)
    {
        Debug.Assert(x.Length == y.Length);
        int i = 0;
        for (; i + Vector256<float>.Count <= x.Length; i += Vector256<float>.Count)
        {
            (Vector256.Create<float>(x[i..]) * Vector256.Create(y[i..])).CopyTo(x[i..]);
        }

        for (; i < x.Length; i++)
        {
            x[i] *= y[i];
        }
    }

    /// <summary>x ·= factor.</summary>
    public static void Multiply(Span<float> x, float factor)
    {
        var factors = Vector256.Create(factor);
        int i = 0;
        for (; i + Vector256<float>.Count <= x.Length; i += Vector256<float>.Count)
        {
            (Vector256.Create<float>(x[i..]) * factors).CopyTo(x[i..]);
        }

        for (; i < x.Length; i++)
        {
            x[i] *= factor;
        }
    }
}

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

    /// <summary>x ·= y.</summary>
    public static void Multiply(Span<double> x, ReadOnlySpan<double> y)
    {
        Debug.Assert(x.Length == y.Length);
        int i = 0;
        for (; i + Vector256<double>.Count <= x.Length; i += Vector256<double>.Count)
        {
            (Vector256.Create<double>(x[i..]) * Vector256.Create(y[i..])).CopyTo(x[i..]);
        }

        for (; i < x.Length; i++)
        {
            x[i] *= y[i];
        }
    }

    /// <summary>Whether no number is infinite or NaN.</summary>
    public static bool AreFinite(ReadOnlySpan<float> x)
    {
        var nothing = Vector256<float>.Zero; // x·0 is 0, or NaN
        int i = 0;
        for (; i + Vector256<float>.Count <= x.Length; i += Vector256<float>.Count)
        {
            nothing += Vector256.Create(x[i..]) * 0;
        }

        float rest = Vector256.Sum(nothing);
        for (; i < x.Length; i++)
        {
            rest += x[i] * 0;
        }

        return rest == 0;
    }

    /// <summary>x ← factor·x + shift, fused.</summary>
    public static void Affine(Span<double> x, double factor, double shift)
    {
        var factors = Vector256.Create(factor);
        var shifts = Vector256.Create(shift);
        int i = 0;
        for (; i + Vector256<double>.Count <= x.Length; i += Vector256<double>.Count)
        {
            Vector256.FusedMultiplyAdd(Vector256.Create<double>(x[i..]), factors, shifts).CopyTo(x[i..]);
        }

        for (; i < x.Length; i++)
        {
            x[i] = Math.FusedMultiplyAdd(x[i], factor, shift);
        }
    }

    /// <summary>x ← factor·x + y, fused.</summary>
    public static void AffineAdding(Span<double> x, double factor, ReadOnlySpan<double> y)
    {
        Debug.Assert(x.Length == y.Length);
        var factors = Vector256.Create(factor);
        int i = 0;
        for (; i + Vector256<double>.Count <= x.Length; i += Vector256<double>.Count)
        {
            Vector256.FusedMultiplyAdd(Vector256.Create<double>(x[i..]), factors, Vector256.Create(y[i..])).CopyTo(x[i..]);
        }

        for (; i < x.Length; i++)
        {
            x[i] = Math.FusedMultiplyAdd(x[i], factor, y[i]);
        }
    }

    /// <summary>x ← x + factor·y, fused.</summary>
    public static void AddTimes(Span<double> x, double factor, ReadOnlySpan<double> y)
    {
        Debug.Assert(x.Length == y.Length);
        var factors = Vector256.Create(factor);
        int i = 0;
        for (; i + Vector256<double>.Count <= x.Length; i += Vector256<double>.Count)
        {
            Vector256.FusedMultiplyAdd(factors, Vector256.Create(y[i..]), Vector256.Create<double>(x[i..])).CopyTo(x[i..]);
        }

        for (; i < x.Length; i++)
        {
            x[i] = Math.FusedMultiplyAdd(factor, y[i], x[i]);
        }
    }
}

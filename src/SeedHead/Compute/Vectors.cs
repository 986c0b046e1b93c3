using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>Sums over float64 vectors that lie side by side, in an order that no instruction set changes.</summary>
internal static unsafe class Vectors
{
    /// <summary>2⁻⁵³, the relative error of one rounding.</summary>
    public const double Rounding = 1.1102230246251565e-16;

    /// <summary>Σ x[i]·y[i]: element i joins, fused, partial sum i mod 16; the sums are then folded in halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(double* x, double* y, nint count)
    {
        var s0 = Vector256<double>.Zero;
        var s1 = Vector256<double>.Zero;
        var s2 = Vector256<double>.Zero;
        var s3 = Vector256<double>.Zero;
        nint i = 0;
        for (; i + 16 <= count; i += 16)
        {
            s0 = Vector256.FusedMultiplyAdd(Vector256.Load(x + i), Vector256.Load(y + i), s0);
            s1 = Vector256.FusedMultiplyAdd(Vector256.Load(x + i + 4), Vector256.Load(y + i + 4), s1);
            s2 = Vector256.FusedMultiplyAdd(Vector256.Load(x + i + 8), Vector256.Load(y + i + 8), s2);
            s3 = Vector256.FusedMultiplyAdd(Vector256.Load(x + i + 12), Vector256.Load(y + i + 12), s3);
        }

        if (i < count)
        {
            double* sums = stackalloc double[16];
            s0.Store(sums);
            s1.Store(sums + 4);
            s2.Store(sums + 8);
            s3.Store(sums + 12);
            for (nint lane = 0; i < count; i++, lane++)
            {
                sums[lane] = double.FusedMultiplyAdd(x[i], y[i], sums[lane]);
            }

            (s0, s1, s2, s3) = (Vector256.Load(sums), Vector256.Load(sums + 4), Vector256.Load(sums + 8), Vector256.Load(sums + 12));
        }

        return Fold((s0 + s2) + (s1 + s3));
    }

    /// <summary>(v₀ + v₂) + (v₁ + v₃).</summary>
    public static double Fold(Vector256<double> v)
    {
        Vector128<double> halves = v.GetLower() + v.GetUpper();
        return halves[0] + halves[1];
    }

    /// <summary>y += a·x, one fused multiply-add an element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(double a, double* x, double* y, nint count)
    {
        var va = Vector256.Create(a);
        nint i = 0;
        for (; i + 4 <= count; i += 4)
        {
            Vector256.FusedMultiplyAdd(va, Vector256.Load(x + i), Vector256.Load(y + i)).Store(y + i);
        }

        for (; i < count; i++)
        {
            y[i] = double.FusedMultiplyAdd(a, x[i], y[i]);
        }
    }

    /// <summary>y += a·x + b·z, two fused multiply-adds an element, a·x first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTwo(double a, double* x, double b, double* z, double* y, nint count)
    {
        var va = Vector256.Create(a);
        var vb = Vector256.Create(b);
        nint i = 0;
        for (; i + 4 <= count; i += 4)
        {
            var sum = Vector256.FusedMultiplyAdd(va, Vector256.Load(x + i), Vector256.Load(y + i));
            Vector256.FusedMultiplyAdd(vb, Vector256.Load(z + i), sum).Store(y + i);
        }

        for (; i < count; i++)
        {
            y[i] = double.FusedMultiplyAdd(b, z[i], double.FusedMultiplyAdd(a, x[i], y[i]));
        }
    }

    /// <summary>x ← a·x + b·y and y ← a·y − b·x: a rotation when a² + b² = 1.</summary>
    public static void Rotate(double* x, double* y, double a, double b, nint count)
    {
        for (nint i = 0; i < count; i++)
        {
            double old = x[i];
            x[i] = a * old + b * y[i];
            y[i] = a * y[i] - b * old;
        }
    }

    public static void Scale(double* x, double factor, nint count)
    {
        for (nint i = 0; i < count; i++)
        {
            x[i] *= factor;
        }
    }

    public static void Copy(double* from, double* to, nint count) => Buffer.MemoryCopy(from, to, count * sizeof(double), count * sizeof(double));
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>The roots of 1 + Σ wᵢ/(dᵢ − λ) = 0: the eigenvalues of diag(d) + z·zᵀ for w = z², d ascending, w &gt; 0.</summary>
/// <remarks>
/// <para>Root j lies between d[j] and d[j + 1], the last one up to Σw beyond d[k − 1]. It is returned as the nearer of its two d, its origin, and
/// an offset from it, so that every dᵢ − λ has full relative precision.</para>
/// <para>Each step replaces the terms left and right of the root by one pole each that match value and slope; a step that leaves the bracket is
/// replaced by halving it. Source: R.-C. Li, "Solving secular equations stably and efficiently", LAPACK Working Note 89 (1993).</para>
/// </remarks>
internal static unsafe class SecularEquation
{
    private const int MostSteps = 100;
    private const int PatientSteps = 20; // beyond these only halving, which must end

    public static (int Origin, double Offset) Root(int j, int count, double* d, double* weights)
    {
        bool last = j == count - 1;
        if (count == 1)
        {
            return (0, weights[0]);
        }

        int split = last ? j : j + 1; // terms before it pull from the left, the others from the right; the nearest of each are the poles
        if (last)
        {
            double reach = 0;
            for (int i = 0; i < count; i++)
            {
                reach += weights[i];
            }

            return (j, Search(j, split, count, d, weights, 0, reach, reach / 2, last));
        }

        double half = (d[j + 1] - d[j]) / 2;
        bool nearLeft = Evaluate(j, split, count, d, weights, half).Value >= 0;
        return nearLeft
            ? (j, Search(j, split, count, d, weights, 0, half, half, last))
            : (j + 1, Search(j + 1, split, count, d, weights, -half, 0, -half, last));
    }

    /// <summary>The offset in [low, high] from d[origin], starting at <paramref name="x"/>. The function grows over the bracket.</summary>
    private static double Search(
        int origin, int split, int count, double* d, double* weights, double low, double high, double x, bool last)
    {
        for (int step = 0; step < MostSteps; step++)
        {
            Sums f = Evaluate(origin, split, count, d, weights, x);
            double noise = Vectors.Rounding * (8 + count / 16) * (1 + Math.Abs(f.Left) + Math.Abs(f.Right)); // what rounding makes of a zero
            if (Math.Abs(f.Value) <= noise)
            {
                break;
            }

            (low, high) = f.Value < 0 ? (x, high) : (low, x);
            double leftPole = d[split - 1] - d[origin] - x, rightPole = d[split] - d[origin] - x;
            double next = step < PatientSteps ? x + Step(f, leftPole, rightPole, last) : double.NaN;
            if (!(next > low && next < high))
            {
                next = low + (high - low) / 2;
                if (next <= low || next >= high)
                {
                    break; // neighbours: nothing lies between
                }
            }

            x = next;
        }

        return x;
    }

    /// <summary>The zero of the function's stand-in: a constant and two poles.</summary>
    private static double Step(Sums f, double leftPole, double rightPole, bool last)
    {
        double c = f.Value - leftPole * f.LeftSlope - rightPole * f.RightSlope;
        double product = leftPole * rightPole;
        double a = (leftPole + rightPole) * f.Value - product * (f.LeftSlope + f.RightSlope), b = product * f.Value;
        double root = Math.Sqrt(Math.Max(0, a * a - 4 * b * c));
        if (last)
        {
            c = Math.Abs(c);
            return a >= 0 ? (a + root) / (2 * c) : 2 * b / (a - root);
        }

        return a <= 0 ? (a - root) / (2 * c) : 2 * b / (a + root);
    }

    private readonly record struct Sums(double Left, double Right, double LeftSlope, double RightSlope)
    {
        public double Value => 1 + Left + Right;
    }

    private static Sums Evaluate(int origin, int split, int count, double* d, double* weights, double x)
    {
        (double left, double leftSlope) = Sum(0, split, d, d[origin], weights, x);
        (double right, double rightSlope) = Sum(split, count, d, d[origin], weights, x);
        return new(left, right, leftSlope, rightSlope);
    }

    /// <summary>Σ wᵢ/(dᵢ − λ) and its slope Σ wᵢ/(dᵢ − λ)² over from ≤ i &lt; to: four partial sums, folded, then the rest in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Value, double Slope) Sum(int from, int to, double* d, double origin, double* weights, double x)
    {
        var o = Vector256.Create(origin);
        var vx = Vector256.Create(x);
        var values = Vector256<double>.Zero;
        var slopes = Vector256<double>.Zero;
        int i = from;
        for (; i + 4 <= to; i += 4)
        {
            var distance = Vector256.Load(d + i) - o - vx;
            var term = Vector256.Load(weights + i) / distance;
            values += term;
            slopes += term / distance;
        }

        double value = Vectors.Fold(values), slope = Vectors.Fold(slopes);
        for (; i < to; i++)
        {
            double distance = d[i] - origin - x;
            double term = weights[i] / distance;
            value += term;
            slope += term / distance;
        }

        return (value, slope);
    }
}

using System.Collections.Concurrent;
using SeedHead.Compute;

namespace SeedHead.Complexity;

/// <summary>Sizes of the Fourier and cosine coefficients of centred values.</summary>
internal static unsafe class Spectrum
{
    private static readonly ConcurrentDictionary<(int Rows, int Columns), FourierPlane<double>> Planes = new();
    private static readonly ConcurrentDictionary<int, CosineTransform<double>> Cosines = new();

    /// <summary>|F| [m × (⌊n/2⌋ + 1)] of the values less their mean: the half with non-negative second frequency.</summary>
    public static double[] Fourier(FunctionValues values)
    {
        FourierPlane<double> plane = Planes.GetOrAdd((values.Rows, values.Columns), key => new(key.Rows, key.Columns));
        double[] x = values.Centred(), re = new double[values.Rows * plane.HalfColumns], im = new double[re.Length];
        fixed (double* px = x, pr = re, pi = im)
        {
            plane.ForwardReal(
                Team.Single,
                Strided<double>.RowMajor(px, values.Rows, values.Columns),
                Strided<double>.RowMajor(pr, values.Rows, plane.HalfColumns),
                Strided<double>.RowMajor(pi, values.Rows, plane.HalfColumns));
        }

        for (int i = 0; i < re.Length; i++)
        {
            re[i] = Math.Sqrt(Math.FusedMultiplyAdd(re[i], re[i], im[i] * im[i]));
        }

        return re;
    }

    /// <summary>The orthonormal cosine coefficients (DCT-II) [m × n] of the values less their mean.</summary>
    public static double[] Cosine(FunctionValues values)
    {
        CosineTransform<double> rows = Cosines.GetOrAdd(values.Rows, n => new(n)), columns = Cosines.GetOrAdd(values.Columns, n => new(n));
        double[] x = values.Centred();
        fixed (double* px = x)
        {
            CosineTransform<double>.ForwardPlane(Team.Single, rows, columns, Strided<double>.RowMajor(px, values.Rows, values.Columns));
        }

        return x;
    }
}

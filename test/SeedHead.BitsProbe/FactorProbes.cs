using SeedHead.Compute;

namespace SeedHead.BitsProbe;

/// <summary>Probes of factorisations.</summary>
internal static class FactorProbes
{
    public static void QrFactors(Team team, BitsHash hash)
    {
        foreach ((int m, int n) in new[] { (90, 75), (33, 70), (2300, 9) })
        {
            using NativeBuffer<double> matrix = Probes.Doubles(m * n, 1), thin = Probes.Doubles(m * Math.Min(m, n), 2);
            Strided<double> a = Strided<double>.RowMajor(matrix, m, n), q = Strided<double>.RowMajor(thin, m, Math.Min(m, n));
            using Qr qr = Qr.Factor(team, a);
            qr.FormThin(team, q);
            Add(hash, qr.R);
            hash.Add(thin);
            using TallSkinnyQr tall = TallSkinnyQr.Factor(team, a);
            tall.FormThin(team, q);
            Add(hash, tall.R);
            hash.Add(thin);
        }
    }

    public static void SingularVectors(Team team, BitsHash hash)
    {
        foreach ((int m, int n) in new[] { (70, 35), (20, 50), (30, 30) })
        {
            int k = Math.Min(m, n);
            using NativeBuffer<double> matrix = Probes.Doubles(m * n, 1), left = Probes.Doubles(m * k, 2), right = Probes.Doubles(n * k, 3);
            Strided<double> a = Strided<double>.RowMajor(matrix, m, n);
            double[] values = new double[k];
            for (int j = 0; m == n && j < n; j++)
            {
                a[5, j] = a[4, j]; // singular
            }

            SingularValues.Decompose(team, a, values, Strided<double>.RowMajor(left, m, k), Strided<double>.RowMajor(right, n, k));
            hash.Add<double>(values);
            hash.Add(left);
            hash.Add(right);
        }
    }

    public static void Range(Team team, BitsHash hash)
    {
        const int m = 1100, n = 30, l = 7;
        using NativeBuffer<double> matrix = Probes.Doubles(m * n, 1), test = Probes.Doubles(n * l, 2), columns = Probes.Doubles(m * l, 3);
        Strided<double> omega = Strided<double>.RowMajor(test, n, l);
        RangeFinder.Find(team, Strided<double>.RowMajor(matrix, m, n), omega, 1, Strided<double>.RowMajor(columns, m, l));
        hash.Add(columns);
    }

    public static void CholeskyUpdates(Team team, BitsHash hash)
    {
        foreach ((int n, int p) in new[] { (150, 1), (75, 20) })
        {
            using NativeBuffer<double> factor = Probes.Doubles(n * n, 1), rows = Probes.Doubles(n * p, 2);
            Strided<double> l = Strided<double>.RowMajor(factor, n, n), x = Strided<double>.RowMajor(rows, n, p);
            for (int i = 0; i < n; i++)
            {
                l[i, i] = n;
            }

            bool added = CholeskyUpdate.Add(team, l, x).Succeeded;
            hash.Add(factor);
            hash.Add<byte>([added && CholeskyUpdate.Remove(team, l, x).Succeeded ? (byte)1 : (byte)0]);
            hash.Add(factor);
        }
    }

    public static unsafe void Transforms(Team team, BitsHash hash)
    {
        foreach ((int m, int n) in new[] { (60, 37), (16, 128) })
        {
            using NativeBuffer<double> re = Probes.Doubles(m * n, 1), im = Probes.Doubles(m * n, 2), half = Probes.Doubles(2 * m * (n / 2 + 1), 3);
            using var plane = new FourierPlane<double>(m, n);
            Strided<double> x = Strided<double>.RowMajor(re, m, n), y = Strided<double>.RowMajor(im, m, n);
            plane.ForwardReal(
                team, x, Strided<double>.RowMajor(half.Pointer, m, n / 2 + 1), Strided<double>.RowMajor(half.Pointer + m * (n / 2 + 1), m, n / 2 + 1));
            hash.Add(half);
            plane.Forward(team, x, y);
            hash.Add(re);
            hash.Add(im);
            using CosineTransform<double> rows = new(m), columns = new(n);
            CosineTransform<double>.ForwardPlane(team, rows, columns, y);
            hash.Add(im);
            using NativeBuffer<float> narrow = Probes.Floats(2 * m * n, 4);
            using var floats = new Fourier<float>(m * n);
            floats.Forward(narrow.Pointer, narrow.Pointer + m * n);
            hash.Add(narrow);
            using var line = new RealFourier<double>(m * n);
            line.Forward(im.Pointer, half.Pointer, re.Pointer);
            hash.Add(half);
            hash.Add(re);
        }
    }

    private static void Add(BitsHash hash, Strided<double> a)
    {
        for (long i = 0; i < a.Rows; i++)
        {
            hash.Add<double>(a.Row(i));
        }
    }
}

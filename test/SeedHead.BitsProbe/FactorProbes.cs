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

    private static void Add(BitsHash hash, Strided<double> a)
    {
        for (long i = 0; i < a.Rows; i++)
        {
            hash.Add<double>(a.Row(i));
        }
    }
}

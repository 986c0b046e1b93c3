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

    private static void Add(BitsHash hash, Strided<double> a)
    {
        for (long i = 0; i < a.Rows; i++)
        {
            hash.Add<double>(a.Row(i));
        }
    }
}

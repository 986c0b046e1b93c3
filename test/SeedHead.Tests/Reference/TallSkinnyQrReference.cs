using SeedHead.Compute;
using static SeedHead.Tests.Reference.QrReference;

namespace SeedHead.Tests.Reference;

/// <summary>The definition of <see cref="TallSkinnyQr"/>: blocks of rows, then pairs of their R, level by level.</summary>
internal static class TallSkinnyQrReference
{
    /// <summary>R and the thin Q.</summary>
    public static (double[,] R, double[,] Q) Factor(double[,] a)
    {
        int n = a.GetLength(1), height = (int)TallSkinnyQr.BlockRows(n), blocks = Math.Max(1, (a.GetLength(0) + height - 1) / height);
        Node[] level = [.. Enumerable.Range(0, blocks).Select(i => new Node(new QrReference(Cut(a, i * height, Math.Min((i + 1) * height, a.GetLength(0)), 0, n)), []))];
        while (level.Length > 1)
        {
            level = [.. level.Chunk(2).Select(pair => pair.Length == 1 ? pair[0] : new Node(new QrReference(Over(pair[0].Qr.R, pair[1].Qr.R)), pair))];
        }

        double[,] r = level[0].Qr.R;
        return (r, level[0].Form(Identity(r.GetLength(0))));
    }

    private static double[,] Identity(int n)
    {
        double[,] result = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            result[i, i] = 1;
        }

        return result;
    }

    private static double[,] Over(double[,] above, double[,] below)
    {
        int height = above.GetLength(0);
        double[,] result = new double[height + below.GetLength(0), above.GetLength(1)];
        for (int i = 0; i < result.GetLength(0); i++)
        {
            for (int j = 0; j < result.GetLength(1); j++)
            {
                result[i, j] = i < height ? above[i, j] : below[i - height, j];
            }
        }

        return result;
    }

    private sealed record Node(QrReference Qr, Node[] Children)
    {
        /// <summary>The rows of Q below this node, when its own R is to be multiplied by c.</summary>
        public double[,] Form(double[,] c)
        {
            double[,] rows = Qr.Apply(c);
            if (Children.Length == 0)
            {
                return rows;
            }

            int first = Children[0].Qr.R.GetLength(0);
            return Over(
                Children[0].Form(Cut(rows, 0, first, 0, rows.GetLength(1))),
                Children[1].Form(Cut(rows, first, rows.GetLength(0), 0, rows.GetLength(1))));
        }
    }
}

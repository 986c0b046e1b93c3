using SeedHead.Compute;

namespace SeedHead.Tests.Reference;

/// <summary>The definition of <see cref="Qr"/>, element by element, for columns of usual size.</summary>
internal sealed class QrReference
{
    private readonly double[,] vectors; // reflection i in row i
    private readonly List<double[,]> joins = [];

    public QrReference(double[,] a)
    {
        (int m, int n) = (a.GetLength(0), a.GetLength(1));
        double[,] columns = Transpose(a);
        int rank = Math.Min(m, n);
        vectors = new double[rank, m];
        for (int first = 0; first < rank; first += Qr.Panel)
        {
            int width = Math.Min(Qr.Panel, rank - first);
            double[,] join = new double[width, width];
            joins.Add(join);
            FactorPart(columns, first, width, join, 0);
            Reflect(columns, first + width, n, first, join, 0, width);
        }

        R = new double[rank, n];
        for (int i = 0; i < rank; i++)
        {
            for (int j = i; j < n; j++)
            {
                R[i, j] = columns[j, i];
            }
        }
    }

    public double[,] R { get; }

    /// <summary>Q·B for B [m × p], or Q·(B over zeros) for fewer rows.</summary>
    public double[,] Apply(double[,] b)
    {
        double[,] result = new double[vectors.GetLength(1), b.GetLength(1)];
        for (int i = 0; i < b.GetLength(0); i++)
        {
            for (int j = 0; j < b.GetLength(1); j++)
            {
                result[i, j] = b[i, j];
            }
        }

        for (int panel = joins.Count - 1; panel >= 0; panel--)
        {
            int first = panel * Qr.Panel, width = joins[panel].GetLength(0);
            double[,] v = Cut(vectors, first, first + width, first, vectors.GetLength(1));
            double[,] y = Product(joins[panel], Product(v, Cut(result, first, result.GetLength(0), 0, result.GetLength(1))));
            Subtract(result, first, 0, Transpose(v), y);
        }

        return result;
    }

    private void FactorPart(double[,] columns, int first, int count, double[,] join, int at)
    {
        if (count <= Qr.Leaf)
        {
            FactorLeaf(columns, first, count, join, at);
            return;
        }

        int half = (int)Qr.Half(count), m = columns.GetLength(1);
        FactorPart(columns, first, half, join, at);
        Reflect(columns, first + half, first + count, first, join, at, half);
        FactorPart(columns, first + half, count - half, join, at + half);
        double[,] v1 = Cut(vectors, first, first + half, first + half, m), v2 = Cut(vectors, first + half, first + count, first + half, m);
        double[,] s1 = Cut(join, at, at + half, at, at + half), s2 = Cut(join, at + half, at + count, at + half, at + count);
        Subtract(join, at, at + half, Product(s1, Product(v1, Transpose(v2))), s2);
    }

    /// <summary>Columns from … to − 1 (rows here) minus themselves·Vᵀ·S·V.</summary>
    private void Reflect(double[,] columns, int from, int to, int first, double[,] join, int at, int count)
    {
        int m = columns.GetLength(1);
        double[,] v = Cut(vectors, first, first + count, first, m), c = Cut(columns, from, to, first, m);
        Subtract(columns, from, first, Product(Product(c, Transpose(v)), Cut(join, at, at + count, at, at + count)), v);
    }

    private void FactorLeaf(double[,] columns, int first, int count, double[,] join, int at)
    {
        int m = columns.GetLength(1);
        for (int j = first; j < first + count; j++)
        {
            double[] x = [.. Enumerable.Range(j, m - j).Select(i => columns[j, i])];
            double tail = Dot(x[1..], x[1..]), beta = x[0], tau = 0;
            if (tail >= Math.ScaleB(1, -960))
            {
                double norm = Math.Sqrt(x[0] * x[0] + tail);
                beta = x[0] > 0 ? -norm : norm;
                tau = (beta - x[0]) / beta;
                double factor = 1 / (x[0] - beta);
                x = [.. x.Select(value => value * factor)];
            }

            x[0] = 1;
            columns[j, j] = beta;
            for (int i = j; i < m; i++)
            {
                vectors[j, i] = x[i - j];
            }

            for (int c = j + 1; c < first + count; c++)
            {
                double part = tau * Dot(x, [.. Enumerable.Range(j, m - j).Select(i => columns[c, i])]);
                for (int i = j; i < m; i++)
                {
                    columns[c, i] = double.FusedMultiplyAdd(-part, x[i - j], columns[c, i]);
                }
            }

            int own = at + j - first;
            join[own, own] = tau;
            double[] products = [.. Enumerable.Range(first, j - first).Select(c => Dot([.. Enumerable.Range(j, m - j).Select(i => vectors[c, i])], x))];
            for (int r = at; r < own; r++)
            {
                double sum = 0;
                for (int c = r; c < own; c++)
                {
                    sum = double.FusedMultiplyAdd(join[r, c], products[c - at], sum);
                }

                join[r, own] = -tau * sum;
            }
        }
    }

    /// <summary>16 partial sums, folded in halves.</summary>
    public static double Dot(double[] x, double[] y)
    {
        double[] sums = new double[16];
        for (int i = 0; i < x.Length; i++)
        {
            sums[i % 16] = double.FusedMultiplyAdd(x[i], y[i], sums[i % 16]);
        }

        for (int half = 8; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                sums[i] += sums[i + half];
            }
        }

        return sums[0];
    }

    /// <summary>A·B as <see cref="MatrixProduct"/> defines it.</summary>
    public static double[,] Product(double[,] a, double[,] b)
    {
        double[,] c = new double[a.GetLength(0), b.GetLength(1)];
        Combine(a, b, (i, j, chain, first) => c[i, j] = first ? chain : c[i, j] + chain);
        return c;
    }

    /// <summary>The block of c at (row, column) −= A·B.</summary>
    public static void Subtract(double[,] c, int row, int column, double[,] a, double[,] b) =>
        Combine(a, b, (i, j, chain, _) => c[row + i, column + j] -= chain);

    /// <summary>c += A·B.</summary>
    public static void Add(double[,] c, double[,] a, double[,] b) => Combine(a, b, (i, j, chain, _) => c[i, j] += chain);

    public static double[,] Transpose(double[,] a)
    {
        double[,] result = new double[a.GetLength(1), a.GetLength(0)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                result[j, i] = a[i, j];
            }
        }

        return result;
    }

    public static double[,] Cut(double[,] a, int fromRow, int toRow, int fromColumn, int toColumn)
    {
        double[,] result = new double[toRow - fromRow, toColumn - fromColumn];
        for (int i = fromRow; i < toRow; i++)
        {
            for (int j = fromColumn; j < toColumn; j++)
            {
                result[i - fromRow, j - fromColumn] = a[i, j];
            }
        }

        return result;
    }

    private static void Combine(double[,] a, double[,] b, Action<int, int, double, bool> take)
    {
        int block = MatrixProduct.BlockLength<double>();
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < b.GetLength(1); j++)
            {
                for (int k0 = 0; k0 < a.GetLength(1); k0 += block)
                {
                    double chain = 0;
                    for (int k = k0; k < Math.Min(k0 + block, a.GetLength(1)); k++)
                    {
                        chain = double.FusedMultiplyAdd(a[i, k], b[k, j], chain);
                    }

                    take(i, j, chain, k0 == 0);
                }
            }
        }
    }
}

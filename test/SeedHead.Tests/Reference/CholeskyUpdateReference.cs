using SeedHead.Compute;
using static SeedHead.Tests.Reference.QrReference;

namespace SeedHead.Tests.Reference;

/// <summary>The definition of <see cref="CholeskyUpdate"/>, element by element. Arrays are changed as the matrices would be; true if it succeeds.</summary>
internal static class CholeskyUpdateReference
{
    public static bool Run(double[,] l, double[,] x, bool remove)
    {
        int n = l.GetLength(0), p = x.GetLength(1);
        for (int first = 0; first < n; first += CholeskyUpdate.Block)
        {
            int next = Math.Min(first + CholeskyUpdate.Block, n), width = next - first;
            double[,] w = new double[width, p], s = new double[width, width], back = new double[width, width];
            if (!Finish(l, x, first, next, w, s, back, remove))
            {
                return false;
            }

            double[,] old = Cut(l, next, n, first, next);
            double[,] z;
            if (remove)
            {
                z = Product(Product(Cut(x, next, n, 0, p), Transpose(w)), s);
                double[,] found = Transpose(Each(z, old, (a, b) => a - b));
                Solve(back, found);
                z = Each(Transpose(found), old, (a, b) => a + b);
                Put(l, next, first, Transpose(found));
            }
            else
            {
                double[,] sum = (double[,])old.Clone();
                Add(sum, Cut(x, next, n, 0, p), Transpose(w));
                z = Product(sum, s);
                Put(l, next, first, Each(z, old, (a, b) => a - b));
            }

            Subtract(x, next, 0, z, w);
        }

        return true;
    }

    private static bool Finish(double[,] l, double[,] x, int first, int next, double[,] w, double[,] s, double[,] back, bool remove)
    {
        int p = x.GetLength(1);
        for (int k = 0; k < next - first; k++)
        {
            double old = l[first + k, first + k], square = Dot(Row(x, first + k), Row(x, first + k));
            double pivot = double.FusedMultiplyAdd(old, old, remove ? -square : square);
            if (!(pivot > 0 && pivot < double.PositiveInfinity))
            {
                return false;
            }

            double root = Math.Sqrt(pivot), without = remove ? root : old, with = remove ? old : root;
            l[first + k, first + k] = root;
            for (int j = 0; j < p; j++)
            {
                w[k, j] = x[first + k, j] * (1 / (without + with));
            }

            double tau = (without + with) / with;
            for (int i = first + k + 1; i < next; i++)
            {
                double a = l[i, first + k], along = Dot(Row(w, k), Row(x, i));
                double t = remove ? (without + with) / without * (a - along) : tau * (a + along);
                l[i, first + k] = t - a;
                for (int j = 0; j < p; j++)
                {
                    x[i, j] = double.FusedMultiplyAdd(-t, w[k, j], x[i, j]);
                }
            }

            s[k, k] = tau;
            double[] products = [.. Enumerable.Range(0, k).Select(c => Dot(Row(w, c), Row(w, k)))];
            for (int r = 0; r < k; r++)
            {
                double sum = 0;
                for (int c = r; c < k; c++)
                {
                    sum = double.FusedMultiplyAdd(s[r, c], products[c], sum);
                }

                s[r, k] = -tau * sum;
                back[k, r] = -s[r, k];
            }

            back[k, k] = -without / with;
        }

        return true;
    }

    /// <summary>Substitution with at most <see cref="Triangular.Leaf"/> unknowns.</summary>
    private static void Solve(double[,] lower, double[,] b)
    {
        for (int c = 0; c < b.GetLength(1); c++)
        {
            for (int i = 0; i < b.GetLength(0); i++)
            {
                double sum = b[i, c];
                for (int k = 0; k < i; k++)
                {
                    sum = double.FusedMultiplyAdd(-lower[i, k], b[k, c], sum);
                }

                b[i, c] = sum * (1 / lower[i, i]);
            }
        }
    }

    private static double[] Row(double[,] a, int i) => [.. Enumerable.Range(0, a.GetLength(1)).Select(j => a[i, j])];

    private static double[,] Each(double[,] a, double[,] b, Func<double, double, double> combine)
    {
        double[,] result = new double[a.GetLength(0), a.GetLength(1)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                result[i, j] = combine(a[i, j], b[i, j]);
            }
        }

        return result;
    }

    private static void Put(double[,] a, int row, int column, double[,] part)
    {
        for (int i = 0; i < part.GetLength(0); i++)
        {
            for (int j = 0; j < part.GetLength(1); j++)
            {
                a[row + i, column + j] = part[i, j];
            }
        }
    }
}

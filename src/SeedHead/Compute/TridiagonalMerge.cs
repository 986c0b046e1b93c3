namespace SeedHead.Compute;

/// <summary>
/// Joins the eigenvectors of two neighbouring parts of a tridiagonal matrix. Between them stands one element β; without it and with |β| taken from
/// the two diagonal elements beside it, the parts are on their own, and the whole is diag(d) + ρ·z·zᵀ in their eigenvectors.
/// </summary>
/// <remarks>
/// Terms of z that are negligible, and one of two d that nearly agree, are set aside (deflation). The vectors of the rest come from z recomputed
/// so that the roots found are exact for it, which keeps them orthogonal. Source: M. Gu, S. Eisenstat, "A stable and efficient algorithm for the
/// rank-one modification of the symmetric eigenproblem", SIAM J. Matrix Anal. Appl. 15 (1994).
/// </remarks>
internal sealed unsafe class TridiagonalMerge
{
    private const int RootsTogether = 32;
    private readonly int n, n1; // rows of both parts, of the first
    private readonly double* values;
    private readonly Strided<double> rows, gathered, turns;
    private readonly int[] kept, set;
    private readonly double[] z, poles, weights, offsets, sizes;
    private readonly bool[] inFirst, inSecond;
    private readonly int[] origins, place;
    private int keptCount, setCount, firstOnly, secondOnly;

    /// <param name="n1">Rows of the first part.</param>
    /// <param name="values">[n] eigenvalues of the rows, replaced.</param>
    /// <param name="vectors">[n × n], vectors as rows; replaced.</param>
    /// <param name="gathered">[n × n] working memory.</param>
    /// <param name="turns">[n × n] working memory.</param>
    public TridiagonalMerge(int n1, double* values, Strided<double> vectors, Strided<double> gathered, Strided<double> turns)
    {
        (n, this.n1, rows, this.gathered, this.turns) = ((int)vectors.Rows, n1, vectors, gathered, turns);
        this.values = values;
        (kept, set, origins, place) = (new int[n], new int[n], new int[n], new int[n]);
        (z, poles, weights, offsets, sizes) = (new double[n], new double[n], new double[n], new double[n], new double[n]);
        (inFirst, inSecond) = (new bool[n], new bool[n]);
    }

    public void Run(Team team, double beta)
    {
        double rho = 2 * Math.Abs(beta);
        for (int i = 0; i < n; i++)
        {
            bool first = i < n1;
            (inFirst[i], inSecond[i]) = (first, !first);
            z[i] = (first ? rows[i, n1 - 1] : beta < 0 ? -rows[i, n1] : rows[i, n1]) * Math.Sqrt(0.5); // |z| = 1
        }

        Deflate(rho);
        if (keptCount > 0)
        {
            fixed (double* d = poles, w = weights)
            {
                FindRoots(team, rho, d, w);
            }

            Gather();
            FindTurns(team);
            Turn(team);
        }
    }

    /// <summary>Sorts rows into those that take part, by ascending d, and those set aside, which keep their value and vector.</summary>
    private void Deflate(double rho)
    {
        int[] order = new int[n];
        TridiagonalEigen.Ascending(values, order);
        double largest = Math.Max(1, Math.Max(Math.Abs(values[order[0]]), Math.Abs(values[order[n - 1]])));
        double negligible = 8 * Vectors.Rounding * largest;
        int open = -1; // the last row not set aside, still to be compared with the next
        foreach (int i in order)
        {
            if (rho * Math.Abs(z[i]) <= negligible)
            {
                set[setCount++] = i;
            }
            else if (open >= 0 && Separate(open, i, negligible))
            {
                set[setCount++] = open;
                open = i;
            }
            else
            {
                if (open >= 0)
                {
                    kept[keptCount++] = open;
                }

                open = i;
            }
        }

        if (open >= 0)
        {
            kept[keptCount++] = open;
        }
    }

    /// <summary>Turns rows a and b so that z[a] is 0, if the product that then couples them is negligible.</summary>
    private bool Separate(int a, int b, double negligible)
    {
        double size = Math.Sqrt(z[a] * z[a] + z[b] * z[b]);
        double c = z[b] / size, s = -z[a] / size;
        if (!(Math.Abs((values[b] - values[a]) * c * s) <= negligible))
        {
            return false;
        }

        (z[a], z[b]) = (0, size);
        Vectors.Rotate(Row(a), Row(b), c, s, n);
        (values[a], values[b]) = (values[a] * c * c + values[b] * s * s, values[a] * s * s + values[b] * c * c);
        inFirst[b] |= inFirst[a];
        inSecond[b] |= inSecond[a];
        return true;
    }

    private double* Row(int i) => &rows.Pointer[i * rows.RowStride];

    private void FindRoots(Team team, double rho, double* d, double* w)
    {
        for (int i = 0; i < keptCount; i++)
        {
            d[i] = values[kept[i]];
            w[i] = rho * z[kept[i]] * z[kept[i]];
        }

        team.For((keptCount + RootsTogether - 1) / RootsTogether, task =>
        {
            for (int j = task * RootsTogether; j < Math.Min((task + 1) * RootsTogether, keptCount); j++)
            {
                (origins[j], offsets[j]) = SecularEquation.Root(j, keptCount, d, w);
                double* distances = &turns.Pointer[j * turns.RowStride];
                for (int i = 0; i < keptCount; i++)
                {
                    distances[i] = d[i] - d[origins[j]] - offsets[j];
                }
            }
        });
    }

    /// <summary>Copies the rows out of the way: those of the first part or both, then the second part or both, then those set aside.</summary>
    private void Gather()
    {
        int mixed = 0;
        for (int i = 0; i < keptCount; i++)
        {
            firstOnly += inSecond[kept[i]] ? 0 : 1;
            secondOnly += inFirst[kept[i]] ? 0 : 1;
        }

        int first = 0, second = keptCount - secondOnly;
        for (int i = 0; i < keptCount; i++)
        {
            int row = kept[i];
            place[i] = !inSecond[row] ? first++ : !inFirst[row] ? second++ : firstOnly + mixed++;
            if (inFirst[row])
            {
                Vectors.Copy(Row(row), &First.Pointer[place[i] * n1], n1);
            }

            if (inSecond[row])
            {
                Vectors.Copy(Row(row) + n1, &Second.Pointer[(place[i] - firstOnly) * (n - n1)], n - n1);
            }
        }

        for (int i = 0; i < setCount; i++)
        {
            Vectors.Copy(Row(set[i]), Aside + (nint)i * n, n);
            sizes[i] = values[set[i]];
        }

        for (int j = 0; j < keptCount; j++)
        {
            values[j] = poles[origins[j]] + offsets[j];
        }

        for (int i = 0; i < setCount; i++)
        {
            values[keptCount + i] = sizes[i];
        }
    }

    private Strided<double> First => Strided<double>.RowMajor(gathered.Pointer, keptCount - secondOnly, n1);

    private Strided<double> Second =>
        Strided<double>.RowMajor(gathered.Pointer + (long)(keptCount - secondOnly) * n1, keptCount - firstOnly, n - n1);

    // First and Second together are at most kept·n elements.
    private double* Aside => gathered.Pointer + (long)keptCount * n;

    /// <summary>turns[j] ← vector of root j in the rows that take part, in the order of <see cref="place"/>.</summary>
    private void FindTurns(Team team)
    {
        team.For((keptCount + RootsTogether - 1) / RootsTogether, task => RecomputeTerms(task * RootsTogether));
        team.For((keptCount + RootsTogether - 1) / RootsTogether, task =>
        {
            double[] buffer = new double[keptCount];
            for (int j = task * RootsTogether; j < Math.Min((task + 1) * RootsTogether, keptCount); j++)
            {
                double* turn = &turns.Pointer[j * turns.RowStride];
                double square = 0;
                for (int i = 0; i < keptCount; i++)
                {
                    double element = sizes[i] / turn[i];
                    buffer[i] = element;
                    square += element * element;
                }

                double factor = 1 / Math.Sqrt(square);
                for (int i = 0; i < keptCount; i++)
                {
                    turn[place[i]] = buffer[i] * factor;
                }
            }
        });
    }

    /// <summary>sizes[i] ← the term of z for which the roots found are exact, ρ left out: z² = Π (λⱼ − dᵢ) / Π over j ≠ i of (dⱼ − dᵢ).</summary>
    private void RecomputeTerms(int from)
    {
        int to = Math.Min(from + RootsTogether, keptCount);
        Array.Fill(sizes, 1, from, to - from);
        for (int j = 0; j < keptCount; j++)
        {
            double* distances = &turns.Pointer[j * turns.RowStride];
            for (int i = from; i < to; i++)
            {
                sizes[i] *= i == j ? distances[i] : distances[i] / (poles[i] - poles[j]);
            }
        }

        for (int i = from; i < to; i++)
        {
            sizes[i] = Math.CopySign(Math.Sqrt(Math.Abs(sizes[i])), z[kept[i]]);
        }
    }

    private void Turn(Team team)
    {
        Strided<double> all = turns.Block(0, 0, keptCount, keptCount);
        MatrixProduct.Multiply(team, all.Block(0, 0, keptCount, keptCount - secondOnly), First, rows.Block(0, 0, keptCount, n1));
        MatrixProduct.Multiply(team, all.Block(0, firstOnly, keptCount, keptCount - firstOnly), Second, rows.Block(0, n1, keptCount, n - n1));
        for (int i = 0; i < setCount; i++)
        {
            Vectors.Copy(Aside + (nint)i * n, Row(keptCount + i), n);
        }
    }
}

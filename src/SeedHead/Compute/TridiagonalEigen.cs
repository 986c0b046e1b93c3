namespace SeedHead.Compute;

/// <summary>All eigenvalues and vectors of a symmetric tridiagonal matrix, by halving it and joining the halves (<see cref="TridiagonalMerge"/>).</summary>
internal static unsafe class TridiagonalEigen
{
    private const int Leaf = 32;
    private const int Alone = 192; // parts up to this size are solved by one thread each

    /// <summary>diagonal ← eigenvalues, in no order; row i of vectors ← the vector of diagonal[i].</summary>
    /// <param name="team">The threads.</param>
    /// <param name="diagonal">[n]; elements should be of order 1, since negligible means negligible beside 1.</param>
    /// <param name="beside">[n − 1] elements beside the diagonal.</param>
    /// <param name="vectors">[n × n], zeros.</param>
    public static void Solve(Team team, double* diagonal, double* beside, Strided<double> vectors)
    {
        long n = vectors.Rows;
        using var gathered = new NativeBuffer<double>(n * n);
        using var turns = new NativeBuffer<double>(n * n);
        var parts = new List<(int From, int Count)>();
        var joints = new List<(int From, int First, int Count)>();
        var work = new Work(diagonal, beside, vectors, gathered, turns);
        work.Cut(0, (int)n, Alone, parts, joints);
        team.For(parts.Count, i => work.SolvePart(new Team(1, team.Cancellation), parts[i].From, parts[i].Count));
        foreach ((int from, int first, int count) in joints)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            work.Join(team, from, first, count);
        }
    }

    /// <summary>order ← the indices of values, ascending; equal values keep their order.</summary>
    public static void Ascending(double* values, int[] order)
    {
        double[] keys = new ReadOnlySpan<double>(values, order.Length).ToArray();
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) => keys[a] != keys[b] ? keys[a].CompareTo(keys[b]) : a.CompareTo(b));
    }

    private sealed class Work(
        double* diagonal, double* beside, Strided<double> vectors, NativeBuffer<double> gathered, NativeBuffer<double> turns)
    {
        /// <summary>Takes the joints apart down to parts of at most <paramref name="most"/> rows; the joints come children first.</summary>
        public void Cut(int from, int count, int most, List<(int From, int Count)> parts, List<(int From, int First, int Count)> joints)
        {
            if (count <= most)
            {
                parts.Add((from, count));
                return;
            }

            int first = count / 2;
            double size = Math.Abs(beside[from + first - 1]);
            diagonal[from + first - 1] -= size;
            diagonal[from + first] -= size;
            Cut(from, first, most, parts, joints);
            Cut(from + first, count - first, most, parts, joints);
            joints.Add((from, first, count));
        }

        public void SolvePart(Team team, int from, int count)
        {
            var parts = new List<(int From, int Count)>();
            var joints = new List<(int From, int First, int Count)>();
            Cut(from, count, Leaf, parts, joints);
            foreach ((int start, int size) in parts)
            {
                Strided<double> block = vectors.Block(start, start, size, size);
                for (int i = 0; i < size; i++)
                {
                    block[i, i] = 1;
                }

                TridiagonalLeaf.Solve(size, diagonal + start, beside + start, block);
            }

            foreach ((int start, int first, int size) in joints)
            {
                Join(team, start, first, size);
            }
        }

        public void Join(Team team, int from, int first, int count)
        {
            // Parts solved side by side use their own rows of the working memory.
            long n = vectors.Rows;
            var gather = Strided<double>.RowMajor(gathered.Pointer + from * n, count, count);
            var turn = Strided<double>.RowMajor(turns.Pointer + from * n, count, count);
            new TridiagonalMerge(first, diagonal + from, vectors.Block(from, from, count, count), gather, turn).Run(team, beside[from + first - 1]);
        }
    }
}

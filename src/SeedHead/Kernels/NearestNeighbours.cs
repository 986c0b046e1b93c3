using System.Numerics;
using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>How near two points of a feature space are.</summary>
internal enum Nearness
{
    /// <summary>By ‖φ − φ′‖.</summary>
    Euclidean,

    /// <summary>By φ·φ′/(‖φ‖·‖φ′‖); 0 for a point at the origin.</summary>
    Cosine,
}

/// <summary>The nearest training rows of new points, in a feature space given by features or by kernels.</summary>
/// <remarks>
/// Points are ranked by ½‖φ′‖² − φ·φ′ (the distance less what all have in common) or by −φ·φ′/‖φ′‖; of equals the row of lower number is nearer. Products of
/// features come from <see cref="MatrixProduct"/> in float32, block by block of rows, so distances are never all held; a result does not depend on blocks or threads.
/// </remarks>
internal static unsafe class NearestNeighbours
{
    private const int QueriesAtATime = 128;
    private const int RowsAtATime = 1024;

    /// <summary>Numbers of the nearest training rows of each query, nearest first [m × count].</summary>
    /// <param name="team">The threads; they change no bit.</param>
    /// <param name="train">Features of the training rows [n × D].</param>
    /// <param name="queries">Features of the new points [m × D].</param>
    /// <param name="count">How many, from 1 to n.</param>
    /// <param name="nearness">What near means.</param>
    /// <exception cref="ArgumentException">Other numbers of features.</exception>
    public static int[] Find(Team team, Strided<float> train, Strided<float> queries, int count, Nearness nearness)
    {
        if (train.Columns != queries.Columns)
        {
            throw new ArgumentException($"Training rows have {train.Columns} features but the new points {queries.Columns}.", nameof(queries));
        }

        Require(count, train.Rows);
        double[] weights = Weights(Squares(team, train), nearness);
        int m = (int)queries.Rows, tasks = (m + QueriesAtATime - 1) / QueriesAtATime;
        var found = new int[(long)m * count];
        team.For(tasks, task =>
        {
            int first = task * QueriesAtATime, some = Math.Min(QueriesAtATime, m - first);
            using var memory = new NativeBuffer<float>((long)QueriesAtATime * RowsAtATime);
            var best = new Best(some, count);
            for (int from = 0; from < train.Rows; from += RowsAtATime)
            {
                int rows = (int)Math.Min(RowsAtATime, train.Rows - from);
                Strided<float> products = Strided<float>.RowMajor(memory, some, rows);
                MatrixProduct.Multiply(Team.Single, TileSets.Float, queries.Block(first, 0, some, queries.Columns), train.Block(from, 0, rows, train.Columns).Transpose, products, Into.Store);
                for (int i = 0; i < some; i++)
                {
                    best.Offer<float>(i, from, products.Row(i), weights.AsSpan(from, rows), nearness);
                }
            }

            best.Rows.CopyTo(found, (long)first * count);
        });
        return found;
    }

    /// <summary>The same from kernels.</summary>
    /// <param name="team">The threads; they change no bit.</param>
    /// <param name="cross">Kernels of the new points with the training rows [m × n].</param>
    /// <param name="variances">k(x, x) of the training rows.</param>
    /// <param name="count">How many, from 1 to n.</param>
    /// <param name="nearness">What near means.</param>
    /// <exception cref="ArgumentException">Other numbers of rows.</exception>
    public static int[] Find(Team team, Strided<double> cross, double[] variances, int count, Nearness nearness)
    {
        if (cross.Columns != variances.Length)
        {
            throw new ArgumentException($"Kernels with {cross.Columns} training rows come with variances of {variances.Length}.", nameof(variances));
        }

        Require(count, cross.Columns);
        double[] weights = Weights(variances, nearness);
        var found = new int[cross.Rows * count];
        team.For((int)cross.Rows, i =>
        {
            var best = new Best(1, count);
            best.Offer<double>(0, 0, cross.Row(i), weights, nearness);
            best.Rows.CopyTo(found, (long)i * count);
        });
        return found;
    }

    /// <summary>The class that most of the nearest <paramref name="voters"/> rows have; of classes with as many votes the one whose nearest row is nearest.</summary>
    /// <param name="neighbours">Row numbers, nearest first [m × count].</param>
    /// <param name="count">Neighbours a point.</param>
    /// <param name="codes">Classes of the training rows, from 0.</param>
    /// <param name="voters">How many of them vote, from 1 to <paramref name="count"/>.</param>
    public static int[] Vote(int[] neighbours, int count, int[] codes, int voters)
    {
        Require(voters, count);
        var votes = new int[codes.Max() + 1];
        var chosen = new int[neighbours.Length / count];
        for (int i = 0; i < chosen.Length; i++)
        {
            Array.Clear(votes);
            ReadOnlySpan<int> near = neighbours.AsSpan(i * count, voters);
            foreach (int row in near)
            {
                votes[codes[row]]++;
            }

            int most = votes.Max();
            foreach (int row in near)
            {
                if (votes[codes[row]] == most)
                {
                    chosen[i] = codes[row];
                    break;
                }
            }
        }

        return chosen;
    }

    /// <summary>½‖φ′‖², or 1/‖φ′‖ and 0 at the origin: a point's rank is the weight less the product, or less the product times the weight.</summary>
    private static double[] Weights(double[] squares, Nearness nearness) => Array.ConvertAll(
        squares, square => nearness == Nearness.Euclidean ? 0.5 * square : square > 0 ? 1 / Math.Sqrt(square) : 0);

    private static double[] Squares(Team team, Strided<float> rows)
    {
        var squares = new double[rows.Rows];
        team.For(squares.Length, i =>
        {
            double sum = 0;
            for (long j = 0; j < rows.Columns; j++)
            {
                sum = Math.FusedMultiplyAdd(rows[i, j], (double)rows[i, j], sum);
            }

            squares[i] = sum;
        });
        return squares;
    }

    private static void Require(int count, long most)
    {
        if (count < 1 || count > most)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"There are {most} rows: ask for 1 to {most} neighbours.");
        }
    }

    /// <summary>The rows of lowest rank so far of each of some points, in order; offered by ascending row number.</summary>
    private sealed class Best
    {
        private readonly int count;
        private readonly double[] ranks;

        public Best(int points, int count)
        {
            this.count = count;
            (ranks, Rows) = (new double[points * count], new int[points * count]);
            Array.Fill(ranks, double.PositiveInfinity);
        }

        public int[] Rows { get; }

        /// <summary>Offers rows first, first + 1, … to a point.</summary>
        public void Offer<T>(int point, int first, ReadOnlySpan<T> products, ReadOnlySpan<double> weights, Nearness nearness)
            where T : INumberBase<T>
        {
            int last = ((point + 1) * count) - 1;
            double worst = ranks[last];
            for (int j = 0; j < products.Length; j++)
            {
                double product = double.CreateTruncating(products[j]), rank = nearness == Nearness.Euclidean ? weights[j] - product : -product * weights[j];
                if (rank < worst)
                {
                    Insert(point * count, last, first + j, rank);
                    worst = ranks[last];
                }
            }
        }

        private void Insert(int start, int at, int row, double rank)
        {
            for (; at > start && rank < ranks[at - 1]; at--)
            {
                (ranks[at], Rows[at]) = (ranks[at - 1], Rows[at - 1]);
            }

            (ranks[at], Rows[at]) = (rank, row);
        }
    }
}

using SeedHead.Compute;
using SeedHead.Kernels;

namespace SeedHead.Tests.Kernels;

public class NearestNeighboursTests
{
    private const int Train = 2500, Queries = 150, Columns = 5; // more than one block of each

    [Theory]
    [InlineData(Nearness.Euclidean)]
    [InlineData(Nearness.Cosine)]
    internal void Neighbours_are_those_of_sorting_all_distances(Nearness nearness)
    {
        using NativeBuffer<float> train = KernelRows.Grid(1, Train * Columns), queries = KernelRows.Grid(2, Queries * Columns);
        int[] found = NearestNeighbours.Find(new Team(3), Strided<float>.RowMajor(train, Train, Columns), Strided<float>.RowMajor(queries, Queries, Columns), 5, nearness);
        using NativeBuffer<double> cross = KernelRows.Polynomial(queries, train, Columns, 0, 1, 1);
        double[] squares = [.. Enumerable.Range(0, Train).Select(j => Square(train.Span(j * Columns, Columns)))];
        int[] expected = [.. Enumerable.Range(0, Queries).SelectMany(i => Enumerable.Range(0, Train)
            .OrderBy(j => nearness == Nearness.Euclidean ? Distance(queries.Span(i * Columns, Columns), train.Span(j * Columns, Columns)) : -cross.Span(((long)i * Train) + j, 1)[0] / Math.Sqrt(squares[j]))
            .Take(5))];
        Assert.Equal(expected, found); // products of multiples of 1/128 are exact in float32, and so are distances: equals go by number in both
        Assert.Equal(expected, NearestNeighbours.Find(Team.Single, Strided<double>.RowMajor(cross, Queries, Train), squares, 5, nearness));
    }

    [Fact]
    public void Most_votes_win_and_the_nearest_decides_between_equals()
    {
        int[] codes = [0, 1, 1, 2, 2];
        Assert.Equal([1], NearestNeighbours.Vote([0, 1, 2], 3, codes, 3)); // two votes for 1
        Assert.Equal([0], NearestNeighbours.Vote([0, 1, 3], 3, codes, 3)); // one each
        Assert.Equal([2], NearestNeighbours.Vote([0, 3, 1, 4, 2], 5, codes, 5)); // two for 2 and for 1: row 3 is nearer than row 1
        Assert.Equal([0, 2], NearestNeighbours.Vote([0, 3, 3, 0], 2, codes, 1));
    }

    [Fact]
    public void Only_as_many_neighbours_as_there_are_rows_can_be_asked_for()
    {
        using var rows = new NativeBuffer<float>(6);
        Assert.Throws<ArgumentOutOfRangeException>(() => NearestNeighbours.Find(Team.Single, Strided<float>.RowMajor(rows, 3, 2), Strided<float>.RowMajor(rows, 3, 2), 4, Nearness.Euclidean));
        Assert.Throws<ArgumentException>(() => NearestNeighbours.Find(Team.Single, Strided<float>.RowMajor(rows, 3, 2), Strided<float>.RowMajor(rows, 2, 3), 1, Nearness.Euclidean));
        Assert.Throws<ArgumentOutOfRangeException>(() => NearestNeighbours.Vote([0, 1], 2, [0, 1], 3));
    }

    private static double Square(ReadOnlySpan<float> x)
    {
        double sum = 0;
        foreach (float value in x)
        {
            sum += (double)value * value;
        }

        return sum;
    }

    private static double Distance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += (x[i] - (double)y[i]) * (x[i] - (double)y[i]);
        }

        return sum;
    }
}

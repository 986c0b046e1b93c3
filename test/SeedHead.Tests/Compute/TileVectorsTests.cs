using SeedHead.Compute;

namespace SeedHead.Tests.Compute;

public unsafe class TileVectorsTests
{
    [Fact]
    public void Products_have_the_bits_of_their_definition() => ForAll.Draws(40, draw =>
    {
        int rows = draw.Int(1, 21), columns = draw.Int(1, 40), vectors = draw.Int(1, 4), stride = columns + 3;
        float[] tile = draw.Floats(rows * stride);
        double[] x = draw.Doubles(vectors * columns), y = draw.Doubles(vectors * rows), back = draw.Doubles(vectors * columns), before = [.. back];
        double[] forward = new double[vectors * rows], alone = new double[forward.Length];
        fixed (float* a = tile)
        fixed (double* right = x, left = y, backward = back, to = forward, to2 = alone)
        {
            var (rightOf, leftOf) = (Strided<double>.RowMajor(right, vectors, columns), Strided<double>.RowMajor(left, vectors, rows));
            TileVectors.MultiplyBoth(a, stride, rightOf, Strided<double>.RowMajor(to, vectors, rows), leftOf, Strided<double>.RowMajor(backward, vectors, columns));
            TileVectors.Multiply(a, stride, rightOf, Strided<double>.RowMajor(to2, vectors, rows));
        }

        for (int k = 0; k < vectors; k++)
        {
            for (int i = 0; i < rows; i++)
            {
                double expected = Forward(tile.AsSpan(i * stride, columns), x.AsSpan(k * columns, columns));
                Assert.Equal(Bits(expected), Bits(forward[(k * rows) + i]));
                Assert.Equal(Bits(expected), Bits(alone[(k * rows) + i]));
            }

            for (int j = 0; j < columns; j++)
            {
                double expected = before[(k * columns) + j];
                for (int i = 0; i < rows; i++)
                {
                    expected = double.FusedMultiplyAdd(tile[(i * stride) + j], y[(k * rows) + i], expected);
                }

                Assert.Equal(Bits(expected), Bits(back[(k * columns) + j]));
            }
        }
    });

    [Fact]
    public void Too_wide_tiles_are_refused() => Assert.Throws<ArgumentException>(() =>
        TileVectors.Multiply(null, 0, Strided<double>.RowMajor((double*)null, 1, 1025), Strided<double>.RowMajor((double*)null, 1, 1)));

    private static double Forward(ReadOnlySpan<float> row, ReadOnlySpan<double> x)
    {
        var sums = new double[4];
        int whole = row.Length / 4 * 4;
        for (int j = 0; j < whole; j++)
        {
            sums[j % 4] = double.FusedMultiplyAdd(row[j], x[j], sums[j % 4]);
        }

        double sum = (sums[0] + sums[2]) + (sums[1] + sums[3]);
        for (int j = whole; j < row.Length; j++)
        {
            sum = double.FusedMultiplyAdd(row[j], x[j], sum);
        }

        return sum;
    }

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}

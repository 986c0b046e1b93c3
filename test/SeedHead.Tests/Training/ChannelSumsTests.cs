using SeedHead.Compute;
using SeedHead.Tests.Reference;
using SeedHead.Training;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Training;

public sealed unsafe class ChannelSumsTests : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    [Theory]
    [InlineData(1, 3)]
    [InlineData(1024, 8)]
    [InlineData(2500, 19)]
    [InlineData(1030, 1200)]
    public void Sums_have_the_bits_of_the_definition(int rows, int channels)
    {
        Strided<float> x = Filled<float>(buffers, rows, channels, 1), dy = Filled<float>(buffers, rows, channels, 2, gap: 3);
        var draw = new Draw(5);
        foreach (float floor in new[] { 0, float.NegativeInfinity })
        {
            var line = new ChannelLine(draw.Floats(channels), draw.Floats(channels), floor);
            double[] sums = new double[channels], squares = new double[channels], slopes = new double[channels], products = new double[channels];
            ChannelSums.OfSquares(new Team(2), x, sums, squares);
            ChannelSums.OfGradient(new Team(2), line, dy, x, slopes, products);
            for (int c = 0; c < channels; c++)
            {
                float Slope(long row) => ChannelLineReference.Value(line, c, x[row, c]) >= floor ? dy[row, c] : 0;
                Assert.Equal(ChannelLineReference.Sums(rows, ChannelSums.BlockRows, row => x[row, c], row => x[row, c]), (sums[c], squares[c]));
                Assert.Equal(ChannelLineReference.Sums(rows, ChannelSums.BlockRows, Slope, row => x[row, c]), (slopes[c], products[c]));
            }
        }
    }
}

using SeedHead.Compute;

namespace SeedHead.Tests.Compute;

public class CosSinTests
{
    [Fact]
    public void Angles_become_cosines_and_sines_in_blocks_of_sixteen() => ForAll.Draws(130, draw =>
    {
        int count = draw.Int(1, 130), angles = CosSin.Angles(count);
        float[] values = draw.Floats(angles, -50, 50), phases = [.. draw.Floats(angles, 0, 6.2831855f), .. new float[(16 - (angles % 16)) % 16]];
        var row = new float[count];
        values.CopyTo(row, 0);
        CosSin.Expand(row, phases, 0.5f);
        for (int j = 0; j < count; j++)
        {
            int angle = (j / 32 * 16) + (j % 16);
            double sum = values[angle] + phases[angle];
            Assert.Equal(0.5 * (j % 32 < 16 ? Math.Cos(sum) : Math.Sin(sum)), row[j], 0.5 * 1e-5); // the sum of angle and phase is rounded: 2⁻¹⁹ near 56
        }
    });

    [Theory]
    [InlineData(1, 1)]
    [InlineData(16, 16)]
    [InlineData(17, 16)]
    [InlineData(32, 16)]
    [InlineData(33, 17)]
    [InlineData(1000, 504)]
    public void A_count_needs_that_many_angles(int count, int angles) => Assert.Equal(angles, CosSin.Angles(count));
}

using SeedHead.Data;
using SeedHead.Training;

namespace SeedHead.Tests.Training;

public class AugmentationTests
{
    private static readonly ImageShape Shape = new(5, 4, 2);
    private static readonly float[] Image = [.. Enumerable.Range(1, 40).Select(i => (float)i)];
    private static readonly float[] Black = [-1, -2];

    [Theory]
    [InlineData("none", 0, false)]
    [InlineData("shift4", 4, false)]
    [InlineData("mirror", 0, true)]
    [InlineData("shift12+mirror", 12, true)]
    public void Texts_and_values_are_the_same(string text, int shift, bool mirror)
    {
        Assert.Equal(new Augmentation(shift, mirror), Augmentation.Parse(text));
        Assert.Equal(text, Augmentation.Parse(text).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("shift")]
    [InlineData("shift0")]
    [InlineData("shift-1")]
    [InlineData("flip")]
    [InlineData("mirror+")]
    public void Other_texts_are_refused(string text) =>
        Assert.Contains("shift4", Assert.Throws<FormatException>(() => Augmentation.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_image_is_moved_as_a_whole_and_black_fills_the_rest()
    {
        var way = new Augmentation(2, Mirror: false);
        for (int row = 0; row < 200; row++)
        {
            float[] seen = Seen(way, 1, 0, row);
            Assert.Contains(
                from down in Enumerable.Range(-2, 5) from right in Enumerable.Range(-2, 5) select Moved(down, right),
                moved => moved.AsSpan().SequenceEqual(seen));
        }
    }

    [Fact]
    public void Every_shift_and_both_sides_come_equally_often()
    {
        const int Rows = 20_000;
        var counts = new Dictionary<string, int>();
        for (int row = 0; row < Rows; row++)
        {
            string seen = string.Join(',', Seen(new(1, Mirror: true), 7, 3, row));
            counts[seen] = counts.GetValueOrDefault(seen) + 1;
        }

        Assert.Equal(18, counts.Count); // 3 · 3 shifts, 2 sides
        double expected = Rows / 18.0, error = Math.Sqrt(expected * (1 - (1 / 18.0)));
        Assert.All(counts.Values, count => Assert.InRange(count, expected - (5 * error), expected + (5 * error)));
    }

    [Fact]
    public void What_is_seen_depends_on_seed_epoch_and_row_alone()
    {
        var way = new Augmentation(2, Mirror: true);
        Assert.Equal(Seen(way, 1, 2, 3), Seen(way, 1, 2, 3));
        int Differing(Func<int, float[]> other) => Enumerable.Range(0, 50).Count(row => !Seen(way, 1, 2, row).SequenceEqual(other(row)));
        Assert.True(Differing(row => Seen(way, 2, 2, row)) > 40);
        Assert.True(Differing(row => Seen(way, 1, 3, row)) > 40);
        Assert.True(Differing(row => Seen(way, 1, 2, row + 50)) > 40);
    }

    private static float[] Seen(Augmentation way, ulong seed, int epoch, int row)
    {
        var seen = new float[40];
        way.Apply(seed, epoch, row, Shape, Image, Black, seen);
        return seen;
    }

    private static float[] Moved(int down, int right)
    {
        var moved = new float[40];
        for (int i = 0; i < 40; i++)
        {
            int c = i % 2, x = (i / 2 % 4) - right, y = (i / 8) - down;
            moved[i] = x is >= 0 and < 4 && y is >= 0 and < 5 ? Image[(y * 8) + (x * 2) + c] : Black[c];
        }

        return moved;
    }
}

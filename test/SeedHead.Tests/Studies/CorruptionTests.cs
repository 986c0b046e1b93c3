using SeedHead.Data;
using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

public class CorruptionTests
{
    private static readonly ImageShape Shape = new(12, 10, 3);

    [Fact]
    public void The_same_seed_spoils_alike_and_another_one_otherwise()
    {
        foreach (Corruption corruption in Corruption.All.Where(corruption => corruption.Name is "noise" or "occlusion"))
        {
            Images images = Constant(100, 20);
            Assert.Equal(Bytes(corruption.Of(images, 1)), Bytes(corruption.Of(images, 1)));
            Assert.NotEqual(Bytes(corruption.Of(images, 1)), Bytes(corruption.Of(images, 2)));
        }
    }

    [Fact]
    public void None_changes_nothing() => Assert.Equal(Bytes(Ramp()), Bytes(new Corruption("none", 0).Of(Ramp(), 1)));

    [Fact]
    public void Noise_has_the_stated_deviation_and_no_bias()
    {
        double[] changes = [.. Bytes(new Corruption("noise", 0.1).Of(Constant(128, 100), 5)).Select(value => value - 128.0)];
        double mean = changes.Average(), deviation = Math.Sqrt(changes.Average(change => change * change)), expected = 25.5;
        double error = expected / Math.Sqrt(changes.Length);
        Assert.InRange(mean, -5 * error, 5 * error);
        Assert.InRange(deviation, expected - (5 * error), expected + (5 * error));
    }

    [Fact]
    public void A_square_of_half_brightness_covers_what_it_should()
    {
        foreach (double level in (double[])[0.3, 0.5])
        {
            Images spoiled = new Corruption("occlusion", level).Of(Constant(255, 30), 9);
            int side = (int)(level * Shape.Height);
            for (int image = 0; image < spoiled.Count; image++)
            {
                Assert.Equal(side * side * Shape.Channels, spoiled[image].Count((byte)127));
            }

            Assert.True(Enumerable.Range(0, 30).Select(image => spoiled[image].IndexOf((byte)127)).Distinct().Count() > 5); // in many places
        }
    }

    [Fact]
    public void Blur_keeps_even_images_and_what_is_between_edges()
    {
        var blur = new Corruption("blur", 1.5);
        Assert.All(Bytes(blur.Of(Constant(77, 2), 1)), value => Assert.Equal(77, value));
        var point = new byte[15 * 15];
        point[(7 * 15) + 7] = 255;
        byte[] spread = Bytes(new Corruption("blur", 0.75).Of(new Images(point, new(15, 15, 1)), 1));
        Assert.Equal(72, spread[(7 * 15) + 7], 1.0); // 255·w₀², w₀ = 1/Σ exp(−k²/2·0.75²) over |k| ≤ 3 = 0.5319
        Assert.Equal(spread[(7 * 15) + 6], spread[(8 * 15) + 7]); // the same along rows and columns
        Assert.InRange(spread.Sum(value => value), 245, 265);
    }

    [Fact]
    public void Values_stay_within_what_a_pixel_can_hold()
    {
        Images small = new(Enumerable.Repeat((byte)15, Shape.Size).ToArray(), Shape) { Maximum = 16 };
        Images spoiled = new Corruption("noise", 0.3).Of(small, 3);
        Assert.Equal(16, spoiled.Maximum);
        Assert.True(Bytes(spoiled).Max() == 16);
    }

    private static Images Constant(byte value, int count) => new(Enumerable.Repeat(value, count * Shape.Size).ToArray(), Shape);

    private static Images Ramp() => new(Enumerable.Range(0, Shape.Size).Select(i => (byte)i).ToArray(), Shape);

    private static byte[] Bytes(Images images) => [.. Enumerable.Range(0, images.Count).SelectMany(image => images[image].ToArray())];
}

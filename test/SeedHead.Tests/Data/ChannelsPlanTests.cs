using System.Text.Json.Nodes;
using SeedHead.Data;

namespace SeedHead.Tests.Data;

public class ChannelsPlanTests
{
    private static readonly Images Pictures = new(new byte[] { 0, 255, 51, 255, 102, 255, 255, 255, 0, 255, 51, 255 }, new(1, 3, 2));

    [Fact]
    public void Every_channel_has_mean_0_and_deviation_1_over_all_pixels()
    {
        float[] rows = Applied(Preprocessing.LearnByChannel(Pictures));
        double[] first = [.. rows.Where((_, i) => i % 2 == 0).Select(value => (double)value)];
        Assert.Equal(0, first.Average(), 1e-6);
        Assert.Equal(1, first.Average(value => value * value), 1e-6);
        Assert.All(rows.Where((_, i) => i % 2 == 1), value => Assert.Equal(0, value)); // a channel of one value
        Assert.Equal(rows[2], rows[10]); // the same byte, the same number, wherever it lies
    }

    [Fact]
    public void A_plain_row_reads_as_the_image_does()
    {
        Preprocessing learned = Preprocessing.LearnByChannel(Pictures);
        var row = new float[6];
        learned.ApplyRow([0, 255, 51, 255, 102, 255], row);
        Assert.Equal(Applied(learned)[..6], row);
    }

    [Fact]
    public void The_stored_form_gives_the_same_bits()
    {
        Preprocessing learned = Preprocessing.LearnByChannel(Pictures);
        Preprocessing again = Preprocessing.FromJson(JsonNode.Parse(learned.ToJson().ToJsonString())!.AsObject());
        Assert.Equal(Applied(learned), Applied(again));
    }

    [Fact]
    public void Other_images_are_refused()
    {
        Preprocessing learned = Preprocessing.LearnByChannel(Pictures);
        var other = new Images(new byte[] { 1, 2, 3 }, new(1, 3, 1));
        Assert.Contains("1x3x2", Assert.Throws<DataException>(() => learned.Check(other)).Message, StringComparison.Ordinal);
        Assert.Throws<DataException>(() => learned.ApplyRow([0, 0, float.NaN, 0, 0, 0], new float[6]));
    }

    private static float[] Applied(Preprocessing learned)
    {
        var rows = new float[12];
        learned.Apply(Pictures, 0, 2, rows);
        return rows;
    }
}

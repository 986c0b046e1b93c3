using System.Text.Json.Nodes;
using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Features;
using SeedHead.Tests.Reference;

namespace SeedHead.Tests.Features;

public class ImageFeaturesTests
{
    private static readonly ImageShape Grey = new(12, 10, 1);

    [Fact]
    public void A_small_convolution_is_the_one_done_by_hand()
    {
        var recipe = new ImageRecipe(new(2, 3, 1), 2, 2, 1, 2, PatchVariance: 0, WhiteningShare: 0.1, Threshold: 0.25f, Shift: 1, LeastVariance: 0);
        var map = new ImageFeatures(recipe, new([0, 1, 0, 1], [0.5f], [-1], [0]));
        var features = new float[4];
        map.MapRow([1, 3, 1, 1, 3, 1], features);

        // Both patches have mean 2 and variance 1: they are (−1, 1, −1, 1) and (1, −1, 1, −1), and the filter, the sum of the right column, answers
        // 2 − 0.5 = 1.5 and −2 − 0.5 = −2.5. Less the threshold: 1.25 above in the left cell, 2.25 below in the right one. Features are roots of 1 more.
        Assert.Equal([1.5f, 1, 1, MathF.Sqrt(3.25f)], features);
    }

    [Fact]
    public void A_large_image_and_many_filters_have_the_bits_of_the_definition() => // two bands of patch rows, two blocks of filters
        AssertDefinition(new(40, 41, 1), filters: 130, images: 1);

    [Fact]
    public void Small_images_have_the_bits_of_the_definition() => ForAll.Draws(12, draw =>
        AssertDefinition(new(draw.Int(1, 9), draw.Int(1, 9), draw.Of(1, 3)), draw.Of(1, 5, 16, 17, 33, 70), images: draw.Int(1, 40)));

    private static void AssertDefinition(ImageShape shape, int filters, int images)
    {
        var rows = SampleImages.Create(shape, images, seed: 3);
        ImageRecipe recipe = ImageRecipe.For(shape);
        var map = ImageFeatures.Create(filters * recipe.FeaturesPerFilter, 7, rows, Team.Single);
        float[][] features = rows.Map(map);
        Assert.Equal(filters * recipe.FeaturesPerFilter, map.FeatureCount);
        for (int i = 0; i < images; i++)
        {
            Assert.Equal(Rows.Bits(ImageFeaturesReference.Map(recipe, map.Filters, rows[i])), Rows.Bits(features[i]));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Threads_and_batches_change_no_bit(int threads)
    {
        var rows = SampleImages.Create(Grey, 50, seed: 1);
        var map = ImageFeatures.Create(512, 5, rows, new Team(threads));
        var alone = ImageFeatures.Create(512, 5, rows, Team.Single);
        Assert.Equal(
            Enumerable.Range(0, rows.Count).Select(row => Rows.Bits(rows.MapRow(alone, row))), rows.Map(map, threads, gap: 3).Select(Rows.Bits));
    }

    [Fact]
    public void The_model_file_gives_back_every_bit()
    {
        var rows = SampleImages.Create(new(9, 9, 3), 20, seed: 2);
        var map = ImageFeatures.Create(300, 5, rows, Team.Single);
        var arrays = new Dictionary<string, StoredArray>();
        var json = JsonNode.Parse(map.ToJson(arrays).ToJsonString())!.AsObject();
        var read = ImageFeatures.FromJson(json, 5, arrays);
        Assert.Equal(Rows.Bits(rows.Map(map)), Rows.Bits(rows.Map(read)));
        Assert.Equal(map.SourceRows, read.SourceRows);
        Assert.Equal(map.SourceHashes, read.SourceHashes);
        Assert.Equal(map.Description, read.Description);
    }

    [Theory]
    [InlineData("patchRows")]
    [InlineData("threshold")]
    [InlineData("sourceHashes")]
    public void A_model_file_that_lacks_a_member_is_refused_by_its_name(string member)
    {
        var rows = SampleImages.Create(Grey, 20, seed: 2);
        var arrays = new Dictionary<string, StoredArray>();
        JsonObject json = ImageFeatures.Create(300, 5, rows, Team.Single).ToJson(arrays);
        json.Remove(member);
        Assert.Contains($"\"{member}\"", Assert.Throws<DataException>(() => ImageFeatures.FromJson(json, 5, arrays)).Message);
    }

    [Fact]
    public void A_model_file_without_its_filters_is_refused()
    {
        var rows = SampleImages.Create(Grey, 20, seed: 2);
        var arrays = new Dictionary<string, StoredArray>();
        JsonObject json = ImageFeatures.Create(300, 5, rows, Team.Single).ToJson(arrays);
        arrays["images.filters"] = new([1, 2], [2]);
        Assert.Contains("images.filters", Assert.Throws<DataException>(() => ImageFeatures.FromJson(json, 5, arrays)).Message);
    }

    [Fact]
    public void A_narrow_map_is_the_beginning_of_a_wide_one()
    {
        var rows = SampleImages.Create(Grey, 30, seed: 4);
        var narrow = ImageFeatures.Create(256, 9, rows, Team.Single);
        var wide = ImageFeatures.Create(512, 9, rows, Team.Single);
        Assert.Equal(2 * narrow.FeatureCount, wide.FeatureCount);
        Assert.Equal(Rows.Bits(rows.Map(narrow)), rows.Map(wide).Select(row => Rows.Bits(row[..narrow.FeatureCount])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1000)]
    public void The_width_is_rounded_down_to_whole_filters_but_at_least_one(int width)
    {
        var rows = SampleImages.Create(Grey, 10, seed: 4);
        int each = ImageRecipe.For(Grey).FeaturesPerFilter;
        Assert.Equal(Math.Max(1, width / each) * each, ImageFeatures.Create(width, 1, rows, Team.Single).FeatureCount);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, 3)]
    [InlineData(2, 5, 3)]
    [InlineData(40, 1, 1)]
    [InlineData(3, 3, 1)]
    public void Images_smaller_than_a_patch_have_finite_features(int height, int width, int channels)
    {
        var rows = SampleImages.Create(new(height, width, channels), 12, seed: 8);
        float[][] features = rows.Map(ImageFeatures.Create(64, 3, rows, Team.Single));
        Assert.All(features.SelectMany(row => row), value => Assert.True(float.IsFinite(value) && value > 0));
    }

    [Fact]
    public void Constant_images_get_random_filters_and_finite_features()
    {
        var rows = SampleImages.Constant(Grey, 12);
        var map = ImageFeatures.Create(256, 3, rows, Team.Single);
        Assert.All(map.SourceRows, row => Assert.Equal(-1, row));
        Assert.All(rows.Map(map).SelectMany(row => row), value => Assert.True(float.IsFinite(value)));
        var structured = SampleImages.Create(Grey, 12, seed: 8);
        Assert.Contains(structured.Map(map)[0], value => value > 0.5f); // the random filters do answer: no answer is √0.03
    }

    [Fact]
    public void Sources_name_the_row_and_its_content()
    {
        var rows = SampleImages.Create(Grey, 12, seed: 8);
        var map = ImageFeatures.Create(640, 3, rows, Team.Single);
        Assert.All(map.SourceRows.Zip(map.SourceHashes), source => Assert.Equal(RowHash.Of(rows[source.First]), source.Second));
        Assert.True(map.SourceRows.Distinct().Count() > 6); // 20 filters from 12 rows: 9.9 distinct ones are expected
    }

    [Fact]
    public void One_row_is_mapped_without_allocation()
    {
        var rows = SampleImages.Create(Grey, 5, seed: 8);
        var map = ImageFeatures.Create(640, 3, rows, Team.Single);
        var features = new float[map.FeatureCount];
        map.MapRow(rows[0], features);
        long before = GC.GetAllocatedBytesForCurrentThread();
        map.MapRow(rows[1], features);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Options_ask_for_them_alone_or_joined_and_the_model_file_gives_them_back()
    {
        var rows = SampleImages.Create(Grey, 9, seed: 8);
        foreach (string features in new[] { "images", "images+raw" })
        {
            FeatureMap map = FeatureMaps.Create(new FeatureOptions { Features = features }, 500, 3, rows);
            var arrays = new Dictionary<string, StoredArray>();
            FeatureMap read = FeatureMaps.FromJson(map.ToJson(arrays), 3, arrays);
            Assert.Equal(Rows.Bits(rows.Map(map)), Rows.Bits(rows.Map(read)));
        }
    }

    [Fact]
    public void Rows_that_are_not_images_are_refused() =>
        Assert.Contains("images", Assert.Throws<ArgumentException>(() => ImageFeatures.Create(64, 1, Rows.Normal(3, 4), Team.Single)).Message);
}

using System.Text.Json.Nodes;
using SeedHead.Features;
using SeedHead.Networks;

namespace SeedHead.Tests.Features;

public class FeatureMapsTests
{
    private const int Columns = 7;
    private const int Width = 83;

    public static TheoryData<string> Kinds => ["raw", "hidden", "hidden deep", "hidden several", "hidden all", "outputs", "outputs deep", "fourier", "laplace", "orthogonal", "joined"];

    [Theory, MemberData(nameof(Kinds))]
    public void A_map_read_back_from_its_json_has_the_same_bits(string kind)
    {
        Rows rows = Rows.Normal(20, Columns);
        FeatureMap map = Create(kind, rows);
        var arrays = new Dictionary<string, StoredArray>();
        string json = map.ToJson(arrays).ToJsonString();
        FeatureMap read = FeatureMaps.FromJson((JsonObject)JsonNode.Parse(json)!, 42, arrays);
        Assert.Equal(Rows.Bits(rows.Map(map)), Rows.Bits(rows.Map(read)));
        Assert.Equal((map.InputColumns, map.FeatureCount, map.Description), (read.InputColumns, read.FeatureCount, read.Description));
        Assert.Equal(json, read.ToJson(new Dictionary<string, StoredArray>()).ToJsonString());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void One_row_has_the_bits_of_the_row_among_others(string kind)
    {
        Rows rows = Rows.Normal(150, Columns);
        FeatureMap map = Create(kind, rows);
        float[][] batch = rows.Map(map, gap: 5);
        Assert.All(Enumerable.Range(0, rows.Count), i => Assert.Equal(Rows.Bits(batch[i]), Rows.Bits(rows.MapRow(map, i))));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Threads_change_no_bit(string kind)
    {
        Rows rows = Rows.Normal(1100, Columns); // more than two blocks of rows inside the maps
        FeatureMap map = Create(kind, rows);
        uint[][] alone = Rows.Bits(rows.Map(map));
        Assert.Equal(alone, Rows.Bits(rows.Map(map, threads: 2)));
        Assert.Equal(alone, Rows.Bits(rows.Map(map, threads: 5)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void One_row_is_mapped_without_allocation(string kind)
    {
        Rows rows = Rows.Normal(3, Columns);
        FeatureMap map = Create(kind, rows);
        float[] x = rows[1], phi = new float[map.FeatureCount];
        for (int i = 0; i < 100; i++)
        {
            map.MapRow(x, phi); // weights are made, scratch grows, code is compiled
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        map.MapRow(x, phi);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Features_vary_with_the_seed_and_the_inputs(string kind)
    {
        Rows rows = Rows.Normal(20, Columns);
        float[][] one = rows.Map(Create(kind, rows)), other = rows.Map(Create(kind, rows, 43));
        Assert.Equal(kind == "raw", Rows.Bits(one).Zip(Rows.Bits(other)).All(pair => pair.First.SequenceEqual(pair.Second)));
        Assert.NotEqual(one[0], one[1]);
        Assert.All(one, row => Assert.All(row, value => Assert.True(float.IsFinite(value))));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Forecasts_grow_with_the_work(string kind)
    {
        Rows rows = Rows.Normal(20, Columns);
        FeatureMap narrow = Create(kind, rows), wide = Create(kind, rows, width: 10 * Width);
        Assert.True(kind == "raw" || wide.WorkingBytes(100, 2) > narrow.WorkingBytes(100, 2));
        Assert.True(kind == "raw" || wide.OperationsPerRow > narrow.OperationsPerRow);
        Assert.Equal(kind == "raw" ? Columns : 10 * Width, wide.FeatureCount);
    }

    [Fact]
    public void Parts_of_a_join_stand_side_by_side_with_random_numbers_of_their_own()
    {
        Rows rows = Rows.Normal(20, Columns);
        FeatureMap map = FeatureMaps.Create(new() { Features = "hidden+raw+fourier" }, 107, 42, rows);
        Assert.Equal(107, map.FeatureCount);
        float[][] phi = rows.Map(map), hidden = rows.Map(FeatureMaps.Create(new(), 50, 42, rows));
        Assert.All(Enumerable.Range(0, 20), i =>
        {
            Assert.Equal(hidden[i], phi[i][..50]);
            Assert.Equal(rows[i], phi[i][50..57]);
        });
        float[] fourier = rows.Map(FeatureMaps.Create(new() { Features = "fourier" }, 50, 42, rows))[0];
        Assert.NotEqual(fourier, phi[0][57..]);
    }

    [Fact]
    public void A_join_gives_what_is_left_over_to_its_first_part()
    {
        Rows rows = Rows.Normal(20, Columns);
        var map = (JoinedFeatures)FeatureMaps.Create(new() { Features = "raw+hidden+fourier+orthogonal" }, Columns + 101, 42, rows);
        Assert.Equal([Columns, 35, 33, 33], map.Parts.Select(part => part.FeatureCount));
    }

    [Fact]
    public void Too_small_a_width_names_the_smallest()
    {
        var error = Assert.Throws<ArgumentException>(() => FeatureMaps.Create(new() { Features = "raw+hidden+fourier" }, 8, 42, Rows.Normal(20, Columns)));
        Assert.Contains("at least 9", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "\"kind\" must be a text")]
    [InlineData("""{"kind":"wavelets"}""", "\"wavelets\"")]
    [InlineData("""{"kind":"raw","inputs":0}""", "\"inputs\" must be a whole number above 0")]
    [InlineData("""{"kind":"raw","inputs":"7"}""", "\"inputs\" must be a number")]
    [InlineData("""{"kind":"fourier","inputs":3,"width":4,"kernel":"cauchy","scale":1}""", "'cauchy' is no kernel")]
    [InlineData("""{"kind":"fourier","inputs":3,"width":4,"kernel":"gaussian","scale":-1}""", "\"scale\" must be a positive number")]
    [InlineData("""{"kind":"hidden","net":"3-relux","networks":1,"allLayers":false,"width":4,"prior":"he-normal","inputScale":1}""", "\"net\": Architecture")]
    [InlineData("""{"kind":"hidden","net":"3-8-relu","networks":1,"width":4,"prior":"he-normal","inputScale":1}""", "\"allLayers\" must be true or false")]
    [InlineData("""{"kind":"joined","parts":3}""", "\"parts\" must be a list")]
    [InlineData("""{"kind":"joined","parts":[3]}""", "\"0\" must be an object")]
    public void A_wrong_form_names_the_member(string json, string message)
    {
        var error = Assert.Throws<DataException>(() => FeatureMaps.FromJson((JsonObject)JsonNode.Parse(json)!, 1, new Dictionary<string, StoredArray>()));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static FeatureMap Create(string kind, Rows rows, ulong seed = 42, int width = Width) => FeatureMaps.Create(
        kind switch
        {
            "hidden deep" => new() { Net = Architecture.Parse("7-20-sin-2*(30-relu)-10-scale0.5-elu-3") },
            "hidden several" => new() { Networks = 3, Net = Architecture.Parse("7-20-relu-9-selu") },
            "hidden all" => new() { Networks = 2, AllLayers = true, Net = Architecture.Parse("7-20-relu-9-selu") },
            "outputs" => new() { Features = "outputs" },
            "outputs deep" => new() { Features = "outputs", OutputsPerNetwork = 5, Net = Architecture.Parse("7-20-relu-30-elu-1") },
            "laplace" => new() { Features = "fourier", Kernel = "laplace" },
            "joined" => new() { Features = "fourier+raw+outputs+hidden" },
            _ => new() { Features = kind },
        },
        width,
        seed,
        rows);
}

using System.Text.Json.Nodes;
using SeedHead.Complexity;
using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Explorer.Work;
using SeedHead.Networks;
using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Explorer.Tests.Web;

/// <summary>What the server answers are the numbers of the library.</summary>
public class AnswerTests(Served served) : IClassFixture<Served>
{
    [Fact]
    public async Task The_picture_is_network_0_of_the_seed_on_the_square_in_the_colours_of_its_values()
    {
        byte[] png = await served.Client.GetByteArrayAsync("/api/picture?activation=sin&depth=2&width=20&scale=2&seed=7&side=64");
        byte[] pixels = Png.Read(png, "the answer").Pixels;
        float[] values = Values("2-2*(20-sin)-1", "flat:2", 7, 64);
        for (int i = 0; i < values.Length; i++)
        {
            int shade = (int)((255 * (((double)values[i] - values.Min()) / ((double)values.Max() - values.Min()))) + 0.5);
            Assert.Equal(ColourScale.Palette.Slice(3 * shade, 3), pixels.AsSpan(3 * i, 3));
        }
    }

    [Theory]
    [InlineData("", "2-4*(64-tanh)-1", "flat", 5.18)]
    [InlineData("norm=1&activation=relu&prior=he-normal&scale=1", "2-4*(64-ln-relu)-1", "he-normal", 1)]
    [InlineData("residual=1&gating=1&depth=2&width=9&scale=0.1", "2-9-2*(res(gated(9-tanh)))-1", "flat", 0.1)]
    public async Task Measures_have_the_bits_of_the_complexity_study(string query, string net, string prior, double scale)
    {
        JsonObject found = await served.Json("/api/measures?" + query);
        IComplexityMeasure[] measures = [.. Functions.MeasureNames.Select(Measures.Parse)];
        ComplexityValue[][] expected = new NetworkFunctions(Architecture.Parse(net), WeightPrior.Parse(prior).Scaled(scale), 42)
            .Measure(Team.Single, measures, 128, 42, 1);
        Assert.Equal(net, found["net"]!.GetValue<string>());
        Assert.Equal(expected.Select(one => (double?)one[0].Value), found["measures"]!.AsArray().Select(one => one!["value"]?.GetValue<double>()));
    }

    [Fact]
    public async Task A_constant_function_is_a_dark_picture_without_measures()
    {
        JsonObject found = await served.Json("/api/measures?activation=step&depth=1&prior=he-normal&width=1&seed=3&scale=0.1&norm=1"); // one number less its mean is 0
        Assert.All(found["measures"]!.AsArray(), one => Assert.Equal("constant", one!["cause"]!.GetValue<string>()));
        Assert.Empty(found["fourier"]!.AsArray());
    }

    [Fact]
    public async Task A_picture_of_a_function_that_hardly_varies_does_not_show_the_rounding_of_float32()
    {
        byte[] png = await served.Client.GetByteArrayAsync("/api/picture?activation=sigmoid&depth=7&scale=0.1&side=64"); // varies by 1e-9 of its size
        byte[] pixels = Png.Read(png, "the answer").Pixels;
        int jumps = 0;
        for (int i = 0; i + 1 < 64; i++)
        {
            jumps += Math.Abs(pixels[3 * i] - pixels[(3 * i) + 3]) > 24 ? 1 : 0; // red rises slowly along a smooth function
        }

        Assert.Equal(0, jumps);
    }

    [Fact]
    public async Task The_map_holds_every_scale_and_depth_once_and_agrees_with_the_measures_there()
    {
        string[] lines = (await served.Client.GetStringAsync("/api/map?width=8&measure=fourier")).TrimEnd('\n').Split('\n');
        JsonObject axes = JsonNode.Parse(lines[0])!.AsObject();
        JsonObject[] places = [.. lines[1..].Select(line => JsonNode.Parse(line)!.AsObject())];
        (double[] scales, double[] depths) = ([.. axes["scales"]!.AsArray().Select(one => one!.GetValue<double>())], [.. axes["depths"]!.AsArray().Select(one => one!.GetValue<double>())]);
        Assert.Equal(scales.Length * depths.Length, places.Select(place => (place["row"]!.GetValue<int>(), place["column"]!.GetValue<int>())).Distinct().Count());
        JsonObject last = places[^1];
        JsonObject there = await served.Json(FormattableString.Invariant(
            $"/api/measures?width=8&scale={scales[last["row"]!.GetValue<int>()]}&depth={depths[last["column"]!.GetValue<int>()]}"));
        Assert.Equal(there["measures"]![0]!["value"]!.GetValue<double>(), last["value"]!.GetValue<double>());
    }

    [Fact]
    public async Task The_map_begins_next_to_the_state()
    {
        string[] lines = (await served.Client.GetStringAsync("/api/map?width=8&scale=40&depth=6")).Split('\n');
        JsonNode first = JsonNode.Parse(lines[1])!;
        Assert.Equal((7, 5), (first["row"]!.GetValue<int>(), first["column"]!.GetValue<int>())); // 42.2, the sixth depth
    }

    [Fact]
    public async Task The_sheet_holds_the_small_pictures_of_all_places()
    {
        Png sheet = Png.Read(await served.Client.GetByteArrayAsync("/api/map/sheet?width=8"), "the answer");
        Assert.Equal((9 * 32, 8 * 32), (sheet.Shape.Height, sheet.Shape.Width));
        byte[] one = Png.Read(await served.Client.GetByteArrayAsync("/api/picture?width=8&depth=2&scale=0.562&side=32"), "the answer").Pixels;
        Assert.Equal(one.AsSpan(0, 96), sheet.Pixels.AsSpan(((2 * 32 * 256) + 32) * 3, 96));
    }

    [Fact]
    public async Task Limits_are_those_of_the_study_with_its_bounds()
    {
        JsonObject found = await served.Json("/api/limits?dimension=3&bias=-1&most=16&seed=5");
        var question = new LimitsQuestion { Study = "E11", Dimensions = [3], Biases = [-1], Widths = [1, 2, 4, 8, 16], Targets = 64, Draws = 2, Seed = 5 };
        LimitsCurve expected = Assert.Single(question.Run(new Execution()).Curves);
        Assert.Equal(expected.Points.Select(point => point.Mean), found["points"]!.AsArray().Select(point => point!["mean"]!.GetValue<double>()));
        Assert.Equal(expected.Points.Select(point => point.Bound), found["bounds"]!.AsArray().Take(5).Select(point => (double?)point!["bound"]!.GetValue<double>()));
    }

    private static unsafe float[] Values(string net, string prior, ulong seed, int side)
    {
        float[] points = Array.ConvertAll(Places.Of(Sampling.UniformGrid, side, 2, seed, 0).Positions, position => (float)position);
        var values = new float[side * side];
        fixed (float* p = points, v = values)
        {
            DenseNetwork.Materialise(Architecture.Parse(net), WeightPrior.Parse(prior), seed, 0)
                .Forward(Team.Single, Strided<float>.RowMajor(p, values.Length, 2), Strided<float>.RowMajor(v, values.Length, 1));
        }

        return values;
    }
}

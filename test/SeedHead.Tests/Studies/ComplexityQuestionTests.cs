using System.Text.Json.Nodes;
using SeedHead.Complexity;
using SeedHead.Networks;
using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

public sealed class ComplexityQuestionTests : IDisposable
{
    private static readonly Execution Run = new() { Threads = 2 };

    private static readonly ComplexityQuestion Small = new()
    {
        Net = "2-1*(16-tanh)-1", Prior = WeightPrior.Parse("flat"), Scales = [0.1, 1, 10], Depths = [1, 4], Networks = 5, Side = 32,
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>
    /// Cells of the published maps (flat prior, width 64, 300 × 300, one network a cell), read from their colours to ±0.002, or an independent average over 6 networks where
    /// that is printed to three digits.
    /// </summary>
    [Theory]
    [InlineData("tanh", 0.1, 3, 0.142, 0.142)]
    [InlineData("tanh", 5.18, 3, 0.199, 0.209)]
    [InlineData("tanh", 13.89, 7, 0.461, 0.463)]
    [InlineData("gaussian", 1.93, 5, 0.408, 0.413)]
    [InlineData("sin", 0.72, 5, 0.152, 0.120)]
    [InlineData("sin", 13.9, 2, 0.542, 0.542)]
    [InlineData("sigmoid", 100, 2, 0.273, 0.273)]
    [InlineData("relu", 5.18, 3, 0.166, 0.171)]
    public void Published_cells_are_met(string activation, double scale, int depth, double published, double recomputed)
    {
        var question = new ComplexityQuestion
        {
            Net = $"2-1*(64-{activation})-1", Prior = WeightPrior.Parse("flat"), Scales = [scale], Depths = [depth], Networks = 8, Side = 300, Thumbnails = false,
        };
        double mean = question.Run(Run).Cells.Single().Mean!.Value;
        double nearest = Math.Abs(mean - published) < Math.Abs(mean - recomputed) ? published : recomputed;
        Assert.Equal(nearest, mean, 0.02);
    }

    [Fact]
    public void Every_place_has_a_cell_of_every_measure_and_threads_change_nothing()
    {
        ComplexityQuestion question = Small with { Measures = [new FourierBins(), new ChebyshevOrder()] };
        ComplexityAnswer answer = question.Run(Run), again = question.Run(new() { Threads = 1 });
        Assert.Equal(12, answer.Cells.Count);
        Assert.Equal([1, 4], answer.Depths);
        Assert.Equal("2-4*(16-tanh)-1", answer.Cells[^1].Net);
        Assert.Equal(answer.Cells.SelectMany(cell => cell.Values), again.Cells.SelectMany(cell => cell.Values));
        Assert.Equal(again.Cells[0].Deviation, answer.Cells[0].Deviation);
        Assert.Equal(4, answer.Thumbnails.Count(picture => picture.Depth == 1) + answer.Thumbnails.Count(picture => picture.Depth == 4) - 2);
    }

    [Fact]
    public void Mean_and_deviation_are_those_of_the_values()
    {
        var cell = new ComplexityCell("m", "n", 1, 1, [ComplexityValue.Of(1), ComplexityValue.Of(3), ComplexityValue.Undefined(UndefinedCause.Constant), ComplexityValue.Of(5)]);
        Assert.Equal((3.0, 2.0, 4, 1), (cell.Mean!.Value, cell.Deviation!.Value, cell.Networks, cell.Undefined));
        Assert.Equal(2 / Math.Sqrt(3), cell.StandardError!.Value, 1e-15);
        Assert.Equal(1, cell.Causes[UndefinedCause.Constant]);
        var none = new ComplexityCell("m", "n", 1, 1, [ComplexityValue.Undefined(UndefinedCause.NotFinite)]);
        Assert.Null(none.Mean);
        Assert.Null(none.StandardError);
    }

    [Fact]
    public void A_run_goes_on_where_it_stopped_and_another_question_takes_nothing_from_it()
    {
        ComplexityQuestion question = Small with { Folder = folder.Path };
        using var stop = new CancellationTokenSource();
        var half = new Execution { Threads = 1, Cancellation = stop.Token, Progress = new StopAfter(3, stop) };
        Assert.Throws<OperationCanceledException>(() => question.Run(half));
        string[] kept = Directory.GetFiles(Path.Combine(folder.Path, "cells"));
        Assert.InRange(kept.Length, 3, 5);
        Assert.Equal(Values(Small.Run(Run)), Values(question.Run(Run)));
        Assert.Equal(6, Directory.GetFiles(Path.Combine(folder.Path, "cells")).Length);
        File.WriteAllText(kept[0], "{\"key\":"); // cut off
        Assert.Equal(Values(Small.Run(Run)), Values(question.Run(Run)));
        Assert.Equal(Values((Small with { Seed = 1 }).Run(Run)), Values((question with { Seed = 1 }).Run(Run)));
    }

    [Fact]
    public void A_value_is_reached_at_the_scale_that_was_found()
    {
        ComplexityQuestion question = Small with { Scales = [0.1, 1, 10], Depths = [3], Networks = 20, Reach = 0.3, Thumbnails = false };
        ReachedScale reached = question.Run(Run).Reached.Single();
        double mean = (question with { Scales = [reached.Scale!.Value], Reach = null }).Run(Run).Cells.Single().Mean!.Value;
        Assert.Equal(0.3, mean, 0.002);
        Assert.InRange(reached.StandardError!.Value, 1e-3 * reached.Scale.Value, 0.3 * reached.Scale.Value);
        ReachedScale never = (question with { Reach = 0.9 }).Run(Run).Reached.Single();
        Assert.Null(never.Scale);
        Assert.True(never.Greatest < 0.9);
    }

    [Fact] // Q6: scaling weights and biases together cannot change what a layer norm passes on, but for its ε
    public void Layer_norm_removes_the_scale_when_biases_are_scaled_too()
    {
        ComplexityQuestion question = Small with
        {
            Net = "2-1*(16-ln-tanh)-1", Prior = WeightPrior.Parse("glorot-alpha"), Scales = [1, 30], Depths = [6], ScaleBiases = true, Thumbnails = false,
        };
        ComplexityCell[] cells = [.. question.Run(Run).Cells];
        Assert.Equal(cells[0].Mean!.Value, cells[1].Mean!.Value, 1e-3);
        ComplexityCell[] weightsAlone = [.. (question with { ScaleBiases = false }).Run(Run).Cells];
        Assert.NotEqual(weightsAlone[0].Mean!.Value, weightsAlone[1].Mean!.Value, 1e-2);
    }

    [Fact]
    public void Norm_scales_stand_behind_every_norm_and_raise_complexity()
    {
        ComplexityQuestion question = Small with { Net = "2-1*(16-ln-tanh)-1", Depths = [2], Scales = [1], NormScale = 8, Thumbnails = false };
        ComplexityCell cell = question.Run(Run).Cells.Single();
        Assert.Equal("2-2*(16-ln-scale8-tanh)-1", cell.Net);
        Assert.True(cell.Mean > (question with { NormScale = 1 }).Run(Run).Cells.Single().Mean);
    }

    [Fact]
    public void The_target_of_data_and_networks_at_its_rows_are_measured_alike()
    {
        string rows = string.Concat(Enumerable.Range(0, 200).Select(i => FormattableString.Invariant($"{i % 20 / 10.0},{i / 20 / 10.0},{(i % 20 + i / 20) % 2}\n")));
        SeedHead.Data.Dataset data = SeedHead.Data.DataSource.Load(folder.Write("chess.csv", "a,b,class\n" + rows), new SeedHead.Data.DataOptions()).Train;
        TargetComplexity chess = (Small with { Data = data, Thumbnails = false }).Run(Run).Target!;
        Assert.Equal((200, 2), (chess.Rows, chess.Columns));
        Assert.InRange(chess.PathVariation, 4, 20); // a change at nearly every step to the next row
        Assert.InRange(chess.Roughness!.Value, 1.5, 2.1); // neighbours always differ, strangers half the time
        Assert.Equal(12, chess.Networks.Count);
        Assert.True(chess.Networks.Where(cell => cell.Measure == TargetComplexity.PathWord).All(cell => cell.Mean < chess.PathVariation));
    }

    [Fact]
    public void Json_has_the_shared_names()
    {
        JsonNode json = JsonNode.Parse(AnswerJson.Write((Small with { Reach = 0.25 }).Run(Run)))!;
        Assert.Equal("complexity", (string?)json["command"]);
        JsonNode cell = json["cells"]![0]!;
        Assert.Equal(["measure", "net", "scale", "depth", "mean", "sd", "networks", "undefined"], cell.AsObject().Select(field => field.Key));
        Assert.Equal(5, (int)cell["networks"]!);
        Assert.Equal(2, json["reached"]!.AsArray().Count);
        Assert.Null(json["of"]);
    }

    [Theory]
    [InlineData("2-16-tanh-1", "has 0")]
    [InlineData("2-2*(8-tanh)-2*(8-relu)-1", "has 2")]
    [InlineData("fourier:8", "has no depth")]
    public void Depths_need_one_block(string net, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => (Small with { Net = net }).Run(Run)).Message, StringComparison.Ordinal);

    [Fact]
    public void Impossible_questions_cannot_be_asked()
    {
        Assert.Throws<FormatException>(() => Small with { Net = "2-16-tanhh-1" });
        Assert.Throws<FormatException>(() => Small with { Net = "fourier:0" });
        Assert.Throws<ArgumentException>(() => Small with { Scales = [0] });
        Assert.Throws<ArgumentException>(() => Small with { Scales = [] });
        Assert.Throws<ArgumentException>(() => Small with { Depths = [0] });
        Assert.Throws<ArgumentException>(() => Small with { Measures = [] });
        Assert.Throws<ArgumentOutOfRangeException>(() => Small with { Networks = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Small with { NormScale = double.NaN });
        Assert.Contains("larger --grid", Assert.Throws<ArgumentException>(() => (Small with { Side = 3 }).Run(Run)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<ComplexityValue> Values(ComplexityAnswer answer) => answer.Cells.SelectMany(cell => cell.Values);

    private sealed class StopAfter(int cells, CancellationTokenSource stop) : IProgress<Progress>
    {
        public void Report(Progress value)
        {
            if (value.Done >= cells)
            {
                stop.Cancel();
            }
        }
    }

    [Theory]
    [InlineData("2-2*(24-tanh)-1")]
    [InlineData("2-2*(gated(12-sin))-1")]
    public void A_prefactor_is_the_scale_of_weights_and_biases_for_plain_networks_alone(string net)
    {
        var question = new ComplexityQuestion { Net = net, Prior = WeightPrior.Parse("glorot-alpha"), Scales = [1, 2, 8], Networks = 4, Side = 16, ScaleBiases = true, Thumbnails = false };
        double[] scaled = Means(question), factor = Means(question with { ScaleBiases = false, ScalePrefactor = true });
        Assert.Equal(scaled[0], factor[0]); // a factor of 1 changes nothing
        bool isPlain = !net.Contains("gated", StringComparison.Ordinal); // a gate has no prefactor
        Assert.Equal(isPlain, Math.Abs(scaled[1] - factor[1]) <= 1e-5 * scaled[1] && Math.Abs(scaled[2] - factor[2]) <= 1e-4 * scaled[2]);
    }

    [Fact]
    public void The_prefactor_that_reaches_a_value_has_it()
    {
        ReachedScale reached = new ComplexityQuestion
        {
            Net = "2-3*(24-tanh)-1", Scales = [1, 30], Networks = 8, Side = 24, ScalePrefactor = true, Reach = 0.35, Thumbnails = false,
        }.Run(Run).Reached.Single();
        Assert.InRange(reached.Scale!.Value, 1, 30);
        Assert.InRange(reached.Mean!.Value, 0.345, 0.355);
    }

    [Theory]
    [InlineData("2-8-tanh-1", true, "--scale-biases")]
    [InlineData("fourier:4", false, "no activations")]
    public void A_prefactor_that_contradicts_is_refused(string net, bool biases, string said) => Assert.Contains(
        said, Assert.Throws<ArgumentException>(() => new ComplexityQuestion { Net = net, ScalePrefactor = true, ScaleBiases = biases }.Run(Run)).Message, StringComparison.Ordinal);

    [Fact]
    public void Measures_are_correlated_over_the_cells_with_intervals_around_the_value()
    {
        ComplexityAnswer answer = new ComplexityQuestion
        {
            Net = "2-1*(16-tanh)-1", Prior = WeightPrior.Parse("flat"), Scales = [1, 3, 10, 30], Depths = [2, 5], Networks = 3, Side = 24, Thumbnails = false,
            Measures = [Measures.Parse("fourier"), Measures.Parse("chebyshev"), Measures.Parse("lz78")],
        }.Run(Run);
        Assert.Equal(["fourier chebyshev", "fourier lz78", "chebyshev lz78"], answer.Correlations.Select(one => $"{one.X} {one.Y}"));
        Assert.All(answer.Correlations, one =>
        {
            Assert.Equal(8, one.Cells);
            Assert.InRange(one.Pearson, one.PearsonLow, one.PearsonHigh);
            Assert.InRange(one.Spearman, one.SpearmanLow, one.SpearmanHigh);
            Assert.InRange(one.Spearman, 0.5, 1); // all three rise with magnitude and depth
        });
    }

    private static double[] Means(ComplexityQuestion question) => [.. question.Run(Run).Cells.Select(cell => cell.Mean!.Value)];
}

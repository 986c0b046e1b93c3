using SeedHead.Complexity;
using SeedHead.Networks;
using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

public sealed class TransformerQuestionTests : IDisposable
{
    private static readonly TransformerQuestion Question = new()
    {
        Net = Architecture.Parse("gpt2-1-2-16/40"), Activations = [Activation.Parse("gelu"), Activation.Parse("relu"), Activation.Parse("sin")], NormScales = [0.1, 1, 10],
        Depths = [1, 2], Networks = 12, Length = 30,
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Cells_are_those_of_the_networks_written_out()
    {
        TransformerAnswer answer = Question.Run(new() { Threads = 2 });
        Assert.Equal(18, answer.Cells.Count);
        TransformerCell cell = answer.Cells.Single(one => one.Activation == "relu" && one.Complexity.Depth == 2 && one.Complexity.Scale == 10);
        Assert.Equal("tokens40x1024-embed16-pos-2*(res(ln-scale10-attn2)-res(ln-scale10-64-relu-16))-ln-unembed", cell.Complexity.Net);
        int[]?[] sequences = new TokenSequences(Architecture.Parse(cell.Complexity.Net), 30, 42).Generate(new(1), 12);
        Assert.Equal(sequences, cell.Sequences);
        Assert.Equal(sequences.Select(sequence => LempelZiv78.Phrases(sequence!) / 31.0), cell.Complexity.Values.Select(value => value.Value));
        Assert.Equal(
            cell.Complexity.Values,
            TransformerStudy.Complexities("gpt2-2-2-16/40", "relu", 10, 12, 30, 42, new() { Threads = 1 }));
    }

    [Fact]
    public void Threads_change_nothing_and_a_folder_gives_the_same_answer_again()
    {
        string alone = Cells(Question.Run(new() { Threads = 1 }));
        TransformerQuestion kept = Question with { Folder = folder.File("cells") };
        Assert.Equal(alone, Cells(kept.Run(new() { Threads = 5 })));
        Assert.Equal(alone, Cells(kept.Run(new() { Threads = 2 })));
        Assert.Equal(18, File.ReadAllLines(Path.Combine(folder.File("cells"), "cells.jsonl")).Length);
    }

    [Fact]
    public void Stopped_work_goes_on_from_the_finished_cells()
    {
        using var stop = new CancellationTokenSource();
        TransformerQuestion kept = Question with { Folder = folder.File("cells") };
        var run = new Execution { Threads = 1, Cancellation = stop.Token, Progress = new StopAfter(5, stop) };
        Assert.Throws<OperationCanceledException>(() => kept.Run(run));
        Assert.Equal(5, File.ReadAllLines(Path.Combine(folder.File("cells"), "cells.jsonl")).Length);
        Assert.Equal(Cells(Question.Run(new() { Threads = 1 })), Cells(kept.Run(new() { Threads = 1 })));
    }

    [Fact]
    public void Trends_and_contrasts_are_those_of_paired_sequences()
    {
        TransformerAnswer answer = Question.Run(new() { Threads = 1 });
        Assert.Equal(6, answer.Trends.Count);
        Assert.Equal(12, answer.Contrasts.Count);
        NormTrend trend = answer.Trends.First(one => one.Activation == "sin");
        ComplexityCell[] along = [.. answer.Cells.Where(cell => cell.Activation == "sin" && cell.Complexity.Depth == trend.Depth).Select(cell => cell.Complexity)];
        double expected = Enumerable.Range(0, 12).Average(i => RankCorrelation.Spearman([0.1, 1, 10], [.. along.Select(cell => cell.Values[i].Value)]));
        Assert.Equal(expected, trend.Correlation.Mean, 12);
        ActivationContrast contrast = answer.Contrasts.Single(one => one.Activation == "sin" && one.Depth == 1 && one.NormScale == 10);
        ComplexityCell first = answer.Cells.Single(cell => cell.Activation == "gelu" && cell.Complexity.Depth == 1 && cell.Complexity.Scale == 10).Complexity;
        Assert.Equal(along[2].Mean!.Value - first.Mean!.Value, contrast.Difference, 12);
        Assert.InRange(contrast.P, 0, 0.5);
    }

    [Fact]
    public void A_sequence_that_is_not_finite_is_counted_and_kept_so()
    {
        TransformerQuestion question = new()
        {
            Net = Architecture.Parse("tokens16x9-embed8-res(scale1000000000000000000000000000000-64-square-8)-unembed"), Activations = [Activation.Parse("tanh"), Activation.Parse("square")],
            Networks = 3, Length = 4, Folder = folder.File("wild"),
        };
        Assert.Equal([0, 3], question.Run(new() { Threads = 1 }).Cells.Select(cell => cell.Complexity.Undefined));
        TransformerAnswer again = question.Run(new() { Threads = 1 });
        Assert.Equal([0, 3], again.Cells.Select(cell => cell.Complexity.Undefined));
        Assert.Null(again.Cells[1].Complexity.Mean);
        Assert.Contains("3 sequences", Assert.Single(again.Notes), StringComparison.Ordinal);
        Assert.Empty(again.Contrasts);
    }

    [Theory]
    [InlineData(51, 9)] // golden: 9 phrases for 51 equal tokens, 13 for 101
    [InlineData(101, 13)]
    public void Equal_tokens_have_the_least_complexity(int length, int phrases) => Assert.Equal(phrases / (double)length, TransformerBounds.Constant(length), 12);

    [Theory]
    [InlineData(101, 50257, 0.999, 0.001)] // golden: 0.999 over GPT-2's vocabulary; over 50 symbols 0.765 and 0.682
    [InlineData(51, 50, 0.765, 0.01)]
    [InlineData(101, 50, 0.682, 0.01)]
    public void Random_tokens_have_the_known_complexity(int length, int vocabulary, double expected, double error) =>
        Assert.InRange(TransformerBounds.Random(length, vocabulary, 42), expected - error, expected + error);

    [Fact]
    public void Norm_scales_leave_the_last_norm_as_it_is() => Assert.Equal(
        "tokens9x9-embed4-2*(res(ln-scale2-attn2))-ln-unembed",
        TransformerNets.Of(Architecture.Parse("tokens9x9-embed4-3*(res(ln-attn2))-ln-unembed"), 2, null, 2).ToString());

    [Fact]
    public void Networks_of_numbers_are_refused()
    {
        Assert.Contains("reads no tokens", Assert.Throws<ArgumentException>(() => new TransformerQuestion { Net = Architecture.Parse("2-8-1") }).Message, StringComparison.Ordinal);
        Assert.Contains("--depths", Assert.Throws<ArgumentException>(() => TransformerNets.Of(Architecture.Parse("tokens9x9-embed4-unembed"), 2)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("selu", true)]
    [InlineData("tanh", true)]
    [InlineData("sin", true)]
    [InlineData("relu", false)]
    public void The_published_order_of_activations_holds_at_this_size(string activation, bool isAbove)
    {
        // Teney et al. 2024, sec. 5: SELU, TanH, sine above GELU, ReLU below; 500 sequences, one-sided p < .01
        TransformerAnswer answer = new TransformerQuestion
        {
            Net = Architecture.Parse("gpt2-2-4-64/256"), Activations = [Activation.Parse("gelu"), Activation.Parse(activation)], Networks = 400, Length = 60,
        }.Run(new());
        ActivationContrast contrast = Assert.Single(answer.Contrasts);
        Assert.Equal(isAbove, contrast.Difference > 0);
        Assert.InRange(contrast.P, 0, 0.01);
    }

    private static string Cells(TransformerAnswer answer) => TransformerCsv.Write(answer) + string.Concat(answer.Cells.SelectMany(cell => cell.Sequences).Select(sequence => string.Join(' ', sequence!)));

    private sealed class StopAfter(int cells, CancellationTokenSource stop) : IProgress<Progress>
    {
        public void Report(Progress value)
        {
            if (value.Done == cells)
            {
                stop.Cancel();
            }
        }
    }
}

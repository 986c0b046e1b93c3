using System.Text.Json.Nodes;
using SeedHead.Data;
using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

public class ProbeQuestionTests
{
    private static readonly Execution Alone = new() { Threads = 1 };

    [Fact]
    public void A_linear_target_needs_few_features()
    {
        ProbeAnswer answer = Ask(ProbeData.Of(400, 4, x => x[0] + x[1]));
        Assert.Equal(ProbeVerdict.Suffices, answer.Verdict);
        Assert.InRange(answer.Sufficient!.Value, 8, 64);
        Assert.InRange(answer.Degrees[0].Share!.Value, 0.8, 1.2);
        Assert.InRange(answer.Degrees[0].Explained, 0.95, 1);
        Assert.Equal(0.01, answer.Degrees[0].P, 6);
    }

    [Fact]
    public void One_rarely_firing_neuron_among_many_inputs_is_a_case_for_training()
    {
        ProbeAnswer answer = Ask(ProbeData.Of(1000, 15, x => Math.Max(x[0] - 1, 0), 0.02), 256);
        Assert.Equal(ProbeVerdict.Train, answer.Verdict);
        Assert.True(answer.Trained!.Error < answer.Infinite.Error / 2, answer.Sentence);
    }

    [Fact]
    public void A_quadratic_form_of_seven_inputs_needs_more_than_48_features()
    {
        // 28 products of two inputs: 48 features do not hold them well, infinitely many and 525 rows do.
        double[] weights = ProbeData.Normals(7, 7, 7);
        ProbeAnswer answer = Ask(ProbeData.Of(700, 7, x => Form(weights, x), 0.05), 48);
        Assert.Equal(ProbeVerdict.NeedsMore, answer.Verdict);
        Assert.True(answer.Factor!.Low > 1 && answer.Factor.Value >= answer.Factor.Low);
        Assert.InRange(answer.Degrees[1].Explained, 0.9, 1);
        Assert.InRange(answer.Degrees[0].Explained, -0.2, 0.2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Noise_is_told_as_noise(int columns) => Assert.Equal(ProbeVerdict.CannotTell, Ask(ProbeData.Of(300, columns, _ => 0, 1)).Verdict);

    [Fact]
    public void Two_classes_and_one_input_are_read()
    {
        double[] x = ProbeData.Normals(200, 1, 3);
        ProbeAnswer answer = Ask(ProbeData.Of(x, 1, new ClassTarget("sign", Array.ConvertAll(x, value => value > 0 ? 1 : 0), ["no", "yes"])));
        Assert.Equal(ProbeVerdict.Suffices, answer.Verdict);
        Assert.InRange(answer.Infinite.Error, 0, 0.3);
    }

    [Fact]
    public void A_thousand_inputs_and_few_rows_are_answered()
    {
        ProbeAnswer answer = Ask(ProbeData.Of(80, 1000, x => x[0], 1));
        Assert.Equal(1000, answer.Columns);
        Assert.Contains(answer.Notes, note => note.Contains("uncorrelated", StringComparison.Ordinal));
    }

    [Fact]
    public void Categories_alone_are_read()
    {
        int[] codes = [.. Enumerable.Range(0, 120).Select(i => i * 7 % 3)];
        var table = new Table([new CategoryColumn("colour", codes, ["blue", "green", "red"])]);
        double[] noise = ProbeData.Normals(120, 1, 9);
        var data = new Dataset("colours", table, new NumberTarget("price", [.. codes.Select((code, i) => code + (0.1 * noise[i]))]), "00");
        Assert.Equal(ProbeVerdict.Suffices, Ask(data).Verdict);
    }

    [Fact]
    public void More_rows_than_allowed_are_sampled_and_told()
    {
        ProbeAnswer answer = new ProbeQuestion { Data = ProbeData.Of(300, 2, x => x[0]), Width = 16, Repeats = 2, MostRows = 100 }.Run(Alone);
        Assert.Equal(100, answer.Rows);
        Assert.Contains("100 of 300 rows are looked at, a seeded sample", answer.Notes);
    }

    [Fact]
    public void Threads_change_no_number()
    {
        var question = new ProbeQuestion { Data = ProbeData.Of(200, 3, x => x[0] * x[1]), Width = 64, Repeats = 2 };
        Assert.Equal(Numbers(question.Run(Alone)), Numbers(question.Run(new() { Threads = 3 })));
    }

    [Fact]
    public void Data_that_cannot_be_probed_are_refused()
    {
        Assert.Contains("49 rows", Refusal(ProbeData.Of(49, 2, x => x[0])), StringComparison.Ordinal);
        Assert.Contains("1 in every row", Refusal(ProbeData.Of(60, 2, _ => 1, 0)), StringComparison.Ordinal);
        Assert.Contains("no target", Refusal(ProbeData.Of(60, 2, x => x[0]) with { Target = null }), StringComparison.Ordinal);
        Assert.Contains("one class", Refusal(ProbeData.Of(ProbeData.Normals(60, 2, 1), 2, new ClassTarget("kind", new int[60], ["a", "b"]))), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProbeQuestion { Data = ProbeData.Of(60, 2, x => x[0]), Width = 8 });
    }

    private static double Form(double[] weights, ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < x.Length; j++)
            {
                sum += weights[(i * x.Length) + j] * ((x[i] * x[j]) - (i == j ? 1 : 0)) / 10;
            }
        }

        return sum;
    }

    private static ProbeAnswer Ask(Dataset data, int width = 64) => new ProbeQuestion { Data = data, Width = width }.Run(Alone);

    private static string Refusal(Dataset data) => Assert.Throws<DataException>(() => new ProbeQuestion { Data = data }).Message;

    private static string Numbers(ProbeAnswer answer)
    {
        JsonObject json = JsonNode.Parse(AnswerJson.Write(answer))!.AsObject();
        json.Remove("seconds");
        json.Remove("threads");
        return json.ToJsonString();
    }
}

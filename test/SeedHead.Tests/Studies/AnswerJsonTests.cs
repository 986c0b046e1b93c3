using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using SeedHead.Data;
using SeedHead.Heads;
using SeedHead.Models;
using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

public class AnswerJsonTests
{
    private static readonly FitAnswer Full = SampleAnswers.Digits with
    {
        Folds = SampleAnswers.Digits.Test! with { Rows = 9 },
        Residuals = SampleAnswers.Houses.Residuals,
        Architectures = new(2000, NetChoice.MarginalLikelihood,
        [
            new("64-512-erf-1", "lecun-normal+bias-normal:1", 0.01, 0.02, 0.003, 0.09, 0.004, -812.5, 1e-3, 2e-3, true),
        ]),
        Train = new Score
        {
            Rows = 3, Accuracy = 0.1, LogLoss = 2.5, ExpectedCalibrationError = 0.25, Rmse = 3, R2 = -1, IntervalCoverage = 0.9, StandardError = 1e-300,
            Confusion = [[1, 0], [2, 3]], Calibration = [new CalibrationBin(3, 0.5, double.NaN)],
        },
        Manifest = SampleAnswers.Digits.Manifest with { Seed = ulong.MaxValue, Options = "--x \"<&'é\u0001\n𝄞\"" },
        PeakMemoryBytes = long.MaxValue,
    };

    public static TheoryData<FitAnswer> Answers =>
        new(Full, SampleAnswers.Digits, SampleAnswers.Houses, SampleAnswers.Letters, SampleAnswers.Bare);

    [Theory, MemberData(nameof(Answers))]
    public void An_answer_read_back_is_equal_in_every_property(FitAnswer answer) =>
        AssertSame(answer, AnswerJson.Read(AnswerJson.Write(answer), "a.json"), "answer");

    [Fact]
    public void The_sample_fills_every_property_so_that_none_can_be_forgotten() => AssertFilled(Full, "answer", []);

    [Theory]
    [InlineData(0.1)]
    [InlineData(1.0 / 3.0)]
    [InlineData(5e-324)]
    [InlineData(double.MaxValue)]
    [InlineData(-0.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Numbers_come_back_bit_for_bit(double value)
    {
        FitAnswer answer = SampleAnswers.Bare with { Model = SampleAnswers.Bare.Model with { Condition = value } };
        double back = AnswerJson.Read(AnswerJson.Write(answer), "a.json").Model.Condition;
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(back));
    }

    [Fact]
    public void The_shared_shape_has_its_names_in_order()
    {
        using var document = JsonDocument.Parse(AnswerJson.Write(SampleAnswers.Digits));
        Assert.Equal(
            ["command", "data", "model", "train", "leaveOneOut", "folds", "test", "widths", "penalties", "seeds", "mistakes", "residuals",
                "seconds", "peakMemoryBytes", "threads", "manifest", "notes"],
            document.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal("fit", document.RootElement.GetProperty("command").GetString());
        Assert.Equal(["name", "rows", "columns", "classes", "target", "testRows", "sha256"], Names(document, "data"));
        Assert.Equal(["read", "fit", "fitCpu", "predict", "total"], Names(document, "seconds"));
        Assert.Equal(["seed", "stream", "version", "cpu", "options"], Names(document, "manifest"));
        Assert.Equal(SampleAnswers.Digits.Test!.Accuracy, document.RootElement.GetProperty("test").GetProperty("accuracy").GetDouble());
    }

    [Fact]
    public void A_missing_test_set_is_null_and_a_score_holds_only_its_own_measures()
    {
        JsonNode json = JsonNode.Parse(AnswerJson.Write(SampleAnswers.Bare))!;
        Assert.True(json.AsObject().ContainsKey("test"));
        Assert.Null(json["test"]);
        Assert.Null(json["data"]!["classes"]);
        Assert.Equal(["rows", "rmse"], json["train"]!.AsObject().Select(p => p.Key));
    }

    [Fact]
    public void The_text_is_one_line_and_keeps_letters_readable()
    {
        string json = AnswerJson.Write(SampleAnswers.Houses with { Notes = ["Größe\nΦᵀΦ+1"] });
        Assert.DoesNotContain('\n', json);
        Assert.Contains("hidden+raw", json, StringComparison.Ordinal);
        Assert.Contains("Größe\\nΦᵀΦ+1", json, StringComparison.Ordinal);
    }

    public static TheoryData<string> Paths
    {
        get
        {
            var paths = new TheoryData<string>();
            foreach (string path in Required(JsonNode.Parse(AnswerJson.Write(SampleAnswers.Digits))!, ""))
            {
                paths.Add(path);
            }

            return paths;
        }
    }

    [Theory, MemberData(nameof(Paths))]
    public void A_missing_field_is_named_with_file_and_path(string path)
    {
        JsonNode json = JsonNode.Parse(AnswerJson.Write(SampleAnswers.Digits))!;
        JsonObject owner = Owner(json, path, out string name);
        owner.Remove(name);
        var fault = Assert.Throws<DataException>(() => AnswerJson.Read(json.ToJsonString(), "a.json"));
        Assert.StartsWith($"a.json: $.{path} is missing", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("data.")]
    [InlineData("model.")]
    [InlineData("test.")]
    [InlineData("seconds.")]
    [InlineData("manifest.")]
    public void An_unknown_field_is_named_with_file_and_path(string owner)
    {
        JsonNode json = JsonNode.Parse(AnswerJson.Write(SampleAnswers.Digits))!;
        Owner(json, owner + "colour", out _)["colour"] = "blue";
        var fault = Assert.Throws<DataException>(() => AnswerJson.Read(json.ToJsonString(), "a.json"));
        Assert.StartsWith($"a.json: $.{owner}colour is a field this version does not know", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"command":"duel"}""", "$.command is \"duel\"")]
    [InlineData("[]", "$ must be an object, but is []")]
    [InlineData("""{"command":1}""", "$.command must be a text, but is 1")]
    public void What_is_no_answer_of_fit_is_refused(string json, string expected) =>
        Assert.StartsWith($"a.json: {expected}", Fault(json), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("nonsense")]
    [InlineData("{} {}")]
    public void What_is_not_json_is_refused_with_line_and_byte(string json) =>
        Assert.StartsWith("a.json, line 1, byte ", Fault(json), StringComparison.Ordinal);

    [Fact]
    public void A_field_given_twice_is_named()
    {
        string fault = Fault("{\"command\":\"fit\",\"command\":\"fit\"}");
        Assert.StartsWith("a.json: ", fault, StringComparison.Ordinal);
        Assert.Contains("'command'", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"threads\":2", "\"threads\":2.5", "$.threads must be a whole number of 32 bits, but is 2.5")]
    [InlineData("\"seed\":42", "\"seed\":-1", "$.manifest.seed must be a whole number from 0 to 2^64 - 1, but is -1")]
    [InlineData("\"fit\":0.8421", "\"fit\":\"soon\"", "$.seconds.fit must be a number, but is \"soon\"")]
    [InlineData("\"chosen\":false", "\"chosen\":0", "$.penalties[0].chosen must be true or false, but is 0")]
    [InlineData("8x8x1", "8x8", "$.mistakes[0].shape is \"8x8\"")]
    [InlineData("8x8x1", "8x9x1", "$.mistakes[0].image holds 64 bytes but its shape is 8x9x1")]
    [InlineData("\"image\":\"", "\"image\":\"*", "$.mistakes[0].image must be bytes in base64")]
    [InlineData("\"confusion\":[[", "\"confusion\":[[7,", "$.leaveOneOut.confusion[0] must be an array of 10 counts")]
    [InlineData("\"confusion\":[[", "\"confusion\":[[-", "$.leaveOneOut.confusion[0][0] must be a count, but is -")]
    [InlineData("\"notes\":[", "\"notes\":[null,", "$.notes[0] must be a text, but is null")]
    [InlineData("\"name\":\"digits\"", "\"name\":null", "$.data.name must be a text, but is null")]
    [InlineData("\"name\":\"digits\"", "\"name\":\"\\ud800\"", " a text in it is not valid Unicode")]
    public void A_wrong_value_is_named_with_its_path(string old, string changed, string expected)
    {
        string json = AnswerJson.Write(SampleAnswers.Digits);
        int at = json.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0);
        string fault = Fault(json[..at] + changed + json[(at + old.Length)..]);
        Assert.True(fault.Contains(expected, StringComparison.Ordinal), fault);
        Assert.StartsWith("a.json", fault, StringComparison.Ordinal);
    }

    private static string Fault(string json) => Assert.Throws<DataException>(() => AnswerJson.Read(json, "a.json")).Message;

    private static IEnumerable<string> Names(JsonDocument document, string name) => document.RootElement.GetProperty(name).EnumerateObject().Select(p => p.Name);

    // Every field that must be there: all but the measures of a score, and of lists the fields of the first item.
    private static IEnumerable<string> Required(JsonNode node, string at)
    {
        foreach ((string name, JsonNode? value) in node.AsObject())
        {
            bool measure = at is "train." or "leaveOneOut." or "test." && name != "rows";
            if (!measure)
            {
                yield return at + name;
            }

            JsonNode? inner = value is JsonArray { Count: > 0 } list ? list[0] : value;
            string path = value is JsonArray ? $"{at}{name}[0]." : $"{at}{name}.";
            foreach (string below in inner is JsonObject ? Required(inner, path) : [])
            {
                yield return below;
            }
        }
    }

    private static JsonObject Owner(JsonNode json, string path, out string name)
    {
        string[] parts = path.Split('.');
        JsonNode node = json;
        foreach (string part in parts[..^1])
        {
            node = part.EndsWith("[0]", StringComparison.Ordinal) ? node[part[..^3]]![0]! : node[part]!;
        }

        name = parts[^1];
        return node.AsObject();
    }

    private static bool IsLeaf(Type type) => type.IsPrimitive || type == typeof(string) || type == typeof(ImageShape);

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0);

    private static void AssertSame(object? expected, object? actual, string path)
    {
        if (expected is null || actual is null || IsLeaf(expected.GetType()))
        {
            Assert.True(Equals(expected, actual), $"{path}: {expected ?? "null"} became {actual ?? "null"}");
        }
        else if (expected is IEnumerable list)
        {
            object?[] left = [.. list.Cast<object?>()], right = [.. ((IEnumerable)actual).Cast<object?>()];
            Assert.True(left.Length == right.Length, $"{path}: {left.Length} items became {right.Length}");
            for (int i = 0; i < left.Length; i++)
            {
                AssertSame(left[i], right[i], $"{path}[{i}]");
            }
        }
        else
        {
            foreach (PropertyInfo property in Properties(expected.GetType()))
            {
                AssertSame(property.GetValue(expected), property.GetValue(actual), $"{path}.{property.Name}");
            }
        }
    }

    private static void AssertFilled(object? value, string path, HashSet<Type> done)
    {
        Assert.True(value is not null && value is not ICollection { Count: 0 }, $"{path} is empty");
        if (value is IEnumerable list and not string)
        {
            AssertFilled(list.Cast<object?>().First(), $"{path}[0]", done);
        }
        else if (!IsLeaf(value.GetType()) && done.Add(value.GetType()))
        {
            foreach (PropertyInfo property in Properties(value.GetType()))
            {
                AssertFilled(property.GetValue(value), $"{path}.{property.Name}", done);
            }
        }
    }
}

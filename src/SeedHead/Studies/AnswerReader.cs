using SeedHead.Data;
using SeedHead.Heads;
using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>Reads what <see cref="AnswerWriter"/> wrote, field by field; nothing may be missing, nothing left over.</summary>
internal static class AnswerReader
{
    public static FitAnswer Read(JsonFields fields)
    {
        string command = fields.Text("command");
        if (command != "fit")
        {
            throw fields.Fault("command", $"is \"{command}\"; an answer of 'seedhead fit --json' says \"fit\"");
        }

        return fields.Closed(new FitAnswer
        {
            Data = Data(fields.Object("data")),
            Model = Model(fields.Object("model")),
            Train = Score(fields.Object("train")),
            LeaveOneOut = ScoreOrNull(fields, "leaveOneOut"),
            Folds = ScoreOrNull(fields, "folds"),
            Test = ScoreOrNull(fields, "test"),
            Architectures = fields.Has(RankingJson.Name) ? RankingJson.Read(fields.Object(RankingJson.Name)) : null,
            Widths = fields.Objects("widths", Width),
            Penalties = fields.Objects("penalties", Penalty),
            Seeds = fields.Objects("seeds", Seed),
            Mistakes = fields.Objects("mistakes", Mistake),
            Residuals = fields.Objects("residuals", Residual),
            Seconds = Seconds(fields.Object("seconds")),
            PeakMemoryBytes = fields.Long("peakMemoryBytes"),
            Threads = fields.Int("threads"),
            Manifest = Manifest(fields.Object("manifest")),
            Notes = fields.Texts("notes"),
        });
    }

    private static DataSummary Data(JsonFields fields) => fields.Closed(new DataSummary(
        fields.Text("name"), fields.Int("rows"), fields.Int("columns"), fields.TextsOrNull("classes"),
        fields.Text("target"), fields.Int("testRows"), fields.Text("sha256")));

    private static ModelSummary Model(JsonFields fields) => fields.Closed(new ModelSummary(
        fields.Text("features"), fields.TextOrNull("net"), fields.TextOrNull("prior"), fields.Int("width"), fields.Int("inputColumns"),
        fields.Number("penalty"), fields.Text("selection"), fields.Text("form"), fields.Number("condition"), fields.NumberOrNull("temperature")));

    private static Score? ScoreOrNull(JsonFields fields, string name) => fields.ObjectOrNull(name) is { } score ? Score(score) : null;

    private static Score Score(JsonFields fields) => fields.Closed(new Score
    {
        Rows = fields.Int("rows"),
        Accuracy = fields.OptionalNumber("accuracy"),
        LogLoss = fields.OptionalNumber("logLoss"),
        ExpectedCalibrationError = fields.OptionalNumber("expectedCalibrationError"),
        Confusion = fields.Has("confusion") ? fields.Counts("confusion") : null,
        Calibration = fields.Has("calibration") ? fields.Objects("calibration", Bin) : null,
        Rmse = fields.OptionalNumber("rmse"),
        R2 = fields.OptionalNumber("r2"),
        IntervalCoverage = fields.OptionalNumber("intervalCoverage"),
        StandardError = fields.OptionalNumber("standardError"),
    });

    private static CalibrationBin Bin(JsonFields fields) =>
        fields.Closed(new CalibrationBin(fields.Int("count"), fields.Number("confidence"), fields.Number("accuracy")));

    private static WidthPoint Width(JsonFields fields) => fields.Closed(new WidthPoint(
        fields.Int("width"), fields.Number("error"), fields.Number("standardError"), fields.Number("penalty"), fields.Number("seconds")));

    private static PenaltyPoint Penalty(JsonFields fields) => fields.Closed(new PenaltyPoint(
        fields.Number("penalty"), fields.NumberOrNull("loss"), fields.NumberOrNull("standardError"), fields.NumberOrNull("error"),
        fields.Number("generalisedCrossValidation"), fields.Number("degreesOfFreedom"), fields.Flag("chosen"))
    {
        LogLoss = fields.NumberOrNull("logLoss"),
    });

    private static SeedPoint Seed(JsonFields fields) => fields.Closed(new SeedPoint(fields.ULong("seed"), fields.Number("value")));

    private static Mistake Mistake(JsonFields fields)
    {
        byte[]? image = fields.BytesOrNull("image");
        ImageShape? shape = Shape(fields);
        if (image?.Length != shape?.Size)
        {
            throw fields.Fault("image", $"holds {image?.Length ?? 0} bytes but its shape is {shape?.ToString() ?? "null"}");
        }

        return fields.Closed(new Mistake(
            fields.Int("row"), fields.Text("truth"), fields.Text("predicted"), fields.Number("confidence"), image, shape));
    }

    private static ImageShape? Shape(JsonFields fields) =>
        fields.TextOrNull("shape") is not { } text ? null
        : AnswerJson.Shape(text) ?? throw fields.Fault("shape", $"is \"{text}\"; a shape reads height x width x channels, as in \"28x28x1\"");

    private static ResidualPoint Residual(JsonFields fields) => fields.Closed(new ResidualPoint(
        fields.Number("truth"), fields.Number("prediction"), fields.Number("low"), fields.Number("high")));

    private static Seconds Seconds(JsonFields fields) => fields.Closed(new Seconds(
        fields.Number("read"), fields.Number("fit"), fields.Number("fitCpu"), fields.Number("predict"), fields.Number("total")));

    private static Manifest Manifest(JsonFields fields) => fields.Closed(new Manifest(
        fields.ULong("seed"), fields.Int("stream"), fields.Text("version"), fields.Text("cpu"), fields.Text("options")));
}

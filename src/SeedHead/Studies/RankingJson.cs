using System.Text.Json;
using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>A ranking of architectures as JSON; answers without one leave it out.</summary>
internal static class RankingJson
{
    public const string Name = "architectures";

    private const string LeaveOneOut = "loo";
    private const string Likelihood = "likelihood";

    public static void Write(Utf8JsonWriter json, ArchitectureRanking? ranking)
    {
        if (ranking is null)
        {
            return;
        }

        json.WriteStartObject(Name);
        json.WriteNumber("rows", ranking.Rows);
        json.WriteString("by", ranking.By == NetChoice.LeaveOneOut ? LeaveOneOut : Likelihood);
        AnswerWriter.List(json, "points", ranking.Points, Point);
        json.WriteEndObject();
    }

    public static ArchitectureRanking Read(JsonFields fields)
    {
        string by = fields.Text("by");
        NetChoice choice = by switch
        {
            LeaveOneOut => NetChoice.LeaveOneOut,
            Likelihood => NetChoice.MarginalLikelihood,
            _ => throw fields.Fault("by", $"is \"{by}\"; a ranking is by \"{LeaveOneOut}\" or \"{Likelihood}\""),
        };
        return fields.Closed(new ArchitectureRanking(fields.Int("rows"), choice, fields.Objects("points", Point)));
    }

    private static void Point(Utf8JsonWriter json, ArchitecturePoint point)
    {
        json.WriteString("net", point.Net);
        json.WriteString("prior", point.Prior);
        AnswerWriter.Number(json, "noise", point.Noise);
        AnswerWriter.Number(json, "error", point.Error);
        AnswerWriter.Number(json, "errorStandardError", point.ErrorStandardError);
        AnswerWriter.Number(json, "loss", point.Loss);
        AnswerWriter.Number(json, "lossStandardError", point.LossStandardError);
        AnswerWriter.Number(json, "logMarginalLikelihood", point.LogMarginalLikelihood);
        AnswerWriter.Number(json, "difference", point.Difference);
        AnswerWriter.Number(json, "differenceStandardError", point.DifferenceStandardError);
        json.WriteBoolean("distinguishable", point.Distinguishable);
    }

    private static ArchitecturePoint Point(JsonFields fields) => fields.Closed(new ArchitecturePoint(
        fields.Text("net"), fields.Text("prior"), fields.Number("noise"), fields.Number("error"), fields.Number("errorStandardError"),
        fields.Number("loss"), fields.Number("lossStandardError"), fields.Number("logMarginalLikelihood"), fields.Number("difference"),
        fields.Number("differenceStandardError"), fields.Flag("distinguishable")));
}

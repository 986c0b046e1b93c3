using System.Text.Json;

namespace SeedHead.Studies;

/// <summary>Writes what kernels learned field by field.</summary>
internal static class KernelSolveJson
{
    public static void Write(Utf8JsonWriter json, KernelSolveAnswer answer)
    {
        json.WriteStartObject();
        json.WriteString("command", "kernel");
        AnswerWriter.Data(json, answer.Data);
        json.WriteString("kind", answer.Kind);
        json.WriteString("solver", answer.Solver);
        json.WriteString("chosenBy", answer.Choice == Heads.NoiseChoice.MarginalLikelihood ? "marginal-likelihood" : "left-out-rows");
        json.WriteString("prior", answer.Prior);
        AnswerWriter.List(json, "depths", answer.Depths, Depth);
        json.WriteStartObject("chosen");
        Depth(json, answer.Chosen);
        json.WriteEndObject();
        AnswerWriter.Score(json, "train", answer.Train);
        AnswerWriter.Score(json, "test", answer.Test);
        AnswerWriter.Number(json, "meanStandardisedLogLoss", answer.MeanStandardisedLogLoss);
        AnswerWriter.Seconds(json, answer.Seconds);
        json.WriteNumber("peakMemoryBytes", answer.PeakMemoryBytes);
        json.WriteNumber("threads", answer.Threads);
        AnswerWriter.Manifest(json, answer.Manifest);
        AnswerWriter.Texts(json, "notes", answer.Notes);
        json.WriteEndObject();
    }

    private static void Depth(Utf8JsonWriter json, KernelDepth depth)
    {
        json.WriteNumber("depth", depth.Depth);
        json.WriteString("net", depth.Net);
        AnswerWriter.Number(json, "noise", depth.Noise);
        AnswerWriter.List(json, "noises", depth.Noises, Noise);
        AnswerWriter.Score(json, "leftOut", depth.LeftOut with { Calibration = null, Confusion = null });
        AnswerWriter.Number(json, "logMarginalLikelihood", depth.LogMarginalLikelihood);
        AnswerWriter.Number(json, "outputScale", depth.OutputScale);
        AnswerWriter.Number(json, "leaveOneOutLogDensity", depth.LeaveOneOutLogDensity);
        AnswerWriter.Number(json, "kernelSeconds", depth.KernelSeconds);
        AnswerWriter.Number(json, "solveSeconds", depth.SolveSeconds);
    }

    private static void Noise(Utf8JsonWriter json, KernelNoise noise)
    {
        AnswerWriter.Number(json, "noise", noise.Noise);
        json.WriteNumber("rows", noise.Rows);
        AnswerWriter.Number(json, "loss", noise.Loss);
        AnswerWriter.Number(json, "logLoss", noise.LogLoss);
        AnswerWriter.Number(json, "error", noise.Error);
        AnswerWriter.Number(json, "logMarginalLikelihood", noise.LogMarginalLikelihood);
        AnswerWriter.Number(json, "iterations", noise.Iterations);
        AnswerWriter.Number(json, "residual", noise.Residual);
    }
}

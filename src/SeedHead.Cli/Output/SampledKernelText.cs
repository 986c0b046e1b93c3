using System.Globalization;
using System.Text.Json.Nodes;
using SeedHead.Kernels;
using SeedHead.Models;

namespace SeedHead.Cli.Output;

/// <summary>A sampled kernel for the terminal and as JSON.</summary>
internal static class SampledKernelText
{
    public static void Print(KernelSums sums, SampleComparison? comparison, string? missing, string? path)
    {
        SampleSource source = sums.Source;
        Console.Out.WriteLine($"{(path is null ? "" : path + ": ")}{sums.Points} × {sums.Points}, {Kind(source)} of {source.Net}, {source.Prior}, seed {source.Seed}");
        if (source.Norms != "none")
        {
            Console.Out.WriteLine($"batch norms: {source.Norms}");
        }

        Console.Out.WriteLine(Errors(sums));
        if (comparison is not null)
        {
            string z = comparison.MeanZ is { } mean ? $", |z| {Words.Number(mean)} on average, at most {Words.Number(comparison.LargestZ)}" : "";
            Console.Out.WriteLine($"against infinite width, first {comparison.Rows} rows: relative error {Words.Number(comparison.RelativeError)}{z}");
        }
        else if (missing is not null)
        {
            Console.Out.WriteLine($"no closed form to compare with: {missing}");
        }
    }

    public static JsonObject Json(KernelSums sums, SampleComparison? comparison, string? missing, string? path, double seconds, string options)
    {
        SampleSource source = sums.Source;
        (double mean, double largest) = sums.RelativeErrors();
        return new()
        {
            ["command"] = "kernel",
            ["kind"] = source.Form == SampledKernel.FormText(SampledForm.Tangent) ? "sampled-ntk" : "sampled",
            ["form"] = source.Form,
            ["net"] = source.Net,
            ["prior"] = source.Prior,
            ["rows"] = sums.Points,
            ["networks"] = sums.Networks,
            ["firstNetwork"] = (long)sums.FirstBlock * SampledKernel.BlockNetworks,
            ["batchNorms"] = source.Norms == "none" ? null : source.Norms,
            ["standardError"] = sums.Networks > 1 ? new JsonObject { ["mean"] = mean, ["max"] = largest } : null,
            ["effectiveFeatures"] = sums.EffectiveFeatures,
            ["relativeError"] = comparison?.RelativeError,
            ["comparedRows"] = comparison?.Rows,
            ["z"] = comparison?.MeanZ is { } z ? new JsonObject { ["mean"] = z, ["max"] = comparison.LargestZ } : null,
            ["withoutClosedForm"] = missing,
            ["out"] = path,
            ["seconds"] = new JsonObject { ["sample"] = seconds },
            ["manifest"] = ModelJson.Of(Manifests.Of(source.Seed, options)),
        };
    }

    private static string Kind(SampleSource source) => source.Form switch
    {
        "tangent" => "tangent kernel",
        "without heads" => "prior kernel without heads",
        _ => "prior kernel",
    };

    private static string Errors(KernelSums sums)
    {
        if (sums.Networks == 1)
        {
            return "1 network: no standard error, which needs at least 2";
        }

        (double mean, double largest) = sums.RelativeErrors();
        string effective = sums.EffectiveFeatures is { } features ? $", worth {features.ToString("0.#", CultureInfo.InvariantCulture)} independent outputs" : "";
        return $"{sums.Networks} networks{effective}: standard error {Words.Number(mean)} on average, at most {Words.Number(largest)} of √(K(i,i)·K(j,j))";
    }
}

using SeedHead.Models;

namespace SeedHead.Cli.Output;

/// <summary>A ranking of architectures at the terminal: the best, and how the others compare.</summary>
internal static class RankingText
{
    private const int Shown = 8;

    public static void Print(ArchitectureRanking ranking, bool classes)
    {
        var table = Words.Table("network", "prior", classes ? "left-out error" : "left-out RMSE", classes ? "log-loss" : "squared error", "log likelihood", "noise", "to the best");
        foreach (ArchitecturePoint point in ranking.Points.Take(Shown))
        {
            string error = classes ? $"{Words.Percent(point.Error)} ± {100 * point.ErrorStandardError:0.00}" : $"{Short(point.Error)} ± {Short(point.ErrorStandardError)}";
            string difference = ReferenceEquals(point, ranking.Points[0]) ? "best" : $"{Short(point.Difference)} ± {Short(point.DifferenceStandardError)}{(point.Distinguishable ? "" : " (alike)")}";
            table.Row(point.Net, point.Prior, error, Short(point.Loss), $"{point.LogMarginalLikelihood:0.0}", Short(point.Noise), difference);
        }

        Words.Print(table);
        if (ranking.Points.Count > Shown)
        {
            Console.Out.WriteLine($"{Shown} of {ranking.Points.Count} networks shown, all with --json; left-out errors on {ranking.Rows} rows");
        }
    }

    private static string Short(double value) => Math.Abs(value) is >= 1e-3 and < 1e4 ? value.ToString("0.####") : value.ToString("0.#e+0");
}

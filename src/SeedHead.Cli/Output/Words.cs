using SeedHead.Heads;
using SeedHead.Models;
using SeedHead.Training;
using Spectre.Console;

namespace SeedHead.Cli.Output;

/// <summary>Words and numbers for the terminal.</summary>
internal static class Words
{
    public static string Percent(double? share) => share is double value ? $"{100 * value:0.00} %" : "–";

    public static string Number(double? value) => value switch
    {
        null => "–",
        0 => "0",
        double v when Math.Abs(v) is >= 1e-3 and < 1e6 => v.ToString("0.#####"),
        double v => v.ToString("0.###e+0"),
    };

    public static Table Table(params string[] headings)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string heading in headings)
        {
            table.AddColumn(new TableColumn(Markup.Escape(heading)).RightAligned());
        }

        table.Columns[0].Alignment = Justify.Left;
        return table;
    }

    public static void Row(this Table table, params string[] cells) => table.AddRow([.. cells.Select(Markup.Escape)]);

    /// <summary>Prints tables; to a pipe as wide as they need, without control codes.</summary>
    public static void Print(Table table)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 160;
        }

        AnsiConsole.Write(table);
    }

    public static void Score(string name, Score score, Table table)
    {
        if (score.Accuracy is not null)
        {
            table.Row(name, $"{score.Rows}", Percent(score.Accuracy), $"± {100 * (score.StandardError ?? 0):0.00}", Number(score.LogLoss), Number(score.ExpectedCalibrationError));
        }
        else
        {
            table.Row(name, $"{score.Rows}", Number(score.Rmse), $"± {Number(score.StandardError ?? 0)}", Number(score.R2), Percent(score.IntervalCoverage));
        }
    }

    public static Table ScoreTable(bool classification) => classification
        ? Table("", "rows", "accuracy", "std. error", "log-loss", "calibration error")
        : Table("", "rows", "RMSE", "std. error", "R²", "in 90 % interval");

    public static string Describe(ModelSummary model) => model.Form == TrainedFeatures.Word
        ? $"{model.Net}, {model.Prior}; {model.Selection}"
        : $"{model.Features}, {model.Width} features" + (model.Net is null ? "" : $" of {model.Net}, {model.Prior}")
            + $"; penalty {Number(model.Penalty)} by {model.Selection} ({model.Form}, condition {Number(model.Condition)})";

    public static void Notes(IReadOnlyList<string> notes)
    {
        foreach (string note in notes)
        {
            Console.Error.WriteLine($"note: {note}");
        }
    }
}

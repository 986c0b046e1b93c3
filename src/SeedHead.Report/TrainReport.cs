using System.Globalization;
using SeedHead.Heads;
using SeedHead.Report.Charts;
using SeedHead.Report.Markup;
using SeedHead.Report.Sections;
using SeedHead.Studies;

namespace SeedHead.Report;

/// <summary>A training as one HTML file that needs nothing else.</summary>
internal static class TrainReport
{
    /// <summary>The page. A pure function: same answer, same characters.</summary>
    public static string Html(TrainAnswer answer)
    {
        string subtitle = $"{answer.Model.Net} · {answer.Model.Learn} · seed {answer.Manifest.Seed.ToString(CultureInfo.InvariantCulture)}";
        return ReportFrame.Html(answer.Data.Name, answer.Data.Name, subtitle, answer.Manifest.Version, html =>
        {
            var page = new Page(html, 2);
            Headline(page, answer);
            page.Row(() => Curves(page, answer), () => Losses(page, answer));
            page.Row(() => Scores(page, answer), () => Shares(page, answer));
            page.Row(() => Proof(page, answer), () => Manifest(page, answer));
            NotesSection.Write(page, answer.Notes);
        });
    }

    private static bool IsClassification(TrainAnswer answer) => answer.Data.Classes is not null;

    private static string Value(TrainAnswer answer, double? value) => IsClassification(answer) ? Words.Percent(value) : Words.General(value);

    private static void Headline(Page page, TrainAnswer answer)
    {
        (string rows, Score score) = answer.Test is { } test ? ("test", test) : answer.Validation is { } held ? ("validation", held) : ("training", answer.Train);
        page.Html.Open("section", ("class", "headline"));
        page.Html.Open("p", ("class", "big")).Element("span", Value(answer, score.Accuracy ?? score.Rmse), ("class", "number"));
        page.Html.Element("span", $"{rows} {(IsClassification(answer) ? "accuracy" : "RMSE")}", ("class", "measure")).Close();
        page.Paragraph($"± {Value(answer, score.StandardError)} standard error over {Words.Count(score.Rows)} rows; the model is that of epoch {answer.KeptEpoch}.");
        page.Paragraph($"Learned: {Words.Count(answer.Model.Trainable)} of {Words.Count(answer.Model.Total)} parameters ({Words.Percent((double)answer.Model.Trainable / answer.Model.Total)}). "
            + $"The other {Words.Count(answer.Model.Total - answer.Model.Trainable)} are {answer.Model.Fixed} ({answer.Model.Prior}) and never moved.");
        if (answer.BestOnTest is { } best)
        {
            page.Paragraph($"Best test score of all epochs, the way published tables of this field give it: {Value(answer, best.Test)}, in epoch {best.Number}. It was chosen by looking at test rows and is no estimate.");
        }

        page.Html.Close();
    }

    private static void Curves(Page page, TrainAnswer answer) => page.Card("Epochs", () =>
    {
        bool classes = IsClassification(answer);
        EpochChart.Draw(
            page.Html, classes ? "Accuracy against epochs" : "Error against epochs", classes ? "Rows told right (%)" : "RMSE", classes ? 100 : 1, answer.Epochs,
            ("training (while it learns)", epoch => epoch.Accuracy), ("validation", epoch => epoch.Validation), ("test", epoch => epoch.Test));
    });

    private static void Losses(Page page, TrainAnswer answer) => page.Card("Loss", () =>
        EpochChart.Draw(page.Html, "Loss against epochs", IsClassification(answer) ? "Cross-entropy (nats)" : "Half squared error", 1, answer.Epochs, ("training", epoch => epoch.Loss)));

    private static void Scores(Page page, TrainAnswer answer)
    {
        (string Name, Score? Score)[] all = [("Training", answer.Train), ("Validation", answer.Validation), ("Test", answer.Test)];
        (string Name, Score Score)[] groups = [.. all.Where(group => group.Score is not null).Select(group => (group.Name, group.Score!))];
        ScoresSection.Write(page, groups, IsClassification(answer));
    }

    private static void Shares(Page page, TrainAnswer answer) => page.Card("What was learned", () => Table.Write(
        page,
        "Parameters of every layer, and the share of them that was learned",
        [Cell.Words("Layer"), "Parameters", "Learned", "Share"],
        [.. answer.Model.Layers.Select(layer => (IReadOnlyList<Cell>)
            [Cell.Words(layer.Name), Words.Count(layer.Total), Words.Count(layer.Trainable), Cell.Share((double)layer.Trainable / layer.Total)])]));

    private static void Proof(Page page, TrainAnswer answer) => page.Card("Proof that the rest stayed", () =>
    {
        page.Paragraph(answer.Proof.Holds
            ? "SHA-256 over all numbers that are not learned: the same before training, after it, and of numbers drawn anew from the seed."
            : "The numbers that are not learned changed. Please report it.");
        Facts.Write(page, [("Before", answer.Proof.Before), ("After", answer.Proof.After), ($"Drawn anew, {answer.Proof.Threads} thread{(answer.Proof.Threads == 1 ? "" : "s")}", answer.Proof.Again)]);
    });

    private static void Manifest(Page page, TrainAnswer answer) => page.Card("How to get it again", () =>
    {
        page.Html.Open("pre").Element("code", ManifestSection.Command("train", answer.Data.Name, answer.Manifest)).Close();
        Facts.Write(
            page,
            [
                ("SHA-256 of the training content", answer.Data.Sha256), ("Rows", $"{Words.Count(answer.Data.Rows)} to learn from, {Words.Count(answer.Data.TestRows)} to test"),
                ("Stream version", answer.Manifest.Stream.ToString(CultureInfo.InvariantCulture)), ("SeedHead", answer.Manifest.Version), ("Processor", answer.Manifest.Cpu),
                ("Seconds", $"{Words.Duration(answer.Seconds.Fit)} of training on {answer.Threads} threads, {Words.Count((long)answer.RowsPerSecond)} rows/s"),
                ("Peak memory", Words.Bytes(answer.PeakMemoryBytes)),
            ]);
    });
}

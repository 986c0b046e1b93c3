using System.Globalization;
using SeedHead.Models;
using SeedHead.Report.Answers;
using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report.Sections;

/// <summary>Where the answer came from and how to get it again.</summary>
internal static class ManifestSection
{
    public static void Write(Page page, Verdict verdict)
    {
        FitAnswer answer = verdict.Answer;
        Manifest manifest = answer.Manifest;
        page.Card("How to get it again", () =>
        {
            page.Html.Open("pre").Element("code", Command(answer)).Close();
            Facts.Write(
                page,
                [
                    ("Data", answer.Data.Name), ("Target", answer.Data.Target), ("SHA-256 of the training content", answer.Data.Sha256),
                    ("Rows", $"{Words.Count(answer.Data.Rows)} to train, {Words.Count(answer.Data.TestRows)} to test"),
                    ("Columns", Words.Count(answer.Data.Columns)),
                    ("Classes", answer.Data.Classes is { } classes ? Words.Count(classes.Count) : null),
                    ("Seed", manifest.Seed.ToString(CultureInfo.InvariantCulture)),
                    ("Stream version", manifest.Stream.ToString(CultureInfo.InvariantCulture)),
                    ("SeedHead", manifest.Version), ("Processor", manifest.Cpu), ("Options", manifest.Options),
                ]);
            page.Paragraph("The same data, options, seed and stream version give the same model, bit for bit, on any processor, with any threads.", "note");
        });
    }

    /// <summary>The command line, quoted for a POSIX shell; the seed is added where the options leave it to its default.</summary>
    internal static string Command(FitAnswer answer) => Command("fit", answer.Data.Name, answer.Manifest);

    /// <summary>The same for any verb that reads data.</summary>
    internal static string Command(string verb, string data, Manifest manifest)
    {
        string options = manifest.Options.Trim();
        string seed = $"--seed {manifest.Seed.ToString(CultureInfo.InvariantCulture)}";
        string[] parts = [$"seedhead {verb}", Quote(data), options, options.Contains("--seed", StringComparison.Ordinal) ? "" : seed];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    private static string Quote(string text)
    {
        string name = text.Length > 1 && text[0] == '-' ? $"./{text}" : text; // a file's name, not an option
        return name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "._-/+:=,@%".Contains(c, StringComparison.Ordinal))
            ? name
            : $"'{name.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}

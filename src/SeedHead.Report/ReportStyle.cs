namespace SeedHead.Report;

/// <summary>The style sheet of the page, kept as a file of its own in this assembly.</summary>
internal static class ReportStyle
{
    private static readonly Lazy<string> Text = new(Read);

    public static string Css => Text.Value;

    private static string Read()
    {
        using Stream stream = typeof(ReportStyle).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

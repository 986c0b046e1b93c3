using System.Text.RegularExpressions;

namespace SeedHead.Tests.House;

public class DocumentTests
{
    [Fact]
    public void The_readme_has_at_most_150_lines() => Assert.InRange(Repository.Lines("README.md").Length, 1, 150);

    [Theory]
    [InlineData("examples/first.cs")]
    [InlineData("examples/first.out")]
    public void The_readme_shows_the_first_example_and_its_output(string path) => Assert.Contains("\n" + Repository.Text(path) + "```", Repository.Text("README.md"));

    [Fact]
    public void Every_relative_link_leads_to_a_file_and_a_heading_that_exist()
        => Assert.Empty(Repository.Files(".", "*.md").SelectMany(path => BrokenLinks(path, Repository.Text(path))));

    [Theory]
    [InlineData("[a](docs/nowhere.md)")]
    [InlineData("[a](README.md#no-such-heading)")]
    public void A_broken_link_is_found(string text) => Assert.Single(BrokenLinks("CHANGELOG.md", text));

    [Fact]
    public void Every_decision_and_every_topic_is_listed_in_its_index()
    {
        Assert.Empty(Unlisted("docs/adr"));
        Assert.Empty(Unlisted("docs/math"));
    }

    private static IEnumerable<string> Unlisted(string folder)
    {
        string index = Repository.Text(folder + "/README.md");
        return Repository.Files(folder, "*.md").Where(path => !path.EndsWith("/README.md", StringComparison.Ordinal) && !index.Contains($"({Path.GetFileName(path)})"));
    }

    private static IEnumerable<string> BrokenLinks(string path, string text)
    {
        string prose = Regex.Replace(text, "```.*?```|`[^`\n]*`", "", RegexOptions.Singleline);
        foreach (Match link in Regex.Matches(prose, @"\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]*))?\)"))
        {
            string target = link.Groups[1].Length == 0
                ? Path.Combine(Repository.Root, path)
                : Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, link.Groups[1].Value);
            bool found = File.Exists(target) || Directory.Exists(target);
            if (!found || (link.Groups[2].Length > 0 && !Headings(target).Contains(link.Groups[2].Value)))
            {
                yield return $"{path}: {link.Value}";
            }
        }
    }

    /// <summary>Headings as link targets: lower case, punctuation dropped, spaces as hyphens.</summary>
    private static IEnumerable<string> Headings(string file)
        => File.ReadLines(file)
            .Where(line => line.StartsWith('#'))
            .Select(line => Regex.Replace(line.TrimStart('#').Trim().ToLowerInvariant(), @"[^\w\- ]", "").Replace(' ', '-'));
}

using System.Text.RegularExpressions;

namespace SeedHead.Tests.House;

/// <summary>Each folder of the library uses only those above it in the list below.</summary>
public class FolderOrderTests
{
    private static readonly string[] Order =
        ["Compute", "Random", "Data", "Networks", "Features", "Heads", "Training", "Kernels", "Complexity", "Models", "Studies"];

    [Fact]
    public void Every_folder_of_the_library_is_in_the_order()
        => Assert.Empty(LibraryFiles().Select(Folder).Where(folder => folder is not null).Distinct().Except(Order));

    [Fact]
    public void Every_file_declares_the_namespace_of_its_folder()
        => Assert.All(LibraryFiles(), path => Assert.Contains($"namespace SeedHead{(Folder(path) is { } folder ? "." + folder : "")};", Repository.Lines(path)));

    [Fact]
    public void Every_folder_uses_only_folders_above_it()
        => Assert.Empty(LibraryFiles().SelectMany(path => Breaches(Folder(path), Repository.Text(path)).Select(used => $"{path} uses {used}")));

    [Theory]
    [InlineData("using SeedHead.Models;")]
    [InlineData("using static SeedHead.Models.ModelFile;")]
    [InlineData("using File = SeedHead.Models.ModelFile;")]
    [InlineData("var file = new SeedHead.Models.ModelFile();")]
    public void A_use_of_a_lower_folder_is_found(string line) => Assert.Equal(["Models"], Breaches("Heads", line));

    [Theory]
    [InlineData("using SeedHead.Compute;")]
    [InlineData("// SeedHead.Models reads this")]
    [InlineData("/// <see cref=\"SeedHead.Models.ModelFile\"/>")]
    public void A_use_of_a_folder_above_and_a_mention_in_a_comment_are_allowed(string line) => Assert.Empty(Breaches("Heads", line));

    private static IEnumerable<string> LibraryFiles() => Repository.Files("src/SeedHead", "*.cs");

    private static string? Folder(string path) => path.Split('/') is [_, _, var folder, _, ..] ? folder : null;

    /// <summary>Folders that the text uses and may not. Files beside the folders (Execution.cs, …) are seen by all and may use Compute only.</summary>
    private static IEnumerable<string> Breaches(string? folder, string text)
    {
        int rank = folder is null ? 1 : Array.IndexOf(Order, folder);
        string code = Regex.Replace(text, "//.*", "");
        IEnumerable<string> named = Regex.Matches(code, @"\bSeedHead\.(\w+)").Select(match => match.Groups[1].Value);
        IEnumerable<string> shortened = Order.Where(other => TypesOf(other).Any(type => Regex.IsMatch(code, $@"(?<![\w.]){other}\.{type}\b")));
        return named.Concat(shortened).Distinct().Where(used => Array.IndexOf(Order, used) is var other && other >= 0 && used != folder && other >= rank);
    }

    private static IEnumerable<string> TypesOf(string folder)
        => Directory.Exists(Path.Combine(Repository.Root, "src/SeedHead", folder))
            ? Repository.Files("src/SeedHead/" + folder, "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => !name.Contains('.'))
            : [];
}

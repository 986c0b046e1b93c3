using System.Text.RegularExpressions;

namespace SeedHead.Tests.House;

/// <summary>Words no source file may hold; the compiler's list (BannedSymbols.txt) stops the calls, this also stops their near relatives.</summary>
public class BannedWordTests
{
    private const string Unfinished = @"\b(TODO|FIXME|XXX|HACK|NotImplementedException)\b|\bSkip\s*=\s*""";

    private const string OtherNumbers = @"\bSystem\.Random\b|\bnew Random\(|\bRandom\.Shared\b|\bRandomNumberGenerator\b";

    private const string OtherBits =
        @"\bVector<|\bMultiplyAddEstimate\b|\bReciprocal(Sqrt)?Estimate\b"
        + @"|\b(Math|MathF|double|float|Double|Single)\.(Exp|Exp2|Exp10|ExpM1|Log|Log2|Log10|LogP1|Pow|RootN|Cbrt|Hypot|Sin|Cos|Tan|SinCos|SinPi|CosPi|Asin|Acos|Atan|Atan2|Sinh|Cosh|Tanh|Asinh|Acosh|Atanh)\(";

    private const string Clock = @"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b";

    [Theory]
    [InlineData("src", Unfinished)]
    [InlineData("test", Unfinished)]
    [InlineData("bench", Unfinished)]
    [InlineData("src", OtherNumbers)]
    [InlineData("src/SeedHead", OtherBits)]
    [InlineData("src/SeedHead.Report", OtherBits)]
    [InlineData("src", Clock)]
    public void No_source_file_holds_a_banned_word(string folder, string pattern)
        => Assert.Empty(Repository.Files(folder, "*.cs").Where(path => !path.EndsWith(nameof(BannedWordTests) + ".cs", StringComparison.Ordinal)).SelectMany(path => Found(path, pattern)));

    [Theory]
    [InlineData("var random = new Random(1);", OtherNumbers)]
    [InlineData("[Fact(Skip = \"later\")]", Unfinished)]
    [InlineData("double e = Math.Exp(x);", OtherBits)]
    [InlineData("Vector<float> v;", OtherBits)]
    [InlineData("var now = DateTime.UtcNow;", Clock)]
    public void A_banned_word_is_found(string line, string pattern) => Assert.Matches(pattern, line);

    [Theory]
    [InlineData("Vector512<float> v = Vector512<float>.Zero;", OtherBits)]
    [InlineData("double e = Elementary.Exp(x) + Math.Sqrt(y);", OtherBits)]
    public void A_word_that_only_looks_alike_is_allowed(string line, string pattern) => Assert.DoesNotMatch(pattern, line);

    private static IEnumerable<string> Found(string path, string pattern)
        => Repository.Lines(path)
            .Select((line, number) => (Code: Regex.Replace(line, "^\\s*//.*", ""), Number: number + 1))
            .Where(line => Regex.IsMatch(line.Code, pattern))
            .Select(line => $"{path}:{line.Number}: {line.Code.Trim()}");
}

using System.Reflection;
using System.Text.Json;

namespace SeedHead.Tests.House;

/// <summary>The library stands on the framework alone (docs/adr/0005).</summary>
public class DependencyTests
{
    private static readonly Assembly Library = typeof(DataException).Assembly;

    [Fact]
    public void The_library_references_only_assemblies_of_the_framework()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        Assert.All(Library.GetReferencedAssemblies(), name => Assert.True(File.Exists(Path.Combine(framework, name.Name + ".dll")), name.Name));
    }

    [Theory]
    [InlineData("src/SeedHead/packages.lock.json")]
    [InlineData("src/SeedHead.Report/packages.lock.json")]
    [InlineData("src/SeedHead.Explorer/packages.lock.json")]
    public void The_library_the_reports_and_the_explorer_restore_no_package_but_the_analyzer(string path)
    {
        using var file = JsonDocument.Parse(Repository.Text(path));
        IEnumerable<string> packages =
            from framework in file.RootElement.GetProperty("dependencies").EnumerateObject()
            from package in framework.Value.EnumerateObject()
            where package.Value.GetProperty("type").GetString() != "Project"
            select package.Name;
        Assert.Equal(["Microsoft.CodeAnalysis.BannedApiAnalyzers"], packages);
    }

    [Fact]
    public void The_command_knows_its_verbs_before_the_web_server_is_loaded()
    {
        Assert.Contains(SeedHead.Cli.CommandLine.Root().Subcommands, verb => verb.Name == "serve");
        Assert.DoesNotContain(
            AppDomain.CurrentDomain.GetAssemblies(),
            assembly => assembly.GetName().Name is { } name && (name == "SeedHead.Explorer" || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_library_calls_no_native_code()
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        Assert.DoesNotContain(Library.GetTypes().SelectMany(type => type.GetMethods(all)), method => method.Attributes.HasFlag(MethodAttributes.PinvokeImpl));
    }
}

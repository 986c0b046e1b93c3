namespace SeedHead.Tests.House;

/// <summary>The public surface changes only on purpose: PublicApi.txt holds it, and a change of it is read in review.</summary>
public class PublicApiTests
{
    private const string Kept = "test/SeedHead.Tests/PublicApi.txt";

    [Fact]
    public void The_public_surface_is_the_one_kept()
    {
        string kept = Repository.Text(Kept);
        string received = PublicApiText.Of(typeof(DataException).Assembly, System.Reflection.Assembly.Load("SeedHead.Report"));
        if (received == kept)
        {
            return;
        }

        bool update = Environment.GetEnvironmentVariable("SEEDHEAD_UPDATE_API") == "1";
        string path = update ? Path.Combine(Repository.Root, Kept) : Path.Combine(AppContext.BaseDirectory, "PublicApi.received.txt");
        File.WriteAllText(path, received);
        Assert.Fail(
            $"The public surface changed (- kept, + received):\n{Difference(kept, received)}\n"
            + (update ? $"{Kept} is rewritten: read its diff and run again." : $"Received: {path}. If meant, run the tests once with SEEDHEAD_UPDATE_API=1."));
    }

    [Fact]
    public void A_surface_shows_kinds_members_nullability_and_defaults()
    {
        string text = PublicApiText.Of(typeof(PublicApiTests).Assembly);
        Assert.Contains(
            """
            sealed class SeedHead.Tests.House.SampleSurface : IEquatable<SampleSurface>
                const int Limit = 3
                int Count { get; init; }
                new(int Count, string? Name = default)
                override string ToString()
                static IReadOnlyList<string?> Names(float[] values, out int count)
                string? Name { get; init; }

            """,
            text);
    }

    private static string Difference(string kept, string received)
    {
        string[] before = [.. Qualified(kept)];
        string[] after = [.. Qualified(received)];
        return string.Join('\n', before.Except(after).Select(line => "- " + line).Concat(after.Except(before).Select(line => "+ " + line)));
    }

    /// <summary>Each member behind its type's name: the same member of two types is two lines.</summary>
    private static IEnumerable<string> Qualified(string text)
    {
        string type = "";
        foreach (string line in text.Split('\n'))
        {
            bool isMember = line.StartsWith(' ');
            type = isMember ? type : line;
            yield return isMember ? $"{type.Split(" : ")[0].Split(' ')[^1]}: {line.Trim()}" : line;
        }
    }
}

/// <summary>A small surface with one member of each kind.</summary>
public sealed record SampleSurface(int Count, string? Name = null)
{
    /// <summary>A constant.</summary>
    public const int Limit = 3;

    /// <summary>A method with arrays, nullable elements and an out parameter.</summary>
    public static IReadOnlyList<string?> Names(float[] values, out int count)
    {
        count = values.Length;
        return [null];
    }

    /// <inheritdoc/>
    public override string ToString() => "sample";
}

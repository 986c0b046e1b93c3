namespace SeedHead.Studies;

/// <summary>A paper whose studies can be repeated.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Source">Authors, title, year.</param>
/// <param name="Studies">Names and questions of its studies.</param>
/// <param name="Run">Runs what is asked and is not finished yet.</param>
internal sealed record Paper(
    string Name, string Source, IReadOnlyList<(string Id, string Title)> Studies, Func<ReproduceQuestion, Execution, ReproduceAnswer> Run);

/// <summary>The papers there are.</summary>
internal static class Papers
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Paper> All { get; } =
    [
        new("partial-training", PartialTrainingAnswer.Source, PartialTrainingPlan.Studies, PartialTrainingStudy.Run),
        new("redshift", RedshiftStudy.Source, RedshiftStudy.Studies, RedshiftStudy.Run), new("power-limits", PowerLimitsStudy.Source, PowerLimitsStudy.Studies, PowerLimitsStudy.Run),
        new("nnpk", NnpkStudy.Source, NnpkStudy.Studies, NnpkStudy.Run),
    ];

    /// <summary>The paper of a name.</summary>
    /// <exception cref="ArgumentException">None: names those there are.</exception>
    public static Paper Find(string name) => All.FirstOrDefault(paper => paper.Name == name) ?? throw new ArgumentException(
        $"There is no paper '{name}'. There {(All.Count == 1 ? "is" : "are")} {string.Join(", ", All.Select(paper => paper.Name))}.");
}

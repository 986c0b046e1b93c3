namespace SeedHead.Studies;

/// <summary>How large the studies of the redshift paper are in one form.</summary>
internal sealed record RedshiftSizes
{
    /// <summary>The activations of the paper's figures; sigmoid is in its code alone.</summary>
    public static IReadOnlyList<string> Activations { get; } = ["relu", "gelu", "silu", "selu", "tanh", "gaussian", "sin"];

    /// <summary>Those the paper finds to be simple.</summary>
    public static IReadOnlyList<string> Rectifiers { get; } = ["relu", "gelu", "silu", "selu"];

    /// <summary>Those whose complexity rises.</summary>
    public static IReadOnlyList<string> Others { get; } = ["tanh", "gaussian", "sin"];

    /// <summary>How much is repeated.</summary>
    public required ReproduceForm Form { get; init; }

    /// <summary>Seeds of trainings, 1 and on.</summary>
    public required int Seeds { get; init; }

    /// <summary>Seeds of the modulo tasks, 1 and on: three times as many, because networks differ much on the hardest one.</summary>
    public int TaskSeeds => Form == ReproduceForm.Quick ? Seeds : 3 * Seeds;

    /// <summary>Points of an axis of the maps.</summary>
    public required int MapSide { get; init; }

    /// <summary>Networks of a cell of the maps.</summary>
    public required int MapNetworks { get; init; }

    /// <summary>Points of an axis of published cells: 300, which their values belong to.</summary>
    public required int PublishedSide { get; init; }

    /// <summary>Networks of a published cell.</summary>
    public required int PublishedNetworks { get; init; }

    /// <summary>Points of an axis elsewhere.</summary>
    public required int Side { get; init; }

    /// <summary>Networks of an architecture elsewhere.</summary>
    public required int Networks { get; init; }

    /// <summary>Networks of an architecture that is in the table of reference values.</summary>
    public required int TableNetworks { get; init; }

    /// <summary>Weight scales of the maps: 15 from 0.1 to 100, evenly on a logarithm; in the quick form three of them.</summary>
    public IReadOnlyList<double> MapScales => [.. (Form == ReproduceForm.Quick ? [0, 8, 14] : Enumerable.Range(0, 15)).Select(MapScale)];

    /// <summary>Hidden layers of the maps.</summary>
    public IReadOnlyList<int> MapDepths => Form == ReproduceForm.Quick ? [1, 3] : [1, 2, 3, 4, 5, 6, 7];

    /// <summary>Scale number i of the published maps: 10^(−1 + 3i/14).</summary>
    public static double MapScale(int i) => i switch { 0 => 0.1, 14 => 100, _ => Compute.Elementary.Exp(((3 * i / 14.0) - 1) * 2.302585092994046) }; // ln 10

    /// <summary>The sizes of a question's form.</summary>
    public static RedshiftSizes Of(ReproduceQuestion question) => question.Form switch
    {
        ReproduceForm.Quick => new()
        {
            Form = question.Form, Seeds = question.Seeds, MapSide = 16, MapNetworks = 2, PublishedSide = 32, PublishedNetworks = 2, Side = 16, Networks = 3, TableNetworks = 3,
        },
        ReproduceForm.Small => new()
        {
            Form = question.Form, Seeds = question.Seeds, MapSide = 300, MapNetworks = 10, PublishedSide = 300, PublishedNetworks = 20, Side = 64, Networks = 20, TableNetworks = 100,
        },
        _ => new()
        {
            Form = question.Form, Seeds = question.Seeds, MapSide = 300, MapNetworks = 100, PublishedSide = 300, PublishedNetworks = 100, Side = 64, Networks = 100, TableNetworks = 400,
        },
    };
}

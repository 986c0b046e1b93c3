using System.Text.Json.Nodes;

namespace SeedHead.Data;

/// <summary>What preprocessing learned of one column of a table.</summary>
internal abstract record TableField(string Name)
{
    /// <summary>Number of preprocessed columns it gives.</summary>
    public abstract int Width { get; }

    public abstract JsonObject ToJson();

    /// <summary>Fills the ranges of its preprocessed columns.</summary>
    public abstract void FillRanges(Span<(float Low, float High)> ranges);

    public static TableField FromJson(JsonObject json)
    {
        string name = (string)json["name"]!;
        return (string)json["kind"]! switch
        {
            "number" => new NumberField(name, (double)json["mean"]!, (double)json["scale"]!, (double)json["least"]!, (double)json["most"]!, (double?)json["missing"]),
            "category" when json["levels"]!.AsArray().Count == json["shares"]!.AsArray().Count => new CategoryField(
                name, [.. json["levels"]!.AsArray().Select(level => (string)level!)], [.. json["shares"]!.AsArray().Select(share => (double)share!)],
                (double?)json["others"], (double?)json["missing"]),
            "dropped" => new DroppedField(name),
            string kind => throw new FormatException($"the column kind '{kind}' is unknown or incomplete"),
        };
    }

    protected static (float Low, float High) Indicator(double share) => ((float)(0 - share), (float)(1 - share));
}

/// <summary>A column of numbers.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Mean">Training mean of the values present.</param>
/// <param name="Scale">1 / their standard deviation.</param>
/// <param name="Least">The least value.</param>
/// <param name="Most">The greatest value.</param>
/// <param name="Missing">Training share of missing values, or null when there were none.</param>
internal sealed record NumberField(string Name, double Mean, double Scale, double Least, double Most, double? Missing) : TableField(Name)
{
    /// <summary>A column of zeros stands for the values when they did not vary and only their presence tells something.</summary>
    public override int Width => Missing is null ? 1 : 2;

    public override void FillRanges(Span<(float Low, float High)> ranges)
    {
        float low = InputPlan.Standard(Least, Mean, Scale);
        float high = InputPlan.Standard(Most, Mean, Scale);
        ranges[0] = (low, high);
        if (Missing is double share)
        {
            ranges[1] = Indicator(share);
        }
    }

    public override JsonObject ToJson()
    {
        var json = new JsonObject { ["name"] = Name, ["kind"] = "number", ["mean"] = Mean, ["scale"] = Scale, ["least"] = Least, ["most"] = Most };
        if (Missing is double share)
        {
            json["missing"] = share;
        }

        return json;
    }
}

/// <summary>A column of categories.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Levels">The levels with a column of their own, sorted ordinally.</param>
/// <param name="Shares">Their training shares.</param>
/// <param name="Others">Training share of all other levels together, or null when there were none.</param>
/// <param name="Missing">Training share of missing values, or null when there were none.</param>
internal sealed record CategoryField(string Name, string[] Levels, double[] Shares, double? Others, double? Missing) : TableField(Name)
{
    public override int Width => Levels.Length + (Others is null ? 0 : 1) + (Missing is null ? 0 : 1);

    /// <summary>The training share behind each preprocessed column: levels, then others, then missing.</summary>
    public double[] AllShares { get; } =
        [.. Shares, .. Others is double others ? [others] : Array.Empty<double>(), .. Missing is double missing ? [missing] : Array.Empty<double>()];

    /// <summary>The column of a level never seen, or −1.</summary>
    public int OthersColumn => Others is null ? -1 : Levels.Length;

    /// <summary>The column of missing values, or −1.</summary>
    public int MissingColumn => Missing is null ? -1 : Width - 1;

    public override void FillRanges(Span<(float Low, float High)> ranges)
    {
        for (int i = 0; i < AllShares.Length; i++)
        {
            ranges[i] = Indicator(AllShares[i]);
        }
    }

    public override JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["name"] = Name,
            ["kind"] = "category",
            ["levels"] = new JsonArray([.. Levels.Select(level => (JsonNode)level)]),
            ["shares"] = new JsonArray([.. Shares.Select(share => (JsonNode)share)]),
        };
        if (Others is double others)
        {
            json["others"] = others;
        }

        if (Missing is double share)
        {
            json["missing"] = share;
        }

        return json;
    }
}

/// <summary>A column that is not used.</summary>
internal sealed record DroppedField(string Name) : TableField(Name)
{
    public override int Width => 0;

    public override void FillRanges(Span<(float Low, float High)> ranges)
    {
    }

    public override JsonObject ToJson() => new() { ["name"] = Name, ["kind"] = "dropped" };
}

using System.Text.Json.Nodes;
using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Features;

/// <summary>Makes feature maps from options, and reads them back from model files.</summary>
internal static class FeatureMaps
{
    /// <summary>The purpose under which <see cref="Order.Key"/> gives each part of a join a seed of its own: a constant of the definition.</summary>
    private const int PartPurpose = 102;

    /// <summary>The map that <paramref name="options"/> ask for, with its scales set from the training rows.</summary>
    /// <param name="options">What features to make.</param>
    /// <param name="width">D, the number of features; in a join, raw inputs keep their own number and the other parts share the rest. Ignored by "raw" alone.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="team">The threads; null: the calling one.</param>
    /// <exception cref="ArgumentException">Options that do not fit the data, or too small a width.</exception>
    public static FeatureMap Create(FeatureOptions options, int width, ulong seed, IInputRows rows, Team? team = null)
    {
        IReadOnlyList<string> words = options.Parts;
        int sharing = words.Count(word => word != RawFeatures.Word);
        int shared = width - (sharing < words.Count && sharing > 0 ? rows.Columns : 0);
        if (sharing > 0 && shared < sharing)
        {
            throw new ArgumentException($"{width} features are too few for {options.Features} of {rows.Columns} columns. "
                + $"Ask for at least {width - shared + sharing}.");
        }

        var parts = new List<FeatureMap>();
        int drawn = 0;
        foreach (string word in words)
        {
            int share = word == RawFeatures.Word ? rows.Columns : HiddenFeatures.Share(shared, sharing, drawn++);
            parts.Add(CreateOne(word, options, share, SeedOfPart(seed, parts.Count), rows, team ?? Team.Single));
        }

        return parts.Count == 1 ? parts[0] : new JoinedFeatures(parts);
    }

    /// <summary>The map whose <see cref="FeatureMap.ToJson"/> wrote <paramref name="json"/> and <paramref name="arrays"/>.</summary>
    /// <exception cref="DataException">Not such a form.</exception>
    public static FeatureMap FromJson(JsonObject json, ulong seed, IReadOnlyDictionary<string, StoredArray> arrays)
    {
        string kind = json.Text("kind");
        return kind switch
        {
            RawFeatures.Word => RawFeatures.FromJson(json),
            HiddenFeatures.Word => HiddenFeatures.FromJson(json, seed),
            OutputFeatures.Word => OutputFeatures.FromJson(json, seed),
            FourierFeatures.Word => FourierFeatures.FromJson(json, seed),
            OrthogonalFeatures.Word => OrthogonalFeatures.FromJson(json, seed),
            ImageFeatures.Word => ImageFeatures.FromJson(json, seed, arrays),
            JoinedFeatures.Word => JoinedFeatures.FromJson(json, seed, arrays),
            _ => throw new DataException($"The features of the model file are \"{kind}\", which this version does not know. Read it with the version that wrote it."),
        };
    }

    /// <summary>Part 0 has the seed itself; the others must not share its random numbers.</summary>
    internal static ulong SeedOfPart(ulong seed, int part) => part == 0 ? seed : Order.Key(seed, PartPurpose, part);

    private static FeatureMap CreateOne(string word, FeatureOptions options, int width, ulong seed, IInputRows rows, Team team) => word switch
    {
        RawFeatures.Word => RawFeatures.Create(rows),
        HiddenFeatures.Word => HiddenFeatures.Create(options, width, seed, rows),
        OutputFeatures.Word => OutputFeatures.Create(options, width, seed, rows),
        FourierFeatures.Word => FourierFeatures.Create(options, width, seed, rows),
        OrthogonalFeatures.Word => OrthogonalFeatures.Create(options, width, seed, rows),
        ImageFeatures.Word => ImageFeatures.Create(width, seed, rows, team),
        _ => throw new ArgumentException($"There are no \"{word}\" features."),
    };
}

using System.Text.Json.Nodes;
using SeedHead.Compute;

namespace SeedHead.Features;

/// <summary>φ(x) = (φ₁(x), φ₂(x), …): the features of several maps side by side.</summary>
public sealed class JoinedFeatures : FeatureMap
{
    internal const string Word = "joined";

    private readonly FeatureMap[] parts;

    internal JoinedFeatures(IReadOnlyList<FeatureMap> parts)
    {
        this.parts = [.. parts];
        FeatureCount = parts.Sum(part => part.FeatureCount);
    }

    /// <summary>The maps, in order.</summary>
    public IReadOnlyList<FeatureMap> Parts => parts;

    /// <inheritdoc/>
    public override int InputColumns => parts[0].InputColumns;

    /// <inheritdoc/>
    public override int FeatureCount { get; }

    /// <inheritdoc/>
    public override double OperationsPerRow => parts.Sum(part => part.OperationsPerRow);

    /// <inheritdoc/>
    public override string Description => string.Join(" + ", parts.Select(part => part.Description));

    /// <inheritdoc/>
    public override long WorkingBytes(int rows, int threads) => parts.Sum(part => part.WorkingBytes(rows, threads));

    internal override JsonObject ToJson(IDictionary<string, StoredArray> arrays)
    {
        var array = new JsonArray();
        for (int i = 0; i < parts.Length; i++)
        {
            var own = new Dictionary<string, StoredArray>();
            array.Add(parts[i].ToJson(own));
            foreach ((string name, StoredArray stored) in own)
            {
                arrays.Add(Prefix(i) + name, stored);
            }
        }

        return new JsonObject { ["kind"] = Word, ["parts"] = array };
    }

    internal static JoinedFeatures FromJson(JsonObject json, ulong seed, IReadOnlyDictionary<string, StoredArray> arrays)
    {
        JsonArray array = json.Array("parts");
        var parts = new FeatureMap[array.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            string prefix = Prefix(i);
            Dictionary<string, StoredArray> own = arrays.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
                .ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value);
            parts[i] = FeatureMaps.FromJson(array.Object(i), FeatureMaps.SeedOfPart(seed, i), own);
        }

        return new(parts);
    }

    internal override void Map(Team team, Strided<float> inputs, Strided<float> features)
    {
        int column = 0;
        foreach (FeatureMap part in parts)
        {
            part.Map(team, inputs, features.Block(0, column, features.Rows, part.FeatureCount));
            column += part.FeatureCount;
        }
    }

    private static string Prefix(int part) => $"part{part}-";
}

using System.Text.Json.Nodes;
using SeedHead.Compute;

namespace SeedHead.Features;

/// <summary>φ(x) = x: the preprocessed inputs themselves.</summary>
public sealed class RawFeatures : FeatureMap
{
    internal const string Word = "raw";

    private RawFeatures(int inputColumns) => InputColumns = inputColumns;

    /// <inheritdoc/>
    public override int InputColumns { get; }

    /// <inheritdoc/>
    public override int FeatureCount => InputColumns;

    /// <inheritdoc/>
    public override double OperationsPerRow => 0;

    /// <inheritdoc/>
    public override string Description => "raw";

    /// <inheritdoc/>
    public override long WorkingBytes(int rows, int threads) => 0;

    internal static RawFeatures Create(IInputRows rows) => new(rows.Columns);

    internal static RawFeatures FromJson(JsonObject json) => new(json.Count("inputs"));

    internal override JsonObject ToJson(IDictionary<string, StoredArray> arrays) => new() { ["kind"] = Word, ["inputs"] = InputColumns };

    internal override void Map(Team team, Strided<float> inputs, Strided<float> features)
    {
        for (long i = 0; i < inputs.Rows; i++)
        {
            inputs.Row(i).CopyTo(features.Row(i));
        }
    }
}

using SeedHead.Compute;

namespace SeedHead.Heads;

/// <summary>Rows of features that can be made again at any time, block by block: Φ itself is never held.</summary>
internal interface IFeatureRows
{
    /// <summary>n, the number of rows.</summary>
    int Count { get; }

    /// <summary>D, the number of features.</summary>
    int FeatureCount { get; }

    /// <summary>Writes the features of rows first … first + features.Rows − 1 into features [b × D], columns side by side.</summary>
    void Read(Team team, int first, Strided<float> features);
}

namespace SeedHead.Random;

/// <summary>The version of the mapping from addresses to numbers. A model file of another version is refused.</summary>
public static class RandomStream
{
    /// <summary>This build's stream version.</summary>
    public const int Version = 1;
}

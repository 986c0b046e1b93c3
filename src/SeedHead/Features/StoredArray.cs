namespace SeedHead.Features;

/// <summary>An array that a feature map keeps in the model file because the seed alone does not give it back (scales, patches, whitening).</summary>
/// <param name="Values">The values, row after row.</param>
/// <param name="Shape">The lengths, slowest first.</param>
internal sealed record StoredArray(float[] Values, int[] Shape);

using SeedHead.Data;

namespace SeedHead.Tests.Features;

/// <summary>Small images as preprocessed rows.</summary>
internal static class SampleImages
{
    /// <summary>A slope, an edge somewhere and noise: no two patches are alike.</summary>
    public static Rows Create(ImageShape shape, int count, ulong seed) =>
        new([.. Enumerable.Range(0, count).Select(image => One(shape, new Draw(seed * 1000003 + (ulong)image)))], shape);

    /// <summary>Images of one grey.</summary>
    public static Rows Constant(ImageShape shape, int count) =>
        new([.. Enumerable.Range(0, count).Select(_ => Enumerable.Repeat(0.3f, shape.Size).ToArray())], shape);

    private static float[] One(ImageShape shape, Draw draw)
    {
        var (slopeY, slopeX, edge) = (draw.Float(), draw.Float(), draw.Int(0, shape.Width));
        var image = new float[shape.Size];
        for (int i = 0; i < image.Length; i++)
        {
            var (y, x) = (i / shape.Channels / shape.Width, i / shape.Channels % shape.Width);
            image[i] = 0.1f * (slopeY * y + slopeX * x) + (x < edge ? 0.5f : 0) + 0.2f * draw.Float();
        }

        return image;
    }
}

using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>
/// The mean over all pairs of pixels of what their covariances become, where layers before it take pairs of one offset p′ − p to pairs of the same offset
/// (convolutions of stride 1 that keep the size): one offset after the other passes all layers, within a core's cache.
/// </summary>
/// <remarks>The sums of an offset and of the opposite one are added first, so that (x, x′) and (x′, x) have the same bits.</remarks>
internal sealed unsafe class OffsetMean(KernelPlan plan, Team team)
{
    private readonly Data.ImageShape image = plan.Image!.Value;

    /// <summary>Records the variances of an image's pixels, before the mean.</summary>
    public void Record(KernelTile tile, double* x, int row)
    {
        double* turned = Turned(x, 1, tile);
        double sum = 0;
        Add(tile, new(0, 0, image), new(x, turned, row, row, 1), &sum, null);
        tile.Give(turned);
    }

    /// <summary>Means of one image with others.</summary>
    /// <param name="tile">Its room.</param>
    /// <param name="x">The image.</param>
    /// <param name="others">The others, one behind the other.</param>
    /// <param name="row">The image's number.</param>
    /// <param name="firstColumn">The number of the first of the others.</param>
    /// <param name="count">How many others.</param>
    /// <param name="mean">Takes the means of covariances [count].</param>
    /// <param name="tangentMean">Takes those of tangent kernels, or null.</param>
    public void Fill(KernelTile tile, double* x, double* others, int row, int firstColumn, int count, double* mean, double* tangentMean)
    {
        double* turned = Turned(others, count, tile), sums = tile.Take(2L * count);
        var images = new Images(x, turned, row, firstColumn, count);
        new Span<double>(mean, count).Clear();
        new Span<double>(tangentMean, tangentMean == null ? 0 : count).Clear();
        foreach (PixelPlane plane in Half())
        {
            team.Cancellation.ThrowIfCancellationRequested();
            new Span<double>(sums, 2 * count).Clear();
            double* tangents = tangentMean == null ? null : sums + count;
            Add(tile, plane, images, sums, tangents);
            if ((plane.Down, plane.Right) != (0, 0))
            {
                Opposite(tile, plane, images, sums, tangents);
            }

            Vectors.Add(1, sums, mean, count);
            if (tangentMean != null)
            {
                Vectors.Add(1, tangents, tangentMean, count);
            }
        }

        double factor = 1 / ((double)image.Height * image.Width * image.Height * image.Width);
        Vectors.Scale(mean, factor, count);
        if (tangentMean != null)
        {
            Vectors.Scale(tangentMean, factor, count);
        }

        tile.Give(turned);
        tile.Give(sums);
    }

    /// <summary>An image, others [channel × pixel × count], and their numbers.</summary>
    private readonly record struct Images(nint X, nint Others, int Row, int FirstColumn, int Count)
    {
        public Images(double* x, double* others, int row, int firstColumn, int count)
            : this((nint)x, (nint)others, row, firstColumn, count)
        {
        }
    }

    /// <summary>The offset (0, 0) and one of every two opposite ones.</summary>
    private IEnumerable<PixelPlane> Half()
    {
        for (int down = 0; down < image.Height; down++)
        {
            for (int right = down == 0 ? 0 : 1 - image.Width; right < image.Width; right++)
            {
                yield return new(down, right, image);
            }
        }
    }

    private void Opposite(KernelTile tile, PixelPlane plane, in Images images, double* sums, double* tangents)
    {
        double* back = tile.Take(2L * images.Count);
        new Span<double>(back, 2 * images.Count).Clear();
        Add(tile, new(-plane.Down, -plane.Right, image), images, back, tangents == null ? null : back + images.Count);
        Vectors.Add(1, back, sums, images.Count);
        if (tangents != null)
        {
            Vectors.Add(1, back + images.Count, tangents, images.Count);
        }

        tile.Give(back);
    }

    /// <summary>Takes the pairs of one offset through the layers and adds them up, pixel after pixel.</summary>
    private void Add(KernelTile tile, PixelPlane plane, in Images images, double* sum, double* tangentSum)
    {
        int count = images.Count, pixels = plane.Height * plane.Width;
        long length = (long)pixels * count;
        tile.Begin(images.Row, images.FirstColumn, count, null, null);
        tile.Plane = plane;
        tile.Covariance = tile.Take(length);
        tile.Tangent = tangentSum == null ? null : tile.Take(length);
        new Span<double>(tile.Tangent, tile.Tangent == null ? 0 : checked((int)length)).Clear();
        Inputs(tile, pixels, images);
        KernelStep.RunAll(plan.OffsetSteps, tile);
        for (int p = 0; p < pixels; p++)
        {
            Vectors.Add(1, tile.Covariance + ((long)p * count), sum, count);
            if (tangentSum != null)
            {
                Vectors.Add(1, tile.Tangent + ((long)p * count), tangentSum, count);
            }
        }

        tile.Give(tile.Covariance);
        tile.Give(tile.Tangent);
        tile.Plane = null;
    }

    /// <summary>1/C·Σ x[p, c]·x′[p′, c] over channels.</summary>
    private void Inputs(KernelTile tile, int pixels, in Images images)
    {
        int channels = image.Channels, count = images.Count;
        long whole = (long)image.Height * image.Width * count;
        for (int p = 0; p < pixels; p++)
        {
            double* to = tile.Covariance + ((long)p * count), x = (double*)images.X + ((long)tile.RowPixel(p) * channels), other = (double*)images.Others + ((long)tile.ColumnPixel(p) * count);
            new Span<double>(to, count).Clear();
            for (int c = 0; c < channels; c++)
            {
                Vectors.Add(x[c], other + (c * whole), to, count);
            }

            Vectors.Scale(to, 1.0 / channels, count);
        }
    }

    /// <summary>Images [channel × pixel × count], so that points lie side by side.</summary>
    private double* Turned(double* others, int count, KernelTile tile)
    {
        int channels = image.Channels, pixels = image.Height * image.Width;
        double* turned = tile.Take((long)pixels * channels * count);
        for (long j = 0; j < count; j++)
        {
            for (long at = 0; at < (long)pixels * channels; at++)
            {
                turned[(((at % channels * pixels) + (at / channels)) * count) + j] = others[(j * pixels * channels) + at];
            }
        }

        return turned;
    }
}

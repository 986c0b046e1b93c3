using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Features;

/// <summary>Patches of images as a matrix [patch length × positions]: one column a patch, columns side by side so that a vector holds 16 patches.</summary>
/// <remarks>A patch's numbers stand in the image's order: patch row, patch column, channel. Positions stand row after row.</remarks>
internal static unsafe class PatchMatrix
{
    /// <summary>Lanes of a vector: strides and widths are rounded up to it, so loops have no tails.</summary>
    public const int Lanes = 16;

    public static int RoundUp(int count) => (count + Lanes - 1) / Lanes * Lanes;

    /// <summary>Floats that <see cref="Split"/> writes.</summary>
    public static int PlanesLength(ImageRecipe recipe) => recipe.Shape.Size;

    /// <summary>Takes an image [height × width × channels] apart into one plane a channel, so that neighbouring patches lie side by side.</summary>
    public static void Split(ImageRecipe recipe, float* image, float* planes)
    {
        var (height, width, channels) = (recipe.Shape.Height, recipe.Shape.Width, recipe.Shape.Channels);
        for (int channel = 0; channel < channels; channel++)
        {
            for (int y = 0; y < height; y++)
            {
                float* to = planes + (channel * height + y) * width;
                float* from = image + y * width * channels + channel;
                for (int x = 0; x < width; x++)
                {
                    to[x] = from[x * channels];
                }
            }
        }
    }

    /// <summary>Writes the patches of position rows firstRow … firstRow + rows − 1 into columns 0 … rows·PositionColumns − 1.</summary>
    public static void Gather(ImageRecipe recipe, float* planes, int firstRow, int rows, float* patches, int stride)
    {
        int columns = recipe.Shape.Width;
        int run = recipe.PositionColumns;
        float* to = patches;
        for (int dy = 0; dy < recipe.PatchRows; dy++)
        {
            for (int dx = 0; dx < recipe.PatchColumns; dx++)
            {
                for (int channel = 0; channel < recipe.Shape.Channels; channel++, to += stride)
                {
                    float* from = planes + (channel * recipe.Shape.Height + firstRow + dy) * columns + dx;
                    for (int y = 0; y < rows; y++)
                    {
                        new ReadOnlySpan<float>(from + y * columns, run).CopyTo(new Span<float>(to + y * run, run));
                    }
                }
            }
        }
    }

    /// <summary>Writes the one patch at position (y, x) into a column, and returns its variance.</summary>
    public static float Take(ImageRecipe recipe, float* planes, int y, int x, float* patch, int stride)
    {
        int length = 0;
        float sum = 0;
        for (int dy = 0; dy < recipe.PatchRows; dy++)
        {
            for (int dx = 0; dx < recipe.PatchColumns; dx++)
            {
                for (int channel = 0; channel < recipe.Shape.Channels; channel++, length++)
                {
                    float value = planes[(channel * recipe.Shape.Height + y + dy) * recipe.Shape.Width + x + dx];
                    patch[(long)length * stride] = value;
                    sum += value;
                }
            }
        }

        float squares = 0;
        for (int k = 0; k < length; k++)
        {
            float centred = patch[(long)k * stride] - sum / length;
            squares = float.FusedMultiplyAdd(centred, centred, squares);
        }

        return squares / length;
    }

    /// <summary>Each patch x ← (x − m)/√(v + <paramref name="variance"/>), m its mean and v its variance (divided by its length).</summary>
    /// <remarks>m is one chain of additions in patch order, v one chain of fused multiply-adds; <paramref name="count"/> is a multiple of 16.</remarks>
    public static void Normalise(float* patches, int length, int stride, int count, float variance)
    {
        for (int i = 0; i < count; i += Lanes)
        {
            float* column = patches + i;
            var sum = Vector512<float>.Zero;
            for (int k = 0; k < length; k++)
            {
                sum += Vector512.Load(column + (long)k * stride);
            }

            var mean = sum / Vector512.Create((float)length);
            var squares = Vector512<float>.Zero;
            for (int k = 0; k < length; k++)
            {
                var centred = Vector512.Load(column + (long)k * stride) - mean;
                squares = Vector512.FusedMultiplyAdd(centred, centred, squares);
            }

            var scale = Vector512<float>.One / Vector512.Sqrt(squares / Vector512.Create((float)length) + Vector512.Create(variance));
            for (int k = 0; k < length; k++)
            {
                ((Vector512.Load(column + (long)k * stride) - mean) * scale).Store(column + (long)k * stride);
            }
        }
    }
}

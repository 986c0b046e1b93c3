using SeedHead.Features;

namespace SeedHead.Tests.Reference;

/// <summary>The definition of <see cref="ImageFeatures"/>: one image, one filter, one cell, one patch at a time.</summary>
internal static class ImageFeaturesReference
{
    public static float[] Map(ImageRecipe recipe, PatchFilters filters, ReadOnlySpan<float> image)
    {
        var features = new float[filters.Count * recipe.FeaturesPerFilter];
        var patches = new float[recipe.PositionRows, recipe.PositionColumns][];
        for (int position = 0; position < recipe.Positions; position++)
        {
            var (y, x) = (position / recipe.PositionColumns, position % recipe.PositionColumns);
            patches[y, x] = Patch(recipe, image, y, x);
        }

        for (int filter = 0; filter < filters.Count; filter++)
        {
            for (int cell = 0; cell < recipe.Cells; cell++)
            {
                var (above, below) = Cell(recipe, filters, filter, cell, patches);
                features[filter * recipe.FeaturesPerFilter + cell] = above;
                features[filter * recipe.FeaturesPerFilter + recipe.Cells + cell] = below;
            }
        }

        return features;
    }

    private static (float Above, float Below) Cell(ImageRecipe recipe, PatchFilters filters, int filter, int cell, float[,][] patches)
    {
        int row = cell / recipe.GridColumns, column = cell % recipe.GridColumns, count = 0;
        float above = 0, below = 0;
        for (int y = row * recipe.PositionRows / recipe.GridRows; y < (row + 1) * recipe.PositionRows / recipe.GridRows; y++)
        {
            for (int x = column * recipe.PositionColumns / recipe.GridColumns; x < (column + 1) * recipe.PositionColumns / recipe.GridColumns; x++, count++)
            {
                float response = Response(filters, filter, patches[y, x]);
                above += Math.Max(response - (filters.Offsets[filter] + recipe.Threshold), 0);
                below += Math.Max(filters.Offsets[filter] - recipe.Threshold - response, 0);
            }
        }

        return (MathF.Sqrt(above / count + recipe.Shift), MathF.Sqrt(below / count + recipe.Shift));
    }

    private static float Response(PatchFilters filters, int filter, float[] patch)
    {
        float response = 0;
        for (int k = 0; k < patch.Length; k++)
        {
            response = float.FusedMultiplyAdd(patch[k], filters.Weights[filter * patch.Length + k], response);
        }

        return response;
    }

    /// <summary>The normalised patch at position (y, x).</summary>
    public static float[] Patch(ImageRecipe recipe, ReadOnlySpan<float> image, int y, int x)
    {
        var patch = new List<float>();
        for (int dy = 0; dy < recipe.PatchRows; dy++)
        {
            for (int dx = 0; dx < recipe.PatchColumns; dx++)
            {
                for (int channel = 0; channel < recipe.Shape.Channels; channel++)
                {
                    patch.Add(image[((y + dy) * recipe.Shape.Width + x + dx) * recipe.Shape.Channels + channel]);
                }
            }
        }

        float sum = 0, squares = 0;
        patch.ForEach(value => sum += value);
        float mean = sum / patch.Count;
        patch.ForEach(value => squares = float.FusedMultiplyAdd(value - mean, value - mean, squares));
        float scale = 1 / MathF.Sqrt(squares / patch.Count + recipe.PatchVariance);
        return [.. patch.Select(value => (value - mean) * scale)];
    }
}

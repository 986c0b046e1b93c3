using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Features;

/// <summary>Filters [count × patch length] that read normalised patches, with where they came from.</summary>
/// <remarks>A filter is a unit vector of the whitened space, folded with the whitening: response = wᵀx − offset.</remarks>
/// <param name="Weights">Filter after filter.</param>
/// <param name="Offsets">wᵀμ of each filter.</param>
/// <param name="SourceRows">The training row of each filter's patch; −1 for a random filter.</param>
/// <param name="SourceHashes"><see cref="RowHash"/> of that row as preprocessed; 0 for a random filter.</param>
internal sealed record PatchFilters(float[] Weights, float[] Offsets, int[] SourceRows, ulong[] SourceHashes)
{
    private const int Attempts = 64;

    public int Count => Offsets.Length;

    /// <summary>Filter i is a function of the seed, i and the rows: fewer filters are the first of more.</summary>
    /// <remarks>
    /// Attempt a for filter i takes image ⌊n·w₀/2³²⌋, and the position's row and column alike from w₁ and w₂: the words of kind Patch at row i, columns
    /// 4a … 4a + 2. The first patch with enough variance is taken; where none of 64 has it, a Gaussian vector of the whitened space stands in.
    /// </remarks>
    public static PatchFilters Draw(ImageRecipe recipe, int count, ulong seed, IInputRows rows, Team team)
    {
        PatchWhitening whitening = PatchWhitening.Learn(recipe, seed, rows, team);
        var filters = new PatchFilters(new float[count * recipe.PatchLength], new float[count], new int[count], new ulong[count]);
        using var folded = new NativeBuffer<double>((long)recipe.PatchLength * count);
        var columns = Strided<double>.RowMajor(folded, recipe.PatchLength, count);
        filters.TakePatches(recipe, seed, rows, columns);
        whitening.Whiten(team, columns);
        filters.MakeUnit(seed, columns);
        whitening.Fold(team, columns);
        filters.Store(columns, whitening.Mean);
        return filters;
    }

    private unsafe void TakePatches(ImageRecipe recipe, ulong seed, IInputRows rows, Strided<double> columns)
    {
        int stride = PatchMatrix.RoundUp(Count);
        using var image = new NativeBuffer<float>(recipe.Shape.Size);
        using var planes = new NativeBuffer<float>(PatchMatrix.PlanesLength(recipe));
        using var patches = new NativeBuffer<float>((long)recipe.PatchLength * stride);
        for (int i = 0; i < Count; i++)
        {
            SourceRows[i] = -1;
            for (int attempt = 0; attempt < Attempts && SourceRows[i] < 0; attempt++)
            {
                int row = Below(rows.Count, seed, i, 4 * attempt);
                rows.Read([row], Strided<float>.RowMajor(image, 1, recipe.Shape.Size));
                PatchMatrix.Split(recipe, image.Pointer, planes.Pointer);
                int y = Below(recipe.PositionRows, seed, i, 4 * attempt + 1);
                int x = Below(recipe.PositionColumns, seed, i, 4 * attempt + 2);
                if (PatchMatrix.Take(recipe, planes.Pointer, y, x, patches.Pointer + i, stride) >= recipe.LeastVariance)
                {
                    (SourceRows[i], SourceHashes[i]) = (row, RowHash.Of(image.Span(0, recipe.Shape.Size)));
                }
            }
        }

        PatchMatrix.Normalise(patches.Pointer, recipe.PatchLength, stride, stride, recipe.PatchVariance);
        for (long k = 0; k < columns.Rows; k++)
        {
            for (long i = 0; i < columns.Columns; i++)
            {
                columns[k, i] = patches.Pointer[k * stride + i];
            }
        }
    }

    private static int Below(int count, ulong seed, int filter, int column)
    {
        uint word = new WeightStream(seed).Word(new(0, 0, filter, column, WeightKind.Patch));
        return (int)((ulong)word * (ulong)count >> 32);
    }

    private void MakeUnit(ulong seed, Strided<double> columns)
    {
        for (int i = 0; i < Count; i++)
        {
            if (SourceRows[i] < 0)
            {
                for (int k = 0; k < columns.Rows; k++)
                {
                    columns[k, i] = new WeightStream(seed).Normal(new(0, 0, i, k));
                }
            }

            double squares = 0;
            for (int k = 0; k < columns.Rows; k++)
            {
                squares = double.FusedMultiplyAdd(columns[k, i], columns[k, i], squares);
            }

            double scale = 1 / Math.Sqrt(squares);
            for (int k = 0; k < columns.Rows; k++)
            {
                columns[k, i] *= scale;
            }
        }
    }

    private void Store(Strided<double> columns, double[] mean)
    {
        for (int i = 0; i < Count; i++)
        {
            double offset = 0;
            for (int k = 0; k < mean.Length; k++)
            {
                Weights[i * mean.Length + k] = (float)columns[k, i];
                offset = double.FusedMultiplyAdd(columns[k, i], mean[k], offset);
            }

            Offsets[i] = (float)offset;
        }
    }
}

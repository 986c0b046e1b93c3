using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using SeedHead.Compute;
using SeedHead.Data;

namespace SeedHead.Features;

/// <summary>Random convolution features: how strongly the patches of an image answer to patches drawn from the training images, cell by cell of a grid.</summary>
/// <remarks>
/// <para>A patch p (one at every pixel position) becomes x = (p − mean)/√(variance + ε). Filter w answers r = wᵀx − b, which is the product of the
/// whitened x with a unit vector: a whitened patch of a training image. Its features are √(mean of max(r − t, 0) + s) and √(mean of max(−r − t, 0) + s)
/// over the positions of each cell of the grid; feature filter·2·cells + sign·cells + cell. Constants: <c>docs/math/image-features.md</c>.</para>
/// <para>Filters of a narrow map are the first filters of a wide one, bit for bit.</para>
/// <para>Source: Coates, Lee and Ng, "An Analysis of Single-Layer Networks in Unsupervised Feature Learning", AISTATS 2011; Coates and Ng, "The
/// Importance of Encoding Versus Training with Sparse Coding and Vector Quantization", ICML 2011 (random patches, both signs, soft threshold).</para>
/// </remarks>
public sealed unsafe class ImageFeatures : FeatureMap
{
    internal const string Word = "images";

    private const int BandPositions = 1024; // patches a thread holds at a time
    private const int GroupPositions = 512; // small images are taken together up to this many patches
    private const int FilterBlock = 128; // answers of so many filters to a band stay in the second-level cache

    private readonly ImageRecipe recipe;
    private readonly PatchFilters filters;
    private readonly float[] weights; // [patch length × lanes], a filter a column; pinned, as the next two
    private readonly float[] high; // r > high counts as above
    private readonly float[] low; // r < low counts as below
    private readonly int lanes; // filters rounded up to a whole vector; the columns beyond are 0

    internal ImageFeatures(ImageRecipe recipe, PatchFilters filters)
    {
        (this.recipe, this.filters) = (recipe, filters);
        int length = recipe.PatchLength;
        lanes = PatchMatrix.RoundUp(filters.Count);
        weights = GC.AllocateArray<float>(checked(length * lanes), pinned: true);
        high = GC.AllocateArray<float>(lanes, pinned: true);
        low = GC.AllocateArray<float>(lanes, pinned: true);
        for (int i = 0; i < filters.Count; i++)
        {
            high[i] = filters.Offsets[i] + recipe.Threshold;
            low[i] = filters.Offsets[i] - recipe.Threshold;
            for (int k = 0; k < length; k++)
            {
                weights[k * lanes + i] = filters.Weights[i * length + k];
            }
        }
    }

    /// <inheritdoc/>
    public override int InputColumns => recipe.Shape.Size;

    /// <inheritdoc/>
    public override int FeatureCount => filters.Count * recipe.FeaturesPerFilter;

    /// <summary>The training row each filter's patch came from; −1 for a filter that came from none.</summary>
    public IReadOnlyList<int> SourceRows => filters.SourceRows;

    /// <summary>A 64-bit hash of the preprocessed row each filter's patch came from; 0 for a filter that came from none.</summary>
    public IReadOnlyList<ulong> SourceHashes => filters.SourceHashes;

    /// <inheritdoc/>
    public override double OperationsPerRow =>
        recipe.Positions * (filters.Count * (2.0 * recipe.PatchLength + 6) + 7.0 * recipe.PatchLength);

    /// <inheritdoc/>
    public override string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"images {recipe.Shape}: {filters.Count} filters {recipe.PatchRows}x{recipe.PatchColumns}, 2 signs, {recipe.GridRows}x{recipe.GridColumns} cells");

    internal PatchFilters Filters => filters;

    private int BandRows => Math.Clamp(BandPositions / recipe.PositionColumns, 1, recipe.PositionRows);

    private int GroupImages => Math.Max(1, GroupPositions / recipe.Positions);

    private int PatchStride => PatchMatrix.RoundUp(BandRows * recipe.PositionColumns * GroupImages);

    /// <inheritdoc/>
    public override long WorkingBytes(int rows, int threads)
    {
        long atWork = Math.Clamp((rows + GroupImages - 1) / GroupImages, 1, threads);
        long perThread = (long)PatchStride * (recipe.PatchLength + Math.Min(FilterBlock, lanes))
            + GroupImages * ((long)PatchMatrix.PlanesLength(recipe) + lanes * recipe.FeaturesPerFilter);
        return sizeof(float) * (atWork * perThread + (recipe.PatchLength + 2L) * lanes);
    }

    /// <summary>The number of features a search for the width begins with: seconds of work on tens of thousands of images.</summary>
    /// <param name="shape">The shape of one image.</param>
    public static int StartWidth(ImageShape shape) => WidthsFor(shape).Start;

    /// <summary>The number of features a search for the width ends with: a Gram matrix of at most 1.3 GB.</summary>
    /// <param name="shape">The shape of one image.</param>
    public static int MaximumWidth(ImageShape shape) => WidthsFor(shape).Maximum;

    /// <summary>At most <paramref name="width"/> features, whole filters and at least one, from the training rows.</summary>
    /// <exception cref="ArgumentException">The rows are not images.</exception>
    internal static ImageFeatures Create(int width, ulong seed, IInputRows rows, Team team)
    {
        ImageShape shape = rows.Shape ?? throw new ArgumentException(
            $"\"images\" features need images, but the inputs are rows of {rows.Columns} numbers. Ask for other features, such as \"hidden\".", nameof(rows));
        return Create(ImageRecipe.For(shape), width, seed, rows, team);
    }

    internal static ImageFeatures Create(ImageRecipe recipe, int width, ulong seed, IInputRows rows, Team team) =>
        new(recipe, PatchFilters.Draw(recipe, Math.Max(1, width / recipe.FeaturesPerFilter), seed, rows, team));

    /// <summary>Reads what <see cref="ToJson"/> wrote. The seed is not needed: filters come from training images and are stored.</summary>
    /// <exception cref="DataException">Not such a form.</exception>
    internal static ImageFeatures FromJson(JsonObject json, ulong seed, IReadOnlyDictionary<string, StoredArray> arrays)
    {
        var (recipe, filters) = ImageFeaturesForm.Read(json, arrays);
        return new(recipe, filters);
    }

    internal override JsonObject ToJson(IDictionary<string, StoredArray> arrays) => ImageFeaturesForm.Write(recipe, filters, arrays);

    internal override void Map(Team team, Strided<float> inputs, Strided<float> features)
    {
        int rows = checked((int)inputs.Rows);
        int group = GroupImages;
        team.For((rows + group - 1) / group, task =>
        {
            int first = task * group;
            int count = Math.Min(group, rows - first);
            MapGroup(inputs.Pointer + first * inputs.RowStride, inputs.RowStride, features.Pointer + first * features.RowStride, features.RowStride, count);
        });
    }

    internal override void MapRow(ReadOnlySpan<float> input, Span<float> features)
    {
        fixed (float* image = input, row = features)
        {
            MapGroup(image, 0, row, 0, 1);
        }
    }

    private void MapGroup(float* images, long imageStride, float* features, long featureStride, int count)
    {
        int sumsLength = lanes * recipe.FeaturesPerFilter;
        int planesLength = PatchMatrix.PlanesLength(recipe);
        float* planes = Scratch.Get<float>(Scratch.Slot.ImagePlanes, (long)count * planesLength);
        float* sums = Scratch.Get<float>(Scratch.Slot.ImageSums, (long)count * sumsLength);
        new Span<float>(sums, count * sumsLength).Clear();
        for (int i = 0; i < count; i++)
        {
            PatchMatrix.Split(recipe, images + i * imageStride, planes + (long)i * planesLength);
        }

        for (int row = 0; row < recipe.PositionRows; row += BandRows)
        {
            AddBand(planes, row, Math.Min(BandRows, recipe.PositionRows - row), sums, count);
        }

        for (int i = 0; i < count; i++)
        {
            Finish(sums + (long)i * sumsLength, features + i * featureStride);
        }
    }

    /// <summary>Adds the answers at position rows row … row + rows − 1 of every image of the group.</summary>
    private void AddBand(float* planes, int row, int rows, float* sums, int count)
    {
        int length = recipe.PatchLength;
        int positions = rows * recipe.PositionColumns;
        int stride = PatchMatrix.RoundUp(count * positions);
        float* patches = Scratch.Get<float>(Scratch.Slot.ImagePatches, (long)length * stride);
        for (int i = 0; i < count; i++)
        {
            PatchMatrix.Gather(recipe, planes + (long)i * PatchMatrix.PlanesLength(recipe), row, rows, patches + i * positions, stride);
        }

        PatchMatrix.Normalise(patches, length, stride, stride, recipe.PatchVariance);
        var x = new Strided<float>(patches, count * positions, length, 1, stride);
        for (int f = 0; f < lanes; f += FilterBlock)
        {
            int block = Math.Min(FilterBlock, lanes - f);
            float* responses = Scratch.Get<float>(Scratch.Slot.ImageResponses, (long)count * positions * block);
            var w = new Strided<float>(Pointer(weights) + f, length, block, lanes, 1);
            MatrixProduct.Multiply(Team.Single, x, w, Strided<float>.RowMajor(responses, x.Rows, block));
            for (int i = 0; i < count; i++)
            {
                Pool(responses + (long)i * positions * block, row, rows, f, block, sums + (long)i * lanes * recipe.FeaturesPerFilter);
            }
        }
    }

    /// <summary>Adds one image's responses [positions × block] to its sums [2·cells × lanes].</summary>
    private void Pool(float* responses, int row, int rows, int filter, int block, float* sums)
    {
        int columns = recipe.PositionColumns;
        for (int gy = 0; gy < recipe.GridRows; gy++)
        {
            int top = Math.Max(Edge(gy, recipe.GridRows, recipe.PositionRows), row);
            int bottom = Math.Min(Edge(gy + 1, recipe.GridRows, recipe.PositionRows), row + rows);
            for (int gx = 0; gx < recipe.GridColumns && top < bottom; gx++)
            {
                int left = Edge(gx, recipe.GridColumns, columns);
                int right = Edge(gx + 1, recipe.GridColumns, columns);
                float* above = sums + (long)(gy * recipe.GridColumns + gx) * lanes + filter;
                ResponsePool.Add(
                    responses,
                    block,
                    new((top - row) * columns + left, bottom - top, right - left, columns),
                    block,
                    Pointer(high) + filter,
                    Pointer(low) + filter,
                    above,
                    above + (long)recipe.Cells * lanes);
            }
        }
    }

    /// <summary>Sums [2·cells × lanes] → features, filter by filter.</summary>
    private void Finish(float* sums, float* features)
    {
        for (int cell = 0; cell < recipe.Cells; cell++)
        {
            var (gy, gx) = (cell / recipe.GridColumns, cell % recipe.GridColumns);
            int rows = Edge(gy + 1, recipe.GridRows, recipe.PositionRows) - Edge(gy, recipe.GridRows, recipe.PositionRows);
            int columns = Edge(gx + 1, recipe.GridColumns, recipe.PositionColumns) - Edge(gx, recipe.GridColumns, recipe.PositionColumns);
            for (int sign = 0; sign < 2; sign++)
            {
                float* from = sums + (long)(sign * recipe.Cells + cell) * lanes;
                float* to = features + sign * recipe.Cells + cell;
                for (int i = 0; i < filters.Count; i++)
                {
                    to[(long)i * recipe.FeaturesPerFilter] = MathF.Sqrt(from[i] / (rows * columns) + recipe.Shift);
                }
            }
        }
    }

    private static (int Start, int Maximum) WidthsFor(ImageShape shape) => Math.Min(shape.Height, shape.Width) < 16 ? (512, 1024)
        : shape.Channels == 1 ? (2048, 8192)
        : (3200, 12800);

    /// <summary>The first position of a cell: cells differ by one position at most.</summary>
    private static int Edge(int cell, int cells, int positions) => (int)((long)cell * positions / cells);

    private static float* Pointer(float[] pinned) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}

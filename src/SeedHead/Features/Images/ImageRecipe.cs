using SeedHead.Data;

namespace SeedHead.Features;

/// <summary>How image features are made. Everything here is a function of the image's shape.</summary>
/// <param name="Shape">The shape of one image.</param>
/// <param name="PatchRows">Rows of a patch.</param>
/// <param name="PatchColumns">Columns of a patch.</param>
/// <param name="GridRows">Rows of the pooling grid.</param>
/// <param name="GridColumns">Columns of the pooling grid.</param>
/// <param name="PatchVariance">Added to a patch's variance before its root divides the patch, in squared units of the rows ([0, 1]² for images).</param>
/// <param name="WhiteningShare">Added to the diagonal of the covariance of normalised patches, as a share of its mean diagonal.</param>
/// <param name="Threshold">What a response must pass, either way, to count; responses have a variance of up to about 1.</param>
/// <param name="Shift">Added to a mean response before its root is taken, so that the root's slope at 0 stays finite.</param>
/// <param name="LeastVariance">A training patch of less variance does not become a filter.</param>
internal sealed record ImageRecipe(
    ImageShape Shape,
    int PatchRows,
    int PatchColumns,
    int GridRows,
    int GridColumns,
    float PatchVariance,
    double WhiteningShare,
    float Threshold,
    float Shift,
    float LeastVariance)
{
    private const int Grey = 1;

    /// <summary>Numbers in a patch.</summary>
    public int PatchLength => PatchRows * PatchColumns * Shape.Channels;

    /// <summary>Rows of patch positions, one pixel apart.</summary>
    public int PositionRows => Shape.Height - PatchRows + 1;

    /// <summary>Columns of patch positions.</summary>
    public int PositionColumns => Shape.Width - PatchColumns + 1;

    /// <summary>Patches of one image.</summary>
    public int Positions => PositionRows * PositionColumns;

    /// <summary>Cells of the pooling grid.</summary>
    public int Cells => GridRows * GridColumns;

    /// <summary>Features of one filter: both signs in every cell.</summary>
    public int FeaturesPerFilter => 2 * Cells;

    /// <summary>The recipe for images of one shape.</summary>
    /// <remarks>Found by leave-one-out errors of four sets, as told in <c>docs/math/image-features.md</c>.</remarks>
    public static ImageRecipe For(ImageShape shape)
    {
        int least = Math.Min(shape.Height, shape.Width);
        int patch = Math.Min(4 + least / 8, shape.Channels == Grey ? 8 : 6); // 8x8 → 5, 28x28 → 7, 32x32x3 → 6
        int grid = shape.Channels == Grey && least >= 16 ? 4 : 2;
        int rows = Math.Min(patch, shape.Height);
        int columns = Math.Min(patch, shape.Width);
        return new(
            shape,
            rows,
            columns,
            Math.Min(grid, shape.Height - rows + 1),
            Math.Min(grid, shape.Width - columns + 1),
            PatchVariance: 0.01f,
            WhiteningShare: shape.Channels == Grey ? 1 : 0.1,
            Threshold: 0.25f,
            Shift: 0.03f,
            LeastVariance: 0.001f);
    }
}

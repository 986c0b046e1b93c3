using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Features;
using SeedHead.Tests.Reference;

namespace SeedHead.Tests.Features;

public unsafe class PatchFiltersTests
{
    private static readonly ImageShape Shape = new(10, 9, 3);
    private static readonly ImageRecipe Recipe = ImageRecipe.For(Shape) with { PatchRows = 3, PatchColumns = 4 };

    [Fact]
    public void Normalised_patches_have_mean_zero_and_the_variance_that_the_share_leaves()
    {
        var rows = SampleImages.Create(Shape, 1, seed: 1);
        float[] patches = Patches(rows, 0, out int stride);
        for (int i = 0; i < Recipe.Positions; i++)
        {
            var (y, x) = (i / Recipe.PositionColumns, i % Recipe.PositionColumns);
            double[] raw = Column(RawPatches(rows, 0, out int rawStride), rawStride, i), normal = Column(patches, stride, i);
            double variance = raw.Select(value => Math.Pow(value - raw.Average(), 2)).Average();
            Assert.Equal(0, normal.Average(), 1e-6);
            Assert.Equal(variance / (variance + Recipe.PatchVariance), normal.Select(value => value * value).Average(), 1e-5);
            Assert.Equal(ImageFeaturesReference.Patch(Recipe, rows[0], y, x).Select(value => (double)value), normal);
        }
    }

    [Fact]
    public void Brightness_and_strong_contrast_do_not_change_a_normalised_patch()
    {
        float[] patch = [0, 3, 9, 1, 0, 0, 5, 2], brighter = [.. patch.Select(value => 4 * value + 100)];
        float[] first = Single(patch), second = Single(brighter);
        Assert.All(first.Zip(second), pair => Assert.Equal(1, pair.First / pair.Second, 6e-4)); // variance 8.75: √(8.75 / 8.76) = 1 − 5.7e-4
    }

    [Fact]
    public void Whitened_training_patches_have_the_identity_as_covariance_but_for_the_added_share()
    {
        var rows = SampleImages.Create(Shape, 40, seed: 1);
        var whitening = PatchWhitening.Learn(Recipe, 3, rows, Team.Single);
        int length = Recipe.PatchLength;
        var all = Enumerable.Range(0, rows.Count).SelectMany(row => Columns(Patches(rows, row, out int stride), stride)).ToArray();
        double trace = Enumerable.Range(0, length).Sum(k => Variance(all, k));
        double[][] inverse = Whitened(whitening, [.. Enumerable.Range(0, length).Select(k => whitening.Mean.Select((m, i) => i == k ? m + 1 : m).ToArray())]);
        double[][] white = Whitened(whitening, all);

        // z = L⁻¹(x − μ) and L·Lᵀ = C + ε·I give Cov(z) = I − ε·L⁻¹L⁻ᵀ, with L⁻¹ = the whitened unit vectors.
        double epsilon = Recipe.WhiteningShare * trace / length;
        for (int i = 0; i < length; i++)
        {
            for (int j = 0; j < length; j++)
            {
                double covariance = white.Average(z => z[i] * z[j]);
                double added = epsilon * inverse.Sum(column => column[i] * column[j]);
                Assert.Equal(i == j ? 1 : 0, covariance + added, 1e-4);
            }
        }
    }

    [Fact]
    public void A_filter_answers_its_own_patch_with_the_length_of_the_whitened_patch()
    {
        var rows = SampleImages.Create(Shape, 12, seed: 1);
        var filters = PatchFilters.Draw(Recipe, 30, 3, rows, Team.Single);
        var whitening = PatchWhitening.Learn(Recipe, 3, rows, Team.Single);
        for (int f = 0; f < filters.Count; f++)
        {
            // No patch of the row answers with more than its own whitened length, and one of them, the source, answers with just that.
            double[][] patches = [.. Columns(Patches(rows, filters.SourceRows[f], out int stride), stride)];
            double[] lengths = [.. Whitened(whitening, patches).Select(z => Math.Sqrt(z.Sum(value => value * value)))];
            double[] missing = [.. patches.Zip(lengths, (x, norm) => norm - Answer(filters, f, x))];
            Assert.Equal(0, missing.Min(), 1e-4);
        }
    }

    [Fact]
    public void Patches_without_structure_do_not_become_filters()
    {
        Rows empty = SampleImages.Constant(Shape, 30), full = SampleImages.Create(Shape, 30, seed: 1);
        var rows = new Rows([.. Enumerable.Range(0, 30).Select(row => row % 2 == 0 ? empty[row] : full[row])], Shape);
        var filters = PatchFilters.Draw(Recipe, 50, 3, rows, Team.Single);
        Assert.All(filters.SourceRows, row => Assert.Equal(1, row % 2));
    }

    [Fact]
    public void Another_seed_draws_other_filters()
    {
        var rows = SampleImages.Create(Shape, 30, seed: 1);
        Assert.NotEqual(
            PatchFilters.Draw(Recipe, 20, 3, rows, Team.Single).SourceRows, PatchFilters.Draw(Recipe, 20, 4, rows, Team.Single).SourceRows);
    }

    private static double Answer(PatchFilters filters, int filter, double[] patch) =>
        patch.Select((value, k) => value * filters.Weights[filter * patch.Length + k]).Sum() - filters.Offsets[filter];

    private static double Variance(double[][] columns, int k)
    {
        double mean = columns.Average(column => column[k]);
        return columns.Average(column => (column[k] - mean) * (column[k] - mean));
    }

    private static double[][] Whitened(PatchWhitening whitening, double[][] columns)
    {
        int length = columns[0].Length;
        using var buffer = new NativeBuffer<double>((long)length * columns.Length);
        var x = Strided<double>.RowMajor(buffer, length, columns.Length);
        for (int j = 0; j < columns.Length; j++)
        {
            for (int k = 0; k < length; k++)
            {
                x[k, j] = columns[j][k];
            }
        }

        whitening.Whiten(Team.Single, x);
        return [.. columns.Select((_, j) => Enumerable.Range(0, length).Select(k => buffer.Pointer[(long)k * columns.Length + j]).ToArray())];
    }

    private static IEnumerable<double[]> Columns(float[] patches, int stride) =>
        Enumerable.Range(0, Recipe.Positions).Select(i => Column(patches, stride, i));

    private static double[] Column(float[] patches, int stride, int column) =>
        [.. Enumerable.Range(0, Recipe.PatchLength).Select(k => (double)patches[k * stride + column])];

    private static float[] Patches(Rows rows, int row, out int stride)
    {
        float[] patches = RawPatches(rows, row, out stride);
        fixed (float* pointer = patches)
        {
            PatchMatrix.Normalise(pointer, Recipe.PatchLength, stride, stride, Recipe.PatchVariance);
        }

        return patches;
    }

    private static float[] RawPatches(Rows rows, int row, out int stride)
    {
        stride = PatchMatrix.RoundUp(Recipe.Positions);
        var (planes, patches) = (new float[PatchMatrix.PlanesLength(Recipe)], new float[Recipe.PatchLength * stride]);
        fixed (float* image = rows[row], plane = planes, to = patches)
        {
            PatchMatrix.Split(Recipe, image, plane);
            PatchMatrix.Gather(Recipe, plane, 0, Recipe.PositionRows, to, stride);
        }

        return patches;
    }

    private static float[] Single(float[] patch)
    {
        var columns = new float[patch.Length * PatchMatrix.Lanes];
        for (int k = 0; k < patch.Length; k++)
        {
            columns[k * PatchMatrix.Lanes] = patch[k];
        }

        fixed (float* pointer = columns)
        {
            PatchMatrix.Normalise(pointer, patch.Length, PatchMatrix.Lanes, PatchMatrix.Lanes, 0.01f);
        }

        return [.. patch.Select((_, k) => columns[k * PatchMatrix.Lanes])];
    }
}

using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Features;

/// <summary>μ and C, mean and covariance of normalised training patches, and L of L·Lᵀ = C + ε·I: z = L⁻¹·(x − μ) has covariance near I.</summary>
/// <remarks>
/// <para>A filter f responds to a whitened patch z with fᵀz. For filters that are whitened patches themselves only (C + ε·I)⁻¹ enters, so the
/// responses are those of the symmetric whitening (ZCA) (C + ε·I)^(−½), which needs eigenvectors.</para>
/// <para>ε is a share of the mean variance, so that images with much empty ground are whitened like the same images without.</para>
/// </remarks>
internal sealed unsafe class PatchWhitening
{
    /// <summary>Images whose patches make the covariance.</summary>
    public const int SampleImages = 1024;

    private const int OrderPurpose = 0x696D67; // "img": of the sample's order
    private readonly double[] factor;

    private PatchWhitening(double[] mean, double[] factor) => (Mean, this.factor) = (mean, factor);

    /// <summary>μ, one number a patch element.</summary>
    public double[] Mean { get; }

    public static PatchWhitening Learn(ImageRecipe recipe, ulong seed, IInputRows rows, Team team)
    {
        int length = recipe.PatchLength;
        using var gram = new NativeBuffer<double>(length * length);
        using var sum = new NativeBuffer<double>(length);
        long count = AddPatches(recipe, Order.Sample(seed, OrderPurpose, rows.Count, SampleImages), rows, team, gram, sum);
        var mean = new double[length];
        for (int i = 0; i < length; i++)
        {
            mean[i] = sum.Pointer[i] / count;
        }

        return new(mean, Factor(recipe, team, gram, mean, count));
    }

    /// <summary>Each column of x [length × n] ← L⁻¹·(x − μ).</summary>
    public void Whiten(Team team, Strided<double> x)
    {
        for (long i = 0; i < x.Rows; i++)
        {
            for (long j = 0; j < x.Columns; j++)
            {
                x[i, j] -= Mean[i];
            }
        }

        fixed (double* lower = factor)
        {
            Triangular.Solve(team, Strided<double>.RowMajor(lower, Mean.Length, Mean.Length), x);
        }
    }

    /// <summary>Each column of f [length × n] ← L⁻ᵀ·f, so that fᵀ(x − μ) is the old fᵀz.</summary>
    public void Fold(Team team, Strided<double> f)
    {
        fixed (double* lower = factor)
        {
            Triangular.SolveTransposed(team, Strided<double>.RowMajor(lower, Mean.Length, Mean.Length), f);
        }
    }

    private static long AddPatches(
        ImageRecipe recipe, int[] sample, IInputRows rows, Team team, NativeBuffer<double> gram, NativeBuffer<double> sum)
    {
        var (length, positions) = (recipe.PatchLength, recipe.Positions);
        int stride = PatchMatrix.RoundUp(positions);
        using var image = new NativeBuffer<float>(recipe.Shape.Size);
        using var planes = new NativeBuffer<float>(PatchMatrix.PlanesLength(recipe));
        using var columns = new NativeBuffer<float>((long)length * stride);
        using var ones = new NativeBuffer<float>(positions);
        ones.Span(0, positions).Fill(1);
        foreach (int row in sample)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            rows.Read([row], Strided<float>.RowMajor(image, 1, recipe.Shape.Size));
            PatchMatrix.Split(recipe, image.Pointer, planes.Pointer);
            PatchMatrix.Gather(recipe, planes.Pointer, 0, recipe.PositionRows, columns.Pointer, stride);
            PatchMatrix.Normalise(columns.Pointer, length, stride, stride, recipe.PatchVariance);
            var patchRows = new Strided<float>(columns.Pointer, positions, length, 1, stride);
            GramProduct.Add(team, patchRows, Strided<double>.RowMajor(gram, length, length));
            GramProduct.AddCross(team, patchRows, Strided<float>.RowMajor(ones, positions, 1), Strided<double>.RowMajor(sum, length, 1));
        }

        return (long)sample.Length * positions;
    }

    private static double[] Factor(ImageRecipe recipe, Team team, NativeBuffer<double> gram, double[] mean, long count)
    {
        int length = mean.Length;
        var lower = new double[length * length];
        double trace = 0;
        for (int i = 0; i < length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                lower[i * length + j] = gram.Pointer[i * length + j] / count - mean[i] * mean[j];
            }

            trace += lower[i * length + i];
        }

        // Images without any structure have trace 0; a positive number then keeps the factor finite.
        double added = trace > 0 ? recipe.WhiteningShare * (trace / length) : 1;
        for (int i = 0; i < length; i++)
        {
            lower[i * length + i] += added;
        }

        fixed (double* pointer = lower)
        {
            CholeskyStatus status = Cholesky.Factor(team, Strided<double>.RowMajor(pointer, length, length));
            return status.Succeeded
                ? lower
                : throw new DataException(
                    $"The covariance of image patches has pivot {status.Value} at {status.Pivot}. Check the images for values that are not finite.");
        }
    }
}

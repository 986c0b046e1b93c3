using System.Text.Json;
using SeedHead.Compute;
using SeedHead.Kernels;

namespace SeedHead.Tests.Kernels;

public sealed class KernelPcaTests : IDisposable
{
    private const int Rows = 40, New = 7, Columns = 6, Components = 3;
    private static readonly JsonElement Golden = KernelRows.Golden(); // Golden/kernel-pca.py: NumPy's eigh
    private readonly List<IDisposable> buffers = [];
    private readonly NativeBuffer<float> x, fresh;

    public KernelPcaTests() => (x, fresh) = (Kept(KernelRows.Grid(1, Rows * Columns)), Kept(KernelRows.Grid(2, New * Columns)));

    public void Dispose() => buffers.ForEach(buffer => buffer.Dispose());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Components_of_a_kernel_are_those_of_NumPy(bool randomised)
    {
        // The cubic kernel's centred matrix has 40 eigenvalues: the 13 columns of a randomised run hold the first three to 10⁻⁶ with two powers.
        double tolerance = randomised ? 1e-6 : 1e-11;
        using KernelPca pca = Cubic(randomised, new Team(2));
        KernelRows.AssertNear(KernelRows.Numbers(Golden, "values")[..Components], [.. pca.Spectrum.Values.Take(Components)], tolerance);
        double scale = randomised ? 1e-3 : 1e-10;
        KernelRows.AssertNear(KernelRows.Numbers(Golden, "scores"), KernelRows.All(pca.Scores), scale);
        Strided<double> cross = Matrix(Kept(KernelRows.Polynomial(fresh, x, Columns, 1, Columns, 3)), New, Rows), scores = Empty(New, Components);
        pca.Score(new Team(2), cross, scores);
        KernelRows.AssertNear(KernelRows.Numbers(Golden, "newScores"), KernelRows.All(scores), scale);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Components_of_features_are_those_of_NumPy(bool randomised)
    {
        using KernelPca pca = KernelPca.OfFeatures(new Team(2), Features(x, Rows), Components, randomised ? 5 : null); // 6 columns: the projection holds all
        KernelRows.AssertNear(KernelRows.Numbers(Golden, "featureScores"), KernelRows.All(pca.Scores), 1e-11);
        Strided<double> scores = Empty(New, Components), points = Empty(New, Columns);
        for (int i = 0; i < New; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                points[i, j] = Features(fresh, New)[i, j];
            }
        }

        pca.Score(Team.Single, points, scores);
        KernelRows.AssertNear(KernelRows.Numbers(Golden, "newFeatureScores"), KernelRows.All(scores), 1e-11);
    }

    [Fact]
    public void Wide_features_have_the_components_of_their_kernel()
    {
        NativeBuffer<float> wide = Kept(KernelRows.Grid(9, 8 * 30));
        using KernelPca features = KernelPca.OfFeatures(Team.Single, Strided<float>.RowMajor(wide, 8, 30), 5);
        using KernelPca kernel = KernelPca.OfGram(Team.Single, Matrix(Kept(KernelRows.Polynomial(wide, wide, 30, 0, 1, 1)), 8, 8), 5);
        KernelRows.AssertNear(KernelRows.All(kernel.Scores), KernelRows.All(features.Scores), 1e-11);
        KernelRows.AssertNear([.. kernel.Spectrum.Values], [.. features.Spectrum.Values], 1e-11);
        Assert.Equal(kernel.Spectrum.Squares, features.Spectrum.Squares, 1e-10);
    }

    [Fact]
    public void Scores_of_the_rows_themselves_come_back()
    {
        using KernelPca pca = Cubic(randomised: false, Team.Single);
        Strided<double> again = Empty(Rows, Components);
        pca.Score(Team.Single, Matrix(Kept(KernelRows.Polynomial(x, x, Columns, 1, Columns, 3)), Rows, Rows), again);
        KernelRows.AssertNear(KernelRows.All(pca.Scores), KernelRows.All(again), 1e-11);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Threads_change_no_bit(bool randomised)
    {
        using KernelPca one = Cubic(randomised, Team.Single), many = Cubic(randomised, new Team(5));
        Assert.Equal(KernelRows.All(one.Scores).Select(BitConverter.DoubleToInt64Bits), KernelRows.All(many.Scores).Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void A_component_of_rounding_has_scores_of_0()
    {
        NativeBuffer<float> line = Kept(KernelRows.Grid(3, 12)); // one column: rank 1
        using KernelPca pca = KernelPca.OfGram(Team.Single, Matrix(Kept(KernelRows.Polynomial(line, line, 1, 0, 1, 1)), 12, 12), 2);
        Assert.True(pca.Spectrum.Values[0] > 0.1);
        Assert.All(Enumerable.Range(0, 12), i => Assert.Equal(0, pca.Scores[i, 1]));
    }

    [Fact]
    public void What_is_no_kernel_matrix_is_refused()
    {
        Strided<double> indefinite = Empty(3, 3);
        (indefinite[0, 1], indefinite[1, 0]) = (1, 1);
        Assert.Contains("eigenvalue", Assert.Throws<ArgumentException>(() => KernelPca.OfGram(Team.Single, indefinite, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => KernelPca.OfGram(Team.Single, Empty(3, 2), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => KernelPca.OfGram(Team.Single, Empty(3, 3), 4));
        Strided<double> broken = Empty(3, 3);
        broken[2, 1] = double.NaN;
        Assert.Throws<ArgumentException>(() => KernelPca.OfGram(Team.Single, broken, 1));
    }

    private KernelPca Cubic(bool randomised, Team team)
    {
        Strided<double> gram = Matrix(Kept(KernelRows.Polynomial(x, x, Columns, 1, Columns, 3)), Rows, Rows);
        return randomised ? KernelPca.OfGramRandomised(team, gram, Components, seed: 7) : KernelPca.OfGram(team, gram, Components);
    }

    private T Kept<T>(T buffer)
        where T : IDisposable
    {
        buffers.Add(buffer);
        return buffer;
    }

    private Strided<double> Empty(int rows, int columns) => Matrix(Kept(new NativeBuffer<double>((long)rows * columns)), rows, columns);

    private static Strided<double> Matrix(NativeBuffer<double> buffer, int rows, int columns) => Strided<double>.RowMajor(buffer, rows, columns);

    private static Strided<float> Features(NativeBuffer<float> buffer, int rows) => Strided<float>.RowMajor(buffer, rows, Columns);
}

using SeedHead.Compute;
using SeedHead.Tests.Reference;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed class GramProductTests : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 1)]
    [InlineData(511, 33)]
    [InlineData(512, 32)]
    [InlineData(513, 61)]
    [InlineData(2050, 47)] // more blocks than one pass holds
    [InlineData(64, 300)] // several tasks of rows
    [InlineData(3, 0)]
    public void Gram_has_the_bits_of_the_definition_and_leaves_the_upper_triangle(int rows, int features)
    {
        foreach (Layout layout in new[] { Layout.RowMajor, Layout.ColumnMajor })
        {
            Strided<float> phi = Filled<float>(buffers, rows, features, 1, layout, gap: 3);
            Strided<double> expected = Filled<double>(buffers, features, features, 2);
            GramProductReference.Add(phi, expected);
            foreach (TileSet<float> tiles in Tiles<float>())
            {
                foreach (int threads in new[] { 1, 2, 5 })
                {
                    Strided<double> gram = Filled<double>(buffers, features, features, 2, gap: 1);
                    GramProduct.Add(new Team(threads), tiles, phi, gram);
                    AssertSameBits(expected, gram, $"Gram of [{rows} × {features}], {tiles.Lanes} lanes, {threads} threads");
                }
            }
        }
    }

    [Theory]
    [InlineData(0, 5, 2)]
    [InlineData(1, 1, 1)]
    [InlineData(600, 40, 1)]
    [InlineData(1025, 301, 10)]
    [InlineData(700, 20, 35)]
    [InlineData(9, 255, 16)] // around strips of features (256) and rows taken together (8)
    [InlineData(520, 263, 17)]
    [InlineData(15, 513, 3)]
    public void Cross_product_has_the_bits_of_the_definition(int rows, int features, int outputs)
    {
        Strided<float> phi = Filled<float>(buffers, rows, features, 1), y = Filled<float>(buffers, rows, outputs, 5);
        Strided<double> expected = Filled<double>(buffers, features, outputs, 2);
        GramProductReference.AddCross(phi, y, expected);
        foreach (int threads in new[] { 1, 2, 5 })
        {
            Strided<double> cross = Filled<double>(buffers, features, outputs, 2);
            GramProduct.AddCross(new Team(threads), phi, y, cross);
            AssertSameBits(expected, cross, $"cross of [{rows} × {features}], [{rows} × {outputs}], {threads} threads");
        }

        foreach (TileSet<float> tiles in Tiles<float>())
        {
            foreach (int threads in new[] { 1, 2, 5 })
            {
                Strided<double> cross = Filled<double>(buffers, features, outputs, 2, (Layout)(threads % 3));
                GramProduct.AddCross(new Team(threads), tiles, phi, y, cross);
                AssertSameBits(expected, cross, $"cross of [{rows} × {features}], [{rows} × {outputs}], {tiles.Lanes} lanes, {threads} threads");
            }
        }
    }

    [Fact]
    public void Blocks_added_one_call_each_are_the_blocks_of_one_call()
    {
        Strided<float> phi = Filled<float>(buffers, 3 * GramProduct.RowBlock, 20, 1);
        Strided<double> whole = Filled<double>(buffers, 20, 20, 2), parts = Filled<double>(buffers, 20, 20, 2);
        GramProduct.Add(Team.Single, phi, whole);
        for (int block = 0; block < 3; block++)
        {
            GramProduct.Add(Team.Single, phi.Block(block * GramProduct.RowBlock, 0, GramProduct.RowBlock, 20), parts);
        }

        AssertSameBits(whole, parts, "three calls");
    }

    [Fact]
    public void A_not_a_number_reaches_its_row_and_column_only()
    {
        Strided<float> phi = Filled<float>(buffers, 100, 40, 1);
        phi[50, 20] = float.NaN;
        Strided<double> gram = Filled<double>(buffers, 40, 40, 2);
        GramProduct.Add(Team.Single, phi, gram);
        Assert.True(double.IsNaN(gram[20, 3]) && double.IsNaN(gram[39, 20]));
        Assert.False(double.IsNaN(gram[39, 19]) || double.IsNaN(gram[19, 3]));
    }

    [Fact]
    public void Shapes_that_do_not_match_are_named()
    {
        Strided<float> phi = Filled<float>(buffers, 4, 3, 1);
        Strided<double> gram = Filled<double>(buffers, 4, 4, 2);
        var error = Assert.Throws<ArgumentException>(() => GramProduct.Add(Team.Single, phi, gram));
        Assert.Contains("[4 × 3]ᵀ·[4 × 3] has no place in [4 × 4]", error.Message, StringComparison.Ordinal);
    }
}

using System.Numerics;
using SeedHead.Compute;
using SeedHead.Tests.Reference;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed class MatrixProductTests : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    // Around tiles (1, 2, 4, 6, 12 rows; 4 to 32 columns), blocks of k (256, 1024), tasks (60 to 768 rows), and primes.
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 12, 32, 1024 }, { 13, 33, 1025 }, { 11, 31, 1023 }, { 24, 64, 256 }, { 25, 65, 257 }, { 97, 101, 103 },
        { 1, 200, 2049 }, { 2, 300, 511 }, { 300, 1, 512 }, { 300, 10, 100 }, { 3, 7, 4100 }, { 130, 70, 2100 }, { 200, 128, 64 },
        { 0, 5, 3 }, { 5, 0, 3 }, { 5, 3, 0 }, { 0, 0, 0 }, { 61, 127, 1100 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Float_product_has_the_bits_of_the_definition(int m, int n, int k) => Check<float>(m, n, k, Layout.RowMajor, Layout.RowMajor, 0);

    [Theory, MemberData(nameof(Shapes))]
    public void Double_product_has_the_bits_of_the_definition(int m, int n, int k) => Check<double>(m, n, k, Layout.RowMajor, Layout.RowMajor, 0);

    [Fact]
    public void Every_small_shape_and_layout_has_the_bits_of_the_definition()
    {
        for (int trial = 0; trial < 150; trial++)
        {
            int Draw(int what, int below) => (int)((Value(99, trial, what) + 1) / 2 * below);
            (int m, int n, int k) = (Draw(0, 41), Draw(1, 41), Draw(2, 41));
            (Layout left, Layout right, int gap) = ((Layout)Draw(3, 3), (Layout)Draw(4, 3), Draw(5, 4));
            Check<float>(m, n, k, left, right, gap);
            Check<double>(m, n, k, left, right, gap);
        }
    }

    [Theory]
    [InlineData(Layout.ColumnMajor, Layout.RowMajor)]
    [InlineData(Layout.RowMajor, Layout.ColumnMajor)]
    [InlineData(Layout.ColumnMajor, Layout.ColumnMajor)]
    [InlineData(Layout.Spread, Layout.Spread)]
    internal void Transposes_and_strides_keep_the_bits_beyond_one_block(Layout left, Layout right)
    {
        Check<float>(75, 90, 1500, left, right, 5);
        Check<double>(75, 90, 700, left, right, 5);
    }

    [Fact]
    public void Rows_four_kilobytes_apart_have_the_same_bits() => Check<float>(30, 100, 1024, Layout.RowMajor, Layout.RowMajor, 0);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.Epsilon)] // smallest denormal: products vanish or stay denormal, and are not flushed
    [InlineData(-0f)]
    [InlineData(float.MaxValue)]
    public void Special_values_spread_as_the_definition_says(float special)
    {
        foreach (int k in new[] { 1, 3, 1030 })
        {
            Strided<float> a = Filled<float>(buffers, 14, k, 1), b = Filled<float>(buffers, k, 35, 2);
            a[5, k / 2] = special;
            b[k - 1, 33] = special;
            b[0, 1] = 0;
            Compare(a, b, Layout.RowMajor);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(40, 300)]
    [InlineData(200, 20)] // several tasks of rows
    [InlineData(131, 257)]
    public void The_lower_part_alone_has_the_bits_of_the_definition_and_leaves_the_rest(int n, int k)
    {
        Strided<double> a = Filled<double>(buffers, n, k, 1), b = Filled<double>(buffers, k, n, 2);
        Strided<double> expected = Filled<double>(buffers, n, n, 3);
        MatrixProductReference.Multiply(a, b, expected, add: true, lower: true);
        foreach (Layout layout in Enum.GetValues<Layout>())
        {
            foreach (int threads in new[] { 1, 2, 5 })
            {
                Strided<double> c = Filled<double>(buffers, n, n, 3, layout);
                MatrixProduct.MultiplyLower(new Team(threads), a, b, c, Into.Add);
                AssertSameBits(expected, c, $"lower part of [{n} × {k} × {n}], {layout}, {threads} threads");
            }
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void A_generated_right_factor_gives_the_bits_of_a_stored_one(int m, int n, int k)
    {
        Strided<float> a = Filled<float>(buffers, m, k, 1), b = Filled<float>(buffers, k, n, 2), expected = Filled<float>(buffers, m, n, 3);
        MatrixProductReference.Multiply(a, b, expected, add: false);
        foreach (TileSet<float> tiles in Tiles<float>())
        {
            foreach (int threads in new[] { 1, 2, 5 })
            {
                Strided<float> c = Filled<float>(buffers, m, n, 3, (Layout)((m + n) % 3), gap: 1);
                MatrixProduct.Multiply(new Team(threads), tiles, a, Generate, c);
                AssertSameBits(expected, c, $"[{m} × {k} × {n}], {tiles.Lanes} lanes, {threads} threads");
            }
        }

        void Generate(long step, long column, Strided<float> part) =>
            ForEach(part, (ref float value, long i, long j) => value = b[step + i, column + j]);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void An_epilogue_meets_every_element_once_when_it_is_complete(int m, int n, int k)
    {
        Strided<float> a = Filled<float>(buffers, m, k, 1), b = Filled<float>(buffers, k, n, 2), expected = Filled<float>(buffers, m, n, 3);
        MatrixProductReference.Multiply(a, b, expected, add: false);
        ForEach(expected, (ref float value, long _, long column) => value = (2 * value) + column);
        foreach (int threads in new[] { 1, 2, 5 })
        {
            Strided<float> stored = Filled<float>(buffers, m, n, 3), generated = Filled<float>(buffers, m, n, 3);
            MatrixProduct.Multiply(new Team(threads), a, b, stored, DoubleAndAddColumn);
            MatrixProduct.Multiply(new Team(threads), a, Generate, generated, DoubleAndAddColumn);
            AssertSameBits(expected, stored, $"[{m} × {k} × {n}], {threads} threads");
            AssertSameBits(expected, generated, $"[{m} × {k} × {n}] generated, {threads} threads");
        }

        void Generate(long step, long column, Strided<float> part) =>
            ForEach(part, (ref float value, long i, long j) => value = b[step + i, column + j]);

        static void DoubleAndAddColumn(Strided<float> part, long firstColumn) =>
            ForEach(part, (ref float value, long _, long column) => value = (2 * value) + (firstColumn + column));
    }

    [Fact]
    public void Denormal_products_are_not_flushed()
    {
        Strided<float> a = Create<float>(buffers, 1, 1), b = Create<float>(buffers, 1, 40), c = Create<float>(buffers, 1, 40);
        a[0, 0] = 1e-20f;
        b.Row(0).Fill(1e-20f);
        MatrixProduct.Multiply(Team.Single, a, b, c);
        Assert.Equal(1e-40f, c[0, 39]); // 1e-20² is denormal in float32
    }

    [Fact]
    public void A_product_without_steps_is_zero_and_adds_nothing()
    {
        Strided<float> a = Create<float>(buffers, 3, 0), b = Create<float>(buffers, 0, 4), c = Filled<float>(buffers, 3, 4, 1);
        float before = c[2, 3];
        MatrixProduct.Multiply(Team.Single, a, b, c, add: true);
        Assert.Equal(before, c[2, 3]);
        MatrixProduct.Multiply(Team.Single, a, b, c);
        Assert.Equal(0, c[2, 3]);
    }

    [Fact]
    public void Shapes_that_do_not_match_are_named()
    {
        Strided<float> a = Create<float>(buffers, 3, 2), b = Create<float>(buffers, 4, 5), c = Create<float>(buffers, 3, 5);
        var error = Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(Team.Single, a, b, c));
        Assert.Contains("A[3 × 2]·B[4 × 5]", error.Message, StringComparison.Ordinal);
    }

    private delegate void Change(ref float value, long row, long column);

    private static void ForEach(Strided<float> matrix, Change change)
    {
        for (long i = 0; i < matrix.Rows; i++)
        {
            for (long j = 0; j < matrix.Columns; j++)
            {
                change(ref matrix[i, j], i, j);
            }
        }
    }

    private void Check<T>(int m, int n, int k, Layout left, Layout right, int gap)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Compare(Filled<T>(buffers, m, k, 1, left, gap), Filled<T>(buffers, k, n, 2, right, gap), (Layout)((m + n) % 3));

    private void Compare<T>(Strided<T> a, Strided<T> b, Layout layout)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (bool add in new[] { false, true })
        {
            Strided<T> expected = Filled<T>(buffers, a.Rows, b.Columns, 3);
            MatrixProductReference.Multiply(a, b, expected, add);
            foreach (TileSet<T> tiles in Tiles<T>())
            {
                foreach (int threads in new[] { 1, 2, 5 })
                {
                    Strided<T> c = Filled<T>(buffers, a.Rows, b.Columns, 3, layout, gap: 1);
                    MatrixProduct.Multiply(new Team(threads), tiles, a, b, c, add ? Into.Add : Into.Store);
                    AssertSameBits(expected, c, $"[{a.Rows} × {a.Columns} × {b.Columns}], {tiles.Lanes} lanes, {threads} threads, add: {add}");
                }
            }
        }

        buffers.ForEach(buffer => buffer.Dispose());
        buffers.Clear();
    }
}

using SeedHead.Compute;
using SeedHead.Tests.Reference;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed unsafe class MatrixVectorTests : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    // Around vectors (8 columns), rows taken together (8), blocks of k (1024), strips of columns (4096).
    public static TheoryData<int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int> { { 1023, 3 }, { 1024, 8 }, { 1025, 17 }, { 2500, 33 }, { 9, 4096 }, { 3, 4097 }, { 1030, 5000 } };
            foreach (int k in new[] { 1, 7, 8, 9, 17 })
            {
                foreach (int n in new[] { 0, 1, 7, 8, 9, 10, 16, 37 })
                {
                    shapes.Add(k, n);
                }
            }

            return shapes;
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void One_row_has_the_bits_of_the_matrix_product(int k, int n)
    {
        foreach (Layout layout in new[] { Layout.RowMajor, Layout.Spread })
        {
            foreach (bool add in new[] { false, true })
            {
                Strided<float> x = Filled<float>(buffers, 1, k, 1, layout), b = Filled<float>(buffers, k, n, 2, gap: 1);
                Strided<float> expected = Filled<float>(buffers, 1, n, 3), actual = Filled<float>(buffers, 1, n, 3);
                MatrixProductReference.Multiply(x, b, expected, add);
                MatrixProduct.Multiply(Team.Single, x, b, actual, add);
                AssertSameBits(expected, actual, $"[1 × {k}]·[{k} × {n}], {layout}, add: {add}");
            }
        }
    }

    [Fact]
    public void A_row_has_the_same_bits_alone_and_among_others()
    {
        Strided<float> x = Filled<float>(buffers, 30, 1500, 1), b = Filled<float>(buffers, 1500, 70, 2);
        Strided<float> together = Create<float>(buffers, 30, 70), alone = Create<float>(buffers, 1, 70);
        MatrixProduct.Multiply(Team.Single, x, b, together);
        MatrixProduct.Multiply(Team.Single, x.Block(17, 0, 1, 1500), b, alone);
        AssertSameBits(together.Block(17, 0, 1, 70), alone, "row 17");
    }

    [Fact]
    public void Small_products_on_one_thread_allocate_nothing()
    {
        Strided<float> x = Filled<float>(buffers, 5, 100, 1), b = Filled<float>(buffers, 100, 70, 2), c = Create<float>(buffers, 5, 70);
        Strided<double> lower = Filled<double>(buffers, 100, 100, 1), right = Filled<double>(buffers, 100, 2, 1);
        void Work()
        {
            MatrixProduct.Multiply(Team.Single, x, b, c);
            MatrixProduct.Multiply(Team.Single, x, b, c, add: true);
            MatrixProduct.Multiply(Team.Single, x.Block(0, 0, 1, 100), b, c.Block(0, 0, 1, 70));
            MatrixProduct.Multiply(Team.Single, x.Block(0, 0, 5, 70), b.Block(0, 0, 70, 70).Transpose, c);
            Triangular.Solve(Team.Single, lower, right);
        }

        Work(); // takes the scratch memory of this thread
        long before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}

using SeedHead.Compute;
using SeedHead.Tests.Reference;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed unsafe class RealFourierTests : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 27), 49, 64, 97, 100, 122, 243, 256, 514];

    [Theory, MemberData(nameof(Lengths))]
    public void Transforms_of_real_numbers_are_half_of_the_sums_and_come_back(int n)
    {
        Strided<double> x = Filled<double>(buffers, n, 1, 3), old = Copy(buffers, x);
        (double[] yr, double[] yi) = FourierReference.Transform([.. Enumerable.Range(0, n).Select(i => old[i, 0])], new double[n]);
        using var fourier = new RealFourier<double>(n);
        Strided<double> re = Create<double>(buffers, fourier.Count, 1), im = Create<double>(buffers, fourier.Count, 1);
        fourier.Forward(x.Pointer, re.Pointer, im.Pointer);
        AssertSameBits(old, x, "the input");
        double off = 0, size = 0, back = 0;
        for (int k = 0; k < fourier.Count; k++)
        {
            off += (re[k, 0] - yr[k]) * (re[k, 0] - yr[k]) + (im[k, 0] - yi[k]) * (im[k, 0] - yi[k]);
            size += yr[k] * yr[k] + yi[k] * yi[k];
        }

        Assert.InRange(Math.Sqrt(off), 0, 1.5 * FourierTests.ErrorOf(n, 53) * Math.Sqrt(size));
        if (n > 0)
        {
            Assert.Equal(0, im[0, 0]);
            im[0, 0] = 17; // no real numbers have that
        }

        fourier.Inverse(re.Pointer, im.Pointer, x.Pointer);
        for (int i = 0; i < n; i++)
        {
            back += (x[i, 0] - old[i, 0]) * (x[i, 0] - old[i, 0]);
        }

        Assert.InRange(Math.Sqrt(back), 0, 3 * FourierTests.ErrorOf(n, 53) * Math.Sqrt(n));
    }
}

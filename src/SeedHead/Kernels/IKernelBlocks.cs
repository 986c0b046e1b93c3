using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>Sums over consecutive networks of the matrix G that one network gives, whose mean is the kernel.</summary>
/// <remarks>Sums are lower triangles, row after row: of G, of G² element by element, and where a network has several features of G² for one of them.</remarks>
internal interface IKernelBlocks : IDisposable
{
    /// <summary>How many sums there are, 2 or 3.</summary>
    int Sums { get; }

    /// <summary>The sums of networks <paramref name="from"/> … <paramref name="from"/> + <paramref name="count"/> − 1, added in this order.</summary>
    double[][] Of(Team team, Strided<float> points, int from, int count);

    /// <summary>Bytes at work, without the sums.</summary>
    long WorkingBytes(long points, int normRows, int threads);
}

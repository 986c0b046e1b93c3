using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>What a solver found at one depth: its numbers, and coefficients that predict.</summary>
/// <param name="Depth">The numbers.</param>
/// <param name="Coefficients">α [n × K], owned.</param>
/// <param name="Means">Added to predictions [K].</param>
/// <param name="AbsoluteNoise">In units of the kernel.</param>
/// <param name="Temperature">Of classes.</param>
internal sealed record KernelSolution(KernelDepth Depth, NativeBuffer<double> Coefficients, double[] Means, double AbsoluteNoise, double Temperature) : IDisposable
{
    /// <summary>A copy of coefficients [n × K].</summary>
    public static unsafe NativeBuffer<double> Kept(Strided<double> coefficients)
    {
        var kept = new NativeBuffer<double>(coefficients.Rows * coefficients.Columns);
        new Span<double>(coefficients.Pointer, checked((int)kept.Length)).CopyTo(kept.Span(0, (int)kept.Length));
        return kept;
    }

    public void Dispose() => Coefficients.Dispose();
}

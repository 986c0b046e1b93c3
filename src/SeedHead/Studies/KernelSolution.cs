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
    public void Dispose() => Coefficients.Dispose();
}

using System.Runtime.Intrinsics;

namespace SeedHead.Networks;

/// <summary>Expectations over normal pairs (u, v) with mean 0, variances a and b, and covariance c, four pairs at a time; a lane depends on itself alone.</summary>
internal interface IDual
{
    /// <summary>E[φ(u)·φ(v)] and E[φ′(u)·φ′(v)].</summary>
    void Duals(Vector256<double> a, Vector256<double> b, Vector256<double> c, out Vector256<double> dual, out Vector256<double> ofGradient);
}

using System.Runtime.Intrinsics;

namespace SeedHead.Networks;

/// <summary>A function whose duals have no closed form, in double; <see cref="DualQuadrature"/> integrates it, <see cref="DualTables"/> keeps the integrals.</summary>
internal interface IQuadratureDual : IDual
{
    /// <summary>The text form: equal for equal functions.</summary>
    string Text { get; }

    /// <summary>Whether φ and φ′ are known to be analytic within ±1.5 of the real axis and to grow no faster than x there.</summary>
    bool IsAnalytic => false;

    /// <summary>φ(x).</summary>
    double Precise(double x);

    /// <summary>φ′(x); at a kink the value from the right.</summary>
    double PreciseDerivative(double x);

    /// <summary>E[φ(mean + deviation·z)], z standard normal. A function with a kink brings its own form.</summary>
    double Smoothed(double mean, double deviation) => NormalNodes.Mean(Precise, mean, deviation);

    /// <summary>E[φ′(mean + deviation·z)].</summary>
    double SmoothedDerivative(double mean, double deviation) => NormalNodes.Mean(PreciseDerivative, mean, deviation);

    void IDual.Duals(Vector256<double> a, Vector256<double> b, Vector256<double> c, out Vector256<double> dual, out Vector256<double> ofGradient) =>
        NormalPair.Lanes((first, second, covariance) => DualQuadrature.OfPair(this, first, second, covariance), a, b, c, out dual, out ofGradient);
}

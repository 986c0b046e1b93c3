namespace SeedHead.Networks;

/// <summary>A function whose duals have no closed form, in double; <see cref="DualQuadrature{T}"/> integrates it.</summary>
internal interface IQuadratureDual : IDual
{
    /// <summary>The text form: equal for equal functions.</summary>
    string Text { get; }

    /// <summary>φ(x).</summary>
    double Precise(double x);

    /// <summary>φ′(x); at a kink the value from the right.</summary>
    double PreciseDerivative(double x);

    /// <summary>E[φ(mean + deviation·z)], z standard normal. A function with a kink brings its own form.</summary>
    double Smoothed(double mean, double deviation) => NormalNodes.Mean(Precise, mean, deviation);

    /// <summary>E[φ′(mean + deviation·z)].</summary>
    double SmoothedDerivative(double mean, double deviation) => NormalNodes.Mean(PreciseDerivative, mean, deviation);
}

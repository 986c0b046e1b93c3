namespace SeedHead.Compute;

/// <summary>Angles of points of the upper half of the unit circle.</summary>
internal static class Angle
{
    /// <summary>The θ in [0, π] with cos θ and sin θ as given. Error ≤ 4 ulp of θ, ≤ 1e-15 absolutely.</summary>
    /// <remarks>
    /// An approximation θ₀ within 0.004 for the first eighth of the turn, then θ = θ₀ + arcsin(sin(θ − θ₀)) by four terms of the series.
    /// Both arguments count, so that nothing cancels near 0 and π. Where they are rounded the point is not quite on the circle; the error is then that of the sine.
    /// </remarks>
    /// <param name="cos">cos θ.</param>
    /// <param name="sin">sin θ, ≥ 0.</param>
    public static double Of(double cos, double sin)
    {
        if (Math.Abs(cos) < sin)
        {
            return (Math.PI / 2) - FirstEighth(sin, cos);
        }

        return cos > 0 ? FirstEighth(cos, sin) : Math.PI - FirstEighth(-cos, sin);
    }

    /// <summary>arccos ρ for |ρ| ≤ 1.</summary>
    public static double Arccos(double rho) => Of(rho, Sine(rho));

    /// <summary>arcsin ρ for |ρ| ≤ 1.</summary>
    public static double Arcsin(double rho) => rho < 0 ? -Arcsin(-rho) : Math.Abs(rho) < 0.7 ? FirstEighth(Sine(rho), rho) : (Math.PI / 2) - Arccos(rho);

    /// <summary>√(1 − ρ²), without cancellation near ±1; 0 outside.</summary>
    public static double Sine(double rho) => Math.Sqrt(Math.Max(0, (1 - rho) * (1 + rho)));

    /// <summary>arctan(sin / cos) for |sin| ≤ cos.</summary>
    private static double FirstEighth(double cos, double sin)
    {
        double t = sin / cos;
        double near = t * (0.7853981633974483 + (0.273 * (1 - Math.Abs(t))));
        double apart = (sin * Elementary.Cos(near)) - (cos * Elementary.Sin(near));
        double square = apart * apart;
        return near + (apart * (1 + (square * ((1.0 / 6) + (square * ((3.0 / 40) + (square * (15.0 / 336))))))));
    }
}

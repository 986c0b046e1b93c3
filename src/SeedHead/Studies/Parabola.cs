namespace SeedHead.Studies;

/// <summary>y = A + B·x + C·x² by least squares.</summary>
/// <param name="A">Value at 0.</param>
/// <param name="B">Slope at 0.</param>
/// <param name="C">Half the curvature.</param>
internal readonly record struct Parabola(double A, double B, double C)
{
    /// <summary>−B/(2C): where it is highest; NaN unless it opens downwards.</summary>
    public double Peak => C < 0 ? -B / (2 * C) : double.NaN;

    /// <summary>Its value.</summary>
    public double At(double x) => A + (x * (B + (C * x)));

    /// <summary>The parabola through points by least squares; NaN where fewer than three x differ.</summary>
    /// <remarks>Over u = x − x̄ and w = u² less its mean and its part along u: both sums are then far from cancelling.</remarks>
    public static Parabola Fit(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        double mean = Statistics.Mean(x);
        double[] u = [.. x.Select(value => value - mean)], squares = [.. u.Select(value => value * value)];
        LineFit square = Statistics.Line(u, squares);
        double[] w = [.. squares.Zip(u, (s, value) => s - square.Intercept - (square.Slope * value))];
        double ww = w.Sum(value => value * value);
        if (!(ww > 1e-12 * squares.Sum()))
        {
            return new(double.NaN, double.NaN, double.NaN);
        }

        LineFit line = Statistics.Line(u, y);
        double c = w.Zip(y, (value, height) => value * height).Sum() / ww;
        double b = line.Slope - (c * square.Slope), a = line.Intercept - (c * square.Intercept); // in u
        return new(a - (b * mean) + (c * mean * mean), b - (2 * c * mean), c);
    }
}

using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>error = a + b·N^−c, a and b not negative, fitted by weighted least squares for every c of a grid; what is said of it is a mixture over c.</summary>
/// <remarks>
/// The weight of a c is exp(−χ²/2s), s the least χ² over the degrees of freedom and at least 1. Given c, a prediction is normal with the variance of
/// least squares times s, plus that of one more measurement. Beyond the last point the exponent is c·e^u with u normal: curves bend on the way, mostly down.
/// The law of u was measured on tables that the published score does not use (docs/math/probe.md).
/// </remarks>
internal sealed class ProbeLaw
{
    /// <summary>Relative error that a point has besides its spread: the law is no law of nature.</summary>
    public const double Misfit = 0.02;

    /// <summary>Mean of u, the logarithm of the exponent beyond the last point over the one up to it.</summary>
    public const double Bend = 0.1;

    /// <summary>Standard deviation of u.</summary>
    public const double BendSpread = 0.35;

    private const int Parameters = 3;
    private static readonly (double Exponent, double Weight)[] Bends =
        [.. Enumerable.Range(-6, 13).Select(i => i / 2.5).Select(z => (Elementary.Exp(Bend + (BendSpread * z)), Elementary.Exp(-z * z / 2)))];
    private static readonly double[] Exponents = [.. Enumerable.Range(1, 60).Select(i => i * 0.05)];
    private readonly Piece[] pieces;
    private readonly double scale;
    private readonly double turn;

    private ProbeLaw(Piece[] pieces, double scale, double next, double turn) => (this.pieces, this.scale, Next, this.turn) = (pieces, scale, next, turn);

    /// <summary>The relative standard error of one more measurement.</summary>
    public double Next { get; }

    /// <summary>a at the most likely c.</summary>
    public double Floor => Best.Floor;

    /// <summary>b at the most likely c.</summary>
    public double Factor => Best.Slope;

    /// <summary>The most likely c.</summary>
    public double Exponent => Best.Exponent;

    /// <summary>c with 90 % of the weight.</summary>
    public ProbeInterval ExponentInterval => new(Exponent, Quantile(0.05), Quantile(0.95));

    private Piece Best => pieces.MaxBy(piece => piece.Weight);

    /// <summary>Fits points and, where it is known, the error of infinitely many.</summary>
    /// <param name="points">Place, error, its standard error; at least two.</param>
    /// <param name="infinite">The error at infinity with its standard error, or null.</param>
    /// <param name="turn">From here on, beyond the last point, the exponent is at least 1: more features than rows differ from infinitely many like a mean of so many draws.</param>
    public static ProbeLaw Fit(IReadOnlyList<(double At, double Error, double Deviation)> points, (double Error, double Deviation)? infinite, double turn = double.PositiveInfinity)
    {
        (double At, double Error, double Variance)[] all =
        [
            .. points.Select(point => (point.At, point.Error, Variance(point.Error, point.Deviation))),
            .. infinite is { } end ? [(double.PositiveInfinity, end.Error, Variance(end.Error, end.Deviation))] : Array.Empty<(double, double, double)>(),
        ];
        Piece[] pieces = [.. Exponents.Select(c => Piece.Fit(all, c, points[^1].At))];
        double least = pieces.Min(piece => piece.Misfit), scale = Math.Max(1, least / Math.Max(1, all.Length - Parameters));
        var (_, error, deviation) = points[^1];
        return new([.. pieces.Select(piece => piece with { Weight = Elementary.Exp((least - piece.Misfit) / (2 * scale)) })], scale, Math.Sqrt(Variance(error, deviation)) / Math.Max(error, 1e-12), Math.Max(turn, points[^1].At));
    }

    /// <summary>The error at a place with its interval.</summary>
    public ProbeInterval At(double place)
    {
        double likely = pieces.Max(piece => piece.Weight);
        (double Mean, double Deviation, double Weight)[] parts =
        [
            .. from piece in pieces
               where piece.Weight > 1e-9 * likely
               from bend in place > piece.Origin ? Bends : [(1.0, 1.0)]
               select Predict(piece, place, bend),
        ];
        return new(Quantile(parts, 0.5), Math.Max(0, Quantile(parts, 0.05)), Quantile(parts, 0.95));
    }

    /// <summary>The least place, in steps of a quarter of a doubling, whose error is at most the wanted; null where none is within 2²⁰ times the start.</summary>
    public ProbeInterval? Reach(double wanted, double from)
    {
        double? low = null, middle = null, high = null;
        for (int step = 0; step <= 80 && high is null; step++)
        {
            double place = from * Elementary.Exp(step * 0.25 * Elementary.Log(2.0));
            ProbeInterval error = At(place);
            low ??= error.Low <= wanted ? place : null;
            middle ??= error.Value <= wanted ? place : null;
            high ??= error.High <= wanted ? place : null;
        }

        return low is null || middle is null ? null : new(middle.Value, low.Value, high);
    }

    private (double Mean, double Deviation, double Weight) Predict(Piece piece, double place, (double Exponent, double Weight) bend)
    {
        (double mean, double variance) = piece.At(place, bend.Exponent, turn);
        return (mean, Math.Sqrt((scale * variance) + (Next * mean * Next * mean)), piece.Weight * bend.Weight);
    }

    private static double Variance(double error, double deviation) => (deviation * deviation) + (Misfit * error * Misfit * error) + 1e-16;

    private static double Quantile((double Mean, double Deviation, double Weight)[] parts, double p)
    {
        double total = parts.Sum(part => part.Weight), low = parts.Min(part => part.Mean - (6 * part.Deviation)), high = parts.Max(part => part.Mean + (6 * part.Deviation));
        for (int step = 0; step < 50; step++)
        {
            double middle = (low + high) / 2;
            double below = parts.Sum(part => part.Weight * (part.Deviation > 0 ? Elementary.NormalCdf((middle - part.Mean) / part.Deviation) : part.Mean <= middle ? 1 : 0));
            (low, high) = below < p * total ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private double Quantile(double p)
    {
        double total = pieces.Sum(piece => piece.Weight), sum = 0;
        foreach (Piece piece in pieces)
        {
            sum += piece.Weight;
            if (sum >= p * total)
            {
                return piece.Exponent;
            }
        }

        return pieces[^1].Exponent;
    }

    /// <summary>The law at one c: a + b·(N/N₀)^−c and the covariance of a and b.</summary>
    private readonly record struct Piece(double Exponent, double Floor, double Scaled, double Origin, double VarianceA, double VarianceB, double Covariance, double Misfit, double Weight)
    {
        public double Slope => Scaled * Elementary.Exp(Exponent * Elementary.Log(Origin));

        public static Piece Fit((double At, double Error, double Variance)[] points, double c, double origin)
        {
            double s = 0, x1 = 0, x2 = 0, y1 = 0, xy = 0;
            foreach (var (at, error, variance) in points)
            {
                double x = Fall(at, c, origin), w = 1 / variance;
                (s, x1, x2, y1, xy) = (s + w, x1 + (w * x), x2 + (w * x * x), y1 + (w * error), xy + (w * x * error));
            }

            double determinant = (s * x2) - (x1 * x1);
            double b = determinant > 0 ? ((s * xy) - (x1 * y1)) / determinant : 0, a = (y1 - (b * x1)) / s;
            if (b < 0)
            {
                (a, b) = (y1 / s, 0);
            }
            else if (a < 0)
            {
                (a, b) = (0, xy / x2);
            }

            double misfit = points.Sum(point => Square(point.Error - a - (b * Fall(point.At, c, origin))) / point.Variance);
            return new(c, a, b, origin, x2 / determinant, s / determinant, -x1 / determinant, misfit, 0);
        }

        public (double Mean, double Variance) At(double place, double bend, double turn)
        {
            double c = Exponent * bend;
            double x = place <= turn ? Fall(place, c, Origin) : Fall(turn, c, Origin) * Fall(place, Math.Max(c, 1), turn);
            return (Floor + (Scaled * x), VarianceA + (2 * x * Covariance) + (x * x * VarianceB));
        }

        private static double Fall(double at, double c, double origin) => double.IsPositiveInfinity(at) ? 0 : Elementary.Exp(-c * Elementary.Log(at / origin));

        private static double Square(double x) => x * x;
    }
}

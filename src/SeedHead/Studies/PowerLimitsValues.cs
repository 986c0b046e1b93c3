using System.Globalization;
using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>Values of closed forms as they are printed, beside ours.</summary>
internal static class PowerLimitsValues
{
    public const string Id = "V";

    /// <summary>A check a closed form: the worst difference in units of the last digit printed.</summary>
    public static IEnumerable<Check> Checks() =>
    [
        Of("V2.1", "Pair expectations of ReLU neurons", Pairs()), Of("V2.2", "Hermite coefficients and energies of a biased ReLU", Hermite()),
        Of("V2.4", "Eigenvalues on the sphere", Eigenvalues()), Of("V2.5", "Largest eigenvalue of the sine of a random direction", Sines()),
        Of("V2.6", "Weight certificate", Certificate()), Of("V2.7", "Descent on one neuron", Descent()),
    ];

    /// <summary>|ours − printed| in units of the last digit printed, e.g. 0.5 for "1.6" and 1.65.</summary>
    public static double Units(string printed, double ours)
    {
        double value = double.Parse(printed, NumberStyles.Float, CultureInfo.InvariantCulture);
        int e = printed.IndexOf('e', StringComparison.Ordinal), point = printed.IndexOf('.', StringComparison.Ordinal);
        string digits = e < 0 ? printed : printed[..e];
        int decimals = point < 0 ? 0 : digits.Length - point - 1, exponent = e < 0 ? 0 : int.Parse(printed[(e + 1)..], CultureInfo.InvariantCulture);
        return Math.Abs(ours - value) / double.Parse($"1e{exponent - decimals}", NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static Check Of(string id, string what, IEnumerable<(string Name, string Printed, double Ours)> values)
    {
        var all = values.ToArray();
        var (name, printed, ours) = all.MaxBy(value => Units(value.Printed, value.Ours));
        double worst = Units(printed, ours);
        return new(
            id, $"{what}: to the digits printed.", "worst difference in units of the last digit printed", "≤ 0.5", worst <= 0.5 + 1e-3, $"{all.Length} values", worst,
            FormattableString.Invariant($"worst: {name}, printed {printed}, ours {ours:G10}"));
    }

    private static (string, string, double)[] Pairs() =>
    [
        ("G(0, 0, 0.3)", "0.241372141918", ReluPair.Expectation(0, 0, 0.3)), ("G(0.5, -1, 0.6)", "0.137568842292", ReluPair.Expectation(0.5, -1, 0.6)),
        ("G(-1.2, 0.7, -0.4)", "0.017793591040", ReluPair.Expectation(-1.2, 0.7, -0.4)), ("G(2, 1, 0.95)", "2.965908503918", ReluPair.Expectation(2, 1, 0.95)),
        ("G(-2, -1.5, 0.2)", "0.000722360767", ReluPair.Expectation(-2, -1.5, 0.2)),
    ];

    private static IEnumerable<(string, string, double)> Hermite()
    {
        string[] coefficients = [".39894228", ".5", ".28209479", "0", "-.08143375", "0"];
        double[] c = HermiteRelu.Coefficients(0, 6);
        int[] degrees = [0, 1, 2, 3, 4, 8, 16, 32, 64];
        (double Beta, string[] Above)[] table =
        [
            (0, [".6817", ".1817", ".02254", ".02254", ".00927", ".00352", ".00128", ".000461", ".000164"]),
            (0.5, [".5320", ".0724", ".01283", ".00786", ".00507", ".00179", ".00059", ".000197", ".000071"]),
            (1, [".3902", ".0225", ".00725", ".00218", ".00218", ".00059", ".00021", ".000074", ".000027"]),
            (-1, [".9079", ".5738", ".1852", ".0557", ".0557", ".0150", ".0054", ".0019", ".00068"]),
            (-2, [".9875", ".8978", ".6451", ".3082", ".1188", ".0504", ".0169", ".0057", ".0019"]),
        ];
        return
        [
            .. coefficients.Select((printed, k) => ($"c_{k}", printed, c[k])),
            ("energy at 0.5", "1.0403607400", ReluPair.Energy(0.5)), ("energy at -1", ".0753397833", ReluPair.Energy(-1)), ("energy at 2", "4.9942312733", ReluPair.Energy(2)),
            .. from row in table from i in Enumerable.Range(0, degrees.Length) select ($"share above degree {degrees[i]} at bias {row.Beta}", row.Above[i], HermiteRelu.ShareAbove(row.Beta, degrees[i])),
        ];
    }

    private static IEnumerable<(string, string, double)> Eigenvalues()
    {
        int[] degrees = [0, 1, 2, 4];
        (int Dimension, string[] Printed)[] table =
        [
            (3, [".1875", ".083333", ".01171875", "3.2552e-4"]), (10, [".167301", ".025", "1.38265e-3", "8.18139e-6"]), (20, [".163182", ".0125", "3.70028e-4", "6.99486e-7"]),
        ];
        return from row in table from i in Enumerable.Range(0, 4) select ($"d = {row.Dimension}, degree {degrees[i]}", row.Printed[i], Elementary.Exp(ZonalKernel.LogEigenvalue(row.Dimension, degrees[i])));
    }

    private static IEnumerable<(string, string, double)> Sines()
    {
        (int Dimension, string Printed)[] roots =
        [
            (2, ".330"), (4, "4.21e-2"), (6, "5.58e-3"), (8, "7.45e-4"), (10, "9.99e-5"), (12, "1.34e-5"), (16, "2.43e-7"), (20, "4.40e-9"), (30, "1.95e-13"), (40, "8.65e-18"), (60, "1.71e-26"),
        ];
        (int Dimension, string Printed)[] whole = [(4, "6.1e-3"), (6, "8.2e-5"), (8, "7.4e-7"), (10, "5.0e-9"), (12, "2.7e-11"), (20, "5.0e-21"), (40, "3.6e-48")];
        const double square = Math.PI * Math.PI / 4;
        return
        [
            .. roots.Select(row => ($"R = √{row.Dimension}", row.Printed, Elementary.Exp(ZonalKernel.LogSineEigenvalue(row.Dimension, square * row.Dimension)))),
            .. whole.Select(row => ($"R = {row.Dimension}", row.Printed, Elementary.Exp(ZonalKernel.LogSineEigenvalue(row.Dimension, square * row.Dimension * row.Dimension)))),
        ];
    }

    private static IEnumerable<(string, string, double)> Certificate()
    {
        (int Dimension, string Product, string Floor, string Share, string Size)[] table =
        [
            (5, ".0778", ".01816", "3.8e-3", ".23"), (10, ".0454", ".00619", "7.7e-4", "1.6"), (15, ".0361", ".00390", "3.5e-4", "16"), (20, ".0308", ".00285", "2.0e-4", "168"),
            (25, ".0274", ".00225", "1.3e-4", "1.8e3"), (30, ".0249", ".00186", "9e-5", "2.0e4"), (40, ".0214", ".00137", "5e-5", "2.6e6"),
        ];
        foreach ((int d, string product, string floor, string share, string size) in table)
        {
            double radius = Math.Sqrt(d), found = TriangleWave.Floor(d, radius, 1);
            yield return ($"|E gψ|, d = {d}", product, Math.Abs(TriangleWave.WithRelu(1, radius, TriangleWave.Reach(d))));
            yield return ($"floor, d = {d}", floor, found);
            yield return ($"floor/E g², d = {d}", share, found / (d * ReluPair.Energy(1 / radius)));
            yield return ($"r·max|u|·B, d = {d}", size, Elementary.Exp(TriangleWave.LogWeightsNeeded(d, radius, 1, found / 2, 0.5)));
        }

        yield return ("E ψ², R = 0.5", ".21604", TriangleWave.Energy(0.5, 25));
        yield return ("E ψ², R = 1", ".33042", TriangleWave.Energy(1, 25));
        yield return ("E ψ², R = 2", ".33333", TriangleWave.Energy(2, 25));
    }

    private static IEnumerable<(string, string, double)> Descent()
    {
        (double Angle, string[] Steps)[] table = [(Math.PI / 2, ["7", "12", "17"]), (2.8, ["10", "15", "20"]), (3.1, ["13", "18", "23"])];
        double[] levels = [1e-3, 1e-6, 1e-9];
        foreach ((double angle, string[] steps) in table)
        {
            double[] losses = NeuronDescent.Population(angle, 1, 1, 1, 30);
            for (int i = 0; i < 3; i++)
            {
                yield return ($"steps below {levels[i]:0e+0} from angle {angle:0.00}", steps[i], Array.FindIndex(losses, loss => loss < levels[i]));
            }
        }

        yield return ("F at a right angle", ".3408", NeuronDescent.Population(Math.PI / 2, 1, 1, 1, 0)[0]);
    }
}

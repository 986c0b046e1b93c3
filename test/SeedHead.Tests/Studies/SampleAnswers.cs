using SeedHead.Data;
using SeedHead.Heads;
using SeedHead.Models;
using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

/// <summary>Made-up answers of every kind, the same on every call.</summary>
internal static class SampleAnswers
{
    private static readonly string[] Species = ["wren", "northern lapwing", "kingfisher", "owl", "heron", "great crested grebe", "swift", "rook", "teal", "jay"];

    /// <summary>Ten classes with pictures of hand-drawn digits, several widths, seeds, notes.</summary>
    public static FitAnswer Digits { get; } = Classification("digits", [.. Enumerable.Range(0, 10).Select(i => $"{i}")], 1797, 0.983, 1) with
    {
        Mistakes = [.. Enumerable.Range(0, 18).Select(Picture)],
        Seeds = [new(1, 0.9839), new(2, 0.9816), new(3, 0.9844), new(4, 0.9828)],
        Notes = ["2 constant columns dropped: \"pixel 0\", \"pixel 32\".", "The penalty was raised to 1e-6 because the condition was above 1e12."],
    };

    /// <summary>A regression with residuals and intervals, no test set pictures, widths given.</summary>
    public static FitAnswer Houses { get; } = Regression("houses.csv", 0.482, 5);

    /// <summary>Twenty-six classes, as in a set of letters.</summary>
    public static FitAnswer Letters { get; } = Classification("letter.csv.gz", [.. Enumerable.Range(0, 26).Select(i => $"{(char)('A' + i)}")], 4000, 0.957, 3);

    /// <summary>A hundred classes with long names.</summary>
    public static FitAnswer Hundred { get; } = Classification("species", [.. Enumerable.Range(0, 100).Select(i => $"{Species[i % 10]} {i / 10}")], 10000, 0.71, 4);

    /// <summary>Only what the type requires, all lists empty.</summary>
    public static FitAnswer Bare { get; } = new()
    {
        Data = new DataSummary("bare.csv", 12, 3, null, "y", 0, "00"),
        Model = new ModelSummary("raw", null, null, 3, 3, 1e-3, "generalised cross-validation", "primal", 1, null),
        Train = new Score { Rows = 12, Rmse = 1.5 },
        Seconds = new Seconds(0, 0, 0, 0, 0),
        Manifest = new Manifest(0, 1, "0.1.0", "", ""),
    };

    /// <summary>A classification whose confusion falls off with the distance between classes.</summary>
    public static FitAnswer Classification(string name, string[] classes, int rows, double accuracy, int salt)
    {
        int[][] confusion = Confusion(classes.Length, rows, accuracy, salt);
        Score test = Scored(confusion, salt);
        return new FitAnswer
        {
            Data = new DataSummary(name, rows * 2, 64, classes, "class", rows, Hash(salt)),
            Model = new ModelSummary(
                "hidden", "64-2048-relu-1", "he-normal", 2048, 64, 0.00031622776601683794, "leave-one-out", "primal", 3.1e5, 0.82),
            Train = test with { Rows = rows * 2, Accuracy = 0.9995, LogLoss = 0.011, Confusion = null, Calibration = null },
            LeaveOneOut = test with { Rows = rows * 2, Accuracy = test.Accuracy + 0.002 },
            Test = test,
            Widths = [.. Enumerable.Range(0, 6).Select(i => Width(i, 1 - test.Accuracy!.Value))],
            Penalties = [.. Enumerable.Range(0, 13).Select(i => Penalty(i))],
            Seconds = new Seconds(0.0312, 0.8421, 1.6117, 0.0433, 0.9327),
            PeakMemoryBytes = 171_234_304,
            Threads = 2,
            Manifest = new Manifest(42, 1, "0.1.0+2f8bda2", "Intel(R) Xeon(R) Processor @ 2.10GHz", "--features hidden --width auto"),
        };
    }

    /// <summary>A regression whose residuals fill [−3, 3] standard deviations.</summary>
    public static FitAnswer Regression(string name, double rmse, int salt)
    {
        var residuals = new ResidualPoint[900];
        for (int i = 0; i < residuals.Length; i++)
        {
            double truth = 0.4 + (4.6 * Noise(i, salt));
            double error = rmse * 1.4 * (Noise(i, salt + 1) + Noise(i, salt + 2) + Noise(i, salt + 3) - 1.5) * 1.4;
            residuals[i] = new ResidualPoint(truth, truth - error, truth - error - (1.64 * rmse), truth - error + (1.64 * rmse));
        }

        var test = new Score { Rows = 4128, Rmse = rmse, R2 = 0.823, IntervalCoverage = 0.912, StandardError = 0.0089 };
        return new FitAnswer
        {
            Data = new DataSummary(name, 16512, 8, null, "median value", 4128, Hash(salt)),
            Model = new ModelSummary("hidden+raw", "9-4096-relu-1", "he-normal", 4105, 9, 1e-4, "leave-one-out on 8192 sampled rows", "primal", 2.2e8, null),
            Train = test with { Rows = 16512, Rmse = rmse * 0.93, R2 = 0.846 },
            LeaveOneOut = test with { Rows = 8192, Rmse = rmse * 1.01, R2 = 0.819 },
            Test = test,
            Widths = [.. Enumerable.Range(0, 5).Select(i => Width(i, rmse))],
            Penalties = [.. Enumerable.Range(0, 13).Select(i => Penalty(i))],
            Residuals = residuals,
            Seconds = new Seconds(0.21, 6.84, 12.91, 0.33, 7.41),
            PeakMemoryBytes = 402_653_184,
            Threads = 2,
            Manifest = new Manifest(42, 1, "0.1.0+2f8bda2", "Intel(R) Xeon(R) Processor @ 2.10GHz", "--target \"median value\" --features hidden+raw"),
        };
    }

    /// <summary>A number in [0, 1) that looks random: the fraction of a large multiple of √2, squared (a Weyl sequence).</summary>
    public static double Noise(int i, int salt)
    {
        double x = (i + 1) * 1.4142135623730951 * (salt + 1) * 37.77;
        x -= Math.Floor(x);
        x = (x + 0.137) * (x + 0.731) * 9871.3;
        return x - Math.Floor(x);
    }

    private static string Hash(int salt) => string.Concat(Enumerable.Range(0, 64).Select(i => "0123456789abcdef"[(int)(16 * Noise(i, salt + 90))]));

    private static int[][] Confusion(int classes, int rows, double accuracy, int salt)
    {
        var confusion = new int[classes][];
        for (int i = 0; i < classes; i++)
        {
            confusion[i] = new int[classes];
            int wrong = (int)Math.Round(rows / (double)classes * (1 - accuracy) * 2 * Noise(i, salt));
            confusion[i][i] = (rows / classes) - wrong;
            for (int k = 0; k < wrong && classes > 1; k++)
            {
                double u = Noise((i * 977) + k, salt + 7);
                int other = (int)(u * u * (classes - 1));
                confusion[i][(i + 1 + other) % classes]++;
            }
        }

        return confusion;
    }

    private static Score Scored(int[][] confusion, int salt)
    {
        int rows = confusion.Sum(row => row.Sum());
        double accuracy = confusion.Select((row, i) => row[i]).Sum() / (double)rows;
        var bins = new CalibrationBin[15];
        for (int i = 0; i < 15; i++)
        {
            double middle = (i + 0.5) / 15;
            int count = i < 2 ? 0 : i == 14 ? (int)(rows * 0.86) : (int)(rows * 0.012 * (0.4 + Noise(i, salt)));
            bins[i] = new CalibrationBin(count, count == 0 ? 0 : middle, count == 0 ? 0 : Math.Clamp(middle + (0.2 * (Noise(i, salt + 4) - 0.4)), 0, 1));
        }

        return new Score
        {
            Rows = rows, Accuracy = accuracy, LogLoss = 0.0712, ExpectedCalibrationError = 0.0088,
            Confusion = confusion, Calibration = bins, StandardError = Math.Sqrt(accuracy * (1 - accuracy) / rows),
        };
    }

    private static WidthPoint Width(int i, double error) =>
        new(128 << i, error * (1 + (4.0 / (1 << i))), error * 0.08, 1e-4 * (1 << i), 0.05 * (1 << i));

    private static PenaltyPoint Penalty(int i)
    {
        double distance = (i - 7) / 4.0;
        double loss = 0.021 * (1 + (distance * distance * (i < 7 ? 2.5 : 0.9)));
        return new PenaltyPoint(
            double.Parse($"{(i % 2 == 0 ? "1" : "3.1622776601683795")}e{(i / 2) - 7}"), loss, loss * 0.02, loss * 1.1, loss * (i < 7 ? 0.96 : 1.01),
            2048.0 / (1 + (0.02 * Math.Pow(2.2, i))), i == 7)
        {
            LogLoss = loss * 10,
        };
    }

    // A stroke that differs from picture to picture: enough to see whether pixels stay sharp and upright.
    private static Mistake Picture(int i)
    {
        var pixels = new byte[64];
        for (int y = 0; y < 8; y++)
        {
            for (int x = 0; x < 8; x++)
            {
                double ring = Math.Abs(Math.Sqrt(((x - 3.5) * (x - 3.5)) + ((y - 3.5) * (y - 3.5) * 0.6)) - 2.2 - (0.1 * (i % 5)));
                pixels[(y * 8) + x] = (byte)Math.Clamp(255 * (1.1 - ring - (0.5 * Noise((i * 64) + (y * 8) + x, 8))), 0, 255);
            }
        }

        return new Mistake(i * 71, $"{i % 10}", $"{((i * 7) + 3) % 10}", 0.997 - (0.024 * i), pixels, new ImageShape(8, 8, 1));
    }
}

using SeedHead.Compute;
using SeedHead.Heads;

namespace SeedHead.Tests.Heads;

public class CalibrationTests
{
    [Fact]
    public void The_temperature_that_drew_the_classes_is_found_within_its_standard_error()
    {
        foreach (double t in new[] { 0.5, 3, 12 })
        {
            var (scores, truth) = Drawn(new Draw(7), rows: 4000, classes: 4, t);
            double information = 0; // of T in one row: Var_p[s]
            for (int i = 0; i < truth.Length; i++)
            {
                float[] s = scores[(4 * i)..((4 * i) + 4)];
                double[] p = Softmax(s, t);
                double mean = s.Zip(p, (a, b) => a * b).Sum();
                information += s.Zip(p, (a, b) => (a - mean) * (a - mean) * b).Sum();
            }

            double error = 1 / Math.Sqrt(information);
            Assert.InRange(Calibration.Temperature(Team.Single, scores, truth), t - (4 * error), t + (4 * error));
        }
    }

    [Fact]
    public void No_temperature_nearby_has_a_smaller_loss() => ForAll.Draws(30, draw =>
    {
        int classes = draw.Int(2, 6), rows = draw.Int(5, 60);
        var (scores, truth) = Drawn(draw, rows, classes, draw.Double(0, 20));
        double t = Calibration.Temperature(Team.Single, scores, truth);
        Assert.InRange(t, 0, double.MaxValue);
        foreach (double factor in new[] { 0.9, 0.999, 1.001, 1.1 })
        {
            Assert.True(Loss(scores, truth, classes, t) <= Loss(scores, truth, classes, t == 0 ? factor - 0.9 : t * factor));
        }
    });

    [Fact]
    public void Scores_that_never_err_get_a_finite_temperature()
    {
        float[] scores = [.. Enumerable.Range(0, 50).SelectMany(i => new[] { i % 2, 1f - (i % 2) })];
        double t = Calibration.Temperature(Team.Single, scores, [.. Enumerable.Range(0, 50).Select(i => 1 - (i % 2))]);

        // p = σ(t) must equal the smoothed target 1 − ½·2/52 = 51/52, so t = ln 51.
        Assert.Equal(Math.Log(51), t, 1e-8);
    }

    [Fact]
    public void Scores_that_say_nothing_or_the_contrary_get_temperature_0()
    {
        Assert.Equal(0, Calibration.Temperature(Team.Single, new float[12], [0, 1, 2, 0]));
        Assert.Equal(0, Calibration.Temperature(Team.Single, [1, 0, 1, 0, 0, 1], [1, 1, 0]));
    }

    [Fact]
    public void Probabilities_are_the_softmax_and_sum_to_one() => ForAll.Draws(100, draw =>
    {
        float[] scores = draw.Floats(draw.Int(1, 12), -3, 3), probabilities = new float[scores.Length];
        double t = draw.Double(0, 50);
        Calibration.Probabilities(scores, t, probabilities);
        double[] expected = Softmax(scores, t);
        for (int k = 0; k < scores.Length; k++)
        {
            Assert.Equal(expected[k], probabilities[k], 1e-7);
        }
    });

    [Fact]
    public void Probabilities_in_place_do_not_allocate()
    {
        float[] scores = [1e30f, 2, -1e30f];
        Calibration.Probabilities(scores, 2, scores);
        Assert.Equal([1f, 0f, 0f], scores);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Calibration.Probabilities(scores, 2, scores);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Temperature_and_log_loss_have_the_same_bits_for_any_threads()
    {
        var (scores, truth) = Drawn(new Draw(8), rows: 9000, classes: 3, 5);
        double one = Calibration.Temperature(Team.Single, scores, truth);
        foreach (int threads in new[] { 2, 5 })
        {
            Assert.Equal(one, Calibration.Temperature(new Team(threads), scores, truth));
            Assert.Equal(Calibration.LogLoss(Team.Single, scores, truth, one), Calibration.LogLoss(new Team(threads), scores, truth, one));
        }

        Assert.Equal(Scoring.Classification(scores, one, truth, 3).LogLoss!.Value, Calibration.LogLoss(Team.Single, scores, truth, one), 1e-6);
    }

    [Fact]
    public void Scores_of_another_shape_are_refused() =>
        Assert.Throws<ArgumentException>(() => Calibration.Temperature(Team.Single, [1, 2, 3], [0, 1]));

    private static (float[] Scores, int[] Truth) Drawn(Draw draw, int rows, int classes, double t)
    {
        float[] scores = draw.Floats(rows * classes);
        var truth = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            double[] p = Softmax(scores[(i * classes)..((i + 1) * classes)], t);
            double u = draw.Double();
            while (truth[i] < classes - 1 && (u -= p[truth[i]]) >= 0)
            {
                truth[i]++;
            }
        }

        return (scores, truth);
    }

    // The smoothed log-loss, written as a sum of the two kinds of target.
    private static double Loss(float[] scores, int[] truth, int classes, double t)
    {
        double doubt = (double)classes / (truth.Length + classes);
        return truth.Select((y, i) =>
        {
            double[] p = Softmax(scores[(i * classes)..((i + 1) * classes)], t);
            return -((1 - doubt) * Math.Log(p[y])) - (doubt * p.Average(Math.Log));
        }).Average();
    }

    private static double[] Softmax(float[] scores, double t)
    {
        double largest = scores.Max();
        double[] weights = [.. scores.Select(s => Math.Exp(t * (s - largest)))];
        return [.. weights.Select(w => w / weights.Sum())];
    }
}

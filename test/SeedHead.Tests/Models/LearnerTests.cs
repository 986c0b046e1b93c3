using SeedHead.Data;
using SeedHead.Features;
using SeedHead.Models;
using SeedHead.Networks;

namespace SeedHead.Tests.Models;

public class LearnerTests
{
    [Fact]
    public void Three_lines_learn_to_tell_classes()
    {
        (float[][] x, string[] y) = Samples.Circle(400);
        SeedHeadModel model = Learner.Fit(x, y);
        string label = model.PredictClass([0.1f, 0.1f]);
        Assert.Equal("inside", label);
        Assert.Equal("outside", model.PredictClass([0.9f, -0.9f]));
    }

    [Fact]
    public void Numbers_are_predicted_in_their_own_units_with_intervals()
    {
        (float[][] x, double[] y) = Samples.Wave(500);
        SeedHeadModel model = Learner.Fit(x, y);
        Span<float> output = stackalloc float[1];
        model.Predict([0.5f, 0.5f], output);
        Assert.InRange(output[0], 5 + (100 * (Math.Sin(1.5) + 0.25)) - 10, 5 + (100 * (Math.Sin(1.5) + 0.25)) + 10); // noise is uniform in ± 10
    }

    [Fact]
    public void Predicting_one_row_allocates_nothing()
    {
        (float[][] x, string[] y) = Samples.Circle(200);
        foreach (string kind in (string[])["hidden", "fourier", "raw", "fourier+raw"])
        {
            SeedHeadModel model = Learner.Fit(x, y, new LearnOptions { Features = new FeatureOptions { Features = kind }, Width = 256 });
            var output = new float[2];
            model.Predict(x[0], output);
            model.Predict(x[1], output);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                model.Predict(x[i], output);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void One_row_and_many_rows_give_the_same_bits_from_many_threads_at_once()
    {
        (float[][] x, string[] y) = Samples.Circle(300);
        SeedHeadModel model = Learner.Fit(x, y, new LearnOptions { Width = 200 });
        Predictions all = model.Predict(new Numbers(x.SelectMany(row => row).ToArray(), 2));
        Parallel.For(0, x.Length, row =>
        {
            var output = new float[2];
            model.Predict(x[row], output);
            Assert.Equal(all.Values.AsSpan(row * 2, 2).ToArray().Select(BitConverter.SingleToInt32Bits), output.Select(BitConverter.SingleToInt32Bits));
        });
    }

    [Fact]
    public void Probabilities_are_calibrated_numbers_that_sum_to_one()
    {
        (float[][] x, string[] y) = Samples.Circle(300);
        SeedHeadModel model = Learner.Fit(x, y);
        var output = new float[2];
        foreach (float[] row in x)
        {
            model.Predict(row, output);
            Assert.Equal(1, output[0] + output[1], 1e-6f);
            Assert.All(output, p => Assert.InRange(p, 0, 1));
        }
    }

    [Fact]
    public void The_automatic_width_depends_on_data_and_options_only()
    {
        (float[][] x, string[] y) = Samples.Circle(300);
        Learned[] twice = [.. Enumerable.Range(0, 2).Select(_ => Learner.Fit(Set(x, y), new LearnOptions(), new Execution { Threads = 1 + _ }))];
        Assert.Equal(twice[0].Widths.Select(width => width.Width), twice[1].Widths.Select(width => width.Width));
        Assert.Equal(twice[0].Model.Summary, twice[1].Model.Summary);
    }

    [Fact]
    public void Cancelling_ends_with_an_exception_and_no_model()
    {
        (float[][] x, string[] y) = Samples.Circle(300);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Learner.Fit(x, y, null, new Execution { Cancellation = source.Token }));
    }

    [Fact]
    public void Progress_is_reported_and_reaches_the_end()
    {
        (float[][] x, string[] y) = Samples.Circle(300);
        var seen = new List<Progress>();
        Learner.Fit(x, y, null, new Execution { Progress = new Collector(seen) });
        Assert.Contains(seen, step => step.Done == step.Total);
    }

    [Theory]
    [InlineData(1, "at least 2")]
    [InlineData(0, "row")]
    public void Too_few_rows_are_refused(int rows, string part)
    {
        (float[][] x, string[] y) = Samples.Circle(rows);
        Exception e = Assert.ThrowsAny<Exception>(() => Learner.Fit(x, y));
        Assert.True(e is DataException or ArgumentException);
        Assert.Contains(part, e.Message);
    }

    [Fact]
    public void One_class_only_is_refused_by_name()
    {
        DataException e = Assert.Throws<DataException>(() => Learner.Fit([[1], [2], [3]], ["x", "x", "x"]));
        Assert.Contains("one class only, 'x'", e.Message);
    }

    [Fact]
    public void A_number_that_is_not_finite_is_refused_with_its_place()
    {
        Exception e = Assert.ThrowsAny<Exception>(() => Learner.Fit([[1, 2], [3, float.NaN], [3, 4]], ["x", "y", "x"]));
        Assert.Contains("Row 1, column 1 (from 0) is NaN", e.Message);
    }

    [Fact]
    public void Updating_row_by_row_equals_learning_all_rows_with_the_same_features()
    {
        (float[][] x, string[] y) = Samples.Circle(240);
        SeedHeadModel first = Learner.Fit(x[..200], y[..200], new LearnOptions { Width = 64, KeepGram = true });
        SeedHeadModel inOne = Revision.Update(first, Set(x[200..], y[200..]), new Execution());
        SeedHeadModel inTwo = Revision.Update(Revision.Update(first, Set(x[200..220], y[200..220]), new Execution()), Set(x[220..], y[220..]), new Execution());
        Assert.InRange(Largest(inOne, inTwo, x), 0, 1e-5);
    }

    [Fact]
    public void Forgetting_equals_a_refit_on_the_rest_with_the_stored_preprocessing()
    {
        (float[][] x, string[] y) = Samples.Circle(240);
        var features = new FeatureOptions { Net = Architecture.Parse("2-1-relu") }; // smoother units make a worse conditioned Gram
        SeedHeadModel all = Learner.Fit(x, y, new LearnOptions { Features = features, Width = 64, KeepGram = true });
        SeedHeadModel forgot = Revision.Forget(all, Set(x[200..], y[200..]), new Execution());
        SeedHeadModel rest = Learner.Fit(Set(x[..200], y[..200]), new LearnOptions { Like = all, KeepGram = true, Penalties = [forgot.Summary.Penalty] }, new Execution()).Model;
        Assert.InRange(Largest(forgot, rest, x), 0, 1e-6);
        Assert.Contains(forgot.Notes, note => note.Contains("preprocessing"));
    }

    [Fact]
    public void With_few_rows_a_feature_a_revision_keeps_the_penalty_and_says_so()
    {
        (float[][] x, string[] y) = Samples.Circle(240);
        SeedHeadModel few = Learner.Fit(x, y, new LearnOptions { Width = 200, KeepGram = true });
        SeedHeadModel forgot = Revision.Forget(few, Set(x[200..], y[200..]), new Execution());
        Assert.Equal(few.Summary.Penalty, forgot.Summary.Penalty);
        Assert.Contains("earlier fit", forgot.Summary.Selection);
        SeedHeadModel many = Learner.Fit(x, y, new LearnOptions { Width = 20, KeepGram = true });
        Assert.Equal("generalised cross-validation", Revision.Forget(many, Set(x[200..], y[200..]), new Execution()).Summary.Selection);
    }

    [Fact]
    public void Rows_that_were_never_learned_cannot_be_forgotten()
    {
        (float[][] x, string[] y) = Samples.Circle(240);
        SeedHeadModel model = Learner.Fit(x, y, new LearnOptions { Width = 16, KeepGram = true });
        float[][] foreign = [.. x[..200].Select(row => new[] { row[0] * 40, row[1] * 40 })];
        DataException e = Assert.Throws<DataException>(() => Revision.Forget(model, Set(foreign, y[..200]), new Execution()));
        Assert.Contains("not learned", e.Message);
    }

    private static Dataset Set(float[][] x, string[] y) => PlainArrays.Dataset(x, PlainArrays.Classes("class", y));

    /// <summary>The largest difference of head outputs: a revised model keeps its temperature, so probabilities may differ where the head does not.</summary>
    private static double Largest(SeedHeadModel a, SeedHeadModel b, float[][] x)
    {
        var numbers = new Numbers(x.SelectMany(row => row).ToArray(), x[0].Length);
        return a.Predict(numbers).Scores.Zip(b.Predict(numbers).Scores).Max(pair => Math.Abs((double)pair.First - pair.Second));
    }

    private sealed class Collector(List<Progress> seen) : IProgress<Progress>
    {
        public void Report(Progress value)
        {
            lock (seen)
            {
                seen.Add(value);
            }
        }
    }
}

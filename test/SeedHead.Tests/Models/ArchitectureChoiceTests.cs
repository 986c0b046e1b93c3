using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Features;
using SeedHead.Kernels;
using SeedHead.Models;
using SeedHead.Networks;

namespace SeedHead.Tests.Models;

public class ArchitectureChoiceTests
{
    private const string Gaussian = "lecun-normal:0.7+bias-normal:1.8"; // with sines

    [Fact]
    public void Losses_are_those_of_refits_without_each_row()
    {
        var (x, y) = Samples.Wave(30);
        Dataset data = Data(x, y);
        ArchitectureCandidate[] candidates = [Candidate("2-8-relu-1", "he-normal+bias-normal:1"), Candidate("2-2*(8-erf)-1", "lecun-normal+bias-normal:1"), Candidate("2-8-sin-1", Gaussian)];
        ArchitectureRanking ranking = Choose(data, candidates).Ranking!;
        Assert.Equal(3, ranking.Points.Count);
        foreach (ArchitecturePoint point in ranking.Points)
        {
            double[] losses = LeftOutByRefits(data, point);
            Assert.Equal(losses.Average(), point.Loss, 1e-5 * point.Loss);
        }

        double[] best = LeftOutByRefits(data, ranking.Points[0]), other = LeftOutByRefits(data, ranking.Points[2]);
        double[] differences = [.. other.Zip(best, (a, b) => a - b)];
        double mean = differences.Average(), spread = Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / 29 / 30);
        Assert.Equal(mean, ranking.Points[2].Difference, 1e-4 * Math.Abs(mean));
        Assert.Equal(spread, ranking.Points[2].DifferenceStandardError, 1e-3 * spread);
        Assert.Equal(ranking.Points.Min(point => point.Loss), ranking.Points[0].Loss);
    }

    [Theory]
    [InlineData("3-8-sin-1", "lecun-normal:1.4+bias-normal:1.8", "3-8-sin-1", "lecun-normal:0.35+bias-normal:1.8")] // rough, smooth
    [InlineData("3-8-sin-1", "lecun-normal:0.35+bias-normal:1.8", "3-8-sin-1", "lecun-normal:1.4+bias-normal:1.8")]
    [InlineData("3-3*(8-erf)-1", "lecun-normal:4+bias-normal:0.1", "3-8-relu-1", "he-normal")]
    [InlineData("3-8-relu-1", "he-normal", "3-3*(8-erf)-1", "lecun-normal:4+bias-normal:0.1")]
    public void Functions_drawn_from_a_prior_rank_it_first(string net, string prior, string otherNet, string otherPrior)
    {
        ArchitectureCandidate own = Candidate(net, prior), other = Candidate(otherNet, otherPrior);
        float[][] x = Points(300, 3);
        Dataset data = Data(x, Draw(own, Data(x, [.. x.Select(row => (double)row[0])])));
        foreach (NetChoice by in Enum.GetValues<NetChoice>())
        {
            ArchitectureRanking ranking = Choose(data, [other, own], by: by).Ranking!;
            Assert.Equal((net, prior), (ranking.Points[0].Net, ranking.Points[0].Prior));
            Assert.True(ranking.Points[1].Distinguishable);
            Assert.True(ranking.Points[0].LogMarginalLikelihood > ranking.Points[1].LogMarginalLikelihood);
        }
    }

    [Fact]
    public void Priors_with_the_same_kernel_up_to_a_factor_tie_and_the_first_stays()
    {
        var (x, y) = Samples.Circle(120);
        ArchitectureCandidate[] candidates = [Candidate("2-2*(8-relu)-1", "lecun-normal:3"), Candidate("2-2*(8-relu)-1", "he-normal")];
        ArchitectureRanking ranking = Choose(Data(x, y), candidates).Ranking!;
        Assert.Equal(0, ranking.Points[1].Difference, 1e-6);
        Assert.False(ranking.Points[1].Distinguishable);
        Assert.Equal(ranking.Points[0].LogMarginalLikelihood, ranking.Points[1].LogMarginalLikelihood, 1e-6);
        Assert.Equal((0, 0, false), (ranking.Points[0].Difference, ranking.Points[0].DifferenceStandardError, ranking.Points[0].Distinguishable));
    }

    [Fact]
    public void No_two_candidates_have_the_same_kernel_up_to_a_factor()
    {
        float[][] x = Points(5, 3);
        var points = new Numbers(x.SelectMany(row => row).ToArray(), 3);
        double[][] kernels = [.. ArchitectureCandidates.Of(new(), 3, null).Select(candidate => Scaled(candidate, points))];
        Assert.InRange(kernels.Length, 20, 30);
        for (int i = 0; i < kernels.Length; i++)
        {
            Assert.All(kernels.Take(i), other => Assert.True(other.Zip(kernels[i], (a, b) => Math.Abs(a - b)).Max() > 1e-3));
        }
    }

    [Fact]
    public void A_named_prior_takes_the_place_of_all_others_and_the_width_that_of_the_units()
    {
        var prior = WeightPrior.Parse("glorot-normal+bias-normal:0.3");
        IReadOnlyList<ArchitectureCandidate> candidates = ArchitectureCandidates.Of(new() { Prior = prior }, 3, 77);
        Assert.All(candidates, candidate => Assert.Same(prior, candidate.Prior));
        Assert.Equal(candidates.Count, candidates.Select(candidate => candidate.Net).Distinct().Count());
        Assert.Contains(candidates, candidate => candidate.Net.ToString() == "3-2*(77-gelu)-1");
        Assert.Equal(candidates.OrderBy(candidate => candidate.Net.Depth), candidates);
    }

    [Fact]
    public void The_ranking_has_the_same_bits_on_any_threads_and_another_seed_another_sample()
    {
        var (x, y) = Samples.Circle(2100);
        Dataset data = Data(x, y);
        ArchitectureCandidate[] candidates = [Candidate("2-8-relu-1", "he-normal"), Candidate("2-8-sin-1", Gaussian)];
        ArchitectureRanking one = Choose(data, candidates, threads: 1).Ranking!, three = Choose(data, candidates, threads: 3).Ranking!;
        Assert.Equal(2000, one.Rows);
        Assert.Equal(one.Points, three.Points);
        Assert.NotEqual(one.Points[0].Loss, Choose(data, candidates, seed: 7).Ranking!.Points[0].Loss);
    }

    [Fact]
    public void The_fit_is_the_one_that_names_the_winner()
    {
        var (x, y) = Samples.Wave(150);
        Dataset data = Data(x, y);
        Learned chosen = Learner.Fit(data, new() { ChooseNet = NetChoice.LeaveOneOut, Width = 64 }, new());
        ArchitecturePoint best = chosen.Architectures!.Points[0];
        var named = new FeatureOptions { Net = Architecture.Parse(best.Net), Prior = WeightPrior.Parse(best.Prior) };
        Learned same = Learner.Fit(data, new() { Features = named, Width = 64 }, new());
        Assert.Equal(same.Model.Weights, chosen.Model.Weights);
        Assert.Equal(best.Prior, chosen.Model.Summary.Prior);
        Assert.Contains(chosen.Model.Notes, note => note.StartsWith($"Network: {best.Net}, {best.Prior} is the best of 26 by left-out rows", StringComparison.Ordinal));
        Assert.Null(same.Architectures);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 30)]
    [InlineData(12, 30)]
    public void Few_rows_and_more_columns_than_rows_are_ranked(int rows, int columns)
    {
        float[][] x = Points(rows, columns);
        ArchitectureRanking numbers = Fit(Data(x, [.. x.Select(row => (double)row[0])]));
        ArchitectureRanking classes = Fit(Data(x, [.. Enumerable.Range(0, rows).Select(i => i % 2 == 0 ? "a" : "b")]));
        Assert.All([numbers, classes], ranking => Assert.Equal((rows, 26), (ranking.Rows, ranking.Points.Count)));
        Assert.All(numbers.Points, point => Assert.True(double.IsFinite(point.Loss + point.Error + point.LogMarginalLikelihood)));

        static ArchitectureRanking Fit(Dataset data) => Learner.Fit(data, new() { ChooseNet = NetChoice.LeaveOneOut, Width = 8 }, new()).Architectures!;
    }

    [Fact]
    public void A_constant_target_takes_the_first_network_and_says_why()
    {
        float[][] x = Points(20, 2);
        Learned learned = Learner.Fit(Data(x, [.. x.Select(_ => 4.0)]), new() { ChooseNet = NetChoice.LeaveOneOut, Width = 8 }, new());
        Assert.Null(learned.Architectures);
        Assert.Equal("he-normal", learned.Model.Summary.Prior);
        Assert.Contains(learned.Model.Notes, note => note.StartsWith("The target does not vary on 20 rows", StringComparison.Ordinal));
    }

    [Fact]
    public void One_class_is_refused_as_without_a_choice()
    {
        float[][] x = Points(5, 2);
        var fault = Assert.Throws<DataException>(() => Learner.Fit(Data(x, [.. x.Select(_ => "a")]), new() { ChooseNet = NetChoice.LeaveOneOut }, new()));
        Assert.Contains("one class only", fault.Message);
    }

    [Fact]
    public void Other_features_a_named_network_another_model_and_too_little_memory_are_refused()
    {
        var (x, y) = Samples.Circle(60);
        Dataset data = Data(x, y);
        LearnOptions auto = new() { ChooseNet = NetChoice.LeaveOneOut, Width = 16 };
        string Refused<T>(LearnOptions options)
            where T : Exception => Assert.Throws<T>(() => Learner.Fit(data, options, new())).Message;
        Assert.Contains("\"hidden\" or \"outputs\", not \"fourier\"", Refused<ArgumentException>(auto with { Features = new() { Features = "fourier" } }));
        Assert.Contains("2-9-relu-1 is named", Refused<ArgumentException>(auto with { Features = new() { Net = Architecture.Parse("2-9-relu-1") } }));
        Assert.Contains("taken over", Refused<ArgumentException>(auto with { Like = Learner.Fit(data, new() { Width = 8 }, new()).Model }));
        Assert.Contains("Choosing an architecture on 60 rows", Refused<ForecastException>(auto with { MaxMemory = 1 << 20 }));
        Assert.Contains("Choosing among 26", Refused<ForecastException>(auto with { TimeLimit = 1e-9 }));
    }

    [Fact]
    public void Cancelling_stops_the_choice()
    {
        var (x, y) = Samples.Circle(60);
        using var source = new CancellationTokenSource();
        var seen = new Watcher(source);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Learner.Fit(Data(x, y), new() { ChooseNet = NetChoice.LeaveOneOut }, new Execution { Progress = seen, Cancellation = source.Token }));
        Assert.Equal("choosing the network", seen.Last);
    }

    [Theory]
    [InlineData("outputs", "2-3*(64-gelu)-1")]
    [InlineData("hidden", "2-3*(1024-gelu)-1")]
    public void Every_kind_of_network_features_can_use_every_candidate(string features, string some)
    {
        var (x, y) = Samples.Wave(20);
        Dataset data = Data(x, y);
        IReadOnlyList<ArchitectureCandidate> candidates = ArchitectureCandidates.Of(new() { Features = features }, 2, null);
        Assert.Contains(candidates, candidate => candidate.Net.ToString() == some);
        foreach (ArchitectureCandidate candidate in ArchitectureCandidates.Of(new() { Features = features }, 2, 16))
        {
            var options = new FeatureOptions { Features = features, Net = candidate.Net, Prior = candidate.Prior, Bandwidth = 1 };
            ModelSummary summary = Learner.Fit(data, new() { Features = options, Width = 16 }, new()).Model.Summary;
            Assert.Equal((16, candidate.Prior.ToString()), (summary.Width, summary.Prior));
        }
    }

    private sealed class Watcher(CancellationTokenSource source) : IProgress<Progress>
    {
        public string Last { get; private set; } = "";

        public void Report(Progress value)
        {
            Last = value.Stage;
            source.Cancel();
        }
    }

    private static ArchitectureCandidate Candidate(string net, string prior) => new(Architecture.Parse(net), WeightPrior.Parse(prior));

    private static Dataset Data(float[][] x, string[] y) => PlainArrays.Dataset(x, PlainArrays.Classes("class", y));

    private static Dataset Data(float[][] x, double[] y) => PlainArrays.Dataset(x, new NumberTarget("value", y));

    private static (FeatureOptions Options, ArchitectureRanking? Ranking, string Note) Choose(
        Dataset data, IReadOnlyList<ArchitectureCandidate> candidates, NetChoice by = NetChoice.LeaveOneOut, int threads = 2, ulong seed = 42)
    {
        var rows = new InputRows(data.Inputs, Preprocessing.Learn(data.Inputs));
        var choice = new ArchitectureChoice(new(), null, rows, data.Target!, Outcome.Of(data.Target!), by, seed) { Candidates = candidates };
        return choice.Run(new Execution { Threads = threads });
    }

    private static float[][] Points(int rows, int columns)
    {
        uint state = 5;
        return [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => (float)Samples.Next(ref state)).ToArray())];
    }

    /// <summary>What the features of a fit read: preprocessed rows times the input scale.</summary>
    private static Numbers Seen(Dataset data)
    {
        var preprocessing = Preprocessing.Learn(data.Inputs);
        var rows = new InputRows(data.Inputs, preprocessing);
        var values = new float[data.Count * preprocessing.Columns];
        preprocessing.Apply(data.Inputs, 0, data.Count, values);
        float scale = (float)DefaultNetwork.InputScale(new(), rows, 42);
        return new(values.Select(value => scale * value).ToArray(), preprocessing.Columns);
    }

    private static double[] Scaled(ArchitectureCandidate candidate, Numbers points)
    {
        using LimitGram gram = new LimitKernel(candidate.Net, candidate.Prior).Gram(points);
        return [.. Enumerable.Range(0, points.Count * points.Count).Select(i => gram.Nngp[i / points.Count, i % points.Count] / gram.Nngp[0, 0])];
    }

    /// <summary>A function of the limit kernel with a hundredth of noise, by its Cholesky factor and twelve uniform numbers a normal one.</summary>
    private static double[] Draw(ArchitectureCandidate from, Dataset data)
    {
        int n = data.Count;
        using LimitGram gram = new LimitKernel(from.Net, from.Prior).Gram(Seen(data));
        var lower = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = gram.Nngp[i, j] + (i == j ? 1e-4 * gram.Nngp[0, 0] : 0);
                for (int k = 0; k < j; k++)
                {
                    sum -= lower[i, k] * lower[j, k];
                }

                lower[i, j] = i == j ? Math.Sqrt(sum) : sum / lower[j, j];
            }
        }

        uint state = 11;
        double[] normal = [.. Enumerable.Range(0, n).Select(_ => Enumerable.Range(0, 12).Sum(_ => 0.5 * Samples.Next(ref state)))];
        return [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, i + 1).Sum(k => lower[i, k] * normal[k]))];
    }

    /// <summary>Squared errors of each row of standardised targets, the process solved anew without it by elimination.</summary>
    private static double[] LeftOutByRefits(Dataset data, ArchitecturePoint point)
    {
        int n = data.Count;
        double[] y = ((NumberTarget)data.Target!).Values;
        double mean = y.Average(), deviation = Math.Sqrt(y.Average(value => (value - mean) * (value - mean)));
        using LimitGram gram = new LimitKernel(Architecture.Parse(point.Net), WeightPrior.Parse(point.Prior)).Gram(Seen(data));
        double noise = point.Noise * Enumerable.Range(0, n).Average(i => gram.Nngp[i, i]);
        var losses = new double[n];
        for (int left = 0; left < n; left++)
        {
            int[] kept = [.. Enumerable.Range(0, n).Where(i => i != left)];
            var system = new double[n - 1, n];
            for (int i = 0; i < n - 1; i++)
            {
                for (int j = 0; j < n - 1; j++)
                {
                    system[i, j] = gram.Nngp[kept[i], kept[j]] + (i == j ? noise : 0);
                }

                system[i, n - 1] = (y[kept[i]] - mean) / deviation;
            }

            double[] alpha = Solve(system);
            double prediction = kept.Select((row, i) => gram.Nngp[left, row] * alpha[i]).Sum();
            losses[left] = Math.Pow(((y[left] - mean) / deviation) - prediction, 2);
        }

        return losses;
    }

    private static double[] Solve(double[,] system)
    {
        int n = system.GetLength(0);
        for (int pivot = 0; pivot < n; pivot++) // positive definite: no exchange of rows
        {
            for (int row = 0; row < n; row++)
            {
                double factor = row == pivot ? 0 : system[row, pivot] / system[pivot, pivot];
                for (int column = pivot; column <= n && factor != 0; column++)
                {
                    system[row, column] -= factor * system[pivot, column];
                }
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => system[i, n] / system[i, i])];
    }
}

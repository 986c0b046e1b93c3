using System.Diagnostics;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>How well do a few made-up rows a class stand for all training rows, under the kernel of an architecture?</summary>
internal sealed record DistillationQuestion
{
    /// <summary>Draws of training rows that the distilled ones are compared with.</summary>
    public const int DefaultDraws = 3;

    /// <summary>Networks whose kernel predicts test rows where kernels are resampled.</summary>
    public const int JudgeNetworks = 8;

    /// <summary>Penalties of which the drawn rows get the one that suits them best on the test rows.</summary>
    public static IReadOnlyList<double> DrawnPenalties { get; } = [1e-6, 1e-4, 1e-2, 1e-1];

    /// <summary>The training rows, with classes.</summary>
    public required Dataset Train { get; init; }

    /// <summary>Test rows, with classes.</summary>
    public required Dataset Test { get; init; }

    /// <summary>The architecture, of dense layers.</summary>
    public required string Net { get; init; }

    /// <summary>The law of the weights, or null for the usual one of the activation.</summary>
    public WeightPrior? Prior { get; init; }

    /// <summary>How.</summary>
    public DistillationOptions Options { get; init; } = new();

    /// <summary>Networks of finite width, drawn anew in every step, whose kernel takes the place of the limit kernel; null for that. Any architecture that ends in a dense layer.</summary>
    public int? Resampled { get; init; }

    /// <summary>Draws, of seeds that follow the options' one; the first is what distillation began with.</summary>
    public int Draws { get; init; } = DefaultDraws;

    /// <summary>Answers the question.</summary>
    /// <exception cref="ArgumentException">The kernel is none of a cosine, or a class has too few rows.</exception>
    /// <exception cref="DataException">No classes.</exception>
    public DistillationAnswer Run(Execution run)
    {
        var clock = Stopwatch.StartNew();
        if (Train.Target is not ClassTarget target || Test.Target is not ClassTarget truth)
        {
            throw new DataException($"{Train.Name} has no classes. Distillation makes rows of classes: give data with a class target.");
        }

        Architecture net = Architecture.Parse(Net, (Train.Inputs as Images)?.Shape, target.Classes.Count);
        WeightPrior prior = Prior ?? WeightPrior.DefaultFor(net.FirstActivation);
        using ISupportKernel kernel = Resampled is { } each ? new SampledSupport(net, prior, Options.Seed, each) : new SphereSupport(new(net, prior));
        using ISupportKernel judge = Resampled is null ? new SphereSupport(new(net, prior)) : new SampledSupport(net, prior, Options.Seed, JudgeNetworks);
        judge.Begin(run.Team, Resampled is { } number ? (Options.Steps * number / JudgeNetworks) + 1 : 0); // networks that no step saw
        KernelInputs inputs = KernelInputs.Learn(Train.Inputs);
        Numbers rows = SphereRows.Of(inputs.Read(Train.Inputs), [0]), tests = SphereRows.Of(inputs.Read(Test.Inputs), [0]);
        int classes = target.Classes.Count;
        double Accuracy(DistilledSet set, double penalty)
        {
            int[] chosen = Distillation.Predict(run.Team, judge, set, tests, penalty);
            return chosen.Where((code, i) => code == truth.Codes[i]).Count() / (double)chosen.Length;
        }

        var drawn = new List<DrawnAccuracy>();
        for (int draw = 0; draw < Draws; draw++)
        {
            DistilledSet set = Distillation.Drawn(rows, target.Codes, classes, Options.PointsPerClass, Options.Seed + (ulong)draw);
            drawn.Add(new(Accuracy(set, Options.Penalty), DrawnPenalties.Max(penalty => Accuracy(set, penalty))));
        }

        DistilledSet found = Distillation.Run(kernel, rows, target.Codes, classes, Options, run);
        return new(Resampled is { } many ? many == 1 ? "a random network a step" : $"{many} random networks a step" : "nngp", net.ToString(), prior.ToString(), rows.Count, tests.Count, target.Classes, Accuracy(found, Options.Penalty), drawn, found, (Train.Inputs as Images)?.Shape, clock.Elapsed.TotalSeconds);
    }
}

/// <summary>Test accuracy of kernel regression on rows drawn from the training rows.</summary>
/// <param name="SamePenalty">With the penalty of the distilled rows.</param>
/// <param name="BestPenalty">With the best of <see cref="DistillationQuestion.DrawnPenalties"/>, chosen on the test rows: what no choice can exceed.</param>
internal sealed record DrawnAccuracy(double SamePenalty, double BestPenalty);

/// <summary>Distilled rows and what they are worth.</summary>
/// <param name="Kind">Whose kernel.</param>
/// <param name="Net">The architecture.</param>
/// <param name="Prior">The law of its weights.</param>
/// <param name="TrainRows">Training rows.</param>
/// <param name="TestRows">Test rows.</param>
/// <param name="Classes">Names of the classes.</param>
/// <param name="Accuracy">Test accuracy of kernel regression on the distilled rows.</param>
/// <param name="Drawn">The same with as many drawn training rows, draw after draw.</param>
/// <param name="Set">The distilled rows.</param>
/// <param name="Shape">Their shape where they are images, else null.</param>
/// <param name="Seconds">Seconds it took.</param>
internal sealed record DistillationAnswer(
    string Kind, string Net, string Prior, int TrainRows, int TestRows, IReadOnlyList<string> Classes, double Accuracy, IReadOnlyList<DrawnAccuracy> Drawn, DistilledSet Set, ImageShape? Shape, double Seconds);

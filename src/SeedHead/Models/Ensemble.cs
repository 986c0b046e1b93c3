using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Heads;

namespace SeedHead.Models;

/// <summary>Models that answer together: the mean of their probabilities, or of their numbers. One model answers as it does alone.</summary>
internal sealed class Ensemble
{
    private readonly IReadOnlyList<SeedHeadModel> members;

    /// <summary>Takes models of the same inputs and the same outcome.</summary>
    /// <exception cref="DataException">Their classes or their inputs differ.</exception>
    public Ensemble(IReadOnlyList<SeedHeadModel> members)
    {
        this.members = members;
        foreach (SeedHeadModel member in members.Skip(1))
        {
            bool sameOutcome = member.Classes is null ? First.Classes is null : First.Classes is not null && member.Classes.SequenceEqual(First.Classes);
            if (!sameOutcome || member.Preprocessing.RawColumns != First.Preprocessing.RawColumns)
            {
                throw new DataException($"The tasks of this pack predict different things ({First.Outcome.Name} of {First.Data.Name}, {member.Outcome.Name} of {member.Data.Name}), so their mean means nothing. Name one task.");
            }
        }
    }

    /// <summary>The first model: of what inputs are and what is predicted it knows as much as any.</summary>
    public SeedHeadModel First => members[0];

    /// <summary>Predicts all rows.</summary>
    public Predictions Predict(Inputs inputs, Execution run)
    {
        Predictions first = members[0].Predict(inputs, run);
        if (members.Count == 1)
        {
            return first;
        }

        var mean = new Predictions(first.Count, first.Outputs, first.Classes);
        foreach (Predictions own in members.Select((member, i) => i == 0 ? first : member.Predict(inputs, run)))
        {
            Add(own.Values, mean.Values);
            Add(own.Low, mean.Low); // an interval of the mean is at most as wide as the mean of the intervals
            Add(own.High, mean.High);
            for (int row = 0; row < mean.Count; row++)
            {
                mean.OutOfRange[row] |= own.OutOfRange[row];
            }
        }

        for (int i = 0; i < mean.Scores.Length; i++)
        {
            mean.Scores[i] = mean.Classes is null ? mean.Values[i] : (float)Elementary.Log(Math.Max(mean.Values[i], 1e-30)); // their softmax is the mean
        }

        return mean;
    }

    /// <summary>Compares predictions of <see cref="Predict"/> with the truth.</summary>
    public Score Score(Dataset data, Predictions predictions)
    {
        if (members.Count == 1 || First.Outcome is not ClassOutcome classes)
        {
            return First.Score(data, predictions);
        }

        Target target = data.Target ?? throw new DataException($"{data.Name}: has no target column, so nothing can be scored. Name it with --target.");
        return Scoring.Classification(predictions.Scores, 1, classes.Codes(target), classes.Outputs);
    }

    private void Add(float[] own, float[] mean)
    {
        for (int i = 0; i < mean.Length; i++)
        {
            mean[i] += own[i] / members.Count;
        }
    }
}

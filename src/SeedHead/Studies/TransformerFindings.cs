using SeedHead.Complexity;

namespace SeedHead.Studies;

/// <summary>What the cells say: does complexity rise with the norm scale, and which activations are above the first?</summary>
internal static class TransformerFindings
{
    /// <summary>One trend an activation and depth with at least two scales; networks without a value in some cell are left out.</summary>
    public static IEnumerable<NormTrend> Trends(IReadOnlyList<TransformerCell> cells)
    {
        foreach (var group in cells.GroupBy(cell => (cell.Activation, cell.Complexity.Depth)))
        {
            TransformerCell[] along = [.. group];
            double[] scales = [.. along.Select(cell => cell.Complexity.Scale)];
            double[][] networks = [.. Enumerable.Range(0, along[0].Complexity.Networks)
                .Select(i => along.Select(cell => cell.Complexity.Values[i]).ToArray())
                .Where(values => values.All(value => value.IsDefined))
                .Select(values => values.Select(value => value.Value).ToArray())];
            if (scales.Distinct().Count() >= 2 && networks.Length > 0)
            {
                double[] means = [.. Enumerable.Range(0, scales.Length).Select(s => networks.Average(values => values[s]))];
                yield return new(group.Key.Activation, group.Key.Depth, RankCorrelation.Of(scales, networks), RankCorrelation.Spearman(scales, means));
            }
        }
    }

    /// <summary>Every activation against the first at its depth and scale, by sequences that both have.</summary>
    public static IEnumerable<ActivationContrast> Contrasts(IReadOnlyList<TransformerCell> cells)
    {
        foreach (TransformerCell cell in cells.Where(cell => cell.Activation != cells[0].Activation))
        {
            TransformerCell first = cells.First(other => other.Activation == cells[0].Activation
                && (other.Complexity.Depth, other.Complexity.Scale) == (cell.Complexity.Depth, cell.Complexity.Scale));
            (ComplexityValue One, ComplexityValue Other)[] pairs = [.. cell.Complexity.Values.Zip(first.Complexity.Values).Where(pair => pair.First.IsDefined && pair.Second.IsDefined)];
            if (pairs.Length >= 2)
            {
                PairedTest test = Statistics.Paired([.. pairs.Select(pair => pair.One.Value)], [.. pairs.Select(pair => pair.Other.Value)]);
                yield return new(
                    cell.Activation, first.Activation, cell.Complexity.Depth, cell.Complexity.Scale,
                    test.Mean, test.Deviation / Math.Sqrt(test.Count), test.Mean == 0 ? 0.5 : test.P / 2);
            }
        }
    }

    /// <summary>What a user should know of the cells.</summary>
    public static IEnumerable<string> Notes(IReadOnlyList<TransformerCell> cells)
    {
        int undefined = cells.Sum(cell => cell.Complexity.Undefined);
        if (undefined > 0)
        {
            yield return $"{undefined} sequences have a logit that is not finite; they are left out";
        }
    }
}

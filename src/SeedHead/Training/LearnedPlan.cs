namespace SeedHead.Training;

/// <summary>How the numbers of a tensor come to be.</summary>
internal enum LearnedBy
{
    /// <summary>The selected ones are learned, the others are fixed.</summary>
    Values,

    /// <summary>All are fixed; which of them are used is learned.</summary>
    Mask,

    /// <summary>All are fixed; a sum of directions, whose factors are learned, is added.</summary>
    Subspace,
}

/// <summary>What of every tensor of a network is learned, and how.</summary>
/// <param name="Selections">What is learned directly, a selection a tensor.</param>
/// <param name="Notes">Remarks: parts that a network does not have, layers of which nothing is learned.</param>
internal sealed record LearnedPlan(IReadOnlyList<Selection> Selections, IReadOnlyList<string> Notes)
{
    /// <summary>How the numbers of every tensor come to be.</summary>
    public required IReadOnlyList<LearnedBy> Ways { get; init; }

    /// <summary>The share of weights that a mask keeps.</summary>
    public double MaskShare { get; init; }

    /// <summary>Dimensions of the subspace.</summary>
    public int Dimensions { get; init; }

    /// <summary>How many numbers are learned: values, scores of masks, factors of directions.</summary>
    public long LearnedCount(IReadOnlyList<ParameterTensor> tensors)
    {
        long count = Ways.Contains(LearnedBy.Subspace) ? Dimensions : 0;
        for (int i = 0; i < tensors.Count; i++)
        {
            count += Ways[i] switch { LearnedBy.Values => Selections[i].Count(tensors[i]), LearnedBy.Mask => tensors[i].Count, _ => 0 };
        }

        return count;
    }
}

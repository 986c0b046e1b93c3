namespace SeedHead.Training;

/// <summary>Numbers that training moves, with the loss's derivatives to them: what an optimiser steps, what a file and a checkpoint keep.</summary>
/// <remarks>They need not be weights: the values of modules may be computed from them, which is what <see cref="TakeGradient"/> and <see cref="Apply"/> are for.</remarks>
internal abstract unsafe class LearnedNumbers : IDisposable
{
    /// <summary>A name that is unique within a network and does not change, such as "conv1/filters".</summary>
    public abstract string Name { get; }

    /// <summary>How many numbers are learned.</summary>
    public abstract long LearnedCount { get; }

    /// <summary>Where the numbers of <see cref="Runs"/> lie.</summary>
    public abstract float* Start { get; }

    /// <summary>Stretches of learned numbers: where each begins, from <see cref="Start"/>, and how long it is.</summary>
    public abstract IReadOnlyList<(long Start, int Length)> Runs { get; }

    /// <summary>The loss's derivatives to the learned numbers, one behind the other.</summary>
    public abstract Span<float> Gradient { get; }

    /// <summary>Before a step: makes <see cref="Gradient"/> of the derivatives that modules wrote.</summary>
    public virtual void TakeGradient()
    {
    }

    /// <summary>After a step: makes the values that modules read of the learned numbers.</summary>
    public virtual void Apply()
    {
    }

    /// <summary>Whether all learned numbers are finite.</summary>
    public bool AreFinite()
    {
        foreach ((long start, int length) in Runs)
        {
            foreach (float value in new ReadOnlySpan<float>(Start + start, length))
            {
                if (!float.IsFinite(value))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Writes the learned numbers, one behind the other.</summary>
    /// <param name="to">[<see cref="LearnedCount"/>].</param>
    public void CopyLearnedTo(Span<float> to)
    {
        foreach ((long start, int length) in Runs)
        {
            new ReadOnlySpan<float>(Start + start, length).CopyTo(to);
            to = to[length..];
        }
    }

    /// <summary>Sets the learned numbers, and the values that modules read.</summary>
    /// <param name="from">[<see cref="LearnedCount"/>], in the order of <see cref="CopyLearnedTo"/>.</param>
    public void SetLearned(ReadOnlySpan<float> from)
    {
        if (from.Length != LearnedCount)
        {
            throw new ArgumentException($"{Name} has {LearnedCount} learned numbers, but {from.Length} were given.", nameof(from));
        }

        foreach ((long start, int length) in Runs)
        {
            from[..length].CopyTo(new Span<float>(Start + start, length));
            from = from[length..];
        }

        Apply();
    }

    /// <summary>The learned numbers, one behind the other.</summary>
    public float[] ToArray()
    {
        var values = new float[LearnedCount];
        CopyLearnedTo(values);
        return values;
    }

    /// <summary>What a finished network needs of them: the learned numbers, unless less will do.</summary>
    public virtual float[] ToFile() => ToArray();

    /// <summary>Takes what <see cref="ToFile"/> gave.</summary>
    /// <exception cref="FormatException">It cannot have given that.</exception>
    public virtual void FromFile(ReadOnlySpan<float> stored)
    {
        if (stored.Length != LearnedCount)
        {
            throw new FormatException($"{Name} has {stored.Length} numbers instead of {LearnedCount}");
        }

        SetLearned(stored);
    }

    public abstract void Dispose();
}

namespace SeedHead.Models;

/// <summary>Predictions for some rows. Classification: K calibrated probabilities a row. Regression: one number and its 90 % interval a row.</summary>
public sealed class Predictions
{
    internal Predictions(int count, int outputs, IReadOnlyList<string>? classes)
    {
        Count = count;
        Outputs = outputs;
        Classes = classes;
        Values = new float[checked(count * outputs)];
        Scores = new float[Values.Length];
        OutOfRange = new bool[count];
        Low = classes is null ? new float[count] : [];
        High = classes is null ? new float[count] : [];
    }

    /// <summary>n, the number of rows.</summary>
    public int Count { get; }

    /// <summary>K: the number of classes, or 1.</summary>
    public int Outputs { get; }

    /// <summary>The class names, or null for regression.</summary>
    public IReadOnlyList<string>? Classes { get; }

    /// <summary>[n × K], row after row: probabilities, or predicted numbers in target units.</summary>
    public float[] Values { get; }

    /// <summary>[n × K], the head's outputs before the softmax.</summary>
    internal float[] Scores { get; }

    /// <summary>Lower ends of the 90 % intervals (regression), else empty.</summary>
    public float[] Low { get; }

    /// <summary>Upper ends of the 90 % intervals (regression), else empty.</summary>
    public float[] High { get; }

    /// <summary>Whether a row lies outside what the model was trained on, by leverage where the Gram was kept, else by column ranges.</summary>
    public bool[] OutOfRange { get; }

    /// <summary>The index of the most probable class of a row.</summary>
    /// <param name="row">The row.</param>
    public int Code(int row)
    {
        ReadOnlySpan<float> values = Values.AsSpan(row * Outputs, Outputs);
        int best = 0;
        for (int k = 1; k < values.Length; k++)
        {
            best = values[k] > values[best] ? k : best;
        }

        return best;
    }
}

using SeedHead.Data;

namespace SeedHead.Studies;

/// <summary>The rows of one repeat, prepared: training rows first, then those that choose penalties, then test rows.</summary>
/// <remarks>Test rows are one fold of the rows in seeded order; of the others four fifths train. Inputs are standardised by the training rows.</remarks>
internal sealed class ProbeRows
{
    private const int OrderPurpose = 901; // of Random.Order

    private ProbeRows(Numbers raw, Preprocessing scaling, float[] points, float[] targets, int outputs, int training, int choosing) =>
        (Raw, Scaling, Points, Targets, Outputs, Training, Choosing) = (raw, scaling, points, targets, outputs, training, choosing);

    /// <summary>All rows before <see cref="Scaling"/>, for what prepares its own inputs.</summary>
    public Numbers Raw { get; }

    /// <summary>Makes <see cref="Points"/> of <see cref="Raw"/>.</summary>
    public Preprocessing Scaling { get; }

    /// <summary>x [n × d].</summary>
    public float[] Points { get; }

    /// <summary>y [n × K]: numbers over their deviation, or one 0/1 column a class.</summary>
    public float[] Targets { get; }

    /// <summary>K.</summary>
    public int Outputs { get; }

    /// <summary>Rows that train.</summary>
    public int Training { get; }

    /// <summary>Rows that choose penalties.</summary>
    public int Choosing { get; }

    /// <summary>n.</summary>
    public int Count => Raw.Count;

    /// <summary>d.</summary>
    public int Columns => Scaling.Columns;

    /// <summary>The first test row.</summary>
    public int FirstTest => Training + Choosing;

    /// <summary>Test rows.</summary>
    public int Testing => Count - FirstTest;

    public static ProbeRows Of(Dataset data, int folds, int fold, ulong seed)
    {
        int[] order = Random.Order.Permutation(seed, OrderPurpose, data.Count);
        int from = (int)((long)data.Count * fold / folds), to = (int)((long)data.Count * (fold + 1) / folds);
        int[] arranged = [.. order.AsSpan(0, from), .. order.AsSpan(to), .. order.AsSpan(from, to - from)];
        int training = (data.Count - (to - from)) * 4 / 5, choosing = data.Count - (to - from) - training;
        Inputs inputs = data.Inputs.Select(arranged);
        Preprocessing first = Preprocessing.Learn(inputs.Select([.. Enumerable.Range(0, training)]));
        var raw = new float[data.Count * first.Columns];
        first.Apply(inputs, 0, data.Count, raw);
        var numbers = new Numbers(raw, first.Columns);
        Preprocessing second = Preprocessing.Learn(new Numbers(raw.AsMemory(0, training * first.Columns), first.Columns));
        var points = new float[data.Count * second.Columns];
        second.Apply(numbers, 0, data.Count, points);
        (float[] targets, int outputs) = TargetsOf(data.Target!.Select(arranged));
        return new(numbers, second, points, targets, outputs, training, choosing);
    }

    /// <summary>Targets row after row, their number a row.</summary>
    public static (float[] Values, int Outputs) TargetsOf(Target target)
    {
        if (target is ClassTarget classes)
        {
            int[] codes = [.. classes.Codes.Distinct().Order()]; // those that occur
            var values = new float[classes.Count * codes.Length];
            for (int row = 0; row < classes.Count; row++)
            {
                values[(row * codes.Length) + Array.IndexOf(codes, classes.Codes[row])] = 1;
            }

            return (values, codes.Length);
        }

        double[] numbers = ((NumberTarget)target).Values;
        double mean = Statistics.Mean(numbers), deviation = Statistics.Deviation(numbers);
        return ([.. numbers.Select(value => deviation > 0 ? (float)((value - mean) / deviation) : 0)], 1);
    }

    /// <summary>Squared errors of the test rows if their targets are taken to be the mean of all others.</summary>
    public double[] ConstantErrors()
    {
        var means = new double[Outputs];
        for (int i = 0; i < FirstTest * Outputs; i++)
        {
            means[i % Outputs] += Targets[i] / (double)FirstTest;
        }

        var errors = new double[Testing];
        for (int i = 0; i < errors.Length * Outputs; i++)
        {
            double difference = Targets[(FirstTest * Outputs) + i] - means[i % Outputs];
            errors[i / Outputs] += difference * difference;
        }

        return errors;
    }
}

using SeedHead.Random;

namespace SeedHead.Studies;

/// <summary>One network trained on one modulo task: label 1 where (Σ x_i mod M) ≤ M/2, x in {0 … N − 1}^d.</summary>
internal sealed record RedshiftModulo : RedshiftCell
{
    /// <summary>What functions are measured by before and after training.</summary>
    public static IReadOnlyList<string> Measures { get; } = ["fourier", "chebyshev", "lz78"];

    private const int Values = 16;
    private const int SplitPurpose = 1109; // of orders
    private const double Rate = 1e-3;

    /// <summary>M: smaller is a higher frequency.</summary>
    public required int Modulus { get; init; }

    /// <summary>Whether labels are 1 where the remainder is below M/2 only.</summary>
    public bool Strict { get; init; }

    /// <summary>d.</summary>
    public int Dimension { get; init; } = 2;

    /// <summary>Activation.</summary>
    public required string Activation { get; init; }

    /// <summary>What pre-activations are multiplied by.</summary>
    public required double Prefactor { get; init; }

    /// <summary>The seed of the weights and of the split.</summary>
    public required int Seed { get; init; }

    /// <summary>Steps of Adam over all training rows.</summary>
    public required int Steps { get; init; }

    /// <summary>Share of the rows learned from.</summary>
    public double Share { get; init; } = 0.7;

    /// <summary>Units of a hidden layer.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Points of an axis where functions are measured.</summary>
    public required int Side { get; init; }

    /// <summary>The network's text form.</summary>
    public string Net => NetOf(Dimension, Width, Activation, Prefactor);

    /// <inheritdoc/>
    protected override string Text =>
        $"modulo {Modulus} {(Strict ? "<" : "≤")}, d {Dimension} | {Net} | seed {Seed} | {Steps} steps, rate {Rate}, share {Share} | grid {Side}, {string.Join(' ', Measures)}";

    /// <summary>Three hidden layers with a prefactor.</summary>
    public static string NetOf(int dimension, int width, string activation, double prefactor) =>
        $"{dimension}-3*({width}-scale{prefactor.ToString(System.Globalization.CultureInfo.InvariantCulture)}-{activation})-1";

    /// <summary>All rows, scaled to [−1, 1], and their labels.</summary>
    public static (float[] Rows, int[] Labels) Task(int modulus, bool strict, int dimension)
    {
        int count = 1;
        for (int i = 0; i < dimension; i++)
        {
            count *= Values;
        }

        var rows = new float[count * dimension];
        var labels = new int[count];
        for (int row = 0; row < count; row++)
        {
            int sum = 0;
            for (int i = dimension - 1, left = row; i >= 0; i--, left /= Values)
            {
                sum += left % Values;
                rows[(row * dimension) + i] = (float)((2.0 * (left % Values) / (Values - 1)) - 1);
            }

            int remainder = sum % modulus;
            labels[row] = 2 * remainder < modulus || (!strict && 2 * remainder == modulus) ? 1 : 0;
        }

        return (rows, labels);
    }

    /// <inheritdoc/>
    public override IEnumerable<(string Name, double Value)> Run(Execution run)
    {
        var (rows, labels) = Task(Modulus, Strict, Dimension);
        int[] order = Order.Permutation((ulong)Seed, SplitPurpose, labels.Length), train = order[..(int)Math.Round(Share * labels.Length)], test = order[train.Length..];
        using var network = new FullBatch(Net, (ulong)Seed, run);
        var found = new List<(string, double)>();
        found.AddRange(network.Complexities("before", Measures, Side));
        using var objective = new LogisticObjective(Pick(labels, train));
        found.Add(("loss", network.Train(Rows(rows, train), objective, Steps, Rate)));
        found.Add(("train", Accuracy(network, Rows(rows, train), Pick(labels, train))));
        found.Add(("test", Accuracy(network, Rows(rows, test), Pick(labels, test))));
        found.AddRange(network.Complexities("after", Measures, Side));
        return found;
    }

    /// <summary>Share of rows whose output has the sign of its class.</summary>
    public static double Accuracy(FullBatch network, float[] rows, int[] labels) => network.Scores(rows).Zip(labels, (score, label) => score > 0 == (label == 1) ? 1.0 : 0).Average();

    private float[] Rows(float[] rows, int[] chosen) => [.. chosen.SelectMany(row => rows.AsSpan(row * Dimension, Dimension).ToArray())];

    private static int[] Pick(int[] labels, int[] chosen) => Array.ConvertAll(chosen, row => labels[row]);
}

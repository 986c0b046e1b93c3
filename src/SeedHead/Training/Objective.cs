using SeedHead.Compute;

namespace SeedHead.Training;

/// <summary>What training makes small: the cross-entropy of classes, or half the squared error of numbers, over given rows.</summary>
internal abstract unsafe class Objective : IDisposable
{
    /// <summary>K, the outputs a network needs.</summary>
    public abstract int Outputs { get; }

    /// <summary>n, the rows.</summary>
    public abstract int Count { get; }

    /// <summary>Classes.</summary>
    /// <param name="truth">The class of every row, below <paramref name="classes"/>.</param>
    /// <param name="classes">K.</param>
    public static Objective Of(int[] truth, int classes) => new OfClasses(truth, classes);

    /// <summary>Numbers.</summary>
    /// <param name="targets">[n × K], in units of the outputs. They are not copied.</param>
    public static Objective Of(Strided<float> targets) => new OfNumbers(targets);

    /// <summary>The mean loss of a batch with its gradient [rows × K].</summary>
    /// <param name="rows">The rows of the batch.</param>
    /// <param name="share">λ; below 1 every input was mixed with the one that stands as far from the batch's other end.</param>
    /// <param name="scores">[rows × K].</param>
    /// <param name="gradient">Takes the loss's derivatives to the scores.</param>
    /// <returns>The mean loss; rows told right, none for numbers.</returns>
    public abstract (double Loss, double Right) Loss(ReadOnlySpan<int> rows, double share, Strided<float> scores, Strided<float> gradient);

    public abstract void Dispose();

    private sealed class OfClasses : Objective
    {
        private readonly int[] truth;

        public OfClasses(int[] truth, int classes)
        {
            int wrong = Array.FindIndex(truth, code => code < 0 || code >= classes);
            (this.truth, Outputs) = (wrong < 0 ? truth : throw new ArgumentException(
                $"The label of row {wrong + 1} is class number {truth[wrong]}, but there are {classes} outputs. Let the network end in one output a class."), classes);
        }

        public override int Outputs { get; }

        public override int Count => truth.Length;

        public override (double Loss, double Right) Loss(ReadOnlySpan<int> rows, double share, Strided<float> scores, Strided<float> gradient)
        {
            int[] own = [.. rows.ToArray().Select(row => truth[row])];
            return CrossEntropy.OfMixed(scores, own, share < 1 ? [.. own.Reverse()] : own, share, gradient);
        }

        public override void Dispose()
        {
        }
    }

    private sealed class OfNumbers(Strided<float> targets) : Objective
    {
        private NativeBuffer<float>? wanted;

        public override int Outputs => (int)targets.Columns;

        public override int Count => (int)targets.Rows;

        public override (double Loss, double Right) Loss(ReadOnlySpan<int> rows, double share, Strided<float> scores, Strided<float> gradient)
        {
            if (wanted is null || wanted.Length < rows.Length * targets.Columns)
            {
                wanted?.Dispose();
                wanted = new(rows.Length * targets.Columns);
            }

            Strided<float> mixed = Strided<float>.RowMajor(wanted, rows.Length, targets.Columns);
            for (int i = 0; i < rows.Length; i++)
            {
                ReadOnlySpan<float> own = targets.Row(rows[i]), other = targets.Row(rows[rows.Length - 1 - i]);
                Span<float> to = mixed.Row(i);
                for (int k = 0; k < to.Length; k++)
                {
                    to[k] = share < 1 ? (float)((share * own[k]) + ((1 - share) * other[k])) : own[k];
                }
            }

            return (SquaredLoss.Of(scores, mixed, gradient), 0);
        }

        public override void Dispose() => wanted?.Dispose();
    }
}

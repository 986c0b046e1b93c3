using SeedHead.Random;

namespace SeedHead.Data;

/// <summary>Seeded splits of rows. Which side a row falls on depends on the seed, its number and the classes alone; never on the order of labels.</summary>
public static class Splits
{
    private const int HoldOut = 1;
    private const int CrossValidation = 2;
    private const int Sampling = 3;

    /// <summary>Splits into training and test rows; for classes, every class in the same share.</summary>
    /// <param name="target">The target of all rows.</param>
    /// <param name="testShare">The share of test rows, in (0, 1). Of a class of two or more rows at least one falls on each side; a single row trains.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>Row numbers, ascending, each row on one side.</returns>
    /// <exception cref="DataException">Fewer than two rows, or no row would be left for testing.</exception>
    public static (int[] Train, int[] Test) Stratified(Target target, double testShare, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (!(testShare > 0 && testShare < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(testShare), testShare, "The test share must lie between 0 and 1, both excluded.");
        }

        var isTest = new bool[target.Count];
        foreach (int[] group in Groups(target, seed, HoldOut))
        {
            int count = group.Length < 2 ? 0 : Math.Clamp((int)Math.Round(testShare * group.Length, MidpointRounding.AwayFromZero), 1, group.Length - 1);
            foreach (int row in group.AsSpan(0, count))
            {
                isTest[row] = true;
            }
        }

        int[] test = [.. Enumerable.Range(0, target.Count).Where(row => isTest[row])];
        return test.Length > 0
            ? ([.. Enumerable.Range(0, target.Count).Where(row => !isTest[row])], test)
            : throw new DataException($"{target.Count} rows, none of a class that has two, cannot be split into training and test rows. Give more rows, or a test file.");
    }

    /// <summary>Deals the rows into folds of near-equal size; for classes, every class near-equally.</summary>
    /// <param name="target">The target of all rows.</param>
    /// <param name="folds">Number of folds, at least 2.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The test rows of each fold, ascending; together every row once.</returns>
    /// <exception cref="DataException">Fewer rows than folds.</exception>
    public static IReadOnlyList<int[]> Folds(Target target, int folds, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        if (target.Count < folds)
        {
            throw new DataException($"{target.Count} rows cannot be dealt into {folds} folds. Give more rows.");
        }

        var dealt = new List<int>[folds];
        for (int fold = 0; fold < folds; fold++)
        {
            dealt[fold] = [];
        }

        int next = 0; // runs on from class to class, so small classes do not all begin with fold 0
        foreach (int[] group in Groups(target, seed, CrossValidation))
        {
            foreach (int row in group)
            {
                dealt[next++ % folds].Add(row);
            }
        }

        return [.. dealt.Select(rows => rows.Order().ToArray())];
    }

    /// <summary>A sample of the rows; of every class its share, rounded up or down.</summary>
    /// <param name="target">The target of all rows.</param>
    /// <param name="size">Rows wanted; all where there are no more.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>Row numbers, ascending.</returns>
    internal static int[] Sample(Target target, int size, ulong seed)
    {
        if (target.Count <= size)
        {
            return [.. Enumerable.Range(0, target.Count)];
        }

        long At(int place) => (long)place * size / target.Count;
        int[] grouped = [.. Groups(target, seed, Sampling).SelectMany(rows => rows)];
        return [.. grouped.Where((_, place) => At(place + 1) > At(place)).Order()];
    }

    /// <summary>The rows of each class (all rows, for numbers) in seeded order.</summary>
    private static int[][] Groups(Target target, ulong seed, int purpose)
    {
        int[] order = Order.Permutation(seed, purpose, target.Count);
        return target is ClassTarget classes
            ? [.. Enumerable.Range(0, classes.Classes.Count).Select(code => Array.FindAll(order, row => classes.Codes[row] == code))]
            : [order];
    }
}

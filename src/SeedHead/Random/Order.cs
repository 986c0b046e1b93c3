namespace SeedHead.Random;

/// <summary>Random orders of 0, 1, …: the ranks of 64-bit keys that are functions of (seed, purpose, index) alone.</summary>
/// <remarks>So a row keeps its key when rows are added, and a sample of the rows is never their beginning.</remarks>
internal static class Order
{
    /// <summary>The key of an index: the first two words of Philox's counter (index, 0, purpose, 2¹⁶·<see cref="WeightKind.Order"/>), low word first.</summary>
    public static ulong Key(ulong seed, int purpose, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(purpose);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var (low, high, _, _) = Philox.Words(seed, (uint)index, 0, (uint)purpose, (uint)WeightKind.Order << 16);
        return low | (ulong)high << 32;
    }

    /// <summary>The indices below <paramref name="count"/> by ascending key; equal keys stay in index order.</summary>
    public static int[] Permutation(ulong seed, int purpose, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var keys = new (ulong Key, int Index)[count];
        for (int i = 0; i < count; i++)
        {
            keys[i] = (Key(seed, purpose, i), i);
        }

        Array.Sort(keys);
        return Array.ConvertAll(keys, pair => pair.Index);
    }

    /// <summary>The <paramref name="size"/> indices below <paramref name="count"/> with the smallest keys, ascending; all of them if there are no more.</summary>
    public static int[] Sample(ulong seed, int purpose, int count, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var kept = new PriorityQueue<int, (ulong, int)>(Comparer<(ulong, int)>.Create((a, b) => b.CompareTo(a))); // largest key first
        for (int i = 0; i < count && size > 0; i++)
        {
            var key = (Key(seed, purpose, i), i);
            if (kept.Count < size)
            {
                kept.Enqueue(i, key);
            }
            else if (kept.TryPeek(out _, out var largest) && key.CompareTo(largest) < 0)
            {
                kept.EnqueueDequeue(i, key);
            }
        }

        int[] sample = [.. kept.UnorderedItems.Select(item => item.Element)];
        Array.Sort(sample);
        return sample;
    }
}

namespace SeedHead.Explorer.Work;

/// <summary>The results used last, up to a number of them. Thread-safe.</summary>
internal sealed class Recent<TKey, TValue>(int most)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> places = [];
    private readonly LinkedList<(TKey Key, TValue Value)> order = new(); // last used first
    private readonly Lock gate = new();

    public bool TryGet(TKey key, out TValue value)
    {
        lock (gate)
        {
            if (places.TryGetValue(key, out LinkedListNode<(TKey Key, TValue Value)>? place))
            {
                order.Remove(place);
                order.AddFirst(place);
                value = place.Value.Value;
                return true;
            }
        }

        value = default!;
        return false;
    }

    public void Keep(TKey key, TValue value)
    {
        lock (gate)
        {
            if (places.Remove(key, out LinkedListNode<(TKey Key, TValue Value)>? old))
            {
                order.Remove(old);
            }

            places[key] = order.AddFirst((key, value));
            if (order.Count > most)
            {
                places.Remove(order.Last!.Value.Key);
                order.RemoveLast();
            }
        }
    }
}

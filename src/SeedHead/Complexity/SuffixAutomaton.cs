namespace SeedHead.Complexity;

/// <summary>The smallest automaton that reads every piece of a sequence; each state knows where its pieces end for the first time.</summary>
/// <remarks>Source: Blumer et al., "The smallest automaton recognizing the subwords of a text", Theoret. Comput. Sci. 40 (1985). Edges of a state form a list.</remarks>
internal sealed class SuffixAutomaton
{
    private readonly List<(int Length, int Link, int FirstEnd, int Edge)> states;
    private readonly List<(int Symbol, int To, int Next)> edges;

    public SuffixAutomaton(ReadOnlySpan<int> sequence)
    {
        states = new(2 * sequence.Length + 1) { (0, -1, -1, -1) };
        edges = new(3 * sequence.Length);
        int last = 0;
        for (int i = 0; i < sequence.Length; i++)
        {
            last = Extend(last, sequence[i], i);
        }
    }

    /// <summary>The position at which the pieces of a state end for the first time.</summary>
    public int FirstEnd(int state) => states[state].FirstEnd;

    /// <summary>The state after one symbol more, or −1.</summary>
    public int Next(int state, int symbol)
    {
        int edge = Find(state, symbol);
        return edge < 0 ? -1 : edges[edge].To;
    }

    private int Extend(int last, int symbol, int position)
    {
        int added = Add(states[last].Length + 1, 0, position, -1), p = last;
        for (; p >= 0 && Find(p, symbol) < 0; p = states[p].Link)
        {
            AddEdge(p, symbol, added);
        }

        if (p >= 0)
        {
            int q = Next(p, symbol);
            states[added] = states[added] with { Link = states[q].Length == states[p].Length + 1 ? q : Split(p, q, symbol) };
        }

        return added;
    }

    /// <summary>A state for the shorter pieces of q, which now end elsewhere as well.</summary>
    private int Split(int p, int q, int symbol)
    {
        int clone = Add(states[p].Length + 1, states[q].Link, states[q].FirstEnd, -1);
        for (int edge = states[q].Edge; edge >= 0; edge = edges[edge].Next)
        {
            AddEdge(clone, edges[edge].Symbol, edges[edge].To);
        }

        for (; p >= 0 && Find(p, symbol) is var edge && edge >= 0 && edges[edge].To == q; p = states[p].Link)
        {
            edges[edge] = edges[edge] with { To = clone };
        }

        states[q] = states[q] with { Link = clone };
        return clone;
    }

    private int Find(int state, int symbol)
    {
        int edge = states[state].Edge;
        while (edge >= 0 && edges[edge].Symbol != symbol)
        {
            edge = edges[edge].Next;
        }

        return edge;
    }

    private int Add(int length, int link, int firstEnd, int edge)
    {
        states.Add((length, link, firstEnd, edge));
        return states.Count - 1;
    }

    private void AddEdge(int from, int symbol, int to)
    {
        edges.Add((symbol, to, states[from].Edge));
        states[from] = states[from] with { Edge = edges.Count - 1 };
    }
}

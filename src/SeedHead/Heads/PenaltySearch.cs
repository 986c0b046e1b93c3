namespace SeedHead.Heads;

/// <summary>Walks a grid of penalties from the largest down and chooses among those evaluated.</summary>
internal sealed class PenaltySearch(Func<double, Candidate?> evaluate, double flat)
{
    private const double RelativeFlat = 1e-4; // far below what rows can tell apart
    private const int Stride = 3;
    private const double HalfDecade = 3.1622776601683795;

    private readonly SortedDictionary<int, Candidate> found = [];
    private readonly SortedSet<int> refused = [];
    private IReadOnlyList<double> grid = [];

    /// <summary>The penalties evaluated, ascending.</summary>
    public IEnumerable<Candidate> Path => found.Values;

    /// <summary>The choice: the largest penalty whose criterion is the least, within a relative 10⁻⁴.</summary>
    public Candidate Chosen => found.Values.Last(candidate => candidate.Criterion <= Limit);

    /// <summary>Set when smaller penalties were refused and might have been chosen: the largest of them, and the smallest accepted.</summary>
    public (double Refused, double Raised)? Raised =>
        refused.Count > 0 && Chosen == found.Values.First() ? (grid[refused.Max], Chosen.Penalty) : null;

    private double Limit
    {
        get
        {
            double least = found.Values.Min(candidate => candidate.Criterion);
            return least + (RelativeFlat * least) + flat;
        }
    }

    /// <summary>Evaluates every penalty of the grid; where all are refused, larger ones until one is accepted.</summary>
    public void All(IReadOnlyList<double> penalties)
    {
        Add(penalties, penalties);
        Raise();
    }

    /// <summary>Evaluates the penalties of a part of the grid, largest first. Parts come in descending order; <see cref="Raise"/> follows the last.</summary>
    public void Add(IReadOnlyList<double> penalties, IReadOnlyCollection<double> part)
    {
        grid = penalties;
        for (int i = grid.Count - 1; i >= 0; i--)
        {
            if (part.Contains(grid[i]) && !Try(i))
            {
                return;
            }
        }
    }

    /// <summary>Evaluates every third penalty down to two losses in a row, then the neighbours of the best until both are worse.</summary>
    public void CoarseToFine(IReadOnlyList<double> penalties)
    {
        grid = penalties;
        int losses = 0;
        double least = double.PositiveInfinity;
        for (int i = grid.Count - 1; i >= 0 && losses < 2 && Try(i); i -= Stride)
        {
            losses = found[i].Criterion < least ? 0 : losses + 1;
            least = Math.Min(least, found[i].Criterion);
        }

        Raise();
        for (int best = -1; best != Best();)
        {
            best = Best();
            Try(best + 1);
            Try(best - 1);
        }
    }

    /// <summary>Where all penalties were refused, evaluates larger ones until one is accepted.</summary>
    public void Raise()
    {
        for (int step = 0; found.Count == 0; step++)
        {
            if (step == 80)
            {
                throw new ArgumentException("No penalty makes the Gram matrix positive definite: features or targets are not finite. Scale the inputs.");
            }

            grid = [.. grid, grid[^1] * HalfDecade];
            Try(grid.Count - 1);
        }
    }

    private int Best() => found.MinBy(pair => pair.Value.Criterion).Key;

    private bool Try(int i)
    {
        if (i < 0 || i >= grid.Count || found.ContainsKey(i))
        {
            return true;
        }

        if (refused.Count > 0 && i <= refused.Max)
        {
            return false; // a smaller penalty is no better conditioned
        }

        if (evaluate(grid[i]) is not { } candidate)
        {
            refused.Add(i);
            return false;
        }

        found.Add(i, candidate);
        foreach (var loser in found.Values.Where(other => other.Criterion > Limit))
        {
            loser.Release();
        }

        return true;
    }
}

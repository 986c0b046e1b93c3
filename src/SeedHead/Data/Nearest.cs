namespace SeedHead.Data;

/// <summary>Finds what a misspelled name was meant to be.</summary>
internal static class Nearest
{
    private const int ListedNames = 20;

    /// <summary>"Did you mean 'price'? The columns are: …", with the suggestion only when one is near.</summary>
    public static string Hint(string given, IReadOnlyList<string> names, string plural)
    {
        string? near = Find(given, names);
        string listed = string.Join(", ", names.Take(ListedNames)) + (names.Count > ListedNames ? $", … ({names.Count} in all)" : "");
        return $"{(near is null ? "" : $"Did you mean '{near}'? ")}The {plural} are: {listed}.";
    }

    /// <summary>The name at the smallest edit distance (insert, delete, replace, swap neighbours; case ignored) of at most a third of the length, at least 1.</summary>
    public static string? Find(string given, IReadOnlyList<string> names)
    {
        string? best = null;
        int least = Math.Max(1, (given.Length + 1) / 3) + 1;
        foreach (string name in names)
        {
            int distance = Distance(given.ToUpperInvariant(), name.ToUpperInvariant());
            if (distance < least)
            {
                (best, least) = (name, distance);
            }
        }

        return best;
    }

    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                int replace = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replace, 1 + Math.Min(d[i - 1, j], d[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}

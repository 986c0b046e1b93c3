using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SeedHead.Data;

/// <summary>Arrays of a calling program as data sets.</summary>
internal static class PlainArrays
{
    /// <summary>Rows of one length, copied row after row.</summary>
    public static Dataset Dataset(float[][] inputs, Target target)
    {
        if (inputs.Length == 0)
        {
            throw new DataException("There is no row to learn from. Give at least 2 rows.");
        }

        if (inputs.Length != target.Count)
        {
            throw new ArgumentException($"There are {inputs.Length} rows but {target.Count} targets. Pass one target a row.", nameof(inputs));
        }

        int columns = inputs[0].Length;
        var values = new float[checked(inputs.Length * columns)];
        for (int row = 0; row < inputs.Length; row++)
        {
            if (inputs[row].Length != columns)
            {
                throw new ArgumentException($"Row {row + 1} has {inputs[row].Length} numbers but row 1 has {columns}. Pass rows of one length.", nameof(inputs));
            }

            inputs[row].CopyTo(values, row * columns);
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan())));
        return new Dataset("arrays", new Numbers(values, columns), target, hash);
    }

    /// <summary>Labels as classes: in numeric order when all are numbers, else sorted ordinally.</summary>
    public static ClassTarget Classes(string name, IReadOnlyList<string> labels)
    {
        string[] classes = [.. labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (classes.All(label => double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
        {
            classes = [.. classes.OrderBy(label => double.Parse(label, NumberStyles.Float, CultureInfo.InvariantCulture))];
        }

        var codes = classes.Select((label, code) => (label, code)).ToDictionary(pair => pair.label, pair => pair.code, StringComparer.Ordinal);
        return new ClassTarget(name, [.. labels.Select(label => codes[label])], classes);
    }
}

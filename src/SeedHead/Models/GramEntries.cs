using SeedHead.Data;
using SeedHead.Heads;

namespace SeedHead.Models;

/// <summary>The sums over rows as entries of a model file: the lower triangle row after row, the cross products, the column sums.</summary>
internal static class GramEntries
{
    private const string Gram = "gram.npy";
    private const string Cross = "cross.npy";
    private const string Sums = "sums.npy";
    private const string Shift = "shift.npy";

    public static IEnumerable<(string Name, byte[] Content)> Of(GramSums sums)
    {
        int d = sums.FeatureCount;
        var triangle = new double[checked((int)((long)d * (d + 1) / 2))];
        int at = 0;
        for (int row = 0; row < d; row++)
        {
            sums.GramRow(row).CopyTo(triangle.AsSpan(at));
            at += row + 1;
        }

        yield return (Gram, NpyBytes.Of(triangle, triangle.Length));
        yield return (Cross, NpyBytes.Of(sums.CrossNumbers.ToArray(), d, sums.Outputs));
        yield return (Sums, NpyBytes.Of([.. sums.FeatureSums, .. sums.TargetSums, .. sums.TargetSquares], d + (2 * sums.Outputs)));
        yield return (Shift, NpyBytes.Of(sums.FeatureShift, d));
    }

    public static GramSums Read(Func<string, byte[]> entry, string path, int d, int outputs, long rows, bool doublePrecision)
    {
        double[] Numbers(string name, long length)
        {
            double[] numbers = Npy.Read(new MemoryStream(entry(name)), $"{path}: {name}").Doubles();
            return numbers.Length == length
                ? numbers
                : throw new DataException($"{path}: {name} holds {numbers.Length} numbers, {length} are needed. Fit the model again.");
        }

        float[] shift = Npy.Read(new MemoryStream(entry(Shift)), $"{path}: {Shift}").Singles();
        var sums = new GramSums(d, outputs, shift, doublePrecision) { Rows = rows };
        double[] triangle = Numbers(Gram, (long)d * (d + 1) / 2);
        int at = 0;
        for (int row = 0; row < d; row++)
        {
            triangle.AsSpan(at, row + 1).CopyTo(sums.GramRow(row));
            at += row + 1;
        }

        Numbers(Cross, (long)d * outputs).CopyTo(sums.CrossNumbers);
        double[] columns = Numbers(Sums, d + (2L * outputs));
        columns.AsSpan(0, d).CopyTo(sums.FeatureSums);
        columns.AsSpan(d, outputs).CopyTo(sums.TargetSums);
        columns.AsSpan(d + outputs).CopyTo(sums.TargetSquares);
        return sums;
    }
}

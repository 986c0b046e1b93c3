using SeedHead.Data;

namespace SeedHead.Tests.Data;

public class SplitsTests
{
    [Fact]
    public void Every_row_is_on_one_side_and_every_class_on_both() => ForAll.Draws(40, draw =>
    {
        ClassTarget target = RandomClasses(draw);
        double share = draw.Double(0.05, 0.95);

        (int[] train, int[] test) = Splits.Stratified(target, share, draw.Bits());

        Assert.Equal(Enumerable.Range(0, target.Count), train.Concat(test).Order());
        for (int code = 0; code < target.Classes.Count; code++)
        {
            int all = target.Codes.Count(c => c == code);
            int tested = test.Count(row => target.Codes[row] == code);
            Assert.InRange(tested, Math.Min(1, all / 2), Math.Max(0, all - 1));
            Assert.InRange(tested, (share * all) - 1, (share * all) + 1);
        }
    });

    [Fact]
    public void Labels_sorted_by_class_do_not_matter()
    {
        var target = new ClassTarget("t", [.. Enumerable.Range(0, 300).Select(i => i / 100)], ["a", "b", "c"]);

        (_, int[] test) = Splits.Stratified(target, 0.2, 7);

        Assert.Equal([20, 20, 20], Enumerable.Range(0, 3).Select(code => test.Count(row => row / 100 == code)));
        Assert.NotEqual(Enumerable.Range(0, 20), test.Take(20)); // not a class's first rows
    }

    [Fact]
    public void Numbers_are_split_by_the_seed_alone()
    {
        var target = new NumberTarget("t", new double[100]);

        Assert.Equal(25, Splits.Stratified(target, 0.25, 1).Test.Length);
        Assert.Equal(Splits.Stratified(target, 0.25, 1).Test, Splits.Stratified(target, 0.25, 1).Test);
        Assert.NotEqual(Splits.Stratified(target, 0.25, 1).Test, Splits.Stratified(target, 0.25, 2).Test);
    }

    [Fact]
    public void Folds_hold_every_row_once_and_every_class_evenly() => ForAll.Draws(40, draw =>
    {
        ClassTarget target = RandomClasses(draw);
        int folds = draw.Int(2, 5);

        IReadOnlyList<int[]> dealt = Splits.Folds(target, folds, draw.Bits());

        Assert.Equal(Enumerable.Range(0, target.Count), dealt.SelectMany(rows => rows).Order());
        Assert.InRange(dealt.Max(rows => rows.Length) - dealt.Min(rows => rows.Length), 0, 1);
        for (int code = 0; code < target.Classes.Count; code++)
        {
            int[] counts = [.. dealt.Select(rows => rows.Count(row => target.Codes[row] == code))];
            Assert.InRange(counts.Max() - counts.Min(), 0, 1);
        }
    });

    [Fact]
    public void A_sample_has_its_size_and_of_every_class_its_share() => ForAll.Draws(40, draw =>
    {
        ClassTarget target = RandomClasses(draw);
        int size = draw.Int(1, target.Count + 5);
        int[] rows = Splits.Sample(target, size, (ulong)draw.Int(0, 1000));

        Assert.Equal(Math.Min(size, target.Count), rows.Length);
        Assert.Equal(rows.Order().Distinct(), rows);
        for (int code = 0; code < target.Classes.Count; code++)
        {
            double share = Math.Min(1, size / (double)target.Count) * target.Codes.Count(c => c == code);
            Assert.InRange(rows.Count(row => target.Codes[row] == code), Math.Floor(share), Math.Ceiling(share + 1e-9));
        }
    });

    [Fact]
    public void Too_few_rows_are_an_error()
    {
        var single = new ClassTarget("t", [0, 1, 2], ["a", "b", "c"]);

        Assert.Contains("3 rows", Assert.Throws<DataException>(() => Splits.Stratified(single, 0.2, 1)).Message);
        Assert.Contains("5 folds", Assert.Throws<DataException>(() => Splits.Folds(single, 5, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Splits.Stratified(single, double.NaN, 1));
    }

    private static ClassTarget RandomClasses(Draw draw)
    {
        int classes = draw.Int(1, 4);
        int[] codes = [.. Enumerable.Range(0, draw.Int(10, 200)).Select(_ => draw.Int(0, classes - 1)), 0, 0];
        return new ClassTarget("t", codes, [.. Enumerable.Range(0, classes).Select(code => $"{code}")]);
    }
}

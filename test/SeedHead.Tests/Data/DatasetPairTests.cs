using SeedHead.Data;

namespace SeedHead.Tests.Data;

public class DatasetPairTests
{
    private static readonly Dataset Train = Make(["a", "c"], [0, 1]);

    [Fact]
    public void Test_classes_are_numbered_as_in_training()
    {
        DatasetPair pair = DatasetPair.Of(Train, Make(["c", "d"], [0, 0])); // d is listed, but no row has it

        var target = (ClassTarget)pair.Test!.Target!;
        Assert.Equal(["a", "c"], target.Classes);
        Assert.Equal([1, 1], target.Codes);
        Assert.Empty(pair.Test.Notes);
    }

    [Fact]
    public void Classes_never_seen_follow_with_a_note()
    {
        DatasetPair pair = DatasetPair.Of(Train, Make(["a", "b", "c"], [1, 0, 1, 2]));

        var target = (ClassTarget)pair.Test!.Target!;
        Assert.Equal(["a", "c", "b"], target.Classes);
        Assert.Equal([2, 0, 2, 1], target.Codes);
        Assert.Contains("2 test rows are of classes never seen in training (b)", Assert.Single(pair.Test.Notes));
    }

    [Fact]
    public void Without_a_test_part_nothing_changes() => Assert.Equal(new DatasetPair(Train, null), DatasetPair.Of(Train, null));

    private static Dataset Make(string[] classes, int[] codes) => new("t", new Numbers(new float[codes.Length], 1), new ClassTarget("t", codes, classes), "");
}

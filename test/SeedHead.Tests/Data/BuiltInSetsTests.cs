using SeedHead.Data;

namespace SeedHead.Tests.Data;

public class BuiltInSetsTests
{
    [Fact]
    public void Digits_have_the_published_counts_and_hashes()
    {
        DatasetPair digits = DataSource.Load("digits");

        Assert.Equal(3823, digits.Train.Count);
        Assert.Equal(1797, digits.Test!.Count);
        Assert.Equal("e1b683cc211604fe8fd8c4417e6a69f31380e0c61d4af22e93cc21e9257ffedd", digits.Train.Sha256); // the UCI file optdigits.tra
        Assert.Equal("6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8", digits.Test.Sha256); // optdigits.tes
        var target = (ClassTarget)digits.Train.Target!;
        int[] counts = [.. Enumerable.Range(0, 10).Select(digit => target.Codes.Count(code => code == digit))];
        Assert.Equal([376, 389, 380, 389, 387, 376, 377, 387, 380, 382], counts); // the set's page at UCI
    }

    [Fact]
    public void Digits_are_images_of_values_up_to_16()
    {
        var images = (Images)DataSource.Load("digits").Train.Inputs;

        Assert.Equal(new ImageShape(8, 8, 1), images.Shape);
        Assert.Equal(16, images.Maximum);
        Assert.Equal([0, 1, 6, 15, 12, 1, 0, 0], images[0][..8].ToArray()); // first line of optdigits.tra
        Assert.Equal(16, Enumerable.Range(0, images.Count).Max(i => images[i].ToArray().Max()));
    }

    [Theory]
    [InlineData("iris", 150, 4, 3)]
    [InlineData("letter", 20000, 16, 26)]
    [InlineData("wine-quality-white", 4898, 11, 7)]
    [InlineData("wine-recognition", 178, 13, 3)]
    public void Tables_have_their_published_shapes(string name, int rows, int columns, int classes)
    {
        DatasetPair pair = DataSource.Load(name);

        Assert.Null(pair.Test);
        Assert.Equal(rows, pair.Train.Count);
        Assert.Equal(columns, pair.Train.Inputs.Columns);
        Assert.Equal(classes, ((ClassTarget)pair.Train.Target!).Classes.Count);
        Assert.All(((Table)pair.Train.Inputs).Fields, field => Assert.IsType<NumberColumn>(field));
    }
}

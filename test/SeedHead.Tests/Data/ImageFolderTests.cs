using SeedHead.Data;

namespace SeedHead.Tests.Data;

public class ImageFolderTests
{
    [Fact]
    public void Folders_are_classes_and_pictures_come_in_the_order_of_their_names()
    {
        using var scratch = new Scratch();
        scratch.Write("dog/b.png", Picture(3));
        scratch.Write("dog/a.PNG", Picture(2));
        scratch.Write("cat/z.png", Picture(1));
        scratch.Write("cat/readme.txt", "not a picture");

        Dataset data = DataSource.Load(scratch.Folder).Train;

        Assert.Equal(["cat", "dog", "dog"], Texts.Classes(data));
        var images = (Images)data.Inputs;
        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(i => images[i][0]));
        Assert.Equal(new ImageShape(1, 2, 1), images.Shape);
    }

    [Fact]
    public void Folders_called_train_and_test_are_the_two_parts()
    {
        using var scratch = new Scratch();
        scratch.Write("train/a/1.png", Picture(1));
        scratch.Write("train/b/1.png", Picture(2));
        scratch.Write("test/a/1.png", Picture(3));

        DatasetPair pair = DataSource.Load(scratch.Folder);

        Assert.Equal((2, 1), (pair.Train.Count, pair.Test!.Count));
        Assert.Equal(["a"], Texts.Classes(pair.Test));
    }

    [Fact]
    public void Pictures_without_folders_can_be_predicted()
    {
        using var scratch = new Scratch();
        scratch.Write("1.png", Picture(1));

        Assert.Null(DataSource.Load(scratch.Folder, new DataOptions { RequireTarget = false }).Train.Target);
        Assert.Contains("CLASS/NAME.png", Error(scratch));
    }

    [Fact]
    public void A_folder_without_pictures_is_refused()
    {
        using var scratch = new Scratch();
        Assert.Contains("there are no PNG images", Error(scratch));
        scratch.Write("a/1.jpg", [1, 2, 3]);
        Assert.Contains("there are no PNG images", Error(scratch));
    }

    [Fact]
    public void An_empty_class_folder_is_noted_and_is_no_class()
    {
        using var scratch = new Scratch();
        scratch.Write("a/1.png", Picture(1));
        scratch.Write("b/1.png", Picture(1));
        Directory.CreateDirectory(Path.Combine(scratch.Folder, "aa"));

        Dataset data = DataSource.Load(scratch.Folder).Train;

        Assert.Equal(["a", "b"], ((ClassTarget)data.Target!).Classes);
        Assert.Contains("aa", Assert.Single(data.Notes));
    }

    [Fact]
    public void Pictures_of_other_shapes_are_refused_with_both_names()
    {
        using var scratch = new Scratch();
        string first = scratch.Write("a/1.png", Picture(1));
        string other = scratch.Write("b/2.png", PngTests.Write(1, 2, 8, 0, [1, 2], [0, 0]));

        string message = Error(scratch);

        Assert.Contains($"{other} is 2x1x1", message);
        Assert.Contains($"{first} is 1x2x1", message);
    }

    [Fact]
    public void A_damaged_picture_is_named()
    {
        using var scratch = new Scratch();
        string path = scratch.Write("a/1.png", Picture(1)[..30]);

        Assert.StartsWith(path, Error(scratch));
    }

    private static byte[] Picture(byte value) => PngTests.Write(2, 1, 8, 0, [value, value], [0]);

    private static string Error(Scratch scratch) => Assert.Throws<DataException>(() => DataSource.Load(scratch.Folder)).Message;
}

using System.Security.Cryptography;

namespace SeedHead.Data;

/// <summary>Data sets in IDX files: images in one, labels in another beside it, the test part in two more.</summary>
internal static class IdxFiles
{
    /// <summary>Reads the set an images (or labels) file belongs to.</summary>
    public static DatasetPair Read(string path, DataOptions options)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string file = Path.GetFileName(path);
        string imagesFile = file.Replace("labels", "images", StringComparison.Ordinal).Replace("idx1", "idx3", StringComparison.Ordinal);
        string images = FindLike(folder, imagesFile) ?? path;
        string? labels = LabelsOf(images);
        if (labels is null && options.RequireTarget)
        {
            throw new DataException($"{path}: there is no file of labels beside it (looked for {LabelsName(Path.GetFileName(images))}, with or without .gz).");
        }

        Dataset train = ReadPart(Path.GetFileName(path), images, labels, null);
        string testName = Path.GetFileName(images).Replace("train", "t10k", StringComparison.Ordinal);
        string? testImages = testName == Path.GetFileName(images)
            ? null
            : FindLike(folder, testName) ?? FindLike(folder, Path.GetFileName(images).Replace("train", "test", StringComparison.Ordinal));
        string? testLabels = testImages is null ? null : LabelsOf(testImages);
        return DatasetPair.Of(train, testLabels is null ? null : ReadPart(Path.GetFileName(path), testImages!, testLabels, null));
    }

    /// <summary>Reads one part.</summary>
    /// <param name="name">The set's name.</param>
    /// <param name="images">The file of images.</param>
    /// <param name="labels">The file of labels, or null.</param>
    /// <param name="classes">Names for labels 0, 1, …, or null: the labels themselves.</param>
    public static Dataset ReadPart(string name, string images, string? labels, IReadOnlyList<string>? classes) =>
        ReadPart(name, ByteSource.File(images), labels is null ? null : ByteSource.File(labels), classes);

    /// <inheritdoc cref="ReadPart(string, string, string?, IReadOnlyList{string}?)"/>
    public static Dataset ReadPart(string name, ByteSource images, ByteSource? labels, IReadOnlyList<string>? classes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Idx pixels = Idx.Read(images, hash);
        if (pixels.Shape.Length is not (3 or 4) || pixels.Values.Length == 0)
        {
            throw new DataException($"{images.Name}: the shape {string.Join("x", pixels.Shape)} is not one of images (number, height, width[, channels]).");
        }

        var shape = new ImageShape(pixels.Shape[1], pixels.Shape[2], pixels.Shape.Length == 4 ? pixels.Shape[3] : 1);
        Target? target = labels is null ? null : ReadLabels(labels, images.Name, pixels.Shape[0], classes, hash);
        return new Dataset(name, new Images(pixels.Values, shape), target, Convert.ToHexStringLower(hash.GetCurrentHash()));
    }

    /// <summary>That file, packed or not, or null.</summary>
    public static string? FindLike(string folder, string file)
    {
        string plain = file.EndsWith(".gz", StringComparison.Ordinal) ? file[..^3] : file;
        string[] spellings = [plain, plain.Replace("-idx", ".idx", StringComparison.Ordinal), plain.Replace(".idx", "-idx", StringComparison.Ordinal)];
        return spellings.SelectMany(spelling => new[] { spelling + ".gz", spelling }).Select(spelling => Path.Combine(folder, spelling)).FirstOrDefault(File.Exists);
    }

    private static string LabelsName(string images) => images.Replace("images", "labels", StringComparison.Ordinal).Replace("idx3", "idx1", StringComparison.Ordinal);

    private static string? LabelsOf(string images)
    {
        string name = LabelsName(Path.GetFileName(images));
        return name == Path.GetFileName(images) ? null : FindLike(Path.GetDirectoryName(Path.GetFullPath(images))!, name);
    }

    private static ClassTarget ReadLabels(ByteSource source, string images, int count, IReadOnlyList<string>? classes, IncrementalHash hash)
    {
        Idx labels = Idx.Read(source, hash);
        if (labels.Shape.Length != 1 || labels.Values.Length != count)
        {
            throw new DataException($"{source.Name}: {string.Join("x", labels.Shape)} labels, but {images} holds {count} images. Give the labels of these images.");
        }

        if (classes is null)
        {
            byte[] distinct = [.. labels.Values.Distinct().Order()];
            return new ClassTarget("label", Array.ConvertAll(labels.Values, label => Array.BinarySearch(distinct, label)), [.. distinct.Select(label => $"{label}")]);
        }

        int wrong = Array.FindIndex(labels.Values, label => label >= classes.Count);
        return wrong < 0
            ? new ClassTarget("label", Array.ConvertAll(labels.Values, label => (int)label), classes)
            : throw new DataException($"{source.Name}: label {wrong} (from 0) is {labels.Values[wrong]}, but there are only {classes.Count} classes. The file is damaged.");
    }
}

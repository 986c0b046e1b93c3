using System.Security.Cryptography;
using System.Text;

namespace SeedHead.Data;

/// <summary>A folder of PNG pictures: one folder a class, or all of that again in folders called train and test.</summary>
internal static class ImageFolder
{
    public static DatasetPair Read(string path, DataOptions options)
    {
        string train = Path.Combine(path, "train");
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        if (!Directory.Exists(train))
        {
            return new DatasetPair(ReadPart(name, path, options, null), null);
        }

        Dataset trained = ReadPart(name, train, options, null);
        string? test = new[] { "test", "val", "valid" }.Select(part => Path.Combine(path, part)).FirstOrDefault(Directory.Exists);
        return DatasetPair.Of(trained, test is null ? null : ReadPart(name, test, options, (Images)trained.Inputs));
    }

    private static Dataset ReadPart(string name, string path, DataOptions options, Images? like)
    {
        string[] folders = [.. Directory.EnumerateDirectories(path).Select(folder => Path.GetFileName(folder)!)];
        string[] classes = [.. folders.Where(folder => folder[0] != '.').Order(StringComparer.Ordinal)];
        (string File, int Class)[] pictures =
        [
            .. classes.Length > 0
                ? classes.SelectMany((folder, code) => Pictures(Path.Combine(path, folder)).Select(file => (file, code)))
                : options.RequireTarget ? [] : Pictures(path).Select(file => (file, -1)),
        ];
        if (pictures.Length == 0)
        {
            throw new DataException($"{path}: there are no PNG images in folders by class (CLASS/NAME.png). Convert other formats to PNG, one folder a class.");
        }

        int[] empty = [.. Enumerable.Range(0, classes.Length).Where(code => !Array.Exists(pictures, picture => picture.Class == code))];
        string[] notes = Array.ConvertAll(empty, code => $"the folder {classes[code]} holds no PNG images: it is no class");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Images images = Decode(pictures, path, like, hash, options.Cancellation);
        string[] used = [.. classes.Where((_, code) => !empty.Contains(code))];
        Target? target = classes.Length == 0
            ? null
            : new ClassTarget("class", Array.ConvertAll(pictures, picture => Array.IndexOf(used, classes[picture.Class])), used);
        return new Dataset(name, images, target, Convert.ToHexStringLower(hash.GetCurrentHash())) { Notes = notes };
    }

    private static IEnumerable<string> Pictures(string folder) =>
        Directory.EnumerateFiles(folder).Where(file => file.EndsWith(".png", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal);

    private static Images Decode((string File, int Class)[] pictures, string path, Images? like, IncrementalHash hash, CancellationToken cancellation)
    {
        byte[]? pixels = null;
        ImageShape shape = like?.Shape ?? default;
        for (int i = 0; i < pictures.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            string file = pictures[i].File;
            Png png = Png.Read(ByteSource.File(file).ReadAll(), file);
            shape = i == 0 && like is null ? png.Shape : shape;
            if (png.Shape != shape)
            {
                string other = like is null ? pictures[0].File : "the training images";
                throw new DataException($"{file} is {png.Shape}, but {other} {(like is null ? "is" : "are")} {shape} (height x width x channels). " +
                    "Scale all pictures to one size, and make all grey or all coloured.");
            }

            pixels ??= new byte[(long)pictures.Length * shape.Size is long bytes && bytes <= Array.MaxLength
                ? bytes
                : throw new DataException($"{path}: {pictures.Length} pictures of {shape} are {bytes} bytes, more than {Array.MaxLength}. Scale them down.")];
            png.Pixels.CopyTo(pixels.AsSpan(i * shape.Size));
            hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetRelativePath(path, file).Replace('\\', '/')} {shape}\n"));
            hash.AppendData(png.Pixels);
        }

        return new Images(pixels!, shape);
    }
}

using System.Security.Cryptography;

namespace SeedHead.Data;

/// <summary>The sets shipped inside the library; their licences are in Embedded/DATA-LICENSES.md.</summary>
internal static class BuiltInSets
{
    private const int DigitPixels = 64;
    private const byte DigitMaximum = 16;

    /// <summary>Reads the set of that name; tables obey the options, images have one target.</summary>
    public static DatasetPair Load(string name, DataOptions options) => name switch
    {
        "digits" => new DatasetPair(Digits("optdigits.tra.gz"), Digits("optdigits.tes.gz")),
        "fashion-small" => new DatasetPair(Clothes("train"), Clothes("t10k")),
        _ => new DatasetPair(Table(name, options), null),
    };

    private static Dataset Clothes(string part) => IdxFiles.ReadPart(
        "fashion-small",
        ByteSource.Resource($"fashion-small-{part}-images-idx3-ubyte.gz"),
        ByteSource.Resource($"fashion-small-{part}-labels-idx1-ubyte.gz"),
        KnownSets.Clothes);

    private static Dataset Table(string name, DataOptions options)
    {
        ByteSource source = ByteSource.Resource($"{name}.tsv.gz");
        DataOptions asClasses = options with { Task = options.Task == LearningTask.Auto ? LearningTask.Classification : options.Task, Header = true };
        return TargetColumn.Split(name, name, DelimitedTable.Read(source, (byte)'\t', asClasses), asClasses);
    }

    /// <summary>UCI optical digits: 64 counts of dark pixels, 0 to 16, and the digit.</summary>
    private static Dataset Digits(string file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var pixels = new List<byte>();
        var labels = new List<int>();
        using (var scanner = new DelimitedScanner(ByteSource.Resource(file).Open(hash), file, (byte)','))
        {
            while (scanner.Read())
            {
                for (int i = 0; i <= DigitPixels; i++)
                {
                    int value = int.Parse(scanner[i]);
                    if (i < DigitPixels)
                    {
                        pixels.Add((byte)value);
                    }
                    else
                    {
                        labels.Add(value);
                    }
                }
            }
        }

        var images = new Images(pixels.ToArray(), new ImageShape(8, 8, 1)) { Maximum = DigitMaximum };
        return new Dataset("digits", images, new ClassTarget("digit", [.. labels], [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")]),
            Convert.ToHexStringLower(hash.GetCurrentHash()));
    }
}

using System.Security.Cryptography;

namespace SeedHead.Data;

/// <summary>The sets known by name: built in, or found in the data folder, or downloaded there once.</summary>
public static class KnownSets
{
    private const string UciLicence = "CC BY 4.0 (UCI Machine Learning Repository)";
    private static readonly string[] Digits = [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")];

    /// <summary>The classes of Fashion-MNIST.</summary>
    internal static readonly string[] Clothes = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];
    private static readonly string[] Objects = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>The official members of CIFAR-10 in binary form; the hashes are of the unpacked files.</summary>
    internal static CifarBinary Cifar10 { get; } = new(
        [
            new("data_batch_1.bin", "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
            new("data_batch_2.bin", "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
            new("data_batch_3.bin", "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
            new("data_batch_4.bin", "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
            new("data_batch_5.bin", "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
        ],
        new("test_batch.bin", "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"),
        new ImageShape(32, 32, 3),
        10000,
        Objects);

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<KnownSet> All { get; } =
    [
        new("cifar10", "CIFAR-10: photographs of ten kinds of objects, 32x32x3", 60000, "none stated by its authors; for research", [CifarArchive()])
        {
            Reader = (set, folder, cancellation) => Cifar10.Read(set.Name, folder, cancellation),
        },
        new("digits", "UCI optical digits, 8x8x1, official test part", 5620, UciLicence, []),
        new("fashion-mnist", "Fashion-MNIST: clothes, 28x28x1, official test part", 70000, "MIT (Zalando SE)", FashionFiles())
        {
            Reader = (set, folder, _) => ReadIdx(set, folder, Clothes),
        },
        new("fashion-small", "The first 2,000 + 1,000 images of Fashion-MNIST", 3000, "MIT (Zalando SE)", []),
        new("iris", "Iris flowers, 4 measures, 3 classes", 150, UciLicence, []),
        new("letter", "Letters, 16 measures, 26 classes", 20000, UciLicence, []),
        new("mnist", "MNIST: handwritten digits, 28x28x1, official test part", 70000, "CC BY-SA 3.0 (LeCun, Cortes)", MnistFiles())
        {
            Reader = (set, folder, _) => ReadIdx(set, folder, Digits),
        },
        new("wine-quality-white", "White wines, 11 measures, 7 grades", 4898, UciLicence, []),
        new("wine-recognition", "Wines, 13 measures, 3 cultivars", 178, UciLicence, []),
    ];

    /// <summary>The set of that name, or null.</summary>
    /// <param name="name">A name, in lower case.</param>
    public static KnownSet? Find(string name) => All.FirstOrDefault(set => set.Name == name);

    /// <summary>Downloads what is missing of a set into <c>DIR/NAME/</c> and checks what is there.</summary>
    /// <param name="set">The set.</param>
    /// <param name="options">The folder, a mirror, progress and cancellation.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="DataException">A file cannot be had, or is not the published one.</exception>
    public static string Fetch(KnownSet set, DataOptions options)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(options);
        string folder = Path.Combine(options.DataDirectory, set.Name);
        foreach (KnownFile file in set.Files)
        {
            string path = Path.Combine(folder, file.Name);
            if (File.Exists(path))
            {
                Verify(path, file);
            }
            else if (options.AllowDownload)
            {
                Download.Fetch(set.Name, file, path, options);
            }
            else
            {
                throw new DataException($"{set.Name}: {file.Name} is not in {folder}, and downloading was not allowed. Put it there; it is published at {file.Addresses[0]}.");
            }
        }

        return folder;
    }

    /// <summary>Reads a set that is not built in: from the data folder, after a download where that is needed.</summary>
    internal static DatasetPair Load(KnownSet set, DataOptions options)
    {
        string folder = Path.Combine(options.DataDirectory, set.Name);
        return set.Reader!(set, folder, options.Cancellation)
            ?? set.Reader(set, Fetch(set, options), options.Cancellation)
            ?? throw new DataException($"{set.Name}: {folder} does not hold a training and a test part. Empty the folder and try again.");
    }

    /// <summary>Throws unless a file is the published one.</summary>
    internal static void Verify(string path, KnownFile file)
    {
        using Stream stream = ByteSource.File(path).OpenRaw();
        string found = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (found != file.Sha256)
        {
            throw new DataException($"{path}: wrong checksum: SHA-256 {found} instead of {file.Sha256}. Delete the file; it is downloaded again when needed.");
        }
    }

    /// <summary>Reads four IDX files: training images, training labels, test images, test labels; packed ones must be the published ones.</summary>
    internal static DatasetPair? ReadIdx(KnownSet set, string folder, IReadOnlyList<string> classes)
    {
        var paths = new string[set.Files.Count];
        for (int i = 0; i < paths.Length; i++)
        {
            string? path = IdxFiles.FindLike(folder, set.Files[i].Name);
            if (path is null)
            {
                return null;
            }

            if (path.EndsWith(".gz", StringComparison.Ordinal))
            {
                Verify(path, set.Files[i]);
            }

            paths[i] = path;
        }

        return new DatasetPair(IdxFiles.ReadPart(set.Name, paths[0], paths[1], classes), IdxFiles.ReadPart(set.Name, paths[2], paths[3], classes));
    }

    private static KnownFile CifarArchive() => new(
        "cifar-10-binary.tar.gz", 170052171, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
        [new("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"), new("https://cave.cs.toronto.edu/kriz/cifar-10-binary.tar.gz")]);

    private static KnownFile[] MnistFiles() => IdxFour(
        ["https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/", "http://yann.lecun.com/exdb/mnist/"],
        [
            (9912422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
            (28881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
            (1648877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
            (4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
        ]);

    private static KnownFile[] FashionFiles() => IdxFour(
        ["http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/", "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/"],
        [
            (26421880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
            (29515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
            (4422102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
            (5148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
        ]);

    private static KnownFile[] IdxFour(string[] bases, (long Bytes, string Sha256)[] files)
    {
        string[] names = ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"];
        return [.. names.Select((name, i) => new KnownFile(name, files[i].Bytes, files[i].Sha256, [.. bases.Select(address => new Uri(address + name))]))];
    }
}

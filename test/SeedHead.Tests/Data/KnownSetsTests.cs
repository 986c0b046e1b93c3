using System.Security.Cryptography;
using SeedHead.Data;

namespace SeedHead.Tests.Data;

public class KnownSetsTests
{
    [Fact]
    public void Every_built_in_set_has_the_listed_number_of_rows() => Assert.All(KnownSets.All.Where(set => set.IsBuiltIn), set =>
    {
        DatasetPair pair = DataSource.Load(set.Name);
        Assert.Equal(set.Rows, pair.Train.Count + (pair.Test?.Count ?? 0));
        Assert.Equal(set.Name, pair.Train.Name);
    });

    [Fact]
    public void Fashion_small_is_the_beginning_of_fashion_mnist()
    {
        DatasetPair pair = DataSource.Load("fashion-small");

        Assert.Equal((2000, 1000), (pair.Train.Count, pair.Test!.Count));
        Assert.Equal(["Ankle boot", "T-shirt/top", "T-shirt/top", "Dress"], Texts.Classes(pair.Train)[..4]); // labels 9, 0, 0, 3 in the set's readme
        Assert.Equal(new ImageShape(28, 28, 1), ((Images)pair.Train.Inputs).Shape);
    }

    [Fact]
    public void Every_published_file_has_a_length_a_hash_and_addresses() => Assert.All(KnownSets.All.SelectMany(set => set.Files), file =>
    {
        Assert.Matches("^[0-9a-f]{64}$", file.Sha256);
        Assert.True(file.Bytes > 0);
        Assert.All(file.Addresses, address => Assert.EndsWith(file.Name, address.AbsolutePath));
        Assert.NotEmpty(file.Addresses);
    });

    [Fact]
    public void A_misspelled_name_is_told_with_the_nearest()
    {
        string message = Assert.Throws<DataException>(() => DataSource.Load("fashon-mnist")).Message;

        Assert.Contains("Did you mean 'fashion-mnist'?", message);
        Assert.Contains("digits", message);
    }

    [Fact]
    public void A_set_is_downloaded_once_and_read_from_the_folder_afterwards()
    {
        using var scratch = new Scratch();
        using var server = new LocalServer();
        KnownSet set = Publish(server);
        var options = new DataOptions { DataDirectory = scratch.Folder, Mirror = null };

        DatasetPair first = KnownSets.Load(set, options);
        DatasetPair second = KnownSets.Load(set, options with { AllowDownload = false });

        Assert.Equal((2000, 1000), (first.Train.Count, first.Test!.Count));
        Assert.Equal(first.Train.Sha256, second.Train.Sha256);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public void A_packed_file_that_was_changed_is_refused()
    {
        using var scratch = new Scratch();
        using var server = new LocalServer();
        KnownSet set = Publish(server);
        var options = new DataOptions { DataDirectory = scratch.Folder, Mirror = null };
        KnownSets.Fetch(set, options);
        string path = Path.Combine(scratch.Folder, set.Name, "t10k-labels-idx1-ubyte.gz");
        byte[] bytes = File.ReadAllBytes(path);
        bytes[4] ^= 1; // the time in the header: the content is the same
        File.WriteAllBytes(path, bytes);

        Assert.StartsWith($"{path}: wrong checksum", Assert.Throws<DataException>(() => KnownSets.Load(set, options)).Message);
    }

    /// <summary>The embedded part of Fashion-MNIST as if it were a published set.</summary>
    private static KnownSet Publish(LocalServer server)
    {
        string[] names = ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"];
        var files = new List<KnownFile>();
        foreach (string name in names)
        {
            using Stream stream = ByteSource.Resource($"fashion-small-{name}").OpenRaw();
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            server.Files[name] = bytes;
            files.Add(new KnownFile(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), [new Uri(server.Address, name)]));
        }

        return new KnownSet("clothes", "", 3000, "", files) { Reader = (set, folder, _) => KnownSets.ReadIdx(set, folder, KnownSets.Clothes) };
    }
}

using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace SeedHead.Data;

/// <summary>Data sets in npz and npy files.</summary>
/// <remarks>
/// An npz holds rows as <c>x</c> (or <c>x_train</c>) and the target as <c>y</c> (or <c>y_train</c>), and may hold a test part as <c>x_test</c> and
/// <c>y_test</c>; an npy holds rows alone. uint8 arrays [n × h × w] and [n × h × w × c] are images, all others rows of numbers.
/// </remarks>
internal static class ArrayFile
{
    private static readonly string[] InputNames = ["x_train", "train_images", "x", "images", "data", "features"];
    private static readonly string[] TargetNames = ["y_train", "train_labels", "y", "labels", "label", "target"];
    private static readonly string[] TestInputNames = ["x_test", "test_images"];
    private static readonly string[] TestTargetNames = ["y_test", "test_labels"];

    public static DatasetPair ReadNpz(string path, DataOptions options)
    {
        using Stream file = ByteSource.File(path).OpenRaw();
        using ZipArchive zip = OpenZip(file, path);
        string name = Path.GetFileName(path);
        Named? x = Find(zip, InputNames, path);
        if (x is null && !options.RequireTarget && zip.Entries.Count == 1)
        {
            x = Read(zip.Entries[0], path);
        }

        if (x is null)
        {
            throw new DataException($"{path}: no array is called {string.Join(", ", InputNames)}; there are: {string.Join(", ", zip.Entries.Select(Stem).Take(10))}. " +
                "Save rows as x and their target as y: numpy.savez(path, x=x, y=y).");
        }

        Named? y = options.Target is string wanted && options.RequireTarget
            ? Find(zip, [wanted], path) ?? throw new DataException(
                $"{path}: there is no array '{wanted}' to predict. {Nearest.Hint(wanted, [.. zip.Entries.Select(Stem)], "arrays")}")
            : Find(zip, TargetNames, path);
        if (y is null && options.RequireTarget)
        {
            throw new DataException($"{path}: there is no target: no array is called {string.Join(", ", TargetNames)}. Save it as y: numpy.savez(path, x=x, y=y).");
        }

        Dataset train = Make(name, path, x, y, options);
        Named? testX = Find(zip, TestInputNames, path);
        Named? testY = testX is null ? null : Find(zip, TestTargetNames, path);
        return DatasetPair.Of(train, testX is null || testY is null ? null : Make(name, path, testX, testY, options.Like(train)));
    }

    public static Dataset ReadNpy(string path, DataOptions options)
    {
        if (options.RequireTarget)
        {
            throw new DataException($"{path}: an npy file holds rows without a target. Save both in one npz: numpy.savez(path, x=x, y=y).");
        }

        ByteSource source = ByteSource.File(path);
        using Stream stream = source.Open();
        return Make(Path.GetFileName(path), path, new Named("the array", Npy.Read(stream, path)), null, options);
    }

    private static ZipArchive OpenZip(Stream file, string path)
    {
        try
        {
            var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            _ = zip.Entries; // reads the directory
            return zip;
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or IOException)
        {
            throw new DataException($"{path}: a truncated or damaged npz (zip) file: {fault.Message.TrimEnd('.')}. Copy or save the file again.", fault);
        }
    }

    private static string Stem(ZipArchiveEntry entry) => entry.FullName.EndsWith(".npy", StringComparison.Ordinal) ? entry.FullName[..^4] : entry.FullName;

    private static Named? Find(ZipArchive zip, string[] names, string path)
    {
        foreach (string name in names)
        {
            ZipArchiveEntry? entry = zip.Entries.FirstOrDefault(entry => string.Equals(Stem(entry), name, StringComparison.OrdinalIgnoreCase));
            if (entry is not null)
            {
                return Read(entry, path);
            }
        }

        return null;
    }

    private static Named Read(ZipArchiveEntry entry, string path)
    {
        string name = $"{path}, array {Stem(entry)}";
        try
        {
            if (entry.Length > 1032 * (entry.CompressedLength + 1024))
            {
                throw new InvalidDataException($"it claims to hold {entry.Length} bytes"); // more than deflate can pack
            }

            using var content = new ChecksumStream(entry.Open());
            NpyArray array = Npy.Read(content, name, entry.Length);
            content.CopyTo(Stream.Null); // what numpy would ignore still counts for the checksum
            return content.Crc == entry.Crc32
                ? new Named(Stem(entry), array)
                : throw new DataException($"{name}: the checksum differs: the file is damaged. Copy or save it again.");
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or IOException or NotSupportedException)
        {
            throw new DataException($"{name}: truncated or damaged: {fault.Message.TrimEnd('.')}. Copy or save the file again.", fault);
        }
    }

    private static Dataset Make(string name, string path, Named x, Named? y, DataOptions options)
    {
        var notes = new List<string>();
        Inputs inputs = ToInputs(x, path, notes);
        Target? target = y is null ? null : ToTarget(y, inputs.Count, path, options, notes);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, x.Array);
        if (y is not null)
        {
            Append(hash, y.Array);
        }

        return new Dataset(name, inputs, target, Convert.ToHexStringLower(hash.GetCurrentHash())) { Notes = notes };
    }

    private static void Append(IncrementalHash hash, NpyArray array)
    {
        hash.AppendData(Encoding.UTF8.GetBytes($"{array.Header.Kind}{array.Header.Size}{array.Header.ShapeText}"));
        switch (array.Values)
        {
            case byte[] bytes:
                hash.AppendData(bytes);
                break;
            case float[] singles:
                AppendWords<float>(hash, singles);
                break;
            case double[] doubles:
                AppendWords<double>(hash, doubles);
                break;
            default:
                hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\0', (string[])array.Values)));
                break;
        }
    }

    private static void AppendWords<T>(IncrementalHash hash, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        const int piece = 1 << 24; // spans of bytes end at 2³¹
        for (int start = 0; start < values.Length; start += piece)
        {
            hash.AppendData(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(piece, values.Length - start))));
        }
    }

    private static Inputs ToInputs(Named x, string path, List<string> notes)
    {
        long[] shape = x.Array.Shape;
        if (shape.Length < 2 || x.Array.Header.IsText || x.Array.Count == 0)
        {
            string what = x.Array.Header.IsText ? "texts" : $"the shape {x.Array.Header.ShapeText}";
            throw new DataException($"{path}: {x.Name} has {what}. " +
                "Rows to learn from or predict need numbers in a shape (rows, columns) or (images, height, width[, channels]), none of them 0.");
        }

        if (x.Array.Header.IsByte && AsImages(x.Array, notes) is Images images)
        {
            return images;
        }

        int columns = (int)(x.Array.Count / shape[0]);
        float[] values = x.Array.Singles();
        CheckFinite(values, columns, x.Name, path);
        return new Numbers(values, columns);
    }

    private static Images? AsImages(NpyArray array, List<string> notes)
    {
        var bytes = (byte[])array.Values;
        return array.Shape switch
        {
            [_, long h, long w] => new Images(bytes, new ImageShape((int)h, (int)w, 1)),
            [_, long h, long w, >= 1 and <= 4] => new Images(bytes, new ImageShape((int)h, (int)w, (int)array.Shape[3])),
            [_, 1 or 3, long h, long w] => ChannelsLast(bytes, new ImageShape((int)h, (int)w, (int)array.Shape[1]), notes),
            _ => null,
        };
    }

    private static Images ChannelsLast(byte[] planes, ImageShape shape, List<string> notes)
    {
        notes.Add($"images with channels first: read as {shape}");
        int area = shape.Height * shape.Width;
        var pixels = new byte[planes.Length];
        for (int start = 0; start < planes.Length; start += shape.Size)
        {
            Planes.ToPixels(planes.AsSpan(start, shape.Size), pixels.AsSpan(start, shape.Size), area, shape.Channels);
        }

        return new Images(pixels, shape);
    }

    private static void CheckFinite(float[] values, int columns, string array, string path)
    {
        int at = Array.FindIndex(values, value => !float.IsFinite(value));
        if (at >= 0)
        {
            throw new DataException($"{path}: {array}, row {at / columns}, column {at % columns} (from 0) is {values[at]}. " +
                "Give finite numbers; leave out rows with missing values or save a CSV file, where they may be missing.");
        }
    }

    private static Target ToTarget(Named y, int rows, string path, DataOptions options, List<string> notes)
    {
        if (y.Array.Count != rows || y.Array.Shape.Length == 0 || y.Array.Shape[0] != rows)
        {
            throw new DataException($"{path}: {y.Name} has the shape {y.Array.Header.ShapeText}, but there are {rows} rows. Give one value a row.");
        }

        if (y.Array.Values is string[] texts)
        {
            string[] classes = [.. texts.Distinct().Order(StringComparer.Ordinal)];
            return options.Task != LearningTask.Regression
                ? new ClassTarget(y.Name, Array.ConvertAll(texts, text => Array.BinarySearch(classes, text, StringComparer.Ordinal)), classes)
                : throw new DataException($"{path}: {y.Name} holds texts such as '{texts[0]}', not numbers. Leave out --task regression to read them as classes.");
        }

        double[] values = y.Array.Doubles();
        int bad = Array.FindIndex(values, value => !double.IsFinite(value));
        return bad < 0
            ? TargetColumn.FromNumbers(y.Name, values, options.Task, notes)
            : throw new DataException($"{path}: {y.Name}, row {bad} (from 0) is {values[bad]}. Give a finite value, or leave the row out.");
    }

    private sealed record Named(string Name, NpyArray Array);
}

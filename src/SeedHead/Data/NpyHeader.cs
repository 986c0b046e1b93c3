using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SeedHead.Data;

/// <summary>The head of an npy file: what its elements are, and how they are laid out.</summary>
/// <param name="Kind">b, i, u, f, S or U, as NumPy calls them.</param>
/// <param name="Size">Bytes an element.</param>
/// <param name="BigEndian">Whether the most significant byte comes first.</param>
/// <param name="Fortran">Whether the first index runs fastest.</param>
/// <param name="Shape">The lengths.</param>
internal sealed partial record NpyHeader(char Kind, int Size, bool BigEndian, bool Fortran, long[] Shape)
{
    private const int LongestHeader = 1 << 20;

    /// <summary>Number of elements, at most 2³¹ − 1 − 64.</summary>
    public int Count { get; private init; }

    /// <summary>Whether the elements are whole numbers or truth values.</summary>
    public bool IsWhole => Kind is 'b' or 'i' or 'u';

    /// <summary>Whether the elements are bytes.</summary>
    public bool IsByte => Kind == 'u' && Size == 1;

    /// <summary>Whether the elements are texts.</summary>
    public bool IsText => Kind is 'S' or 'U';

    /// <summary>"(60000, 28, 28)".</summary>
    public string ShapeText => $"({string.Join(", ", Shape)}{(Shape.Length == 1 ? "," : "")})";

    /// <summary>Reads the magic bytes, the version and the header.</summary>
    /// <exception cref="DataException">Not npy, truncated, or elements that are not numbers or texts.</exception>
    public static NpyHeader Read(Stream stream, string name)
    {
        Span<byte> start = stackalloc byte[12];
        Fill(stream, start[..8], name);
        if (start[0] != 0x93 || !start[1..6].SequenceEqual("NUMPY"u8))
        {
            throw new DataException($"{name}: not an npy array: it does not begin with \\x93NUMPY.");
        }

        int major = start[6];
        if (major is < 1 or > 3)
        {
            throw new DataException($"{name}: npy version {major} is unknown; versions 1 to 3 are read. Save the array with numpy.save.");
        }

        int wide = major == 1 ? 2 : 4;
        Fill(stream, start.Slice(8, wide), name);
        long length = major == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (length > LongestHeader)
        {
            throw new DataException($"{name}: the npy header claims {length} bytes. The file is damaged.");
        }

        var bytes = new byte[length];
        Fill(stream, bytes, name);
        return Parse((major == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes), name);
    }

    /// <summary>The bytes of a version 1 header as NumPy writes it: padded so that the data begin at a multiple of 64.</summary>
    public static byte[] Write(string descr, ReadOnlySpan<long> shape)
    {
        string lengths = string.Join(", ", shape.ToArray()) + (shape.Length == 1 ? "," : "");
        string text = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({lengths}), }}";
        int total = (10 + text.Length + 1 + 63) / 64 * 64;
        string padded = text.PadRight(total - 11) + "\n";
        byte[] bytes = [0x93, .. "NUMPY"u8, 1, 0, 0, 0, .. Encoding.ASCII.GetBytes(padded)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), checked((ushort)padded.Length));
        return bytes;
    }

    private static NpyHeader Parse(string text, string name)
    {
        Match descr = Descr().Match(text);
        Match order = Order().Match(text);
        Match shape = ShapeTuple().Match(text);
        if (!descr.Success || !order.Success || !shape.Success)
        {
            throw new DataException(text.Contains("'descr': [", StringComparison.Ordinal)
                ? $"{name}: the array holds records of several fields. Save one plain array of numbers."
                : $"{name}: the npy header cannot be read: {text.Trim()}");
        }

        char kind = descr.Groups[2].Value[0];
        int size = int.TryParse(descr.Groups[3].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int parsed) ? parsed : 0;
        CheckType(kind, size, descr.Groups[1].Value + descr.Groups[2].Value + descr.Groups[3].Value, name);
        long[] lengths = Lengths(shape.Groups[1].Value, name);
        var header = new NpyHeader(kind, kind == 'U' ? checked(4 * size) : size, descr.Groups[1].Value == ">", order.Groups[1].Value == "True", lengths);
        UInt128 count = 1;
        foreach (long length in lengths)
        {
            count = count > ulong.MaxValue ? count : count * (ulong)length;
        }

        return count <= (UInt128)Array.MaxLength
            ? header with { Count = (int)count }
            : throw new DataException(
                $"{name}: an array {header.ShapeText} has more than {Array.MaxLength} elements, the most that can be read. Split it into several files.");
    }

    private static void CheckType(char kind, int size, string descr, string name)
    {
        string? trouble = (kind, size) switch
        {
            ('b' or 'i' or 'u', 1) or ('i' or 'u' or 'f', 2 or 4 or 8) => kind == 'b' && size != 1 ? "is unknown" : null,
            ('S' or 'U', >= 0 and <= 1 << 16) => null,
            ('O', _) => "means Python objects",
            ('c', _) => "means complex numbers",
            ('M' or 'm', _) => "means dates or times",
            ('V', _) => "means raw records",
            _ => "is unknown",
        };
        if (trouble is not null)
        {
            throw new DataException($"{name}: the element type '{descr}' {trouble}. " +
                "Save numbers: float16, float32, float64, int8 to int64, uint8 to uint64 or bool, as in numpy.save(path, array.astype('float32')).");
        }
    }

    private static long[] Lengths(string text, string name)
    {
        string[] parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var lengths = new long[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!long.TryParse(parts[i].TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out lengths[i]))
            {
                throw new DataException($"{name}: the npy shape ({text}) cannot be read.");
            }
        }

        return lengths;
    }

    private static void Fill(Stream stream, Span<byte> bytes, string name)
    {
        int found = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (found < bytes.Length)
        {
            throw new DataException($"{name}: truncated in the npy header: {bytes.Length} more bytes expected, {found} found. Copy the file again.");
        }
    }

    [GeneratedRegex(@"'descr'\s*:\s*'([<>|=]?)([A-Za-z])(\d*)[^']*'", RegexOptions.CultureInvariant)]
    private static partial Regex Descr();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)", RegexOptions.CultureInvariant)]
    private static partial Regex Order();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^)]*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex ShapeTuple();
}

using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace SeedHead.Data;

/// <summary>Writes npy arrays, version 1, little-endian, row after row: byte for byte as NumPy's save does.</summary>
internal static class Npy
{
    public static void Write(Stream stream, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) => Write(stream, "<f4", values, shape);

    public static void Write(Stream stream, ReadOnlySpan<double> values, params ReadOnlySpan<long> shape) => Write(stream, "<f8", values, shape);

    public static void Write(Stream stream, ReadOnlySpan<int> values, params ReadOnlySpan<long> shape) => Write(stream, "<i4", values, shape);

    /// <summary>Writes a header for elements that the caller writes after it, in pieces.</summary>
    public static void WriteHeader(Stream stream, string descr, params ReadOnlySpan<long> shape) => stream.Write(NpyHeader.Write(descr, shape));

    /// <summary>Reads an array; the stream stands behind it afterwards.</summary>
    /// <param name="stream">The bytes, from the magic ones on.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="available">Bytes in the stream from here on when known, else −1; it guards against claims of a damaged header.</param>
    /// <exception cref="DataException">Not npy, truncated, or not of numbers or texts.</exception>
    public static NpyArray Read(Stream stream, string name, long available = -1)
    {
        NpyHeader header = NpyHeader.Read(stream, name);
        return new NpyArray(header, NpyElements.Read(stream, header, name, available));
    }

    private static void Write<T>(Stream stream, string descr, ReadOnlySpan<T> values, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        long count = 1;
        foreach (long length in shape)
        {
            count = checked(count * length);
        }

        if (count != values.Length)
        {
            throw new ArgumentException($"{values.Length} values do not fill the shape ({string.Join(", ", shape.ToArray())}).", nameof(values));
        }

        WriteHeader(stream, descr, shape);
        const int piece = 1 << 24; // spans of bytes end at 2³¹
        for (int start = 0; start < values.Length; start += piece)
        {
            stream.Write(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(piece, values.Length - start))));
        }
    }
}

/// <summary>An array that was read, in row-major order: <see cref="Values"/> is byte[], float[], double[] or string[].</summary>
/// <param name="Header">What the file said.</param>
/// <param name="Values">bytes for uint8 and bool, float for float16 and float32, double for the other numbers, texts.</param>
internal sealed record NpyArray(NpyHeader Header, Array Values)
{
    public long[] Shape => Header.Shape;

    public int Count => Header.Count;

    /// <summary>The values as float32; the array itself when they are.</summary>
    public float[] Singles() => Values switch
    {
        float[] singles => singles,
        double[] doubles => Array.ConvertAll(doubles, value => (float)value),
        byte[] bytes => Array.ConvertAll(bytes, value => (float)value),
        _ => throw new InvalidOperationException("The array holds texts."),
    };

    /// <summary>The values as float64; the array itself when they are.</summary>
    public double[] Doubles() => Values switch
    {
        float[] singles => Array.ConvertAll(singles, value => (double)value),
        double[] doubles => doubles,
        byte[] bytes => Array.ConvertAll(bytes, value => (double)value),
        _ => throw new InvalidOperationException("The array holds texts."),
    };
}

/// <summary>Decodes the elements of an npy array.</summary>
internal static class NpyElements
{
    private const int Piece = 1 << 16;

    public static Array Read(Stream stream, NpyHeader header, string name, long available)
    {
        long bytes = (long)header.Count * header.Size;
        if (available >= 0 && available < bytes)
        {
            throw Truncated(header, name, bytes, available);
        }

        var source = new Source(stream, header, name, available >= 0);
        return header switch
        {
            { Kind: 'b' or 'u', Size: 1 } => source.Read<byte, byte>(null),
            { Kind: 'f', Size: 4 } => source.Read<uint, float>(null),
            { Kind: 'f', Size: 2 } => source.Read<ushort, float>(value => (float)BitConverter.UInt16BitsToHalf(value)),
            { Kind: 'f', Size: 8 } => source.Read<ulong, double>(null),
            { Kind: 'i', Size: 1 } => source.Read<byte, double>(value => (sbyte)value),
            { Kind: 'i', Size: 2 } => source.Read<ushort, double>(value => (short)value),
            { Kind: 'u', Size: 2 } => source.Read<ushort, double>(value => value),
            { Kind: 'i', Size: 4 } => source.Read<uint, double>(value => (int)value),
            { Kind: 'u', Size: 4 } => source.Read<uint, double>(value => value),
            { Kind: 'i', Size: 8 } => source.Read<ulong, double>(value => (long)value),
            { Kind: 'u', Size: 8 } => source.Read<ulong, double>(value => value),
            _ when bytes > Array.MaxLength => throw new DataException($"{name}: {bytes} bytes of texts are more than can be read ({Array.MaxLength})."),
            _ => Texts(source.Read<byte, byte>(null, header.Size), header),
        };
    }

    private static DataException Truncated(NpyHeader header, string name, long expected, long found) =>
        new($"{name}: truncated: an array {header.ShapeText} needs {expected} bytes of data, but only {found} are there. Copy or save the file again.");

    private static string[] Texts(byte[] bytes, NpyHeader header)
    {
        var texts = new string[header.Count];
        Encoding encoding = header.Kind == 'S' ? Encoding.Latin1 : header.BigEndian ? new UTF32Encoding(true, false) : Encoding.UTF32;
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = encoding.GetString(bytes, i * header.Size, header.Size).TrimEnd('\0');
        }

        return header.Fortran ? Reordered(texts, header.Shape) : texts;
    }

    /// <summary>The same elements with the last index running fastest.</summary>
    private static T[] Reordered<T>(T[] columnMajor, long[] shape)
    {
        var rowMajor = new T[columnMajor.Length];
        var index = new long[shape.Length];
        var step = new long[shape.Length];
        long size = 1;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            step[axis] = size;
            size *= shape[axis];
        }

        long from = 0;
        for (int to = 0; to < rowMajor.Length; to++)
        {
            rowMajor[to] = columnMajor[from];
            for (int axis = shape.Length - 1; axis >= 0; axis--) // the next index, as an odometer counts
            {
                from += step[axis];
                if (++index[axis] < shape[axis])
                {
                    break;
                }

                from -= step[axis] * shape[axis];
                index[axis] = 0;
            }
        }

        return rowMajor;
    }

    private readonly ref struct Source(Stream stream, NpyHeader header, string name, bool lengthKnown)
    {
        /// <summary>Reads words in the machine's byte order and converts them (null: their bits are the values); row-major order.</summary>
        public TValue[] Read<TWord, TValue>(Func<TWord, TValue>? convert, int wordsAnElement = 1)
            where TWord : unmanaged
            where TValue : unmanaged
        {
            int count = header.Count * wordsAnElement;
            var values = new TValue[lengthKnown ? count : Math.Min(count, Piece)];
            var words = new TWord[convert is null ? 0 : Math.Min(count, Piece)];
            for (int done = 0; done < count;)
            {
                if (done == values.Length)
                {
                    Array.Resize(ref values, (int)Math.Min(count, 2L * done));
                }

                int length = Math.Min(values.Length - done, Piece);
                Span<TWord> piece = convert is null ? MemoryMarshal.Cast<TValue, TWord>(values.AsSpan(done, length)) : words.AsSpan(0, length);
                Fill(piece, (long)done * Unsafe.SizeOf<TWord>());
                for (int i = 0; convert is not null && i < length; i++)
                {
                    values[done + i] = convert(piece[i]);
                }

                done += length;
            }

            return header.Fortran && header.Shape.Length > 1 && !header.IsText ? Reordered(values, header.Shape) : values;
        }

        private void Fill<TWord>(Span<TWord> words, long before)
            where TWord : unmanaged
        {
            Span<byte> bytes = MemoryMarshal.AsBytes(words);
            int found = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (found < bytes.Length)
            {
                throw Truncated(header, name, (long)header.Count * header.Size, before + found);
            }

            if (header.BigEndian && Unsafe.SizeOf<TWord>() > 1)
            {
                Swap(words);
            }
        }

        private static void Swap<TWord>(Span<TWord> words)
            where TWord : unmanaged
        {
            switch (Unsafe.SizeOf<TWord>())
            {
                case 2:
                    Span<ushort> two = MemoryMarshal.Cast<TWord, ushort>(words);
                    BinaryPrimitives.ReverseEndianness(two, two);
                    break;
                case 4:
                    Span<uint> four = MemoryMarshal.Cast<TWord, uint>(words);
                    BinaryPrimitives.ReverseEndianness(four, four);
                    break;
                default:
                    Span<ulong> eight = MemoryMarshal.Cast<TWord, ulong>(words);
                    BinaryPrimitives.ReverseEndianness(eight, eight);
                    break;
            }
        }
    }
}

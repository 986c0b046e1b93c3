using System.Runtime.CompilerServices;

namespace SeedHead.Data;

/// <summary>Cuts separated text (CSV, TSV) into rows and fields, in bytes, without building texts.</summary>
/// <remarks>Quotes may hold separators, line ends and doubled quotes; LF, CRLF and CR end lines; blank lines are skipped; spaces around a field do not count.</remarks>
internal sealed class DelimitedScanner(Stream stream, string name, byte separator) : IDisposable
{
    private const byte Quote = (byte)'"';
    private const int LongestRow = 1 << 28;
    private byte[] buffer = new byte[1 << 18];
    private byte[] scratch = new byte[256];
    private Piece[] fields = new Piece[32];
    private int rowStart;
    private int filled;
    private bool ended;
    private bool started;
    private bool skipLineFeed;
    private int nextLine = 1;

    private enum Outcome
    {
        Row,
        Blank,
        NeedsMore,
        End,
    }

    /// <summary>Number of fields of the row.</summary>
    public int FieldCount { get; private set; }

    /// <summary>The line the row begins on, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The bytes of a field, quotes undone; valid until the next call.</summary>
    public ReadOnlySpan<byte> this[int field]
    {
        get
        {
            Piece piece = fields[field];
            ReadOnlySpan<byte> bytes = buffer.AsSpan(piece.Start, piece.Length);
            return piece.Doubled ? Undouble(bytes) : bytes;
        }
    }

    public void Dispose() => stream.Dispose();

    /// <summary>Moves to the next row that is not blank; false at the end.</summary>
    /// <exception cref="DataException">A NUL byte, an open quote, or text after a closing quote.</exception>
    public bool Read()
    {
        if (!started)
        {
            started = true;
            Fill();
            SkipMark();
        }

        while (true)
        {
            switch (Scan())
            {
                case Outcome.Row when Line == 1 && FieldCount == 1 && this[0].StartsWith((byte)'|'):
                    break; // a comment, as C4.5 files begin
                case Outcome.Row:
                    return true;
                case Outcome.End:
                    return false;
                case Outcome.NeedsMore:
                    Fill();
                    break;
                default:
                    break;
            }
        }
    }

    private void SkipMark()
    {
        ReadOnlySpan<byte> start = buffer.AsSpan(0, filled);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            rowStart = 3;
        }
        else if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            throw new DataException($"{name}: this is UTF-16 text. Save it as UTF-8.");
        }
    }

    private void Fill()
    {
        int kept = filled - rowStart;
        if (kept >= LongestRow)
        {
            throw new DataException($"{name} line {nextLine}: the line is longer than {LongestRow >> 20} MB. Is this a text file of rows?");
        }

        if (kept == buffer.Length)
        {
            Array.Resize(ref buffer, 2 * buffer.Length);
        }

        buffer.AsSpan(rowStart, kept).CopyTo(buffer);
        rowStart = 0;
        int count = stream.Read(buffer.AsSpan(kept));
        filled = kept + count;
        ended = count == 0;
    }

    /// <summary>Scans one row from <see cref="rowStart"/>. Nothing is remembered when more bytes are needed: the row is scanned again.</summary>
    private Outcome Scan()
    {
        int i = rowStart;
        int line = nextLine;
        bool skip = skipLineFeed;
        if (skip && i < filled)
        {
            i += buffer[i] == '\n' ? 1 : 0;
            skip = false;
        }

        if (i == filled)
        {
            return ended ? Outcome.End : Outcome.NeedsMore;
        }

        Line = line;
        int start = i;
        int count = 0;
        while (true)
        {
            int next = ScanField(i, ref line, out Piece piece);
            if (next < 0)
            {
                return Outcome.NeedsMore;
            }

            if (count == fields.Length)
            {
                Array.Resize(ref fields, 2 * count);
            }

            fields[count++] = piece;
            bool last = next >= filled || buffer[next] != separator;
            i = next + 1;
            if (last)
            {
                skipLineFeed = next < filled && buffer[next] == '\r';
                rowStart = Math.Min(i, filled);
                nextLine = line + 1;
                FieldCount = count;
                return count == 1 && piece.Length == 0 && next <= start + piece.Skipped ? Outcome.Blank : Outcome.Row;
            }
        }
    }

    /// <summary>Scans a field from <paramref name="i"/>; the place of what ends it, the buffer's end at the end of the data, or −1 when more bytes are needed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ScanField(int i, ref int line, out Piece piece)
    {
        int begin = i;
        while (i < filled && buffer[i] == ' ')
        {
            i++;
        }

        if (i < filled && buffer[i] == Quote)
        {
            return ScanQuoted(i + 1, ref line, out piece);
        }

        int start = i;
        byte[] bytes = buffer;
        while (i < filled)
        {
            byte value = bytes[i];
            if (value == separator || (value <= '\r' && (value is (byte)'\n' or (byte)'\r' or 0)))
            {
                break;
            }

            i++;
        }

        piece = default;
        if (i == filled && !ended)
        {
            return -1;
        }

        if (i < filled && bytes[i] == 0)
        {
            throw NulByte(line);
        }

        int end = i;
        while (end > start && bytes[end - 1] == ' ')
        {
            end--;
        }

        piece = new Piece(start, end - start, false, i - begin);
        return i;
    }

    private int ScanQuoted(int start, ref int line, out Piece piece)
    {
        bool doubled = false;
        int opened = line;
        int lines = 0;
        piece = default;
        int i = start;
        while (true)
        {
            if (i >= filled)
            {
                return ended ? throw new DataException($"{name} line {opened}: a quote is opened here and never closed. Close it, or double it (\"\").") : -1;
            }

            byte value = buffer[i];
            if (value == Quote)
            {
                if (i + 1 >= filled && !ended)
                {
                    return -1;
                }

                if (i + 1 >= filled || buffer[i + 1] != Quote)
                {
                    break;
                }

                doubled = true;
                i++;
            }
            else if (value == 0)
            {
                throw NulByte(opened + lines);
            }

            lines += value == '\n' || (value == '\r' && (i + 1 >= filled || buffer[i + 1] != '\n')) ? 1 : 0;
            i++;
        }

        int end = i++;
        while (i < filled && buffer[i] == ' ')
        {
            i++;
        }

        if (i >= filled && !ended)
        {
            return -1;
        }

        if (i < filled && buffer[i] != separator && buffer[i] != '\n' && buffer[i] != '\r')
        {
            throw new DataException($"{name} line {opened + lines}: text follows a closing quote. Double the quotes that belong to the field (\"\").");
        }

        line += lines;
        piece = new Piece(start, end - start, doubled, 0);
        return i;
    }

    private DataException NulByte(int line) => new($"{name} line {line}: a NUL byte. This is not a text file of rows (or it is UTF-16: save it as UTF-8).");

    private ReadOnlySpan<byte> Undouble(ReadOnlySpan<byte> bytes)
    {
        if (scratch.Length < bytes.Length)
        {
            scratch = new byte[bytes.Length];
        }

        int length = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            scratch[length++] = bytes[i];
            i += bytes[i] == Quote ? 1 : 0;
        }

        return scratch.AsSpan(0, length);
    }

    private readonly record struct Piece(int Start, int Length, bool Doubled, int Skipped);
}

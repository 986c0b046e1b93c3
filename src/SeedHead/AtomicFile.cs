namespace SeedHead;

/// <summary>Writes a file beside its destination and renames it, so that a crash, a full disk or Ctrl-C leaves what was there before.</summary>
public static class AtomicFile
{
    /// <summary>Writes <paramref name="path"/> whole or not at all.</summary>
    /// <param name="path">The destination; its folder must exist.</param>
    /// <param name="write">Writes the content to the stream given.</param>
    /// <exception cref="DataException">The destination cannot be written: says why.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string full = Path.GetFullPath(path);
        if (full.StartsWith("/dev/", StringComparison.Ordinal)) // a device is written to; a file in its place would be its end
        {
            WriteDevice(full, write);
            return;
        }

        string temporary = $"{full}.{Environment.ProcessId}.part";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Discard(temporary);
            throw new DataException($"{path}: cannot write: {e.Message.TrimEnd('.')}. What was there before is unchanged; free some space or choose another --out.", e);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    private static void WriteDevice(string path, Action<Stream> write)
    {
        try
        {
            using var whole = new MemoryStream(); // archives go back and forth
            write(whole);
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write);
            stream.Write(whole.GetBuffer(), 0, checked((int)whole.Length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot write: {e.Message.TrimEnd('.')}. Choose another --out.", e);
        }
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first fault is the one to tell; a leftover .part file does no harm.
        }
    }
}

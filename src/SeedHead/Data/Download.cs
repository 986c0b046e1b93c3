using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace SeedHead.Data;

/// <summary>Downloads one published file: from the first address that gives it, resumed where it stopped, and only kept when its checksum is right.</summary>
internal static class Download
{
    private const int Attempts = 3;
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(60);

    /// <summary>Downloads to <paramref name="path"/>; until it is whole and checked the file is called <c>PATH.part</c>, and stays for the next try.</summary>
    /// <exception cref="DataException">No address gave the file: says why for each, and where to put it by hand.</exception>
    public static void Fetch(string set, KnownFile file, string path, DataOptions options)
    {
        string part = path + ".part";
        var faults = new List<string>();
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var stream = new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
            {
                IEnumerable<Uri> mirror = options.Mirror is Uri given ? [new Uri($"{given.AbsoluteUri.TrimEnd('/')}/{set}/{file.Name}")] : [];
                bool whole = Task.Run(() => FromAny([.. mirror, .. file.Addresses], file, stream, faults, options)).GetAwaiter().GetResult();
                if (!whole)
                {
                    throw new DataException($"{set}: {file.Name} could not be downloaded ({string.Join("; ", faults)}). " +
                        $"Check the connection, or put the file into {Path.GetDirectoryName(path)}.");
                }
            }

            File.Move(part, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DataException(
                $"{path}: cannot be written: {fault.Message.TrimEnd('.')}. Free some space, end other downloads of it, or choose another folder with --data-dir.", fault);
        }
    }

    private static async Task<bool> FromAny(IReadOnlyList<Uri> addresses, KnownFile file, FileStream stream, List<string> faults, DataOptions options)
    {
        using var handler = new SocketsHttpHandler { ConnectTimeout = ConnectLimit };
        using var client = new HttpClient(handler) { Timeout = StallLimit };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("seedhead", "1"));
        foreach (Uri address in addresses)
        {
            for (int attempt = 1; attempt <= Attempts; attempt++)
            {
                long before = stream.Length;
                string? fault = await FromOne(client, address, file, stream, options).ConfigureAwait(false);
                if (fault is null)
                {
                    return true;
                }

                if (attempt == Attempts || stream.Length <= before) // without progress another attempt is idle
                {
                    faults.Add($"{address.Host}: {fault}");
                    break;
                }
            }
        }

        return false;
    }

    /// <summary>Continues the part file from one address; null when it is whole and right, else what went wrong.</summary>
    private static async Task<string?> FromOne(HttpClient client, Uri address, KnownFile file, FileStream stream, DataOptions options)
    {
        try
        {
            if (stream.Length < file.Bytes)
            {
                string? fault = await Receive(client, address, file, stream, options).ConfigureAwait(false);
                if (fault is not null)
                {
                    return fault;
                }
            }

            stream.Position = 0;
            string found = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, options.Cancellation).ConfigureAwait(false));
            if (found == file.Sha256)
            {
                stream.Flush(flushToDisk: true);
                return null;
            }

            stream.SetLength(0);
            return $"wrong checksum: SHA-256 {found} instead of {file.Sha256}";
        }
        catch (HttpRequestException fault)
        {
            return fault.Message.TrimEnd('.');
        }
        catch (IOException fault) when (fault is HttpIOException || fault.InnerException is System.Net.Sockets.SocketException)
        {
            return fault.Message.TrimEnd('.');
        }
        catch (OperationCanceledException) when (!options.Cancellation.IsCancellationRequested)
        {
            return $"no answer for {StallLimit.TotalSeconds} seconds";
        }
    }

    private static async Task<string?> Receive(HttpClient client, Uri address, KnownFile file, FileStream stream, DataOptions options)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (stream.Length > 0)
        {
            request.Headers.Range = new RangeHeaderValue(stream.Length, null);
        }

        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, options.Cancellation).ConfigureAwait(false);
        bool resumes = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == stream.Length;
        if (!resumes && response.StatusCode is HttpStatusCode.OK or HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            stream.SetLength(0); // from the start
        }

        if (!resumes && response.StatusCode != HttpStatusCode.OK)
        {
            return $"HTTP {(int)response.StatusCode}";
        }

        stream.Position = stream.Length;
        Stream body = await response.Content.ReadAsStreamAsync(options.Cancellation).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            return await Copy(body, file, stream, options).ConfigureAwait(false);
        }
    }

    private static async Task<string?> Copy(Stream body, KnownFile file, FileStream stream, DataOptions options)
    {
        var buffer = new byte[1 << 16];
        while (true)
        {
            using var stall = CancellationTokenSource.CreateLinkedTokenSource(options.Cancellation);
            stall.CancelAfter(StallLimit);
            int count = await body.ReadAsync(buffer, stall.Token).ConfigureAwait(false);
            if (count == 0)
            {
                return stream.Length == file.Bytes ? null : $"the connection ended after {stream.Length} of {file.Bytes} bytes";
            }

            if (stream.Length + count > file.Bytes)
            {
                stream.SetLength(0);
                return $"more than the {file.Bytes} bytes of the published file";
            }

            stream.Write(buffer, 0, count);
            options.Progress?.Report(new Progress($"downloading {file.Name}", stream.Length, file.Bytes));
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SeedHead.Tests.Data;

/// <summary>A small HTTP server on this machine that gives files, wholly or from a byte on, and can break connections.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();

    public LocalServer()
    {
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        _ = Task.Run(Accept);
    }

    public Uri Address { get; }

    /// <summary>What is given, by path without the leading slash.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>Bytes of a body sent before the connection is cut; null: all of it.</summary>
    public int? CutAfter { get; set; }

    /// <summary>Whether a Range header is obeyed.</summary>
    public bool Resumes { get; set; } = true;

    /// <summary>"GET path from N" of every request.</summary>
    public List<string> Requests { get; } = [];

    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
        stop.Dispose();
    }

    private async Task Accept()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(stop.Token);
                await Answer(client);
            }
            catch (Exception fault) when (fault is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
            {
                // the client went away, or the test ended
            }
        }
    }

    private async Task Answer(TcpClient client)
    {
        NetworkStream stream = client.GetStream();
        var reader = new StreamReader(stream, Encoding.ASCII);
        string path = (await reader.ReadLineAsync() ?? "").Split(' ').ElementAtOrDefault(1)?.TrimStart('/') ?? "";
        int from = 0;
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            from = line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase) && Resumes ? int.Parse(line[13..].TrimEnd('-')) : from;
        }

        Requests.Add($"GET {path} from {from}");
        if (!Files.TryGetValue(path, out byte[]? file))
        {
            await stream.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            return;
        }

        string status = from > 0 ? $"206 Partial Content\r\nContent-Range: bytes {from}-{file.Length - 1}/{file.Length}" : "200 OK";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {file.Length - from}\r\nConnection: close\r\n\r\n"));
        await stream.WriteAsync(file.AsMemory(from, Math.Min(CutAfter ?? int.MaxValue, file.Length - from)));
        await stream.FlushAsync();
        client.Client.Shutdown(SocketShutdown.Send);
    }
}

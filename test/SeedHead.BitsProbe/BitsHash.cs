using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SeedHead.Compute;

namespace SeedHead.BitsProbe;

/// <summary>A hash over the bits of results.</summary>
internal sealed class BitsHash : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged => hash.AppendData(MemoryMarshal.AsBytes(values));

    public void Add<T>(NativeBuffer<T> buffer)
        where T : unmanaged => Add<T>(buffer.Span(0, checked((int)buffer.Length)));

    public string Text() => Convert.ToHexStringLower(hash.GetCurrentHash());

    public void Dispose() => hash.Dispose();
}

using System.Runtime.InteropServices;

namespace SeedHead.Tests.Compute;

/// <summary>Memory whose last byte is the last of a page, with a page behind it that nobody may touch: reading one element too far ends the process.</summary>
/// <remarks>Where pages cannot be protected this way (not Linux), plain memory.</remarks>
internal sealed unsafe class GuardedMemory : IDisposable
{
    private const int ReadWrite = 3, None = 0, PrivateAnonymous = 0x22;
    private static readonly nint Page = Environment.SystemPageSize;
    private readonly byte* start;
    private readonly nint length;

    public GuardedMemory(nint bytes)
    {
        length = (bytes + Page - 1) / Page * Page + Page;
        if (!OperatingSystem.IsLinux())
        {
            start = (byte*)NativeMemory.AlignedAlloc((nuint)length, 64);
        }
        else
        {
            start = Map(null, length, ReadWrite, PrivateAnonymous, -1, 0);
            Assert.NotEqual(-1, (nint)start);
            Assert.Equal(0, Protect(start + length - Page, Page, None));
        }

        Pointer = start + length - Page - bytes;
    }

    public byte* Pointer { get; }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(0, Unmap(start, length));
        }
        else
        {
            NativeMemory.AlignedFree(start);
        }
    }

    [DllImport("libc", EntryPoint = "mmap")]
    private static extern byte* Map(void* address, nint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect")]
    private static extern int Protect(void* address, nint length, int protection);

    [DllImport("libc", EntryPoint = "munmap")]
    private static extern int Unmap(void* address, nint length);
}

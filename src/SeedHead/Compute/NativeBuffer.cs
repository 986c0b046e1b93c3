using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SeedHead.Compute;

/// <summary>Zeroed memory of <c>Length</c> elements, 64-byte aligned, outside the managed heap, freed by its one owner.</summary>
internal sealed unsafe class NativeBuffer<T> : IDisposable
    where T : unmanaged
{
    private const nuint Alignment = 64;

    private readonly long pressure;
    private readonly void* allocation;
    private T* pointer;

    public NativeBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        nuint bytes = checked((nuint)length * (nuint)Unsafe.SizeOf<T>());
        nuint padded = (bytes + 127) / 64 * 64; // never empty, and a whole vector may be read at the end

        // The allocator knows which memory the system has just zeroed: none of that is touched before it is used, by whichever thread uses it.
        allocation = NativeMemory.AllocZeroed(padded + Alignment);
        pointer = (T*)(((nuint)allocation + Alignment - 1) / Alignment * Alignment);
        Length = length;
        GC.AddMemoryPressure((long)padded);
        pressure = (long)padded;
    }

    ~NativeBuffer() => Free();

    public long Length { get; }

    public T* Pointer => pointer != null ? pointer : throw new ObjectDisposedException(nameof(NativeBuffer<T>));

    public Span<T> Span(long start, int count) => new(Pointer + start, count);

    /// <summary>
    /// Has the system give out the pages of some elements, which keep their values. Where sums are added to memory that nobody has written yet, it else does so twice, first
    /// for reading, and between the two interrupts all processors at work: many times the cost of one write.
    /// </summary>
    public void Touch(long start, long count)
    {
        const nuint page = 4096;
        nuint end = (nuint)(Pointer + start + count);
        for (nuint at = (nuint)(Pointer + start) / sizeof(long) * sizeof(long); at < end; at = (at / page + 1) * page)
        {
            Interlocked.Or(ref *(long*)at, 0);
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (pointer != null)
        {
            NativeMemory.Free(allocation);
            pointer = null;
            GC.RemoveMemoryPressure(pressure);
        }
    }
}

namespace SeedHead.Compute;

/// <summary>
/// Working memory of one thread that is kept between calls, so that loops called often allocate nothing. A slot belongs to one use at a time:
/// the caller must be done with it before the same thread asks for the same slot again.
/// </summary>
internal static unsafe class Scratch
{
    [ThreadStatic]
    private static NativeBuffer<byte>?[]? slots;

    public enum Slot
    {
        LeftPanels,
        RightPanels,
        Tile,
        Unknowns,
        Row,
        Factor,
        Layers,
        Unpacked,
        Group,
        Outputs,
        ImagePlanes,
        ImagePatches,
        ImageResponses,
        ImageSums,
        TapWeights,
        TapStarts,
        TapTile,
        TapSource,
        TapFactors,
        TapRuns,
        TapPartials,
        FourierLines,
        FourierSpare,
        FourierChirp,
        KernelTile,
    }

    /// <summary>At least <paramref name="length"/> elements, 64-byte aligned, with whatever content the last use left.</summary>
    public static T* Get<T>(Slot slot, long length)
        where T : unmanaged
    {
        slots ??= new NativeBuffer<byte>?[Enum.GetValues<Slot>().Length];
        ref NativeBuffer<byte>? buffer = ref slots[(int)slot];
        long bytes = checked(length * sizeof(T));
        if (buffer == null || buffer.Length < bytes)
        {
            buffer?.Dispose();
            buffer = null; // stays consistent if the next line runs out of memory
            buffer = new NativeBuffer<byte>(bytes);
        }

        return (T*)buffer.Pointer;
    }
}

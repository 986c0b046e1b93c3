using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

/// <summary>Asks for memory that will be read soon; changes no result. Loops that read more than they compute spend their time waiting otherwise.</summary>
internal static unsafe class Fetch
{
    /// <summary>Numbers between what is read and what is asked for, in loops that read from end to end.</summary>
    public const int Ahead = 256;

    /// <summary>The line at an address, which may lie beyond what belongs to the program.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(float* at)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(at);
        }
    }
}

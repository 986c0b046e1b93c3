using System.Diagnostics;

namespace SeedHead.Studies;

/// <summary>What answers say of memory.</summary>
internal static class PeakMemory
{
    /// <summary>The largest resident memory this process has had, bytes.</summary>
    public static long Bytes()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}

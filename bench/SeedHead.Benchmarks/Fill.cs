using SeedHead.Compute;

namespace SeedHead.Benchmarks;

/// <summary>Numbers to calculate with: spread over [−1, 1), the same every time.</summary>
internal static unsafe class Fill
{
    public static void Uniform(NativeBuffer<float> buffer, ulong seed)
    {
        for (long i = 0; i < buffer.Length; i++)
        {
            buffer.Pointer[i] = (float)Value(seed, i);
        }
    }

    public static void Uniform(NativeBuffer<double> buffer, ulong seed)
    {
        for (long i = 0; i < buffer.Length; i++)
        {
            buffer.Pointer[i] = Value(seed, i);
        }
    }

    private static double Value(ulong seed, long i)
    {
        ulong x = (seed << 40) + (ulong)i * 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        return (long)((x ^ (x >> 31)) >> 11) * (2.0 / (1L << 53)) - 1;
    }
}

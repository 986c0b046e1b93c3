using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>xᵢ ← e^(xᵢ − m)/s with the largest xᵢ as m and s the sum of all e^(xᵢ − m), added in order.</summary>
/// <remarks>Numbers that are not finite make all results NaN.</remarks>
internal static class Softmax
{
    private const int Lanes = 16;

    /// <summary>The numbers of one row, at least one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(Span<float> x)
    {
        float greatest = x[0], sum = 0;
        foreach (float value in x)
        {
            greatest = value > greatest ? value : greatest;
        }

        var most = Vector512.Create(greatest);
        Span<float> part = stackalloc float[Lanes];
        for (int i = 0; i < x.Length; i += Lanes)
        {
            int count = Math.Min(Lanes, x.Length - i);
            part.Clear(); // lanes past the end are dropped
            x.Slice(i, count).CopyTo(part);
            Elementary.Exp(Vector512.Create<float>(part) - most).CopyTo(part);
            part[..count].CopyTo(x[i..]);
            for (int lane = 0; lane < count; lane++)
            {
                sum += part[lane];
            }
        }

        foreach (ref float value in x)
        {
            value /= sum;
        }
    }
}
